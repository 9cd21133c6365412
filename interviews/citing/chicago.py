"""Citations after the Chicago Manual of Style, 17th edition: a note, and an entry of a bibliography.

Published interviews are listed under the person interviewed, with “interview by” and the interviewer (14.213); who that
is stands in parentheses behind the name (14.211). A title stands in quotation marks as published: capitals are not
changed. Dates are in the American order (6.38, 9.31), web addresses last (14.17), access dates before them (14.12).
"""

from interviews.wording import language_name

from .phrases import Own, closed, enumerated, joined, plain, quoted


def note(reference):
    """Return the note: Ilsa Varga (Minister), “Title,” interview by Radio Meridian, March 14, 2025, answer 3, ...

    Of four speakers or more only the first is named (14.76).
    """
    elements = [
        _speakers_in_note(reference.speakers),
        quoted(reference.title, ","),
        translation(reference, mark=","),
        reference.occasion,
        _own(reference.place),
        (date_in_words(reference.date),),
        (reference.locator[:1].lower() + reference.locator[1:],),
        _archive(reference),
        (f"accessed {date_in_words(reference.accessed)}",),
        (reference.url,),
    ]
    return closed(_in_a_row([element for element in elements if plain(element)]))


def bibliography(reference):
    """Return the entry: Varga, Ilsa (Minister). “Title.” Interview by Radio Meridian. March 14, 2025. Answer 3. ...

    The first speaker's name is inverted, the others' are not (14.76).
    """
    sentences = [
        closed(_speakers_in_list(reference.speakers)),
        quoted(reference.title, "."),
        capitalised(translation(reference, mark=".")),
        closed(capitalised(reference.occasion)),
        closed(joined([_own(reference.place), (date_in_words(reference.date),)], ", ")),
        closed((reference.locator,)),
        closed(_archive(reference)),
        closed((f"Accessed {date_in_words(reference.accessed)}",)),
        closed((reference.url,)),
    ]
    return joined(sentences)


def date_in_words(date):
    """Return March 14, 2025, March 2025, 2025; n.d. where there is none (14.145)."""
    if date is None:
        return "n.d."
    month = MONTHS[date.month - 1] if date.month else ""
    if not date.day:
        return f"{month} {date.year}".strip()
    return f"{month} {date.day}, {date.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def capitalised(phrase):
    """Return a phrase with a capital at its beginning; the words of others are left alone."""
    if not phrase or isinstance(phrase[0], Own):
        return phrase
    return (phrase[0][:1].upper() + phrase[0][1:], *phrase[1:])


def _own(words):
    return (Own(words),) if words else ()


def _in_a_row(elements):
    """Parts of a note, each with a comma but where it brings its own within quotation marks."""
    with_commas = [each if plain(each).rstrip("’”").endswith(",") else (*each, ",") for each in elements[:-1]]
    return joined([*with_commas, elements[-1]])


def _archive(reference):
    version = f", version {reference.version}" if reference.version else ""
    return (Own(reference.archive), version)


def translation(reference, *, mark):
    """A translation names the text it was made from (14.99)."""
    if not reference.original_title:
        return ()
    language = f" from the {language_name(reference.original_language)} of" if reference.original_language else " of"
    return (f"translation{language} ", *quoted(reference.original_title, mark))


def _speakers_in_note(speakers):
    phrases = [_with_office(speaker.name.whole, speaker.office) for speaker in speakers]
    if len(phrases) > 3:
        return (*phrases[0], " et al.")
    return enumerated(phrases) if phrases else ()


def _speakers_in_list(speakers):
    if not speakers:
        return ()
    first, *others = speakers
    phrases = [_with_office(first.name.in_list, first.office)]
    phrases += [_with_office(speaker.name.whole, speaker.office) for speaker in others]
    if len(phrases) == 2:
        return joined(phrases, ", and ")  # a comma also between two, for the first is inverted
    return enumerated(phrases)


def _with_office(name, office):
    return (Own(name), " (", Own(office), ")") if office else (Own(name),)
