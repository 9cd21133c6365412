"""Citations after the MLA Handbook, 9th edition: an entry of a list of works cited.

The elements stand in the order of its fifth chapter: author, title, what the source is, container, version, number,
date, location, and when it was read. The person interviewed is the author; who asked follows the title. A label that
explains a name follows it after a comma. The title of the container is in italics. Dates are in the order of day,
month and year, months of more than four letters shortened; an unknown date is left out.
"""

from .chicago import capitalised, translation
from .phrases import Own, closed, enumerated, joined, quoted

MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def works_cited(reference):
    """Return the entry: Varga, Ilsa, Minister. “Title.” Interview by Radio Meridian. *Archive*, version 1a2b3c4d ..."""
    place = (Own(reference.place),) if reference.place else ()
    version = f"version {reference.version}" if reference.version else ""
    locator = reference.locator[:1].lower() + reference.locator[1:]
    container = [(Own(reference.archive, italic=True),), (version,), (locator,), (date_in_words(reference.date),)]
    sentences = [
        closed(_speakers(reference.speakers)),
        quoted(reference.title, "."),
        capitalised(translation(reference, mark=".")),
        closed(joined([capitalised(reference.occasion), place], ", ")),
        closed(joined([*container, (reference.url,)], ", ")),
        closed((f"Accessed {date_in_words(reference.accessed)}",)),
    ]
    return joined(sentences)


def date_in_words(date):
    """Return 14 Mar. 2025, Mar. 2025, 2025; '' where there is none."""
    if date is None:
        return ""
    return " ".join(str(part) for part in (date.day, date.month and MONTHS[date.month - 1], date.year) if part)


def _speakers(speakers):
    """One or two are named; of more the first, with “et al.”."""
    if not speakers:
        return ()
    first, *others = speakers
    begun = _labelled(first.name.in_list, first.office)
    if len(others) == 1:
        return enumerated([begun, _labelled(others[0].name.whole, others[0].office)], last=", and ")
    return (*begun, ", et al.") if others else begun


def _labelled(name, office):
    return (Own(name), ", ", Own(office)) if office else (Own(name),)
