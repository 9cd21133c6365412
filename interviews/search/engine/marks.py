"""Which words of a hit to mark: those for which it was found."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from interviews.search.index.segment import Segment

from .conditions import AllOf, AnyOf, Condition, Near, Part, Phrase, Prefix, Similar, Word
from .expanding import Forms, runs_of
from .occurrences import Leaf, occurrences_of, part_of
from .patience import OutOfTimeError
from .stretches import stretches_of

# The exact forms that may stand at each place of a run of words.
Run = tuple[frozenset[str], ...]
# What half of the documents have says one bit, in hundredths.
BIT = 100


@dataclass(frozen=True, slots=True)
class Nearby:
    """Runs of words that are marked where one of each side stands within the distance of the other."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in a text: single words by their exact form, words in a row, words near each other.

    `cut` names the beginnings of words that more words have than were looked for. `weights` are how much a form or a
    run says, in hundredths of a bit: the fewer documents have it, the more.
    """

    forms: frozenset[str] = frozenset()
    phrases: tuple[Run, ...] = ()
    near: tuple[Nearby, ...] = ()
    cut: tuple[str, ...] = ()
    weights: frozenset[tuple[str | Run, int]] = frozenset()

    @property
    def nbytes(self) -> int:
        return 200 * (len(self.forms) + sum(len(forms) for run in self.phrases for forms in run))


def marks_of(segments: Iterable[Segment], condition: Condition, *, language: str | None, part: Part) -> Marks:
    """Return what to mark in a part of documents in a language (None: any); of TEXT, what is looked for anywhere."""
    marking = _Marking(tuple(segments), language)
    forms, phrases, near, weights = set(), [], [], set()
    for leaf in dict.fromkeys(looked_for(condition)):
        if part_of(leaf) not in (Part.TEXT, part) and part != Part.TEXT:
            continue
        weight = marking.weight(leaf)
        if isinstance(leaf, Near):
            near.append(Nearby(marking.runs(leaf.left), marking.runs(leaf.right), leaf.distance))
            weights.update((run, weight) for run in (*near[-1].left, *near[-1].right))
            continue
        for run in marking.runs(leaf):
            phrases.append(run) if len(run) > 1 else forms.update(run[0])
            weights.update((each, weight) for each in ([run] if len(run) > 1 else run[0]))
    return Marks(frozenset(forms), tuple(phrases), tuple(near), tuple(marking.cut), frozenset(weights))


def looked_for(condition: Condition) -> Iterator[Leaf]:
    """Yield what a condition looks for in texts, without what it excludes."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from looked_for(part)
        case Word() | Phrase() | Prefix() | Similar() | Near():
            yield condition


class _Marking:
    """The forms that stand for words in some segments, in one language."""

    def __init__(self, segments, language):
        self.segments, self.language = segments, language
        self.cut: dict[str, None] = {}

    def runs(self, side) -> tuple[Run, ...]:
        if isinstance(side, AnyOf):
            return tuple(run for part in side.parts for run in self.runs(part))
        found = defaultdict(list)
        for segment in self.segments:
            for spelling, run in runs_of(segment, side).items():
                found[spelling].append(run)
                if run[0].is_cut:
                    self.cut[side.text] = None
        return tuple(tuple(map(self._meant, zip(*runs, strict=True))) for runs in found.values())

    def weight(self, leaf: Leaf) -> int:
        """Return how much it says, judged by the documents in which it was looked for: nothing is read anew."""
        having, examined = 0, 0
        with suppress(OutOfTimeError):
            for segment in self.segments:
                for stretch in stretches_of(segment, -math.inf):
                    having += len(occurrences_of(stretch, leaf).documents)
                    examined += stretch.size
        return max(1, round(BIT * math.log2(examined / having))) if having else BIT

    def _meant(self, found: Iterable[Forms]):
        return frozenset(
            form
            for forms in found
            for form, languages in forms.languages.items()
            if languages is None or self.language is None or self.language in languages
        )
