"""How often the documents of a stretch hold what one leaf of a query looks for."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from interviews.search.index.schema import ANSWER_AT

from .caches import cache
from .conditions import Near, Part, Phrase, Prefix, Similar, Word
from .expanding import runs_of
from .positions import DOCUMENT_BITS, POSITION, near_starts, postings_of, run_starts
from .stretches import Stretch

Leaf = Word | Phrase | Prefix | Similar | Near


@dataclass(frozen=True, slots=True)
class Occurrences:
    """`documents` (ascending) that hold something, and how often each does in its question, answer and title."""

    documents: np.ndarray
    question: np.ndarray
    answer: np.ndarray
    title: np.ndarray

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.question.nbytes + self.answer.nbytes + self.title.nbytes


def occurrences_of(stretch: Stretch, leaf: Leaf) -> Occurrences:
    """Return where a leaf stands in the part that it names; where the text is meant, in text or title."""
    return cache.remembered((*stretch.key, leaf), lambda: _occurrences_of(stretch, leaf))


def part_of(leaf: Leaf) -> Part:
    """Return the part in which a leaf must stand."""
    if isinstance(leaf, Near):
        return part_of(leaf.left)
    return leaf.parts[0].part if hasattr(leaf, "parts") else leaf.part


def _occurrences_of(stretch, leaf):
    part = part_of(leaf)
    question = answer = title = np.zeros(stretch.size, dtype=np.uint32)
    if part != Part.TITLE:
        question, answer = _counts(stretch, "text", leaf)
    if part in (Part.TEXT, Part.TITLE):
        title, _ = _counts(stretch, "title", leaf)
    match part:
        case Part.TEXT:
            documents = np.flatnonzero(question + answer + title)
        case Part.QUESTION:
            answer, documents = np.zeros_like(answer), np.flatnonzero(question)
        case Part.ANSWER:
            question, documents = np.zeros_like(question), np.flatnonzero(answer)
        case Part.TITLE:
            documents = np.flatnonzero(title)
    return Occurrences(documents.astype(np.uint32), *(_few(counts[documents]) for counts in (question, answer, title)))


def _few(counts):
    """Counts in half the room; more would not change a score."""
    return np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _counts(stretch, field, leaf):
    """How often each document holds the leaf before ANSWER_AT and from there on."""
    if isinstance(leaf, Near):
        return _counts_of_keys(stretch, near_starts(stretch, field, leaf))
    counts = (_counts_of_run(stretch, field, run) for run in runs_of(stretch.segment, leaf).values())
    return [reduce(np.add, of_part) for of_part in zip(*counts, strict=True)]


def _counts_of_run(stretch, field, run):
    if len(run) > 1:
        return _counts_of_keys(stretch, run_starts(stretch, field, run))
    return _counts_of_forms(stretch, postings_of(stretch, field, run[0]))


def _counts_of_forms(stretch, postings):
    if not len(postings.documents):
        return np.zeros((2, stretch.size), dtype=np.uint32)
    firsts = np.cumsum(postings.counts, dtype=np.int64) - postings.counts
    in_answer = np.add.reduceat(postings.positions >= ANSWER_AT, firsts, dtype=np.uint32)
    return _sums(stretch, postings.documents, postings.counts - in_answer, in_answer)


def _counts_of_keys(stretch, keys):
    in_answer = (keys & POSITION) >= ANSWER_AT
    return _sums(stretch, keys >> DOCUMENT_BITS, ~in_answer, in_answer)


def _sums(stretch, documents, *counts):
    return tuple(np.bincount(documents, each, stretch.size).astype(np.uint32) for each in counts)
