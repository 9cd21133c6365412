"""Writing documents into one generation of the index. The caller holds the lock.

A commit is new segments, then a new list of segments (Whoosh's TOC) in the place of the former. Until the list is
there, searches see the index as it was; whatever a writer that died left behind is taken away by the next commit.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import TOC, clean_files

from .codec import MappedStorage
from .documents import Document
from .generations import sync
from .inversion import Inversion
from .merging import merge
from .schema import INDEX_NAME, archive_schema
from .segment import read_numbers

# So many segments of about one size become one of the next: a document is copied once for each step it climbs.
STEP = 5


def create_index(generation: Path) -> None:
    """Make an empty index in an empty folder."""
    TOC.create(MappedStorage(str(generation)), archive_schema(), INDEX_NAME)


def write(generation: Path, *, removed: Iterable[int], documents: Iterable[Document], as_one: bool = False) -> int:
    """Take out the documents of the turns with these keys, put in others, in one commit that reaches the disk.

    Searches see all of it or nothing. `as_one` makes one segment of the whole index; else few small ones are merged.
    Returns the number of documents put in.
    """
    storage = MappedStorage(str(generation))
    contents = TOC.read(storage, INDEX_NAME, schema=archive_schema())
    take_out(generation, contents.segments, list(removed))
    new = invert(generation, documents)
    count = sum(segment.doc_count() for segment in new)
    segments = [segment for segment in (*contents.segments, *new) if segment.doc_count()]
    segments = merge_all(generation, segments) if as_one else merge_small(generation, segments)
    before = {segment.segment_id() for segment in contents.segments}
    sync(generation, [name for s in segments if s.segment_id() not in before for name in s.list_files(storage)])
    commit = contents.generation + 1
    TOC(contents.schema, segments, commit).write(storage, INDEX_NAME)
    sync(generation, [TOC._filename(INDEX_NAME, commit)])
    clean_files(storage, INDEX_NAME, commit, segments)
    return count


def take_out(generation: Path, segments: Iterable[W3Segment], turn_ids: list[int]) -> None:
    """Mark the documents of these turns as deleted, in the list of segments alone."""
    for segment in segments if turn_ids else ():
        for document in np.flatnonzero(np.isin(read_numbers(generation, segment, "turn"), turn_ids)).tolist():
            segment.delete_document(document)


def invert(generation: Path, documents: Iterable[Document]) -> list[W3Segment]:
    """Write documents into new segments, as many as memory asks for, and return them."""
    written, inversion = [], None
    try:
        for document in documents:
            inversion = inversion or Inversion(generation)
            inversion.add(document)
            if inversion.is_full:
                written.append(inversion.finish())
                inversion = None
        if inversion:
            written.append(inversion.finish())
    except BaseException:
        if inversion:
            inversion.discard()
        raise
    return written


def merge_all(generation: Path, segments: list[W3Segment]) -> list[W3Segment]:
    """Make one segment of all."""
    return [merge(generation, segments)] if len(segments) > 1 else segments


def merge_small(generation: Path, segments: list[W3Segment]) -> list[W3Segment]:
    """Merge where STEP segments are of one size, so that their number grows as the logarithm of the documents'."""
    while group := _group_to_merge(segments):
        rest = [segment for segment in segments if segment not in group]
        segments = [*rest, merge(generation, group)]
    return segments


def _group_to_merge(segments):
    by_size = defaultdict(list)
    for segment in segments:
        by_size[int(np.log(segment.doc_count()) / np.log(STEP))].append(segment)
    return next((group for _, group in sorted(by_size.items()) if len(group) >= STEP), [])
