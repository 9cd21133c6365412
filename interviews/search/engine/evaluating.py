"""From a tree of conditions to the documents of a snapshot that meet it, and how well."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from .conditions import (
    AllOf,
    AnyOf,
    Between,
    Carries,
    Condition,
    Everything,
    Near,
    Nothing,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)
from .occurrences import Leaf, Occurrences, occurrences_of, part_of
from .patience import OutOfTimeError
from .ranking import scores_of
from .stretches import stretches_of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The mask of the documents that meet a condition and the score of each, None where nothing is scored.

    Only the first `examined` documents were looked at; of those the mask is exact, of the others it is False.
    """

    mask: np.ndarray
    scores: np.ndarray | None
    examined: int

    @property
    def nbytes(self) -> int:
        return self.mask.nbytes + (0 if self.scores is None else self.scores.nbytes)


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """Yield what a condition looks for in texts, what it excludes included."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Without(part):
            yield from leaves_of(part)
        case Word() | Phrase() | Prefix() | Similar() | Near():
            yield condition


def evaluate(snapshot, condition: Condition, *, deadline: float) -> Evaluation:
    """Find the documents of a snapshot that meet a condition, reading no further past the deadline (time.monotonic)."""
    found, examined = _look_up(snapshot, dict.fromkeys(leaves_of(condition)), deadline)
    mask, scores = Evaluator(snapshot, found).of(condition)
    if examined < snapshot.size:
        mask = mask & (np.arange(snapshot.size) < examined)
    return Evaluation(mask, scores, examined)


def _look_up(snapshot, leaves, deadline):
    """{leaf: its occurrences by the numbers of the snapshot}, and how many documents were looked at for all leaves."""
    found, examined = {leaf: [] for leaf in leaves}, 0
    if not leaves:
        return found, snapshot.size
    for first, segment in zip(snapshot.firsts, snapshot.segments, strict=True):
        for stretch in stretches_of(segment, deadline):
            try:
                for leaf in leaves:
                    found[leaf].append((first + stretch.first, occurrences_of(stretch, leaf)))
            except OutOfTimeError:
                return found, examined
            examined += stretch.size
    return found, examined


class Evaluator:
    """Evaluates the parts of one condition over the whole snapshot."""

    def __init__(self, snapshot, found: dict[Leaf, list[tuple[int, Occurrences]]]):
        self.snapshot = snapshot
        self.found = {leaf: _together(parts) for leaf, parts in found.items()}

    def of(self, condition: Condition) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the mask and the scores of a condition."""
        match condition:
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return _joined(np.logical_or, [self.of(part) for part in parts], ~self.snapshot.all_documents)
            case Word() | Phrase() | Prefix() | Similar() | Near():
                return self._leaf(condition)
        return self._unscored(condition), None

    def _unscored(self, condition):
        match condition:
            case Without(part):
                return ~self.of(part)[0]
            case Carries(facet, values):
                return self.snapshot.carrying(facet, values)
            case Between(column, first, last):
                return self.snapshot.between(column, first, last)
            case Everything():
                return self.snapshot.all_documents
            case Nothing():
                return ~self.snapshot.all_documents
        raise TypeError(condition)

    def _all_of(self, parts):
        """The title may hold some of the words that a text is asked for, not all: nobody repeats the subject."""
        words = [part for part in parts if _is_for_text(part)]
        found = [self._leaf(part, with_title=True) if part in words else self.of(part) for part in parts]
        if words:
            found.append((reduce(np.logical_or, map(self._in_text, words)), None))
        return _joined(np.logical_and, found, self.snapshot.all_documents)

    def _leaf(self, leaf, *, with_title=False):
        occurrences = self.found[leaf]
        scores = np.zeros(self.snapshot.size, dtype=np.float32)
        scores[occurrences.documents] = scores_of(occurrences, self.snapshot.word_weights, self.snapshot.live)
        if _is_for_text(leaf) and not with_title:
            mask = self._in_text(leaf)
            return mask, np.where(mask, scores, np.float32(0))
        return self._mask(occurrences.documents), scores

    def _in_text(self, leaf):
        occurrences = self.found[leaf]
        return self._mask(occurrences.documents[(occurrences.question > 0) | (occurrences.answer > 0)])

    def _mask(self, documents):
        mask = np.zeros(self.snapshot.size, dtype=bool)
        mask[documents] = True
        return mask


def _is_for_text(condition):
    return isinstance(condition, Leaf) and part_of(condition) == Part.TEXT


def _joined(operation, found, mask):
    """A document that meets the whole has the scores of the parts that it meets, added up."""
    mask = reduce(operation, (part for part, _ in found), mask)
    scores = [scores for _, scores in found if scores is not None]
    return mask, np.where(mask, sum(scores), np.float32(0)) if scores else None


def _together(found):
    if not found:
        found = [(0, Occurrences(*(np.zeros(0, dtype=np.uint32) for _ in range(4))))]
    return Occurrences(
        np.concatenate([first + part.documents.astype(np.int64) for first, part in found]),
        *(np.concatenate([getattr(part, name) for _, part in found]) for name in ("question", "answer", "title")),
    )
