"""One generation of the index as one thread reads it: which documents match, in which order, with which facets.

This is the engine under the Haystack backend: it takes Whoosh's query objects and gives numbers of documents.
Only single terms and phrases are left to Whoosh; its own AND NOT lets excluded documents through (the matcher
starts wrong where the excluded list begins earlier), and its AND with a match-all forgets the other side.
"""

import datetime
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, AndNot, Every, Not, Or, Query

from .columns import Columns, read_columns
from .generations import IndexUnavailableError, check_manifest, current_generation
from .labels import FACETS
from .schema import archive_schema

NUMBERS = ("date", "last_day", "interview", "position", "year")
# Equal hits stand newest first, and within an interview in its running order.
NEWEST_FIRST = ("-date", "interview", "position")
EVERYTHING = Every()
ATTEMPTS = 3

_of_thread = threading.local()
_columns: dict[tuple[Path, int], Columns] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to find: documents that match the query and may fall between the dates (both included).

    Of every facet with `choices` they carry one of the chosen values.
    """

    query: Query = EVERYTHING
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All documents that match: their numbers in order, the score of each, and facet -> value -> count."""

    documents: np.ndarray
    scores: np.ndarray
    facets: dict[str, dict[str, int]]


class Snapshot:
    """A generation, opened. For one thread alone: the readers of Whoosh's postings share a place in the file."""

    def __init__(self, generation: Path):
        self._generation = generation
        self._index = FileStorage(str(generation), readonly=True).open_index(schema=archive_schema())
        self._searcher = self._index.searcher()
        self._commit = self._searcher.reader().generation()
        self.columns = self._shared_columns()

    def _shared_columns(self):
        """Columns are never written to, so all threads use one copy, and only that of the newest state."""
        key = (self._generation, self._commit)
        columns = _columns.get(key)
        if columns is None:
            columns = read_columns(self._searcher.reader(), facets=FACETS, numbers=NUMBERS)
            _columns.clear()
            if self._commit is not None:  # an empty index knows no number of its state
                _columns[key] = columns
        return columns

    def is_newest_of(self, generation: Path) -> bool:
        """Whether nothing was committed or exchanged since this snapshot was taken."""
        return self._generation == generation and self._index.latest_generation() == self._commit

    def close(self):
        self._searcher.close()

    def stored(self, document: int) -> dict:
        """Return the stored fields of one document."""
        return self._searcher.stored_fields(document)

    def find(self, asked: Asked, *, order: Iterable[str]) -> Found:
        """Find what is asked. The counts of a facet are those without its own choice.

        `order` names columns, or "score", with a minus for descending.
        """
        matching, scores = self._evaluate(asked.query)
        matching = matching & self.columns.live & self._dated(asked.since, asked.until)
        chosen = {
            facet: self.columns.facets[facet].carrying(values, self.columns.size)
            for facet, values in asked.choices.items()
            if values
        }
        facets = {
            facet: column.counts(_all_of(matching, (mask for other, mask in chosen.items() if other != facet)))
            for facet, column in self.columns.facets.items()
        }
        documents = self._in_order(np.flatnonzero(_all_of(matching, chosen.values())), scores, order)
        return Found(documents, scores[documents], facets)

    def _evaluate(self, query):
        """Return the mask of the documents that match, and the score of every document."""
        if isinstance(query, And):
            parts = [self._evaluate(part) for part in query.subqueries]
            return np.logical_and.reduce([mask for mask, _ in parts]), sum(scores for _, scores in parts)
        if isinstance(query, Or):
            parts = [self._evaluate(part) for part in query.subqueries]
            return np.logical_or.reduce([mask for mask, _ in parts]), sum(scores for _, scores in parts)
        if isinstance(query, Not):
            return ~self._evaluate(query.query)[0], np.zeros(self.columns.size)
        if isinstance(query, AndNot):
            mask, scores = self._evaluate(query.a)
            return mask & ~self._evaluate(query.b)[0], scores
        if isinstance(query, Every) and query.fieldname is None:
            return np.ones(self.columns.size, dtype=bool), np.zeros(self.columns.size)
        return self._postings(query)

    def _postings(self, query):
        numbers, found_scores = [], []
        context = self._searcher.context()
        for leaf, base in self._searcher.leaf_searchers():
            matcher = query.matcher(leaf, context)
            while matcher.is_active():
                numbers.append(base + matcher.id())
                found_scores.append(matcher.score())
                matcher.next()
        mask, scores = np.zeros(self.columns.size, dtype=bool), np.zeros(self.columns.size)
        mask[numbers] = True
        scores[numbers] = found_scores
        return mask, scores

    def _dated(self, since, until):
        """The mask of the documents whose days, from the first to the last possible one, meet those asked for."""
        in_column = self._searcher.schema["date"].to_column_value
        low, high = (day and in_column(datetime.datetime.combine(day, datetime.time.min)) for day in (since, until))
        return self.columns.numbers["date"].between(None, high) & self.columns.numbers["last_day"].between(low, None)

    def _in_order(self, documents, scores, order):
        keys = []
        for name in order:
            column = name.lstrip("-")
            values = scores if column == "score" else self.columns.numbers[column].ordinals
            keys.append(-values[documents] if name.startswith("-") else values[documents])
        return documents[np.lexsort(keys[::-1])]


def current_snapshot() -> Snapshot:
    """Return this thread's snapshot of the newest state of the index. Raises IndexUnavailableError."""
    snapshot = getattr(_of_thread, "snapshot", None)
    if snapshot and snapshot.is_newest_of(current_generation()):
        return snapshot
    if snapshot:
        _of_thread.snapshot = None
        snapshot.close()
    _of_thread.snapshot = _open()
    return _of_thread.snapshot


def _open():
    """A commit or an exchange may take a file away between its being listed and opened: then look again."""
    for _ in range(ATTEMPTS):
        generation = current_generation()
        check_manifest(generation)
        try:
            return Snapshot(generation)
        except FileNotFoundError:
            time.sleep(0.01)
        except Exception as error:  # a torn file raises whatever its first wrong byte happens to mean
            raise IndexUnavailableError("The search index is damaged.") from error
    raise IndexUnavailableError("Files of the search index are missing.")


def _all_of(mask, others):
    for other in others:
        mask = mask & other
    return mask
