"""Every form that a text of one language may use for an entity, in one structure for longest match."""

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .cues import Heads, People, load_heads, load_people
from .forms import forms_of_entity, spellings_of
from .gazetteer import DATA, Country, Gazetteer, GazetteerError
from .inflection import forms_of
from .registry import Known, Registry
from .roles import COUNTRY, DOCUMENT, EVENT, ORGANISATION, PERSON, PLACE, Role, Sense
from .words import words_of

FIRM = {Role.NAME, Role.DEMONYM}


class Entry(NamedTuple):
    """What one form may mean: `countries` (also a mask or a capital) and everything else, the likeliest first."""

    countries: tuple[Sense, ...] = ()
    others: tuple[Sense, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether the form has one of these roles, other than for a country."""
        return any(sense.role in roles for sense in self.others)


UNKNOWN = Entry()
END = ""  # in a node of the tree: what the form means that ends there; no word is empty


class Lexicon:
    """Forms with their entries, as a tree of words: finding the longest form at a place reads each word once.

    A node is what the words after it lead to, or the entry itself where none follows. Words, and entries that are
    alike, are held once: most forms are but other cases or spellings of one name, in one language or in several.
    """

    def __init__(self, language: str, shared: dict[Entry, Entry] | None = None) -> None:
        """`shared`: the entries of other languages."""
        self.language = language
        self.root: dict[str, dict | Entry] = {}
        self.of_countries: set[str] = set()
        self.shared = {} if shared is None else shared

    def entry(self, form: str) -> Entry:
        """Return what is known of a form."""
        words = words_of(form)
        found = self.longest(words, 0)
        return found[1] if found and found[0] == len(words) else UNKNOWN

    def add_country(self, form: str, senses: Iterable[Sense]) -> None:
        known = self.entry(form).countries
        self._tell_countries(form, (*known, *(sense for sense in senses if sense not in known)))

    def add_name_of_country(self, form: str, sense: Sense) -> None:
        """Add a name that a curator gave a country, unless the form means one already."""
        known = self.entry(form).countries
        if not any(other.role in FIRM for other in known):
            self._tell_countries(form, (sense, *known))

    def add(self, form: str, sense: Sense) -> None:
        entry = self.entry(form)
        if sense not in entry.others:
            self._tell(form, entry._replace(others=(*entry.others, sense)))

    def longest(self, words: list[str], start: int) -> tuple[int, Entry] | None:
        """Return the end (exclusive) and the entry of the longest form that begins at a word, if any does."""
        node, index, found = self.root, start, None
        while index < len(words) and (node := node.get(words[index])) is not None:
            index += 1
            if type(node) is Entry:
                return index, node
            if END in node:
                found = index, node[END]
        return found

    def country_within(self, words: list[str], start: int, stop: int) -> tuple[int, tuple[Sense, ...]] | None:
        """Return the same of the names of countries only, and of masks, that end by a word."""
        node, index, found = self.root, start, None
        while index < stop and type(node) is dict and (node := node.get(words[index])) is not None:
            index += 1
            entry = node if type(node) is Entry else node.get(END, UNKNOWN)
            if entry.countries:
                found = index, entry.countries
        return found

    def _tell_countries(self, form, countries):
        self._tell(form, self.entry(form)._replace(countries=countries))
        self.of_countries.update(words_of(form)[:1])

    def _tell(self, form, entry):
        """Let a form have an entry from now on."""
        entry = self.shared.setdefault(entry, entry)
        node, (*words, last) = self.root, map(sys.intern, words_of(form))
        for word in words:
            inner = node.setdefault(word, {})
            if type(inner) is Entry:
                node[word] = inner = {END: inner}
            node = inner
        if type(node.get(last)) is dict:
            node[last][END] = entry
        else:
            node[last] = entry


def compile_lexicon(
    gazetteer: Gazetteer,
    language: str,
    registry: Registry | None = None,
    extra: Iterable[Known] = (),
    shared: dict[Entry, Entry] | None = None,
) -> Lexicon:
    """Return the lexicon of a language (ISO 639-1). Raises GazetteerError where two countries claim one form.

    `shared`: the entries of lexicons made before, each held once.
    """
    lexicon = Lexicon(language, shared)
    add_countries(lexicon, gazetteer)
    declared = {} if registry is None else registry.ambiguous
    for (spoken, form), candidates in declared.items():
        if spoken == language:
            add_ambiguous(lexicon, form, candidates)
    ambiguous = {spelling for spoken, form in declared if spoken == language for spelling in spelt(form, language)}
    for known in (*(registry.known if registry else ()), *extra):
        for form, role in forms_of_entity(known, language):
            sense = Sense(known.kind, known.key, role)
            if known.key in gazetteer.countries:
                lexicon.add_name_of_country(form, sense)
            elif form not in ambiguous:
                lexicon.add(form, sense)
    if language == "en":
        add_cues(lexicon, load_people(), load_heads())
        add_seats(lexicon, {known.key for known in registry.known if known.kind == ORGANISATION} if registry else set())
    return lexicon


def add_ambiguous(lexicon: Lexicon, form: str, candidates: Iterable[tuple[str, str] | None]) -> None:
    """A form that several entities claim; of countries that are among them their own rules decide."""
    forms = dict.fromkeys(one for name in spelt(form, lexicon.language) for one in forms_of(name, lexicon.language))
    for spelling in forms:
        for kind, key in (candidate or ("", "") for candidate in candidates):
            if kind != COUNTRY:
                lexicon.add(spelling, Sense(kind, key, Role.AMBIGUOUS))


def spelt(form: str, language: str) -> list[str]:
    """A declared form in every spelling that the program makes of it."""
    return sorted(spellings_of(form, "")) if language == "en" else [form]


def add_seats(lexicon: Lexicon, bodies: set[str]) -> None:
    """The cities that stand for bodies of the registry."""
    for seat in load_heads().seats_of_bodies:
        city, _, key = seat.partition(": ")
        if key in bodies:
            lexicon.add(city, Sense(ORGANISATION, key, Role.SEAT))


def add_cues(lexicon: Lexicon, people: People, heads: Heads) -> None:
    """The English words beside which unknown names are found."""
    lists = (
        (people.forms_of_address | people.offices, PERSON, Role.TITLE),
        (people.given_names | people.family_names_first | people.given_names_that_are_countries, PERSON, Role.GIVEN),
        (heads.organisations, ORGANISATION, Role.HEAD),
        (heads.documents | heads.small_documents, DOCUMENT, Role.HEAD),
        (heads.events | heads.small_events, EVENT, Role.HEAD),
        (heads.places | heads.places_before, PLACE, Role.HEAD),
    )
    for words, kind, role in lists:
        for word in sorted(words):
            lexicon.add(word, Sense(kind, word, role))


def add_countries(lexicon: Lexicon, gazetteer: Gazetteer) -> None:
    language = lexicon.language
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
    if language == "en":
        for prefix, code in gazetteer.prefixes.items():
            forms[f"{prefix}-"] = [Sense(COUNTRY, code, Role.PREFIX)]
    for form, senses in forms.items():
        lexicon.add_country(form, senses)


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
