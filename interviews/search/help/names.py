"""The names by which readers mean a speaker, an outlet, a country or another entity, looked up by their words.

Names are compared folded, as the words of texts are; those of other than countries also in Latin letters, so that
“Лавров” finds Sergey Lavrov. Countries have names in many languages of their own.
"""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from whoosh.lang.stopwords import stoplists

from interviews.addresses import latinised
from interviews.models import Alias, Entity
from interviews.search.index.generations import index_folder
from interviews.search.language.known import facet_of_spoken_of, value_of
from interviews.search.text.analysis import exact, words

KEPT = 300  # seconds
LONGEST_NAME = 8  # words; no more of a longer one are compared
FACETS = {Entity.Kind.PERSON: ["speaker"], Entity.Kind.OUTLET: ["outlet"]}
EMPTY_WORDS = stoplists["en"]
AFTER_ALL_LETTERS = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means in a search: the `value` (slug, code, "kind:slug") of a facet. `kind` is the entity's."""

    facet: str
    value: str
    label: str
    kind: str


class Names:
    """All names and aliases of the archive, of one moment; `words` counts the names that hold a folded word."""

    def __init__(self, names: Iterable[tuple[Sequence[str], Sequence[Named]]]):
        """Take (folded words, what they mean) of every name."""
        self._bearers: dict[str, list[Named]] = defaultdict(list)
        self._beginnings: list[tuple[str, Sequence[Named]]] = []
        for key, meant in names:
            self._bearers[" ".join(key)] += meant
            self._beginnings += ((" ".join(key[start:]), meant) for start in range(len(key)) if _says(key, start))
            if meant[0].kind == Entity.Kind.PERSON and len(key) > 1:
                self._bearers[key[-1]] += meant
        self._beginnings.sort(key=_key)
        self.words = Counter(word for name in self._bearers for word in name.split())

    def bearing(self, name: Sequence[str]) -> set[Named]:
        """Return who bears this name, given in words as typed: the whole name, an alias, a person's last name."""
        return {meant for key in _typed(name) for meant in self._bearers.get(key, ())}

    def beginning(self, typed: Sequence[str]) -> set[Named]:
        """Return who has a name of which some words, in a row, begin so; the last may be incomplete."""
        return {meant for key in _typed(typed) for found in self._from(key) for meant in found}

    def _from(self, key):
        first = bisect_left(self._beginnings, key, key=_key)
        after = bisect_left(self._beginnings, key + AFTER_ALL_LETTERS, key=_key)
        return (meant for _, meant in self._beginnings[first:after])


_key = itemgetter(0)


def _says(key, start):
    """Whether readers may look for a name by its words from here on: not by “of Europe”."""
    return start == 0 or key[start] not in EMPTY_WORDS


def current_names() -> Names:
    """Return the names as they were at most KEPT seconds ago."""
    return _read(index_folder(), int(time.monotonic() // KEPT))


@lru_cache(maxsize=1)
def _read(archive, moment):
    """Names of one that was merged into another mean the other."""
    known = Entity.objects.order_by().only("kind", "slug", "iso_code", "name", "merged_into")
    entities = {entity.pk: entity for entity in known}
    meanings = {pk: _meanings(entities[entity.merged_into_id or pk]) for pk, entity in entities.items()}
    names = [(pk, entity.name) for pk, entity in entities.items()]
    names += Alias.objects.order_by().values_list("entity_id", "text")
    return Names((key, meanings[pk]) for pk, name in names for key in _keys(name, entities[pk]))


def _meanings(entity):
    """What a search can do with an entity: who spoke or asked may be spoken of as well."""
    facets = [*FACETS.get(entity.kind, ()), facet_of_spoken_of(entity)]
    return [Named(facet, value_of(facet, entity), entity.name, entity.kind) for facet in facets]


def _keys(name, entity):
    """The words of a name, folded; in Latin letters too where they are others."""
    keys = {tuple(map(exact, words(name)))}
    if entity.kind != Entity.Kind.COUNTRY:
        latin = entity.slug if name == entity.name else latinised(name)
        keys.add(tuple(latin.split("-")))
    return [key[:LONGEST_NAME] for key in keys if any(key)]


def _typed(typed):
    return {" ".join(map(exact, typed)), latinised(" ".join(typed)).replace("-", " ")} - {""}
