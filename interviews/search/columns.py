"""What each document carries, as arrays over document numbers: facets are counted and hits sorted without the rows."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from whoosh.fields import NUMERIC
from whoosh.reading import IndexReader


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The values of one facet: `documents[i]` carries `values[ordinals[i]]`, once for each value it has."""

    documents: np.ndarray
    ordinals: np.ndarray
    values: tuple[str, ...]

    def counts(self, chosen: np.ndarray) -> dict[str, int]:
        """Return value -> number of documents of the mask `chosen` that carry it, without zeros."""
        counts = np.bincount(self.ordinals[chosen[self.documents]], minlength=len(self.values))
        return {self.values[ordinal]: int(counts[ordinal]) for ordinal in np.flatnonzero(counts)}

    def carrying(self, wanted: Iterable[str], size: int) -> np.ndarray:
        """Return the mask of the documents that carry one of the wanted values."""
        wanted = set(wanted)
        is_wanted = np.array([value in wanted for value in self.values], dtype=bool)
        mask = np.zeros(size, dtype=bool)
        mask[self.documents[is_wanted[self.ordinals]]] = True
        return mask


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """One number a document: `ordinals[document]` is its place among the sorted distinct `values`."""

    ordinals: np.ndarray
    values: np.ndarray

    def between(self, low: int | None, high: int | None) -> np.ndarray:
        """Return the mask of the documents whose number lies between the two, both included, None for open."""
        first = 0 if low is None else np.searchsorted(self.values, low, "left")
        after = len(self.values) if high is None else np.searchsorted(self.values, high, "right")
        return (self.ordinals >= first) & (self.ordinals < after)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one generation of the index. `live` masks the documents that were not deleted."""

    size: int
    live: np.ndarray
    facets: dict[str, ValueColumn]
    numbers: dict[str, NumberColumn]


def read_columns(reader: IndexReader, *, facets: Iterable[str], numbers: Iterable[str]) -> Columns:
    """Read the columns of the named fields. A number can serve as a facet too: its values are then its digits."""
    size = reader.doc_count_all()
    live = np.zeros(size, dtype=bool)
    live[np.fromiter(reader.all_doc_ids(), dtype=np.int64)] = True
    number_columns = {name: _number_column(reader, name, size) for name in numbers}
    facet_columns = {
        name: _digits(reader, name, number_columns[name]) if name in number_columns else _value_column(reader, name)
        for name in facets
    }
    return Columns(size, live, facet_columns, number_columns)


def _value_column(reader, name):
    values, documents, ordinals = [], [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for encoded in reader.lexicon(name):
        carriers = np.fromiter(reader.postings(name, encoded).all_ids(), dtype=np.int64)
        documents.append(carriers)
        ordinals.append(np.full(len(carriers), len(values), dtype=np.int64))
        values.append(reader.schema[name].from_bytes(encoded))
    return ValueColumn(np.concatenate(documents), np.concatenate(ordinals), tuple(values))


def _number_column(reader, name, size):
    """Numbers stay in the index's own sortable form; `to_column_value` of the field brings bounds into it."""
    numbers = np.zeros(size, dtype=np.int64)
    if size:
        for leaf, base in reader.leaf_readers():
            column = leaf.column_reader(name, translate=False)
            length = leaf.doc_count_all()
            numbers[base : base + length] = np.fromiter((column[i] for i in range(length)), np.int64, length)
    values, ordinals = np.unique(numbers, return_inverse=True)
    return NumberColumn(ordinals, values)


def _digits(reader, name, column):
    field: NUMERIC = reader.schema[name]
    values = tuple(str(field.from_column_value(int(value))) for value in column.values)
    return ValueColumn(np.arange(len(column.ordinals)), column.ordinals, values)
