"""Writing documents into one generation of the index. The caller holds the lock."""

from collections.abc import Iterable
from pathlib import Path

from haystack import connections
from haystack.utils import get_model_ct
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Term

from interviews.models import Turn

from .analysis import VALUE_BREAK
from .generations import check_manifest, current_generation, sync, write_lock
from .schema import archive_schema


def identifier(turn_id: int) -> str:
    """Return the name of a turn's document in the index, e.g. interviews.turn.7."""
    return f"{get_model_ct(Turn)}.{turn_id}"


def replace_documents(identifiers: Iterable[str], turns: Iterable[Turn]) -> None:
    """Take the lock, then take out the named documents of the current generation and put in those of the turns."""
    with write_lock(wait=True):
        generation = current_generation()
        check_manifest(generation)
        write(generation, removed=identifiers, turns=turns)


def create_index(generation: Path) -> None:
    """Make an empty index in an empty folder."""
    FileStorage(str(generation)).create_index(archive_schema())


def write(generation: Path, *, removed: Iterable[str], turns: Iterable[Turn]) -> int:
    """Take out the named documents, put in those of the turns, in one commit that reaches the disk.

    Returns the number of documents put in. Searches see all of it or nothing.
    """
    index = FileStorage(str(generation)).open_index(schema=archive_schema())
    # Without Whoosh's own lock, which a writer that fails keeps until its process ends: the caller holds ours.
    writer = index.writer(_lk=False)
    count = 0
    try:
        with writer.searcher() as searcher:
            for name in removed:
                writer.delete_by_query(Term("id", name), searcher=searcher)
        for turn in turns:
            writer.add_document(**document_of(turn))
            count += 1
        writer.commit()
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    sync(generation)
    return count


def document_of(turn: Turn) -> dict:
    """Return the fields of a turn's document as Whoosh takes them; what has no value is left out."""
    unified_index = connections["default"].get_unified_index()
    backend = connections["default"].get_backend()
    prepared = unified_index.get_index(Turn).full_prepare(turn)
    return {
        name: VALUE_BREAK.join(value) if isinstance(value, list) else backend._from_python(value)
        for name, value in prepared.items()
        if value not in (None, "", [])
    }
