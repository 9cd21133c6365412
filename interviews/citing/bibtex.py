"""BibTeX: one entry, which BibTeX and biblatex both read; UTF-8.

A title is in braces twice, so that no style changes its capitals. `year` and `month` are for BibTeX, `date` for
biblatex, which prefers it; so is `langid`, the name that the package babel has for the language.
"""

import re

from interviews.wording import language_name

from .describing import described, noted

# Braces count for BibTeX even behind a backslash, so the commands that stand for them are used.
ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_"}
    | {"\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
    | {"~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)
LIGATURES = re.compile(r"([-`'<>,])(?=\1)")  # “--” would print as a dash
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS_NAMES = re.compile(r",|\sand\s", re.IGNORECASE)
# Names that babel has and that are not the English name of the language in small letters.
BABEL = {"en": "english", "pt": "portuguese", "fa": "persian", "nb": "norwegian", "nn": "nynorsk", "zh": "chinese"}


def bibtex(reference):
    """Return the entry as a text file."""
    fields = [(name, value) for name, value in _fields(reference) if value]
    lines = [f"  {name} = {value}," for name, value in fields]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}", ""])


def escaped(words):
    """Return words that TeX prints as they are."""
    return LIGATURES.sub(r"\1{}", words.translate(ESCAPES))


def person(name):
    """Return a name as BibTeX parts it; one without parts, or whose family name stands first, as a whole."""
    if not name.family or name.family_first:
        return f"{{{escaped(name.whole)}}}"
    return ", ".join(_part(part) for part in (name.surname, name.suffix, name.given) if part)


def _part(words):
    return f"{{{escaped(words)}}}" if PARTS_NAMES.search(f" {words} ") else escaped(words)


def _fields(reference):
    date, language = reference.date, reference.language
    yield "author", _braced(" and ".join(person(speaker.name) for speaker in reference.speakers))
    yield "title", _braced(_braced(escaped(reference.title)))
    yield "howpublished", _braced(escaped(described(reference)))
    yield "year", date and _braced(date.year)
    yield "month", date and date.month and MONTHS[date.month - 1]
    yield "date", date and _braced(date.machine)
    yield "note", _braced(escaped(noted(reference)))
    yield "url", _braced(reference.url)
    yield "urldate", _braced(reference.accessed.isoformat())
    yield "langid", language and _braced(BABEL.get(language, language_name(language).lower()))


def _braced(words):
    return f"{{{words}}}" if words else ""
