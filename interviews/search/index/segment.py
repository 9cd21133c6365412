"""Reading one segment of the index: what was written together, once, and is never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from sys import getsizeof

import numpy as np
from whoosh.codec.whoosh3 import STORED_COLUMN as STORED
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import Column
from whoosh.index import TOC

from .codec import (
    FORMS_EXT,
    NUMBERS_EXT,
    ArchiveSegment,
    FormsFile,
    ListStorage,
    MappedFile,
    MappedStorage,
    SparingFile,
    TermTable,
    arrays_at,
    extent_of,
)
from .schema import INDEX_NAME, NUMBERS, STORED_COLUMN, archive_schema

NO_DOCUMENTS = np.zeros(0, dtype=np.uint32)
# Of so many documents one may be wanted for each to be looked up by itself.
FEW = 16


def ranges(firsts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the numbers from each first on, so many of each, one range after the other."""
    return np.repeat(firsts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a form stands: the documents, ascending; how often in each; and the positions, document after document.

    Read-only views of the mapped file (uint32). Words of a question are numbered from 0, of an answer from ANSWER_AT.
    """

    documents: np.ndarray
    counts: np.ndarray
    positions: np.ndarray


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The values of one facet: `documents[i]` carries `values[ordinals[i]]`, once for each value; they ascend."""

    documents: np.ndarray
    ordinals: np.ndarray
    values: tuple[str, ...]

    def of(self, mask: np.ndarray) -> np.ndarray:
        """Return the ordinals of all values of the documents in a mask; for few, the others are not looked at."""
        wanted = np.flatnonzero(mask).astype(np.uint32)
        if len(wanted) * FEW > len(mask):
            return self.ordinals[mask[self.documents]]
        firsts, afters = (np.searchsorted(self.documents, wanted, side) for side in ("left", "right"))
        return self.ordinals[ranges(firsts, afters - firsts)]

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.ordinals.nbytes + sum(map(getsizeof, self.values))


class Stored(dict):
    """What lists of results print of a document, by name. Searches share it: nobody changes it."""

    @property
    def nbytes(self) -> int:
        return getsizeof(self) + sum(map(getsizeof, self.values()))


class Segment:
    """An immutable part of the index, shared by all threads. Its documents are numbered from 0 to `size` - 1.

    `size` counts deleted documents too: which they are says the state of the index. `key` names the segment for ever.
    Raises OSError for a damaged file, FileNotFoundError where a merge has just taken the files away.
    """

    def __init__(self, folder: Path, written: ArchiveSegment):
        self.key = (str(folder), written.segment_id())
        self.size: int = written.doc_count_all()
        self._folder, self._written = folder, written
        self._stamps = self._stamps_now()
        written.check(MappedStorage(str(folder)))
        self.terms = TermTable(self._map(W3Codec.TERMS_EXT))
        self._postings = self._map(W3Codec.POSTS_EXT).bytes
        self.forms = FormsFile(self._map(FORMS_EXT))
        self._stored = self.column(STORED, STORED_COLUMN)
        self._numbers = read_numbers(folder, written)

    def is_untouched(self) -> bool:
        """Whether nobody wrote into the files since they were opened. Nobody should: they are written once."""
        try:
            return self._stamps == self._stamps_now()
        except FileNotFoundError:  # merged into another: what is mapped is still there
            return True

    def postings(self, field: str, form: str) -> Postings | None:
        """Return where an exact form stands in "text" or "title"; None where it does not."""
        row = self.terms.row(field, form)
        return Postings(*self.arrays(row)) if row else None

    def has_form(self, field: str, form: str) -> bool:
        return self.terms.row(field, form) is not None

    def forms_from(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the forms of a field that begin so, in the order of their code points."""
        return (form.decode() for form, _ in self.terms.rows(field, prefix))

    def forms_of(self, language: str, stem: str) -> tuple[str, ...]:
        """Return the forms with this stem in the texts and titles of a language."""
        return self.forms.forms_of(language, stem)

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the documents, as interviews have them ("" where unknown)."""
        return self.forms.languages

    def carriers(self, field: str, value: str) -> np.ndarray:
        """Return the documents that carry a value of a facet, ascending."""
        row = self.terms.row(field, value)
        return self.arrays(row)[0] if row else NO_DOCUMENTS

    def facet(self, name: str) -> ValueColumn:
        """Return all values of a facet with their documents, made anew at each call."""
        rows = list(self.terms.rows(name))
        carriers = [self.arrays(row)[0] for _, row in rows]
        documents = np.concatenate([NO_DOCUMENTS, *carriers])
        ordinals = np.repeat(np.arange(len(rows), dtype=np.uint32), [len(carrying) for carrying in carriers])
        order = np.argsort(documents, kind="stable")
        return ValueColumn(documents[order], ordinals[order], tuple(value.decode() for value, _ in rows))

    def numbers(self, name: str) -> np.ndarray:
        """Return one number for each document; read-only."""
        return self._numbers[name]

    def stored(self, document: int) -> "Stored":
        """Return what was stored of a document for lists of results."""
        return Stored(self._stored[document])

    def column(self, kind: Column, name: str):
        """Return Whoosh's reader of one of its columns: `kind` says how its values were written."""
        opened = SparingFile(self._folder / W3Codec.column_filename(self._written, name))
        return kind.reader(opened, 0, len(opened.bytes), self.size)

    def arrays(self, row: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return documents, counts and positions of the row of a term."""
        return arrays_at(self._postings, *extent_of(row))

    def _stamps_now(self):
        return [(self._folder / name).stat().st_mtime_ns for name in self._written.sums]

    def _map(self, extension):
        return MappedFile(self._folder / self._written.make_filename(extension))


def read_numbers(folder: Path, written: ArchiveSegment) -> dict[str, np.ndarray]:
    """Return {name: one number for each document} of a segment; read-only."""
    memory = MappedFile(folder / written.make_filename(NUMBERS_EXT)).bytes
    columns, at = {}, 0
    for name, code in NUMBERS.items():
        columns[name] = np.frombuffer(memory, code, written.doc_count_all(), at)
        at += columns[name].nbytes
    return columns


@dataclass(frozen=True, slots=True)
class State:
    """The index after one commit: its segments, and of each the mask of the documents that are not deleted."""

    commit: int
    segments: tuple[Segment, ...]
    live: tuple[np.ndarray, ...]


def read_list(generation: Path) -> TOC:
    """Return the newest list of segments in the folder of a generation. Raises OSError for a damaged one."""
    return TOC.read(ListStorage(str(generation)), INDEX_NAME, schema=archive_schema())


def latest_commit(generation: Path) -> int:
    """Return the number of the newest commit in the folder of a generation, -1 where there is none."""
    return TOC._latest_generation(MappedStorage(str(generation)), INDEX_NAME)


def read_state(generation: Path, known: Iterable[Segment] = ()) -> State:
    """Read the newest state in the folder of a generation; segments that are `known` are not opened again.

    Raises FileNotFoundError where a commit took a file away meanwhile (look again), OSError for a damaged one.
    """
    contents = read_list(generation)
    opened = {segment.key: segment for segment in known}
    segments, live = [], []
    for written in contents.segments:
        key = (str(generation), written.segment_id())
        segment = opened.get(key) or Segment(generation, written)
        mask = np.ones(segment.size, dtype=bool)
        mask[list(written.deleted_docs())] = False
        segments.append(segment)
        live.append(mask)
    return State(contents.generation, tuple(segments), tuple(live))
