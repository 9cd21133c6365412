"""Writing documents into one generation of the index. The caller holds the lock.

A commit is new segments, then a new list of segments (Whoosh's TOC) in the place of the former. Until the list is
there, searches see the index as it was; what a writer left behind that was killed the next commit takes away.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import log
from pathlib import Path

import numpy as np
from whoosh.index import TOC, clean_files

from .codec import ArchiveSegment, ListStorage
from .documents import Document
from .generations import sync
from .inversion import Inversion
from .merging import merge
from .schema import INDEX_NAME, archive_schema
from .segment import read_list, read_numbers

# So many segments of about one size become one of the next: a document is copied once for each step it climbs.
STEP = 5
# Documents that are merged while a person waits, and at the most: Whoosh keeps what is stored within four gigabytes.
FEW = 1000
MOST = 1_000_000


def build(generation: Path, documents: Iterable[Document]) -> int:
    """Make an index of these documents in an empty folder, in one segment up to MOST. Returns their number."""
    inverted = invert(generation, documents)
    count = sum(segment.doc_count() for segment in inverted)
    together = 1 + len(inverted) * MOST // (count + 1)
    groups = [inverted[at : at + together] for at in range(0, len(inverted), together)]
    segments = [merge(generation, group) if len(group) > 1 else group[0] for group in groups]
    _commit(generation, 1, segments, new=segments)
    return count


def write(generation: Path, *, removed: Iterable[int], documents: Iterable[Document], most_merged: int = FEW) -> int:
    """Take out the documents of the turns with these keys, put in others, in one commit that reaches the disk.

    Searches see all of it or nothing. Segments are merged where that makes none of more than `most_merged` documents.
    Returns the number of documents put in. Raises OSError for a damaged file: it is never merged into a sound one.
    """
    contents = read_list(generation)
    take_out(generation, contents.segments, list(removed))
    inverted = invert(generation, documents)
    segments = [segment for segment in (*contents.segments, *inverted) if segment.doc_count()]
    segments = merge_small(generation, segments, most_merged)
    former = {segment.segment_id() for segment in contents.segments}
    new = [segment for segment in segments if segment.segment_id() not in former]
    _commit(generation, contents.generation + 1, segments, new=new)
    return sum(segment.doc_count() for segment in inverted)


def take_out(generation: Path, segments: Iterable[ArchiveSegment], turn_ids: list[int]) -> None:
    """Mark the documents of these turns as deleted, in the list of segments alone."""
    for segment in segments if turn_ids else ():
        for document in np.flatnonzero(np.isin(read_numbers(generation, segment)["turn"], turn_ids)).tolist():
            segment.delete_document(document)


def invert(generation: Path, documents: Iterable[Document]) -> list[ArchiveSegment]:
    """Write documents into new segments, as many as memory asks for, and return them."""
    segments, inversion = [], None
    try:
        for document in documents:
            inversion = inversion or Inversion(generation)
            inversion.add(document)
            if inversion.is_full:
                segments.append(inversion.finish())
                inversion = None
        if inversion:
            segments.append(inversion.finish())
    except BaseException:
        if inversion:
            inversion.discard()
        raise
    return segments


def merge_small(generation: Path, segments: list[ArchiveSegment], most_merged: int) -> list[ArchiveSegment]:
    """Merge where STEP segments are of about one size: their number grows as the logarithm of the documents'."""
    while group := _group_to_merge(segments, most_merged):
        segments = [*(segment for segment in segments if segment not in group), merge(generation, group)]
    return segments


def _group_to_merge(segments, most_merged):
    by_size = defaultdict(list)
    for segment in segments:
        by_size[int(log(segment.doc_count(), STEP))].append(segment)
    for _, group in sorted(by_size.items()):
        if len(group) >= STEP and sum(segment.doc_count() for segment in group) <= most_merged:
            return group
    return []


def _commit(generation, number, segments, *, new):
    """List these segments as the index; the new ones are not yet on the disk. Then clear what is not listed."""
    storage = ListStorage(str(generation))
    sync(generation, [name for segment in new for name in segment.seal(storage)])
    TOC(archive_schema(), segments, number).write(storage, INDEX_NAME)
    sync(generation, [f"_{INDEX_NAME}_{number}.toc"])
    clean_files(storage, INDEX_NAME, number, segments)
    for unfinished in generation.glob(f"_{INDEX_NAME}_*.toc.*"):
        unfinished.unlink()
