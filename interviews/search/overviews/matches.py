"""Where every word stands for which answers were found: what concordances show and frequencies count."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from interviews.search.engine.caches import cache
from interviews.search.engine.conditions import AllOf, Condition, Everything, Near, Part
from interviews.search.engine.evaluating import leaves_of
from interviews.search.engine.found import Found
from interviews.search.engine.marks import looked_for
from interviews.search.engine.occurrences import Leaf, part_of
from interviews.search.engine.patience import TIME_LIMIT, OutOfTimeError
from interviews.search.engine.positions import DOCUMENT_BITS, POSITION, Spans, near_spans, spans_of
from interviews.search.engine.stretches import Stretch, stretches_of
from interviews.search.index.schema import ANSWER_AT
from interviews.search.index.segment import ranges

RATE_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Matches:
    """Words and runs of words that are looked for, none overlapping another, in the order of documents and texts.

    documents: the numbers of their documents (ascending); firsts and lasts: the positions of their first and last
    words. Only the first `examined` documents of the snapshot were looked at.
    """

    documents: np.ndarray
    firsts: np.ndarray
    lasts: np.ndarray
    examined: int

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.firsts.nbytes + self.lasts.nbytes

    @property
    def are_in_answers(self) -> np.ndarray:
        """The mask of those that stand in an answer; the others stand in a question."""
        return self.firsts >= ANSWER_AT

    def in_order_of(self, documents: np.ndarray) -> np.ndarray:
        """Return the places of the matches of these documents, document after document."""
        firsts, afters = (np.searchsorted(self.documents, documents, side) for side in ("left", "right"))
        return ranges(firsts, afters - firsts)


def words_looked_for(condition: Condition) -> list[Leaf]:
    """Return what a condition looks for in questions and answers, each once; nothing where it only filters."""
    return [leaf for leaf in dict.fromkeys(looked_for(condition)) if part_of(leaf) != Part.TITLE]


def without_words(condition: Condition) -> Condition:
    """Return what is left of a condition without the parts that look for words: the filters typed among them."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    kept = tuple(part for part in parts if not any(leaves_of(part)))
    return AllOf(kept) if kept else Everything()


def matches_of(found: Found, *, seconds: float = TIME_LIMIT) -> Matches:
    """Return all matches in the questions and answers of what was found, as far as they are read in so many seconds."""
    key = (found.snapshot.key, "matches", replace(found.asked, order="newest"))
    matches = cache.found(key)
    if matches is None:
        matches = _read(found, time.monotonic() + seconds)
        if matches.examined == found.snapshot.size:
            cache.keep(key, matches)
    return matches


def rate_of(matches: int | None, words: int) -> float | None:
    """Return matches for each RATE_WORDS words; None where there is nothing to match or no word."""
    return RATE_WORDS * matches / words if words and matches is not None else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What can be counted of a search, as masks of the first documents of the snapshot: those `examined`.

    found: what it found; base: all texts under its filters, those typed among them; `matches` is None where it looks
    for no words.
    """

    found: np.ndarray
    base: np.ndarray
    matches: Matches | None
    examined: int


def counted_of(found: Found, *, seconds: float = TIME_LIMIT) -> Counted:
    """Return what can be counted of a result set, as far as its matches are read in so many seconds."""
    snapshot, condition = found.snapshot, found.asked.condition
    base = snapshot.find(replace(found.asked, condition=without_words(condition), order="newest"))
    matches = matches_of(found, seconds=seconds) if words_looked_for(condition) else None
    examined = min(each.examined for each in (found, base, matches) if each)
    is_examined = np.arange(snapshot.size) < examined
    return Counted(found.mask & is_examined, base.mask & is_examined, matches, examined)


def _read(found, deadline):
    read, examined = [np.zeros((3, 0), dtype=np.uint32)], 0
    leaves = words_looked_for(found.asked.condition)
    for first, stretch in _stretches(found.snapshot, deadline):
        is_found = found.mask[first : first + stretch.size]
        try:
            spans = _apart([_of_leaf(stretch, leaf).within(is_found) for leaf in leaves])
        except OutOfTimeError:
            break
        documents = (spans.starts >> DOCUMENT_BITS) + first
        read.append(np.stack([documents, spans.starts & POSITION, spans.ends & POSITION]).astype(np.uint32))
        examined += stretch.size
    return Matches(*np.concatenate(read, axis=1), examined)


def _stretches(snapshot, deadline) -> Iterator[tuple[int, Stretch]]:
    for first, segment in zip(snapshot.firsts, snapshot.segments, strict=True):
        for stretch in stretches_of(segment, deadline):
            yield first + stretch.first, stretch


def _of_leaf(stretch, leaf):
    return near_spans(stretch, "text", leaf) if isinstance(leaf, Near) else spans_of(stretch, "text", leaf)


def _apart(found):
    """Of spans that overlap the one that begins first stands, of two that begin together the longer."""
    starts, ends = (np.concatenate([getattr(spans, name) for spans in found]) for name in ("starts", "ends"))
    if len(found) > 1:
        order = np.lexsort((-ends, starts))
        starts, ends = starts[order], ends[order]
    while True:
        overlaps = np.zeros(len(starts), dtype=bool)
        overlaps[1:] = starts[1:] <= ends[:-1]
        overlaps[2:] &= ~overlaps[1:-1]  # behind one that stands for certain
        if not overlaps.any():
            return Spans(starts, ends)
        starts, ends = starts[~overlaps], ends[~overlaps]
