"""People whom the head of a document names: from bylines, offices before names, and catalogue fields."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from interviews.ingest.labels import speaks_of_office
from interviews.ingest.lines import Field
from interviews.ingest.words import key, label_words, load

WORD = r"[^\W\d_][\w’'\-]*"
INITIALS = r"(?:[^\W\d_]\.\s?){1,3}"
PARTICLE = r"(?:de|da|do|dos|del|della|di|du|van|von|der|den|bin|ibn|al|el|ter|la|le)"
NAME = rf"(?:{INITIALS}|{WORD}\s(?:{INITIALS})?)(?:{PARTICLE}\s){{0,2}}{WORD}(?:\s{WORD})?"
SPACES = re.compile(r"\s+")
POSSESSIVE = re.compile(r"['’](?:s|n?[ıiuü]n)?$", re.IGNORECASE)  # Hale's, Turkish Örnek'in
CATALOGUED = re.compile(rf"({WORD}(?:\s{WORD})?),\s({WORD}(?:\s(?:{WORD}|{INITIALS})){{0,2}})$")
BYLINE = re.compile(rf"(?P<name>{NAME}),\s(?P<office>.{{3,80}})$")
AFTER_NAME = re.compile(r"(?:,?\s(?:MP|MdB|PhD|KC|QC|AC|AO))+$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the head of a document, with the office it gives, or ''."""

    name: str
    office: str = ""

    @property
    def surname(self) -> str:
        """The last word of the name as a key."""
        return key(self.name).split()[-1]


def people_in(texts: Sequence[str], fields: Iterable[Field] = ()) -> list[Person]:
    """Return the people that titles, bylines and catalogue fields name, first named first, none twice."""
    found = [person for text in texts for person in _in_text(text)]
    found += [person for field in fields if (person := _in_field(field))]
    people = {}
    for person in found:
        before = people.get(key(person.name))
        if before is None or (person.office and not before.office):
            people[key(person.name)] = person
    return list(people.values())


def spelled(name: str) -> str:
    """Return a name with single spaces, and not in capitals throughout: KEVIN RUDD -> Kevin Rudd."""
    name = SPACES.sub(" ", AFTER_NAME.sub("", name)).strip(" ,.")
    return name.title() if name.isupper() and len(name) > 3 else name


def is_byline(text: str) -> bool:
    """Whether a line is a name and an office: “Ana Example, Secretary of State”."""
    found = BYLINE.match(text)
    return bool(found) and _is_name(found["name"]) and speaks_of_office(found["office"])


def _in_text(text) -> Iterator[Person]:
    text = SPACES.sub(" ", text)
    byline = BYLINE.match(text)
    if byline and is_byline(text):
        yield Person(spelled(byline["name"]), byline["office"].strip(" .") if len(text) < 120 else "")
        return
    for found in _titled().finditer(text):
        name = _trimmed(found["name"])
        if _is_name(name):
            office = found["office"].strip(" ,.")
            yield Person(
                spelled(name), "" if key(office) in label_words().honorifics | {"the hon"} else spelled(office)
            )


def _in_field(field):
    if field.name == "interviewee":
        return Person(spelled(field.value)) if _is_name(field.value) else None
    if field.name not in ("creators", "creator", "author", "speaker", "dc:creator", "prime-minister"):
        return None
    found = CATALOGUED.match(field.value)
    if not found or speaks_of_office(found[2]):
        return next(_in_text(field.value), None)
    office = "Prime Minister" if field.name == "prime-minister" else ""
    return Person(f"{found[2]} {found[1]}", office)


def _trimmed(name):
    """Drop a possessive ending, and the last word where it is none of a name (“… Kirby En Route”)."""
    words = name.split()
    for index, word in enumerate(words):
        if POSSESSIVE.search(word):
            return " ".join([*words[:index], POSSESSIVE.sub("", word)])
    if len(words) > 2 and (not words[-1][:1].isupper() or key(words[-1]) in _no_names()):
        words = words[:-1]
    return " ".join(words)


def _is_name(name):
    """At least two words that begin with a capital; none an office, a month, a word of titles of documents."""
    words = [word for word in re.split(r"[\s.]+", name) if word]
    capital = [word for word in words if word[:1].isupper()]
    return len(words) > 1 and len(capital) > 1 and not any(key(word) in _no_names() for word in words)


@cache
def _titled():
    """Offices and honorifics before a name: “Deputy Foreign Minister Irena Valtos’s”, “Minister for …, Livia …”."""
    words = label_words()
    offices = sorted(words.offices | words.honorifics | {"hon."}, key=len, reverse=True)
    extent = "|".join(re.escape(phrase) for phrase in load("offices")["extents"])
    office = "|".join(re.escape(word) for word in offices)
    return re.compile(
        rf"\b(?P<office>(?i:(?:{office})\.?(?:\s(?:{extent}))*)),?\s(?P<name>{NAME})",
    )


@cache
def _no_names():
    words = label_words()
    return frozenset(load("offices")["no_names"]) | frozenset(
        word for office in words.offices | words.honorifics for word in office.split()
    )
