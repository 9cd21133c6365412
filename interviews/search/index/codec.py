"""The files of a segment: Whoosh's own, but for the postings, which are arrays that numpy reads where they lie.

    MAIN_<id>.trm          Whoosh's table: field and term -> how many documents, where its postings are
    MAIN_<id>.pst          of each term, one after the other, uint32 in this machine's order: the documents, ascending;
                           how often it stands in each; the positions, document after document (texts only: of a
                           facet's value the documents are all there is)
    MAIN_<id>._stored.col  Whoosh's column of what is stored
    MAIN_<id>.num          columns of numbers, one after the other, one number a document, in this machine's order
    MAIN_<id>.forms        of each language, which forms share a stem: lines "language TAB stem TAB form TAB form ...",
                           sorted by their bytes

All but what is stored is mapped and nothing copied: threads share it without a lock, and it can be read on after the
file is deleted. The list of segments knows the sum of each file, and ends with its own: what was damaged is not opened.
"""

import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.formats import Format
from whoosh.matching import ListMatcher

# Raise it whenever these files change: every index is then built anew.
CODEC_VERSION = 4
FORMS_EXT = ".forms"
NUMBERS_EXT = ".num"
UINT = np.dtype("=u4")
SUM = struct.Struct("!I")  # of all bytes before it, at the end of the list of segments
SUMMED = 1 << 18  # bytes that are read at a time to be summed
FIELD = struct.Struct("!H")  # number of a field, before each of its terms
SIZES = struct.Struct("!II")  # of a term and of its row, before each of them
# Whoosh's row of a term: flags, weight, documents, least and greatest length, greatest weight (here: as much as it can
# be), first and last document; then where the postings begin and how many bytes they take.
TERM = struct.Struct("!BfIBBfIIqi")


class MappedFile(BufferFile):
    """Whoosh's file over mapped memory; its own copies the memory first."""

    def __init__(self, path: Path):
        with path.open("rb") as opened:
            empty = not path.stat().st_size
            self.file = _Nothing() if empty else mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._buf = memoryview(b"" if empty else self.file)
        self._name, self.onclose = path.name, None
        self.is_real = self.is_closed = False

    @property
    def bytes(self) -> memoryview:
        return self._buf

    def close(self):
        """Leave the memory to who still reads it; it is given back with the last of them."""
        self.is_closed = True


class SparingFile(MappedFile):
    """Whoosh's file of which values are read one by one: mapped, each would bring its neighbours into memory too."""

    def __init__(self, path: Path):
        super().__init__(path)
        self._descriptor = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._descriptor)

    def get(self, position, length):
        return os.pread(self._descriptor, length, position)


class _Nothing:
    """A file of no bytes, which cannot be mapped."""

    def seek(self, *where):
        pass

    def read(self, *size):
        return b""


class MappedStorage(FileStorage):
    """A folder whose files are mapped to be read."""

    def open_file(self, name, **options):
        return MappedFile(Path(self.folder, name))


class ListStorage(MappedStorage):
    """The folder as Whoosh writes and reads its list of segments: with the sum of the list behind it."""

    def rename_file(self, name, newname, **options):
        path = Path(self.folder, name)
        written = path.read_bytes()
        path.write_bytes(written + SUM.pack(zlib.crc32(written)))
        super().rename_file(name, newname, **options)

    def open_file(self, name, **options):
        """Open the list. Raises OSError where it is not as it was written."""
        read = Path(self.folder, name).read_bytes()
        if read[-SUM.size :] != SUM.pack(zlib.crc32(read[: -SUM.size])):
            raise OSError(f"{name} is not as it was written")
        return super().open_file(name, **options)


class WordPositions(Format):
    """The positions of a word in one document, as the postings have them, for Whoosh's own phrases."""

    def __init__(self):
        super().__init__()

    def decode_positions(self, value):
        return np.frombuffer(value, UINT).tolist()


class ArchiveSegment(W3Segment):
    """Whoosh's note of a segment in the list of them, with the sums of its files: a damaged one is known by its own."""

    sums: Mapping[str, int] = MappingProxyType({})

    def seal(self, storage: FileStorage) -> list[str]:
        """Note the sums of the files, all of which are written, and return their names."""
        self.sums = {name: sum_of(Path(storage.folder, name)) for name in self.list_files(storage)}
        return list(self.sums)

    def check(self, storage: FileStorage) -> None:
        """Raise OSError for a file that has not the sum it was sealed with, FileNotFoundError for none."""
        for name, expected in self.sums.items():
            if sum_of(Path(storage.folder, name)) != expected:
                raise OSError(f"{name} is not as it was written")


def sum_of(path: Path) -> int:
    """Return the CRC-32 of a file, which is read and not mapped: what nobody searches takes no memory."""
    found, part = 0, memoryview(bytearray(SUMMED))
    with path.open("rb", buffering=0) as opened:
        while size := opened.readinto(part):
            found = zlib.crc32(part[:size], found)
    return found


class ArchiveCodec(W3Codec):
    """Whoosh's codec with postings as arrays: Whoosh reads what it writes, but only whole terms are written."""

    def new_segment(self, storage, indexname):
        return ArchiveSegment(self, indexname)

    def field_writer(self, storage, segment):
        return TermWriter(self, storage, segment)

    def postings_reader(self, dbfile, terminfo, format_, term=None, scorer=None):
        start, (size,) = terminfo.extent()  # as Whoosh unpacks them
        documents, counts, positions = arrays_at(dbfile.get(start, size), 0, size, terminfo.doc_frequency())
        values = [part.tobytes() for part in np.split(positions, np.cumsum(counts)[:-1])] if len(counts) else None
        weights = counts.astype(float).tolist() if len(counts) else None
        return ListMatcher(documents.tolist(), weights, values, format_, scorer, term=term, terminfo=terminfo)


class TermWriter(W3FieldWriter):
    """Writes whole terms, field after field in one order for all segments, in each by the bytes of the terms."""

    def __init__(self, codec, storage, segment):
        super().__init__(codec, storage, segment)
        self._at = 0

    def add_term(self, btext: bytes, documents: np.ndarray, counts: np.ndarray, positions: np.ndarray) -> None:
        """Write a term of the field that was started; of a facet's value `counts` and `positions` are empty."""
        postings = documents.tobytes() + counts.tobytes() + positions.tobytes()
        self._postfile.write(postings)
        total = len(positions) or len(documents)
        row = TERM.pack(0, total, len(documents), 0, 0, total, documents[0], documents[-1], self._at, len(postings))
        self._at += len(postings)
        self._tindex.add(FIELD.pack(self._fieldid) + btext, row)


def arrays_at(postings: memoryview, start: int, size: int, documents: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the documents of a term, how often it stands in each, and its positions; views into the postings."""
    numbers = np.frombuffer(postings, UINT, size // UINT.itemsize, start)
    if len(numbers) == documents:
        return numbers, numbers[:0], numbers[:0]
    return numbers[:documents], numbers[documents : 2 * documents], numbers[2 * documents :]


def extent_of(row: bytes) -> tuple[int, int, int]:
    """Return of a term's row where its postings begin, how many bytes they take, and the number of documents."""
    _, _, documents, *_, start, size = TERM.unpack(row)
    return start, size, documents


class TermTable:
    """Whoosh's table of terms, read where it is mapped: field and term -> row.

    Raises KeyError for a field that the segment was not written with.
    """

    def __init__(self, mapped: MappedFile):
        self._table = OrderedHashReader(mapped, len(mapped.bytes))
        self._memory = mapped.bytes
        self._prefixes = {name: FIELD.pack(number) for name, number in self._table.extras["fieldmap"].items()}

    def row(self, field: str, term: str) -> bytes | None:
        """Return the row of one term; None where there is none."""
        return self._table.get(self._prefixes[field] + term.encode())

    def rows(self, field: str, prefix: str = "") -> Iterator[tuple[bytes, bytes]]:
        """Yield (term, row) for the terms of a field that begin so, by their bytes."""
        key = self._prefixes[field] + prefix.encode()
        at, memory = self._table.closest_key_pos(key), self._memory
        while at is not None and at < self._table.endofdata:
            key_size, row_size = SIZES.unpack_from(memory, at)
            row_at = at + SIZES.size + key_size
            found = bytes(memory[at + SIZES.size : row_at])
            if not found.startswith(key):
                return
            at = row_at + row_size
            yield found[FIELD.size :], bytes(memory[row_at:at])


class FormsFile:
    """Which forms share a stem in a language: sorted lines in mapped memory, found by halving."""

    def __init__(self, mapped: MappedFile):
        self._lines, self._size = mapped.file, len(mapped.bytes)
        self.languages = tuple(self._languages())

    def forms_of(self, language: str, stem: str) -> tuple[str, ...]:
        """Return the forms that share a stem; () where the language has none."""
        key = f"{language}\t{stem}\t".encode()
        line = self._line_at(self._first_from(key))
        return tuple(line[len(key) :].decode().split("\t")) if line.startswith(key) else ()

    def lines(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield ("language TAB stem", "form TAB form ...") of all lines in their order."""
        at = 0
        while line := self._line_at(at):
            at += len(line) + 1
            language, stem, forms = line.split(b"\t", 2)
            yield language + b"\t" + stem, forms

    def _languages(self):
        line = self._line_at(0)
        while line:
            language = line.partition(b"\t")[0]
            yield language.decode()
            line = self._line_at(self._first_from(language + b"\n"))

    def _line_at(self, at):
        return self._lines[at : self._lines.find(b"\n", at)] if at < self._size else b""

    def _first_from(self, key):
        """Return where the first line begins that is not before the key."""
        low, high = 0, self._size
        while low < high:
            start = max(low, self._lines.rfind(b"\n", low, (low + high) // 2) + 1)
            end = self._lines.find(b"\n", start)
            if self._lines[start:end] < key:
                low = end + 1
            else:
                high = start
        return low


def write_forms(storage: FileStorage, segment: ArchiveSegment, lines: Iterable[tuple[bytes, bytes]]) -> None:
    """Write lines as FormsFile gives them, in the order of their bytes."""
    with segment.create_file(storage, FORMS_EXT) as opened:
        for key, forms in lines:
            opened.write(key + b"\t" + forms + b"\n")


def create_column(storage: FileStorage, segment: ArchiveSegment, name: str) -> StructFile:
    """Create the file of a column."""
    return storage.create_file(W3Codec.column_filename(segment, name))


def write_numbers(storage: FileStorage, segment: ArchiveSegment, columns: Iterable[np.ndarray]) -> None:
    """Write columns of numbers; those of eight bytes come first, so that all lie where numpy can read them."""
    with segment.create_file(storage, NUMBERS_EXT) as opened:
        for numbers in columns:
            opened.write(numbers.tobytes())
