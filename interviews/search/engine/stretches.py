"""The documents of a segment in stretches, so that a search can stop between two and never needs much memory."""

import math
import time
from collections.abc import Iterator

import numpy as np

from interviews.search.index.segment import Postings, Segment

from .caches import cache
from .patience import OutOfTimeError

# Documents that are looked through at a time.
STRETCH = 1 << 14


class Stretch:
    """The documents [first, first + size) of a segment, numbered from 0. `key` begins with that of the segment.

    Past the deadline (time.monotonic) nothing more is read.
    """

    def __init__(self, segment: Segment, first: int, size: int, deadline: float = math.inf):
        self.segment, self.first, self.size, self._deadline = segment, first, size, deadline
        self.key = (segment.key, first, size)

    def postings(self, field: str, form: str) -> Postings | None:
        """Return where an exact form stands in these documents; None where it does not. Raises OutOfTimeError."""
        if time.monotonic() > self._deadline:
            raise OutOfTimeError
        postings = self.segment.postings(field, form)
        if postings is None or self.size == self.segment.size:
            return postings
        ends = np.array((self.first, self.first + self.size), dtype=np.uint32)  # of another type all would be converted
        first, after = np.searchsorted(postings.documents, ends).tolist()
        if first == after:
            return None
        counts = postings.counts[first:after]
        position = int(postings.counts[:first].sum(dtype=np.int64))
        positions = postings.positions[position : position + int(counts.sum(dtype=np.int64))]
        return Postings(postings.documents[first:after] - np.uint32(self.first), counts, positions)

    def in_languages(self, languages: frozenset[str]) -> np.ndarray:
        """Return the mask of the documents in these languages."""
        known = self.segment.languages()
        numbers = cache.remembered((self.segment.key, "languages"), lambda: _language_numbers(self.segment))
        is_wanted = np.array([language in languages for language in known])
        return is_wanted[numbers[self.first : self.first + self.size]]


def stretches_of(segment: Segment, deadline: float) -> Iterator[Stretch]:
    """Yield all documents of a segment, stretch after stretch."""
    for first in range(0, segment.size, STRETCH):
        yield Stretch(segment, first, min(STRETCH, segment.size - first), deadline)


def _language_numbers(segment):
    """For each document the place of its language among those of the segment; the unknown one, if any, is the first."""
    numbers = np.zeros(segment.size, dtype=np.uint16)
    for number, language in enumerate(segment.languages()):
        numbers[segment.carriers("language", language)] = number
    return numbers
