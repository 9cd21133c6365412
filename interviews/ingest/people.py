"""People whom the head of a document names: from bylines, offices before names, and catalogue fields."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from interviews.ingest.labels import speaks_of_office
from interviews.ingest.lines import Field
from interviews.ingest.offices import apart, qualifiers_before, spelled_name, spelled_office
from interviews.ingest.words import alternatives, country_names, key, label_words, load, words_of

WORD = r"[^\W\d_][\w’'\-]*"
INITIALS = r"(?:[^\W\d_]\.\s?){1,3}"
PARTICLE = r"(?:de|da|do|dos|del|della|di|du|van|von|der|den|bin|ibn|al|el|ter|la|le)"
NAME = rf"(?:{INITIALS}|{WORD}\s(?:{INITIALS})?)(?:{PARTICLE}\s){{0,2}}{WORD}(?:\s{WORD})?"
IN_BRACKETS = re.compile(r"\s?\([A-Z]{1,4}\)")
SPACES = re.compile(r"\s+")
POSSESSIVE = re.compile(r"['’](?:s|n?[ıiuü]n)?$", re.IGNORECASE)  # Hale's, Turkish Örnek'in
CATALOGUED = re.compile(rf"({WORD}(?:\s{WORD})?),\s({WORD}(?:\s(?:{WORD}|{INITIALS})){{0,2}})$")
BYLINE = re.compile(rf"(?P<name>{NAME}),\s(?P<office>.{{3,80}})$")
# The genitive of Russian surnames, of men with a given name in -а or -я, of women with one in -и or -ы.
OF_MEN = (("ского", "ский"), ("цкого", "цкий"), *((f"{end}а", end) for end in ("ов", "ев", "ёв", "ин", "ын")))
OF_WOMEN = (("ской", "ская"), ("цкой", "цкая"), *((f"{end}ой", f"{end}а") for end in ("ов", "ев", "ёв", "ин", "ын")))
LONGEST_OFFICE, LONGEST_BYLINE = 9, 120
WITH = re.compile(r"\binterview with\s", re.IGNORECASE)
GOES_ON = re.compile(r",\s(?=[a-z])")
NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xz]{2,3}")
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
    fields = list(fields)
    found = [person for text in texts for person in _in_text(text)]
    catalogued = [person for field in fields if (person := _in_field(field))]
    found += [*_office_of_source(fields, catalogued), *catalogued]
    people = {}
    for person in found:
        before = people.get(key(person.name))
        if before is None or (person.office and not before.office):
            people[key(person.name)] = person
    return [person for person in people.values() if not _is_short_for_another(person, people.values())]


def _is_short_for_another(person, others):
    """Whether another has the surname of a person with initials alone, and their first letter: P.J. or PJ and Paul."""
    *given, surname = key(person.name).split()
    if not all(len(name) == 1 for name in given) and not (len(given) == 1 and NO_VOWEL.fullmatch(given[0])):
        return False
    for other in others:
        *names, same = key(other.name).split()
        if same == surname and names != given and names and len(names[0]) > 1 and names[0][0] == given[0][0]:
            return True
    return False


def spelled(name: str) -> str:
    """Return a name with single spaces, and not in capitals throughout: KEVIN RUDD -> Kevin Rudd."""
    return spelled_name(SPACES.sub(" ", AFTER_NAME.sub("", name)).strip(" ,."))


def is_byline(text: str) -> bool:
    """Whether a line is a name and an office: “Ana Example, Secretary of State”."""
    found = BYLINE.match(text)
    return bool(found) and _is_name(found["name"]) and speaks_of_office(found["office"])


def _in_text(text) -> Iterator[Person]:
    text = SPACES.sub(" ", IN_BRACKETS.sub("", text))
    after_colon = WITH.split(text.rpartition(": ")[2])[-1]
    byline = BYLINE.match(after_colon)
    if byline and is_byline(after_colon):
        office = GOES_ON.split(byline["office"])[0].strip(" .")
        is_said = len(text) < LONGEST_BYLINE and speaks_of_office(office)
        yield Person(spelled(byline["name"]), office if is_said else "")
        return
    for found in _titled().finditer(text):
        name = _trimmed(found["name"])
        if _is_name(name):
            office = found["office"].strip(" ,.")
            is_honorific = key(office) in label_words().honorifics | {"the hon"}
            whole = qualifiers_before(text[: found.start()]) + office
            yield Person(spelled(name), "" if is_honorific else spelled_office(whole))
    yield from _in_russian(text)


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


def _office_of_source(fields, catalogued) -> Iterator[Person]:
    """Yield the first catalogued person with the office that the catalogue names as the source of the document."""
    offices = (apart(field.value) for field in fields if field.name == "source")
    office = next((spelled_office(office) for office, name in offices if office and not name), "")
    if office and catalogued:
        yield Person(catalogued[0].name, office)


def _trimmed(name):
    """Drop an office in small letters, a possessive ending, and a last word that is no name (“Kirby En Route”)."""
    words = name.split()
    while len(words) > 2 and words[0].islower() and speaks_of_office(words[0]):
        words = words[1:]
    for index, word in enumerate(words):
        if POSSESSIVE.search(word):
            return " ".join([*words[:index], POSSESSIVE.sub("", word)])
    if len(words) > 2 and (not words[-1][:1].isupper() or key(words[-1]) in _no_names()):
        words = words[:-1]
    return " ".join(words)


def _is_name(name):
    """At least two words that begin with a capital; none an office, a month, a word of titles of documents.

    Between two others an article may belong to a name: Jeanne Le Gall.
    """
    words = [word for word in re.split(r"[\s.]+", name) if word]
    capital = [word for word in words if word[:1].isupper()]
    articles = {word for word in capital[1:-1] if key(word) in words_of("particles")}
    return len(words) > 1 and len(capital) > 1 and not any(key(word) in _no_names() for word in {*capital} - articles)


def _in_russian(text):
    """Yield who is named in the genitive after an office: “интервью министра … Ивана Петрова” -> Иван Петров."""
    if text.isascii():
        return
    words, genitives, taken = text.replace(",", " ,").split(), load("offices")["genitives"], 0
    for start, word in enumerate(words):
        if word.casefold() not in genitives or start < taken:
            continue
        for first in range(start + 1, min(start + LONGEST_OFFICE, len(words))):
            name = next(
                (name for count in (3, 2, 1) if (name := nominative(" ".join(words[first : first + count])))), None
            )
            if name:
                office = " ".join(genitives.get(each.casefold(), each) for each in words[start:first])
                yield Person(name, office[:1].upper() + office[1:])
                taken = first
                break


def nominative(name: str) -> str | None:
    """Return a Russian name in the genitive as the nominative where its endings leave no doubt, else None."""
    initials = re.match(INITIALS, name)
    given, _, surname = name.rpartition(" ") if not initials else ("", "", name[initials.end() :])
    is_apart = bool(given) != bool(initials) and "." not in surname
    if not is_apart or not all(word[:1].isupper() for word in (surname, *given.split())):
        return None
    is_woman = given.endswith(("и", "ы"))
    endings = OF_WOMEN if is_woman else OF_MEN if given else (*OF_MEN, *OF_WOMEN)
    surname = _with_ending(surname, endings)
    first = [_nominative_given(word) for word in given.split()]
    if not surname or None in first or any(not word.endswith(("ич", "вна")) for word in first[1:]):
        return None
    return f"{initials[0]}{surname}" if initials else " ".join([*first, surname])


def _with_ending(word, endings):
    return next((word.removesuffix(end) + ending for end, ending in endings if word.endswith(end)), None)


def _nominative_given(word):
    endings = [("вны", "вна"), ("ича", "ич"), ("ги", "га"), ("ьи", "ья"), ("ии", "ия"), ("ы", "а")]
    endings += [("ея", "ей"), ("ия", "ий"), ("ая", "ай"), ("ря", "рь"), ("а", "")]
    return _with_ending(word, endings)


@cache
def _titled():
    """Offices and honorifics before a name: “Deputy Foreign Minister Irena Valtos’s”, “Minister for …, Livia …”."""
    words, data = label_words(), load("offices")
    offices = {*words.offices, *(office for each in load("labels").values() for office in each["office"])}
    honorifics = alternatives({*words.honorifics, *data["honorifics"]})
    core = alternatives({*offices, *data["cores"]})
    office = alternatives({*offices, *words.honorifics, *data["cores"], *data["abbreviations"], "hon."})
    matter = alternatives({*data["matters"], *(name for name in country_names() if name.isascii())})
    extent = rf"(?:\s(?:(?:{alternatives(data['links'])})\s){{0,2}}(?:{matter}|{core})(?!\w)){{0,6}}"
    return re.compile(
        rf"\b(?P<office>(?i:(?:{office})\.?{extent})),?\s(?i:(?:{honorifics})\.?\s){{0,3}}(?P<name>{NAME})",
    )


@cache
def _no_names():
    words = label_words()
    return frozenset(load("offices")["no_names"]) | frozenset(
        word for office in words.offices | words.honorifics for word in office.split()
    )
