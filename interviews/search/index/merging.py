"""Several segments made into one, without their deleted documents; all is streamed from the mapped files."""

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from whoosh.columns import VarBytesColumn

from .codec import UINT, ArchiveCodec, ArchiveSegment, MappedStorage, create_column, write_forms, write_numbers
from .schema import INDEX_NAME, NUMBERS, STORED_COLUMN, write_terms
from .segment import Segment


def merge(folder: Path, written: Iterable[ArchiveSegment]) -> ArchiveSegment:
    """Write a segment that holds the documents of these, in their order, and return it; nothing refers to it yet."""
    storage = MappedStorage(str(folder))
    merged, sources, size = ArchiveCodec().new_segment(storage, INDEX_NAME), [], 0
    for segment in written:
        sources.append(Source(folder, segment, len(sources), size))
        size += segment.doc_count()
    write_terms(storage, merged, lambda field: _terms(field, sources))
    numbers = (np.concatenate([source.segment.numbers(name)[source.live] for source in sources]) for name in NUMBERS)
    write_numbers(storage, merged, numbers)
    _copy_stored(storage, merged, sources)
    write_forms(storage, merged, _forms(sources))
    merged.set_doc_count(size)
    return merged


class Source:
    """A segment to be merged: its documents that are not deleted are numbered from `first`."""

    def __init__(self, folder: Path, written: ArchiveSegment, place: int, first: int):
        self._place = place
        self.segment = Segment(folder, written)
        self.live = np.ones(self.segment.size, dtype=bool)
        self.live[list(written.deleted_docs())] = False
        self._is_whole, self._first = bool(self.live.all()), UINT.type(first)
        self._new_numbers = (np.cumsum(self.live) - 1 + first).astype(UINT)

    def rows(self, field: str) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield (term, place of this segment among those merged, row) of a field, in the order of the terms."""
        return ((term, self._place, row) for term, row in self.segment.terms.rows(field))

    def postings(self, row: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return documents, as they are numbered anew, counts and positions of the row of a term."""
        documents, counts, positions = self.segment.arrays(row)
        if self._is_whole:
            return documents + self._first, counts, positions
        stays = self.live[documents]
        if len(counts):
            counts, positions = counts[stays], positions[np.repeat(stays, counts)]
        return self._new_numbers[documents[stays]], counts, positions


def _terms(field, sources):
    rows = heapq.merge(*(source.rows(field) for source in sources))
    for term, same in groupby(rows, key=itemgetter(0)):
        parts = [sources[place].postings(row) for _, place, row in same]
        documents, counts, positions = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
        if len(documents):
            yield term, documents, counts, positions


def _copy_stored(storage, merged, sources):
    """Copy what is stored as it was compressed."""
    with create_column(storage, merged, STORED_COLUMN) as opened:
        writer, number = VarBytesColumn().writer(opened), 0
        for source in sources:
            stored = source.segment.column(VarBytesColumn(), STORED_COLUMN)
            for document in np.flatnonzero(source.live).tolist():
                writer.add(number, stored[document])
                number += 1
        writer.finish(number)


def _forms(sources):
    """Forms that only deleted documents had stay until all is built anew: they find nothing."""
    lines = heapq.merge(*(source.segment.forms.lines() for source in sources))
    for key, same in groupby(lines, key=itemgetter(0)):
        yield key, b"\t".join(sorted({form for _, forms in same for form in forms.split(b"\t")}))
