"""Every form that a text of one language may use for an entity, in one structure for longest match."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .gazetteer import DATA, Country, Gazetteer, GazetteerError
from .inflection import forms_of
from .words import words_of


class Role(StrEnum):
    """How a form stands for its entity."""

    NAME = "name"
    DEMONYM = "demonym"
    PREFIX = "prefix"  # Russo-
    SEAT = "seat"  # a seat of government: the state only where the context says so
    CITY = "city"  # a capital that never stands for the state
    AMBIGUOUS = "ambiguous"  # one of several entities
    MASK = "mask"  # no entity at all


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form may mean: an entity by kind and key (of countries the code), and how."""

    kind: str
    key: str
    role: Role


class Lexicon:
    """Forms with their senses, as a tree of words: finding the longest form at a place reads each word once."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.root: dict = {}

    def add(self, form: str, *senses: Sense) -> None:
        node = self.root
        for word in words_of(form):
            node = node.setdefault(word, {})
        known = node.setdefault(None, [])
        known += [sense for sense in senses if sense not in known]

    def longest(self, words: list[str], start: int) -> tuple[int, list[Sense]] | None:
        """Return the end (exclusive) and the senses of the longest form that begins at a word, if any does."""
        node, index, found = self.root, start, None
        while index < len(words) and (node := node.get(words[index])) is not None:
            index += 1
            if None in node:
                found = index, node[None]
        return found


COUNTRY = "country"
FIRM = {Role.NAME, Role.DEMONYM}


def compile_lexicon(gazetteer: Gazetteer, language: str) -> Lexicon:
    """Return the lexicon of a language (ISO 639-1). Raises GazetteerError where two countries claim one form."""
    forms: dict[str, list[Sense]] = {}
    for country in gazetteer.countries.values():
        for form, sense in forms_of_country(country, language):
            add_form(forms, form, sense)
    for declared in (gazetteer.ambiguous, gazetteer.shared):
        role = Role.AMBIGUOUS if declared is gazetteer.ambiguous else Role.NAME
        for name, codes in declared.get(language, {}).items():
            senses = [Sense(COUNTRY, code, role) for code in codes]
            forms.update((form, senses) for form in forms_of(name, language, people=name[0].islower()))
    for phrase in gazetteer.masks.get(language, ()):
        forms.update({form: [Sense("", phrase, Role.MASK)] for form in forms_of(phrase, language)})
    lexicon = Lexicon(language)
    for form, senses in forms.items():
        lexicon.add(form, *senses)
    if language == "en":
        for prefix, code in gazetteer.prefixes.items():
            lexicon.add(f"{prefix}-", Sense(COUNTRY, code, Role.PREFIX))
    return lexicon


def forms_of_country(country: Country, language: str) -> Iterator[tuple[str, Sense]]:
    """Yield (form, sense) of every form of a country: what surely means it before what may."""
    for name in country.names_in(language):
        sense = Sense(COUNTRY, country.code, Role.NAME)
        yield from ((form, sense) for form in forms_of(name, language))
    for demonym in country.demonyms_in(language):
        sense = Sense(COUNTRY, country.code, Role.DEMONYM)
        yield from ((form, sense) for form in forms_of(demonym, language, people=True))
    if language == "en":
        for role, cities in ((Role.SEAT, country.metonyms), (Role.CITY, country.capitals)):
            sense = Sense(COUNTRY, country.code, role)
            yield from ((form, sense) for city in cities for form in forms_of(city, language))


def add_form(forms: dict[str, list[Sense]], form: str, sense: Sense) -> None:
    """Give a form its sense. A name outranks the capital of the same name; two countries cannot both own one."""
    senses = forms.setdefault(form, [])
    rivals = [known for known in senses if known.role in FIRM]
    if sense.role in FIRM and (rival := next((r for r in rivals if r.key != sense.key), None)):
        mend = f"is claimed by {rival.key} and {sense.key}; declare it under ambiguous or shared, or remove one."
        raise GazetteerError(DATA / "countries.json", f"“{form}”", mend)
    if sense.role in FIRM:
        forms[form] = rivals[:1] or [sense]
    elif not senses:
        senses.append(sense)
