"""What a search asks for, and what it finds: all documents that match, in order, counted, page by page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np

from .conditions import Condition, Everything
from .evaluating import Evaluation
from .ranking import ORDERS, Place, score_bits, value_keys

EVERYTHING = Everything()
FOUND_BYTES = 20_000  # counts of facets


@dataclass(frozen=True, slots=True)
class Asked:
    """What to find: documents that meet the condition and may fall between the days (both included).

    Of each facet in `chosen` they carry one of the values, of each in `excluded` none. `order` is one of ORDERS.
    """

    condition: Condition = EVERYTHING
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: datetime.date | None = None
    until: datetime.date | None = None
    order: str = "relevance"

    def __post_init__(self):
        """Bring equal questions into one form."""
        for name in ("chosen", "excluded"):
            values = {facet: frozenset(values) for facet, values in getattr(self, name).items() if values}
            object.__setattr__(self, name, values)
        if self.order not in ORDERS:
            raise ValueError(self.order)

    def __hash__(self):
        facets = (frozenset(self.chosen.items()), frozenset(self.excluded.items()))
        return hash((self.condition, *facets, self.since, self.until, self.order))


@dataclass(frozen=True, slots=True)
class Slice:
    """Some hits in a row. `start`: how many stand before them; `others[i]`: how many more the interview of hit i has.

    `before` and `after` lead to the hits on either side, None where there are none.
    """

    documents: np.ndarray
    others: np.ndarray | None
    start: int
    before: Place | None
    after: Place | None


class Found:
    """All documents of a snapshot that match what was asked. Shared by threads; what nobody asks for is not made.

    documents: their numbers in order; scores: of each, in the same order (zeros where nothing is scored).
    Where time was up only the first `examined` of the snapshot's documents were looked at: all is exact for those.
    """

    def __init__(self, snapshot, asked: Asked, evaluation: Evaluation):
        self.snapshot, self.asked, self.examined = snapshot, asked, evaluation.examined
        self._scores = evaluation.scores
        self._unchosen = evaluation.mask & snapshot.live & snapshot.dated(asked.since, asked.until)
        for facet, values in asked.excluded.items():
            self._unchosen = self._unchosen & ~snapshot.carrying(facet, values)
        self.mask = self._without_choice_of(None)
        self.total = int(np.count_nonzero(self.mask))
        self._counts: dict[str, dict[str, int]] = {}

    @property
    def is_complete(self) -> bool:
        return self.examined == self.snapshot.size

    @property
    def nbytes(self) -> int:
        return 2 * self.mask.nbytes + 16 * self.total + FOUND_BYTES

    @cached_property
    def documents(self) -> np.ndarray:
        return self._order.documents[np.sort(self._keys_of(np.flatnonzero(self.mask))) & ((1 << 32) - 1)]

    @property
    def scores(self) -> np.ndarray:
        return np.zeros(self.total, dtype=np.float32) if self._scores is None else self._scores[self.documents]

    def score(self, document: int) -> float:
        """Return how well a document matches, 0 where nothing is scored."""
        return 0.0 if self._scores is None else float(self._scores[document])

    def counts(self, facet: str) -> dict[str, int]:
        """Return value -> number of documents that carry it, as if no value of this facet were chosen."""
        if facet not in self._counts:
            mask = self._without_choice_of(facet) if facet in self.asked.chosen else self.mask
            self._counts[facet] = self.snapshot.counts(facet, mask)
        return self._counts[facet]

    def page(
        self,
        size: int,
        *,
        number: int = 1,
        after: Place | None = None,
        before: Place | None = None,
        is_folded: bool = False,
    ) -> Slice:
        """Return `size` hits: those after a place, those before one, else the page with this number (from 1).

        Folded, only the first hit of each interview stands. Past the last page there are no hits.
        """
        documents, others = self._folded if is_folded else (self.documents, None)
        if after:
            start = self._index(documents, after, is_past=True)
        elif before:
            start = max(0, self._index(documents, before, is_past=False) - size)
            size = min(size, self._index(documents, before, is_past=False))
        else:
            start = (number - 1) * size
        shown = documents[start : start + size]
        return Slice(
            shown,
            None if others is None else others[start : start + size],
            start,
            self.place(int(shown[0])) if len(shown) and start else None,
            self.place(int(shown[-1])) if len(shown) and start + size < len(documents) else None,
        )

    def count_of_interviews(self) -> int:
        """Return how many interviews have a hit."""
        return len(self._folded[0])

    def place(self, document: int) -> Place:
        """Return where a hit stands, so that others can be found after or before it."""
        values = self._values(np.array([document]))
        numbers = (int(self.snapshot.numbers(name)[document]) for name in ("date", "interview", "position"))
        return Place(0 if values is None else int(values[0]), *numbers)

    def _without_choice_of(self, facet):
        chosen = (self.snapshot.carrying(*choice) for choice in self.asked.chosen.items() if choice[0] != facet)
        return reduce(np.logical_and, chosen, self._unchosen)

    @property
    def _order(self):
        return self.snapshot.running_order(is_newest_first=self.asked.order != "oldest")

    def _values(self, documents):
        """The number by which documents are sorted first; None where only day and place decide."""
        if self.asked.order == "longest":
            return self.snapshot.numbers("answer_words")[documents]
        if self.asked.order == "relevance" and self._scores is not None:
            return score_bits(self._scores[documents])
        return None

    def _keys_of(self, documents):
        return value_keys(self._values(documents), self._order.ranks[documents])

    @cached_property
    def _folded(self):
        """The first hit of each interview in order, and how many more each has."""
        interviews = self.snapshot.numbers("interview")[self.documents]
        _, firsts, counts = np.unique(interviews, return_index=True, return_counts=True)
        order = np.argsort(firsts)
        return self.documents[firsts[order]], counts[order] - 1

    def _index(self, documents, place, *, is_past):
        """How many of the documents stand before a place, or up to it where it is past.

        Scores change with the index: by relevance the hit that stood there is looked for where it stands now.
        """
        first, after = self._order.ranks_at(place)
        here = self._order.documents[first:after]
        here = here[self.mask[here]]
        value = None if self._values(here) is None else np.array([place.value])
        if len(here) and self.asked.order == "relevance":
            value = self._values(here[:1])
        key = value_keys(value, np.array([after if is_past else first]))[0]
        return int(np.searchsorted(self._keys_of(documents), key, "left"))
