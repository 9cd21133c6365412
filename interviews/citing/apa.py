"""Citations after the Publication Manual of the APA, 7th edition: an entry of a reference list.

An interview that an archive keeps is listed under the person interviewed, with what kind of work it is in square
brackets (10.13, the interview of a radio archive; 9.21), its part and version in parentheses (9.19), the title in
italics and without quotation marks. Roles follow the name in parentheses (9.10). A reader's day is given only where
the words may change (9.16): not where the address names their version.
"""

import re

from interviews.wording import language_name

from .chicago import MONTHS
from .chicago import date_in_words as in_words
from .phrases import Own, closed, enumerated, joined, without_stop

HYPHEN = re.compile("[-‐‑]")


def reference_list(reference):
    """Return the entry: Varga, I. (Minister). (2025, March 14). *Title* (Answer 3) [Transcript ...]."""
    authors, title = closed(_authors(reference.speakers)), _title(reference)
    date = closed((f"({date_in_words(reference.date)})",))
    # Without an author the title takes its place before the date (9.12).
    opening = [authors, date, title] if authors else [title, date]
    return joined([*opening, closed((Own(reference.archive),)), (_address(reference),)])


def date_in_words(date):
    """Return 2025, March 14; 2025, March; 2025; n.d. where there is none (9.14, 9.17)."""
    if date is None:
        return "n.d."
    month_and_day = " ".join(str(part) for part in (date.month and MONTHS[date.month - 1], date.day) if part)
    return f"{date.year}, {month_and_day}" if month_and_day else str(date.year)


def initials(given):
    """Return the initials of given names: I. M.; J.-C. for Jean-Claude, but K. for Ki-moon, which is one name (9.8)."""
    return " ".join(_initial(name) for name in given.replace(".", ". ").split())


def _initial(name):
    first, *others = [part for part in HYPHEN.split(name) if part] or [name]
    return "-".join(f"{part[0].upper()}." for part in (first, *(part for part in others if part[0].isupper())))


def _title(reference):
    parts = [(reference.locator,), (f"Version {reference.version}" if reference.version else "",)]
    locator = joined(parts, "; ")
    title = (Own(without_stop(reference.title), italic=True),) if reference.title else ()
    return closed(joined([title, ("(", *locator, ")") if locator else (), ("[", *_description(reference), "]")]))


def _description(reference):
    article = "an" if reference.event.startswith(tuple("aeiou")) else "a"
    what = (f"Transcript of {article} ", *reference.occasion)
    place = (Own(reference.place),) if reference.place else ()
    described = joined([what, place], ", ")
    if not reference.original_title:
        return described
    language = f"{language_name(reference.original_language)} " if reference.original_language else ""
    return (*described, f"; translation of the {language}original “", Own(reference.original_title), "”")


def _address(reference):
    if reference.version:
        return reference.url
    return f"Retrieved {in_words(reference.accessed)}, from {reference.url}"


def _authors(speakers):
    """Up to twenty are named; of more the first nineteen and the last (9.8)."""
    phrases = [_author(speaker) for speaker in speakers]
    if len(phrases) > 20:
        return (*joined(phrases[:19], ", "), ", . . . ", *phrases[-1])
    return enumerated(phrases, last=", & ", comma_before_last=False) if phrases else ()


def _author(speaker):
    name = speaker.name
    written = ", ".join(part for part in (name.surname, initials(name.given), name.suffix) if part) or name.whole
    return (Own(written), " (", Own(speaker.office), ")") if speaker.office else (Own(written),)
