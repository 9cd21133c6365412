"""Whom misspelt words may mean: what somebody vouches for under nearly the same name (“Kofi Anan”, “Medvedyev”)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from rapidfuzz import fuzz

from interviews.models import Alias, Entity, Mention

from .duplicates import SHORTEST, differ_as_spellings, latin

NEAR_FROM = 84  # of 100: “Medvedyev” is near to “Medvedev”, “Lukashenka” to “Lukashenko”
FURTHEST = 3  # letters by which two spellings differ in length
MOST_NAMES = 50_000  # so many are compared in a fraction of a second
MOST = 3

Words = tuple[str, str]  # (kind, words as they stand)


def near_names(mentions: Iterable[Mention]) -> dict[Words, list[Entity]]:
    """Return {(kind, surface): entities of the kind that are called nearly so, the nearest first}; in two queries.

    Of people a surname is compared with surnames too.
    """
    wanted = {(mention.entity.kind, mention.surface): latin(mention.surface) for mention in mentions}
    wanted = {words: text for words, text in wanted.items() if len(text) >= SHORTEST}
    likeness: dict[Words, dict[int, float]] = defaultdict(dict)
    for key, kind, name in islice(names_of({kind for kind, _ in wanted}), MOST_NAMES):
        for words, text in wanted.items():
            if words[0] == kind and (score := likeness_of(text, name)):
                likeness[words][key] = max(score, likeness[words].get(key, 0))
    entities = Entity.objects.select_related("country").in_bulk({key for found in likeness.values() for key in found})
    return {
        words: [entities[key] for key in sorted(found, key=lambda key: (-found[key], key))[:MOST]]
        for words, found in likeness.items()
    }


def names_of(kinds: set[str]) -> Iterator[tuple[int, str, str]]:
    """Yield (key, kind, name) of all names of what somebody vouches for, and the surnames of people."""
    live = Entity.objects.live().filter(verified=True, kind__in=kinds)
    named = live.order_by().values_list("pk", "kind", "name")
    others = Alias.objects.filter(entity__in=live).order_by().values_list("entity", "entity__kind", "text")
    for key, kind, name in named.union(others, all=True).iterator() if kinds else ():
        yield key, kind, name
        if kind == Entity.Kind.PERSON and " " in name:
            yield key, kind, name.split()[-1]


def likeness_of(text: str, name: str) -> float:
    """Return how alike some words (in `latin`) and a name are; 0 where they are no spellings of one another."""
    if abs(len(text) - len(name)) > FURTHEST or text[0] != name[0].casefold():
        return 0
    other = latin(name)
    score = fuzz.ratio(text, other, score_cutoff=NEAR_FROM)
    return score if score and differ_as_spellings(text, other) else 0
