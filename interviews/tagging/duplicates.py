"""Entities that may be one and the same: suggested by their names, judged by curators, never merged by a program."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from .words import folded

ALIKE_FROM = 90  # of 100: “Serguei Lavrov” is “Sergei Lavrov”, “North Korea” not “South Korea”
GIVEN_ALIKE_FROM = 75
SHORTEST = 6  # letters; acronyms of one letter more or less are others
CHUNK = 500
MOST_BEARERS = 60  # of a surname or a name; so many are no duplicates
PERSON = "person"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared of an entity. `names`: its name first; `country`: the key of its state; `is_known`: to the data
    files, which tell theirs apart.
    """

    key: int
    kind: str
    names: tuple[str, ...]
    wikidata: str = ""
    country: int | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one, the key of the first lower; `likeness` up to 100, `why` in words."""

    pair: Pair
    likeness: int
    why: str


def suggestions(candidates: Iterable[Candidate]) -> list[Suggestion]:
    """Return the pairs of one kind that may be the same, the likeliest first; any number of names in little time."""
    by_kind = defaultdict(list)
    for candidate in candidates:
        by_kind[candidate.kind].append(candidate)
    found: dict[Pair, Suggestion] = {}
    for kind, of_kind in by_kind.items():
        known = {candidate.key: candidate for candidate in of_kind}
        for suggestion in (*same_name(of_kind), *(initials(of_kind) if kind == PERSON else ()), *spelt_alike(of_kind)):
            one, other = (known[key] for key in suggestion.pair)
            if may_be_one(one, other) and suggestion.likeness > likeness_in(found, suggestion.pair):
                found[suggestion.pair] = suggestion
    return sorted(found.values(), key=lambda suggestion: (-suggestion.likeness, suggestion.pair))


def likeness_in(found: dict[Pair, Suggestion], pair: Pair) -> int:
    return found[pair].likeness if pair in found else 0


def may_be_one(one: Candidate, other: Candidate) -> bool:
    """Two identifiers, or two states, are two entities, and so are two of the data files."""
    return not (one.is_known and other.is_known) and all(
        not first or not second or first == second
        for first, second in ((one.wikidata, other.wikidata), (one.country, other.country))
    )


def suggestion_of(one: int, other: int, likeness: int, why: str) -> Suggestion:
    return Suggestion((min(one, other), max(one, other)), likeness, why)


def latin(name: str) -> str:
    """Return a name as it is compared: in Latin letters, without case, accents or signs.

    >>> latin("С.В. Лавров")
    's v lavrov'
    """
    return folded(anyascii(name.replace(".", " ")))


def same_name(candidates: list[Candidate]) -> Iterator[Suggestion]:
    """Yield those that bear the same name, one of them perhaps as another name, whatever the order of its words."""
    bearers = defaultdict(dict)
    for candidate in candidates:
        for name in candidate.names:
            bearers[in_order(name)].setdefault(candidate.key, name)
    for name, keys in bearers.items():
        if name and len(keys) <= MOST_BEARERS:
            for (one, said), (other, _) in combinations(keys.items(), 2):
                yield suggestion_of(one, other, 100, f"both are called “{said}”")


def in_order(name: str) -> str:
    return " ".join(sorted(latin(name).split()))


def initials(candidates: list[Candidate]) -> Iterator[Suggestion]:
    """Yield persons of one surname whose given names may be the same: “S. V. Lavrov”, “Sergey Lavrov”."""
    bearers = defaultdict(dict)
    for candidate in candidates:
        for name in candidate.names:
            *given, surname = latin(name).split() or [""]
            if given:
                bearers[surname].setdefault((candidate.key, tuple(given)), name)
    for named in bearers.values():
        if len(named) > MOST_BEARERS:
            continue
        for ((one, given), said), ((other, others), also) in combinations(named.items(), 2):
            if one != other and (likeness := likeness_of_given(given, others)):
                yield suggestion_of(one, other, likeness, f"“{said}” and “{also}”")


def likeness_of_given(given: tuple[str, ...], others: tuple[str, ...]) -> int:
    """Return how alike two rows of given names are, 0 where they are another's: an initial may stand for a name."""
    pairs = list(zip(given, others, strict=False))
    short = sum(min(len(one), len(other)) == 1 for one, other in pairs)
    if not all(may_be_given(one, other) for one, other in pairs):
        return 0
    return 95 - 5 * short - (len(given) != len(others))


def may_be_given(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return fuzz.ratio(one, other) >= GIVEN_ALIKE_FROM


def spelt_alike(candidates: list[Candidate]) -> Iterator[Suggestion]:
    """Yield those whose names differ in few letters, whatever the order of the words; numbers must be the same."""
    named = [(candidate.key, candidate.names[0], in_order(candidate.names[0])) for candidate in candidates]
    named = [each for each in named if len(each[2]) >= SHORTEST]
    texts = [text for _, _, text in named]
    for start in range(0, len(texts), CHUNK):
        scores = process.cdist(
            texts[start : start + CHUNK], texts[start:], scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, dtype=np.uint8
        )
        for row, column in np.argwhere(scores):
            (one, said, text), (other, also, like) = named[start + row], named[start + column]
            if row < column and differ_as_spellings(text, like):
                yield suggestion_of(one, other, int(scores[row, column]) - 5, f"“{said}” and “{also}”")


def differ_as_spellings(text: str, other: str) -> bool:
    """Whether the words that two names do not share are spellings of each other: no numbers, no North for South."""
    alone, others = (set(words) for words in (text.split(), other.split()))
    alone, others = sorted(alone - others), sorted(others - alone)
    if any(any(map(str.isdigit, word)) for word in (*alone, *others)):
        return False
    return len(alone) == len(others) and all(
        word[0] == like[0] and fuzz.ratio(word, like) >= GIVEN_ALIKE_FROM
        for word, like in zip(alone, others, strict=True)
    )
