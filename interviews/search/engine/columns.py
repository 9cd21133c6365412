"""What documents carry, as arrays over their numbers: facets are counted and filtered by without the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from interviews.search.index.segment import Segment, ValueColumn

from .caches import cache

VALUE_BYTES = 100


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet in all segments; `places[n]` says which of them those of the column n are."""

    values: tuple[str, ...]
    columns: tuple[ValueColumn, ...]
    places: tuple[np.ndarray, ...]

    @property
    def nbytes(self) -> int:
        return len(self.values) * VALUE_BYTES + sum(places.nbytes for places in self.places)

    def counts(self, masks: Sequence[np.ndarray]) -> dict[str, int]:
        """Return value -> number of documents that carry it, without zeros; one mask of documents a segment."""
        counts = np.zeros(len(self.values), dtype=np.int64)
        for column, places, mask in zip(self.columns, self.places, masks, strict=True):
            counts[places] += np.bincount(column.of(mask), minlength=len(places))
        having = np.flatnonzero(counts)
        return dict(zip((self.values[place] for place in having.tolist()), counts[having].tolist(), strict=True))


def read_facet(segments: Iterable[Segment], name: str) -> Facet:
    """Return a facet over some segments. What was read of a segment is kept."""
    columns = tuple(
        cache.remembered((segment.key, "facet", name), lambda segment=segment: segment.facet(name))
        for segment in segments
    )
    numbers: dict[str, int] = {}
    places = tuple(
        np.array([numbers.setdefault(value, len(numbers)) for value in column.values], dtype=np.int64)
        for column in columns
    )
    return Facet(tuple(numbers), columns, places)


def carrying(segment: Segment, name: str, values: Iterable[str]) -> np.ndarray:
    """Return the mask of the documents of a segment that carry one of these values of a facet."""
    mask = np.zeros(segment.size, dtype=bool)
    for value in values:
        mask[segment.carriers(name, value)] = True
    return mask


def between(numbers: np.ndarray, first: int | None, last: int | None) -> np.ndarray:
    """Return the mask of the numbers from `first` to `last`, both included, None for open."""
    mask = np.ones(len(numbers), dtype=bool)
    if first is not None:
        mask &= numbers >= first
    if last is not None:
        mask &= numbers <= last
    return mask
