"""What the data files say of each entity: countries, persons, organisations, places, documents, events."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviews.models import Alias

from .gazetteer import DATA, Country, load_gazetteer
from .lexicon import COUNTRY
from .registry import Known, load_registry

LONGEST_ACRONYM = 6


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of one entity. `key`: of a country its code; `country`: the code of the state it belongs to.

    `aliases`: (text, language) -> kind; `certain`: the names, with their language, that nothing else bears.
    """

    kind: str
    key: str
    name: str
    wikidata: str
    country: str
    note: str
    aliases: dict[tuple[str, str], str]
    certain: tuple[str, ...]

    @property
    def entity(self) -> tuple[str, str]:
        return self.kind, self.key


def everything_said(folder: Path = DATA) -> list[Saying]:
    """Return what the data files say, countries first. Raises GazetteerError where a file is broken."""
    registry, countries = load_registry(folder), load_gazetteer(folder).countries.values()
    ambiguous = {form for _, form in registry.ambiguous}
    known = [of_known(each, ambiguous) for each in registry.known]
    return [*map(of_country, countries), *known]


def of_country(country: Country) -> Saying:
    aliases = {}
    for text, language, kind in aliases_of(country):
        aliases.setdefault((text, language), kind)
    return Saying(COUNTRY, country.code, country.name, country.qid, "", "", aliases, ())


def of_known(known: Known, ambiguous: set[str]) -> Saying:
    names = [(text, language) for language, text in known.names]
    aliases = {(text, language): kind_of(text) for text, language in names if (text, language) != (known.name, "en")}
    certain = tuple(text for text, _ in names if text not in ambiguous)
    return Saying(known.kind, known.key, known.name, known.wikidata, known.country, known.note, aliases, certain)


def aliases_of(country: Country) -> Iterator[tuple[str, str, str]]:
    """Yield (text, language, kind) of every other name of a country."""
    for language in sorted({*country.i18n, *country.i18n_names, *country.i18n_demonyms}):
        for name in country.names_in(language):
            if (language, name) != ("en", country.name):
                yield name, language, kind_of(name, country.former)
        for demonym in country.demonyms_in(language):
            yield demonym, language, Alias.Kind.DEMONYM


def kind_of(name: str, former: tuple[str, ...] = ()) -> str:
    if name in former:
        return Alias.Kind.FORMER
    return Alias.Kind.ACRONYM if name.isupper() and len(name) <= LONGEST_ACRONYM else Alias.Kind.NAME
