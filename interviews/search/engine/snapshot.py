"""One state of the index as searches read it: one for the whole process, shared by its threads."""

import datetime
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from interviews.search.index.generations import (
    IndexUnavailableError,
    built_at,
    current_generation,
    open_current,
)
from interviews.search.index.segment import Segment, State, Stored, latest_commit

from . import columns
from .caches import Value, cache
from .conditions import Condition, Part
from .evaluating import evaluate
from .found import Asked, Found
from .marks import Marks, marks_of
from .patience import TIME_LIMIT
from .ranking import LENGTH_COUNTS, RunningOrder, word_weights

# Seconds after which it is looked again whether somebody wrote into the files.
BETWEEN_LOOKS = 0.1
NO_NUMBERS = np.zeros(0, dtype=np.int32)

_opening = threading.Lock()
_of_thread = threading.local()
_newest: "Snapshot | None" = None


class Snapshot:
    """A state of the index. Documents are numbered through all its segments; what is asked for is made, and kept."""

    def __init__(self, generation: Path, state: State):
        self.key = (str(generation), built_at(generation), state.commit)
        self.segments = state.segments
        *self.firsts, self.size = accumulate((segment.size for segment in state.segments), initial=0)
        self.live = np.concatenate([np.zeros(0, dtype=bool), *state.live])
        self.all_documents = np.ones(self.size, dtype=bool)
        self._is_untouched, self._looked_at = True, time.monotonic()
        self._numbers: dict[str, np.ndarray] = {}
        self._orders: dict[bool, RunningOrder] = {}

    def is_newest_of(self, generation: Path) -> bool:
        """Whether nothing was committed or exchanged since."""
        return self.key == (str(generation), built_at(generation), latest_commit(generation))

    def is_untouched(self) -> bool:
        """Whether nobody wrote into the files since they were opened, as far as that was looked at just now."""
        if self._is_untouched and time.monotonic() > self._looked_at + BETWEEN_LOOKS:
            self._looked_at = time.monotonic()
            self._is_untouched = all(segment.is_untouched() for segment in self.segments)
        return self._is_untouched

    def find(self, asked: Asked, *, seconds: float = TIME_LIMIT) -> Found:
        """Find what is asked; past so many seconds, what there is among the documents examined by then."""
        found = cache.found((self.key, asked))
        if found is None:
            found = Found(self, asked, self._evaluated(asked.condition, time.monotonic() + seconds))
            if found.is_complete:
                cache.keep((self.key, asked), found)
        return found

    def stored(self, document: int) -> Stored:
        """Return what lists of results print of a document, read anew."""
        segment, number = self._placed_in(document)
        return segment.stored(number)

    def made_of(self, document: int, key: tuple[Hashable, ...], make: Callable[[Segment, int], Value]) -> Value:
        """Return what `make` gives of a document, by its segment and its number there; kept as long as the segment is.

        It must depend on the document and the key alone, and tell its size as `nbytes`.
        """
        segment, number = self._placed_in(document)
        return cache.remembered((segment.key, number, *key), lambda: make(segment, number))

    def numbers(self, name: str) -> np.ndarray:
        """Return one number for each document."""
        if name not in self._numbers:
            self._numbers[name] = np.concatenate([NO_NUMBERS, *(segment.numbers(name) for segment in self.segments)])
        return self._numbers[name]

    def between(self, name: str, first: int | None, last: int | None) -> np.ndarray:
        """Return the mask of the documents whose number lies between the two, both included, None for open."""
        return columns.between(self.numbers(name), first, last)

    def dated(self, since: datetime.date | None, until: datetime.date | None) -> np.ndarray:
        """Return the mask of the documents that may fall between two days, however far their own is known."""
        if since is None and until is None:
            return self.all_documents
        first, last = (day and day.toordinal() for day in (since, until))
        return self.between("date", None, last) & self.between("last_day", first, None)

    def carrying(self, facet: str, values: Iterable[str]) -> np.ndarray:
        """Return the mask of the documents that carry one of these values of a facet."""
        values = frozenset(values)
        return cache.remembered((self.key, "carrying", facet, values), lambda: self._carrying(facet, values))

    def counts(self, facet: str, mask: np.ndarray) -> dict[str, int]:
        """Return value -> number of documents of the mask that carry it, without zeros."""
        column = cache.remembered((self.key, "facet", facet), lambda: columns.read_facet(self.segments, facet))
        return column.counts([mask[first : first + segment.size] for first, segment in self._placed()])

    def marks(self, condition: Condition, *, language: str | None = None, part: Part = Part.TEXT) -> Marks:
        """Return what to mark in a hit of this language: in its question, its answer, or either."""
        return cache.remembered(
            (self.key, "marks", condition, language, part),
            lambda: marks_of(self.segments, condition, language=language, part=part),
        )

    def frequency(self, form: str) -> int:
        """Return in how many documents an exact form stands."""
        found = [(first, segment.postings("text", form)) for first, segment in self._placed()]
        return sum(
            int(np.count_nonzero(self.live[first:][postings.documents])) for first, postings in found if postings
        )

    def running_order(self, *, is_newest_first: bool) -> RunningOrder:
        """Return all documents by their day, those of one interview as they stand in it."""
        if is_newest_first not in self._orders:
            numbers = map(self.numbers, ("date", "interview", "position"))
            self._orders[is_newest_first] = RunningOrder(*numbers, is_newest_first=is_newest_first)
        return self._orders[is_newest_first]

    @cached_property
    def word_weights(self) -> dict[str, np.ndarray]:
        """What one word in each part weighs in each document."""
        return word_weights({part: self.numbers(f"{part}_words") for part in LENGTH_COUNTS}, self.live)

    def _placed_in(self, document):
        """The segment of a document, and its number there."""
        place = bisect_right(self.firsts, document) - 1
        return self.segments[place], document - self.firsts[place]

    def _placed(self):
        """Each segment with the number of its first document."""
        return zip(self.firsts, self.segments, strict=True)

    def _carrying(self, facet, values):
        masks = (columns.carrying(segment, facet, values) for segment in self.segments)
        return np.concatenate([np.zeros(0, dtype=bool), *masks])

    def _evaluated(self, condition, deadline):
        evaluation = cache.found((self.key, condition))
        if evaluation is None:
            evaluation = evaluate(self, condition, deadline=deadline)
            if evaluation.examined == self.size:
                cache.keep((self.key, condition), evaluation)
        return evaluation


def current_snapshot() -> Snapshot:
    """Return the snapshot of the newest state of the index. Raises IndexUnavailableError.

    What was read of segments that are still there is kept; the former snapshot goes with the last search in it.
    """
    return getattr(_of_thread, "snapshot", None) or _newest_snapshot()


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let this thread see one state of the index in the block: counts of many searches then fit each other.

    Raises IndexUnavailableError.
    """
    _of_thread.snapshot = current_snapshot()
    try:
        yield
    finally:
        _of_thread.snapshot = None


def _newest_snapshot():
    global _newest  # noqa: PLW0603 - one for the process is what this is about
    snapshot = _newest
    if _is_good(snapshot):
        return snapshot
    with _opening:
        if not _is_good(_newest):
            if _newest and not _newest.is_untouched():
                _forget()
            snapshot = Snapshot(*open_current(known=_newest.segments if _newest else ()))
            cache.keep_only_of([snapshot.key, *(segment.key for segment in snapshot.segments)])
            _newest = snapshot
        return _newest


def is_damaged() -> bool:
    """Whether files that this process opened are no longer as they were written: then what it read is forgotten.

    They are summed only when they are opened. Ask after a search has failed: what it read may have changed since.
    """
    if not _newest:
        return False
    try:
        open_current()
    except IndexUnavailableError:
        with _opening:
            _forget()
        return True
    return False


def _is_good(snapshot):
    return snapshot and snapshot.is_newest_of(current_generation()) and snapshot.is_untouched()


def _forget():
    global _newest  # noqa: PLW0603 - see above
    _newest = None
    cache.keep_only_of(())
