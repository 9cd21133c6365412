"""Which hit stands before which: how well it matches, or a number that it has; equal ones newest first.

Scores are those of BM25F: a word counts by how often it stands in each part, the part's weight and the part's length
(S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .occurrences import Occurrences

# How much more often standing there again adds.
SATURATION = 1.2
# What one word in a part weighs, and how much of it is lost in a part that is longer than others: round numbers among
# the best for judged searches (`make relevance`). Where length counts for more, scraps of a line stand first.
WEIGHTS = {"question": 1.5, "answer": 1.0, "title": 0.5}
LENGTH_COUNTS = {"question": 0.4, "answer": 0.4, "title": 0.4}

ORDERS = ("relevance", "newest", "oldest", "longest")
RANK_BITS = 32
GREATEST = (1 << 31) - 1


def word_weights(words: Mapping[str, np.ndarray], live: np.ndarray) -> dict[str, np.ndarray]:
    """Return, for each part, what one word in it weighs in each document.

    words: part -> number of its words in each document; live: the mask of the documents that make the average.
    """
    return {part: _word_weights(part, numbers, numbers[live]) for part, numbers in words.items()}


def _word_weights(part, numbers, living):
    average = living.mean() if living.any() else 1
    share = LENGTH_COUNTS[part]
    return (WEIGHTS[part] / (1 - share + share * numbers / average)).astype(np.float32)


def scores_of(found: Occurrences, weights: Mapping[str, np.ndarray], live: np.ndarray) -> np.ndarray:
    """Return the score of each of `found.documents` (float32); how rare they are is counted among the live ones."""
    documents = found.documents
    weight = sum(getattr(found, part) * each[documents] for part, each in weights.items())
    total, having = np.count_nonzero(live), np.count_nonzero(live[documents])
    rarity = np.float32(np.log1p((total - having + 0.5) / (having + 0.5)))
    return rarity * (SATURATION + 1) * weight / (SATURATION + weight)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in an order, whatever becomes of the index: its value there, and what tells equals apart.

    value: of relevance the bits of the score, of length the words, else 0; day: proleptic ordinal; interview: key.
    """

    value: int
    day: int
    interview: int
    position: int

    def __str__(self):
        return f"{self.value}.{self.day}.{self.interview}.{self.position}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that `str` wrote; None for anything else."""
        parts = text.split(".")
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts):
            return None
        return cls(*map(int, parts))


class RunningOrder:
    """All documents of a snapshot by day, then interview, then position: what decides between equals."""

    def __init__(self, days: np.ndarray, interviews: np.ndarray, positions: np.ndarray, *, is_newest_first: bool):
        self._sign = -1 if is_newest_first else 1
        self.documents = np.lexsort((positions, interviews, self._sign * days)).astype(np.uint32)
        self.ranks = np.empty(len(days), dtype=np.int64)
        self.ranks[self.documents] = np.arange(len(days))
        self._columns = (self._sign * days, interviews, positions)

    def ranks_at(self, place: Place) -> tuple[int, int]:
        """Return the ranks [first, after) of the documents that stand at this place; equal where none does."""
        first, after = 0, len(self.documents)
        for column, value in zip(self._columns, (self._sign * place.day, place.interview, place.position), strict=True):
            found = column[self.documents[first:after]]
            first, after = first + np.searchsorted(found, value, "left"), first + np.searchsorted(found, value, "right")
        return int(first), int(after)


def value_keys(values: np.ndarray | None, ranks: np.ndarray) -> np.ndarray:
    """Return one int64 for each document: the greater the value the smaller the key, then by rank."""
    return ranks if values is None else ((GREATEST - values.astype(np.int64)) << RANK_BITS) + ranks


def score_bits(scores: np.ndarray) -> np.ndarray:
    """Return scores (float32, none negative) as integers of the same order."""
    return np.ascontiguousarray(scores, dtype=np.float32).view(np.int32)
