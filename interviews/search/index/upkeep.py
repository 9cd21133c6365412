"""Keeping the index in step with the database.

A change of a turn is noted in the outbox (IndexChange) in the transaction that makes it. After the commit whoever
made it brings the noted documents up to date, and a few of those that others left; who does not get the write lock
leaves them to the holder, which looks again after letting go. Nobody waits for the notes of a running ingest: the
ingest drains them all at its end. While a generation is built beside the current one, changes go into that one as
ever, and the builder is told of them. What a document should be is always read from the database, so that doing it
twice, or in another order, does no harm.
"""

import logging
import shutil
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.db import connections, transaction
from django.db.models import Max

from interviews.models import Entity, IndexChange, Turn
from interviews.search.engine.snapshot import current_snapshot

from .documents import document_of
from .generations import (
    IndexUnavailableError,
    build_lock,
    check_manifest,
    current_generation,
    index_folder,
    make_current,
    new_generation,
    note_for_build,
    noted_for_build,
    write_lock,
)
from .writing import FEW, MOST, build, write

logger = logging.getLogger(__name__)
BATCH = 500
# Changes from which on to build anew may be less work than to bring them in, and is if they are half of the archive.
MANY = 5000
_of_thread = threading.local()


def record_changes(
    turn_ids: Iterable[int], *, operation: str = IndexChange.Operation.UPDATE, later: bool = False
) -> None:
    """Note that the documents of these turns are out of date, and bring them up to date after the commit.

    A changed turn affects its own document, those of its replies, and that of the question it replies to; where
    it replied to another question before, name that one too. `operation` "remove" says that the rows go. Of many
    nobody need wait for the end: `later` brings them in beside what comes after the commit.
    An error after the commit is logged; the notes stay for the next attempt.
    """
    turn_ids = list(turn_ids)
    if not turn_ids:
        return
    changes = [IndexChange(turn_id=turn_id, operation=operation) for turn_id in turn_ids]
    noted = [change.pk for change in IndexChange.objects.bulk_create(changes, batch_size=BATCH)]
    waiting = getattr(_of_thread, "waiting", None)
    if waiting is None:
        _note_shown(turn_ids)
        drain_these = partial(told, partial(drain_own, wait=later), noted)
        # A function, for Django's log of a failure asks for its name.
        transaction.on_commit(lambda: beside(drain_these) if later else drain_these(), robust=True)
    else:
        waiting.extend(noted)


def _note_shown(turn_ids):
    """Readers can come to the pages of what these turns speak of, as soon as the transaction is over."""
    for start in range(0, len(turn_ids), BATCH):
        Entity.objects.show(turn_ids[start : start + BATCH])


def beside(work: Callable, *given) -> None:
    """Do some work in a thread of its own, which ends with the process. What it leaves somebody else must do."""

    def work_and_close():
        try:
            work(*given)
        except Exception:
            logger.exception("What was to be done beside a request failed.")
        finally:
            connections.close_all()

    threading.Thread(target=work_and_close, daemon=True).start()


@contextmanager
def paused(*, then_all: bool = False) -> Iterator[None]:
    """Let the changes that this thread notes in the block wait for its end: many transactions, one writing.

    `then_all` brings in those of others too, however many.
    """
    _of_thread.waiting = noted = array("q")
    try:
        yield
        for start in range(0, len(noted), BATCH):
            changes = IndexChange.objects.filter(pk__in=list(noted[start : start + BATCH]))
            _note_shown(list(changes.values_list("turn_id", flat=True)))
    finally:
        _of_thread.waiting = None
        transaction.on_commit(lambda: told(drain) if then_all else told(drain_own, noted), robust=True)


def told(attempt: Callable[..., int], *given) -> None:
    """Attempt to drain changes; where the index cannot be written one line says so, and the notes stay."""
    try:
        attempt(*given)
    except OSError as error:
        logger.error("The search index cannot be written: %s. Mend that, then run manage.py reindex.", error)


def replace_documents(turns: Iterable[Turn], *, removed: Iterable[int] = ()) -> None:
    """Put the current documents of these turns in the place of their former ones; those `removed` go."""
    turns = list(turns)
    with write_lock(wait=True):
        generation = current_generation()
        check_manifest(generation)
        keys = [*(turn.pk for turn in turns), *removed]
        note_for_build(keys)
        write(generation, removed=keys, documents=map(document_of, turns))


def drain() -> int:
    """Bring the index up to date with all changes noted by now, waiting for who writes. Returns their number.

    Very many are brought in by building the index anew. Raises IndexBusyError.
    """
    waiting = IndexChange.objects.count()
    if waiting > MANY and 2 * waiting > Turn.objects.documents().count() and not needs_reindex():
        reindex()
        return waiting
    return _drain_noted()


def _drain_noted():
    """The newest come first. It ends though others go on noting: of theirs it takes few, left to this holder."""
    last = IndexChange.objects.aggregate(last=Max("pk", default=0))["last"]
    noted = IndexChange.objects.filter(pk__lte=last).order_by("-pk")
    return sum(iter(partial(_drain_batch, noted, wait=True), 0)) + drain_own([])


def drain_own(noted: Sequence[int], *, wait: bool = False) -> int:
    """Bring the index up to date with the changes noted under these keys, and with at most one batch of others.

    The newest of the others come first: those that somebody left to this holder of the lock, before the many of an
    ingest. `wait` for who writes where the notes are more than such a holder takes, and nobody waits for them.
    Returns the number of notes handled by this call.
    """
    own = (IndexChange.objects.filter(pk__in=list(noted[at : at + BATCH])) for at in range(0, len(noted), BATCH))
    handled = sum(_drain_batch(changes, wait=wait) for changes in own)
    others = 0
    newest = IndexChange.objects.order_by("-pk")
    while others < BATCH and (count := _drain_batch(newest[: BATCH - others], wait=False)):
        others += count
    return handled + others


def _drain_batch(changes, *, wait):
    """Bring the index up to date with the first of these changes -> how many; 0 too where it cannot be written now."""
    if not changes.exists():
        return 0
    _build_first(wait=wait)
    with write_lock(wait=wait) as is_held:
        if not is_held:
            return 0
        if problem := needs_reindex():
            logger.warning("%s Changes wait for `manage.py reindex`.", problem)
            return 0
        return _apply(changes[:BATCH], most_merged=MOST if wait else FEW)


def _build_first(*, wait):
    """An archive begins without an index: its first change makes one."""
    if not _has_index():
        with build_lock(wait=wait) as is_held:
            if is_held and not _has_index():
                _build()


def _has_index():
    return (index_folder() / "current").is_symlink()


def _apply(changes, *, most_merged):
    """Bring in what these notes name -> how many notes that were, those of the same turns among them."""
    changed = {change.turn_id for change in changes}
    if not changed:
        return 0
    noted = list(IndexChange.objects.filter(turn_id__in=changed).values_list("pk", flat=True))
    # Asked for apart: as one question with an "or" over both, the database reads every turn.
    answered = Turn.objects.filter(pk__in=changed, reply_to__isnull=False).values_list("reply_to", flat=True)
    replying = Turn.objects.filter(reply_to__in=changed).values_list("pk", flat=True)
    affected = changed.union(answered.order_by(), replying.order_by())
    note_for_build(affected)
    _bring_in(current_generation(), affected, most_merged=most_merged)
    _note_shown(list(affected))  # for those of a run that was killed
    _strike_out(noted)
    return len(noted)


def _strike_out(noted):
    for start in range(0, len(noted), BATCH):
        IndexChange.objects.filter(pk__in=noted[start : start + BATCH]).delete()


def _bring_in(generation, turn_ids, *, most_merged=MOST):
    documents = Turn.objects.documents().for_indexing().filter(pk__in=turn_ids)
    documents = map(document_of, documents.iterator(BATCH))
    write(generation, removed=turn_ids, documents=documents, most_merged=most_merged)


def reindex() -> int:
    """Build the index anew beside the current one, then exchange them at once. Returns the number of documents.

    Searches go on in the former index meanwhile, and changes are brought into both.
    """
    with build_lock(wait=True):
        count = _build()
    _drain_noted()
    return count


def _build():
    noted = list(IndexChange.objects.values_list("pk", flat=True))
    generation = new_generation()
    try:
        count = build(generation, map(document_of, Turn.objects.documents().for_indexing().iterator(BATCH)))
        with write_lock(wait=True):
            changed = noted_for_build(generation)
        _catch_up(generation, changed)  # with most of it while others write
        with write_lock(wait=True):
            _catch_up(generation, noted_for_build(generation))
            make_current(generation, document_count=count)
    except BaseException:  # where the disk is full, what was written is in the way
        shutil.rmtree(generation, ignore_errors=True)
        raise
    _strike_out(noted)
    return count


def _catch_up(generation, changed):
    """Bring into a generation in the making what was brought into the current one since its documents were read."""
    for start in range(0, len(changed), BATCH):
        _bring_in(generation, changed[start : start + BATCH])


def needs_reindex() -> str:
    """Say why the index must be built anew; '' if this code can use it."""
    try:
        current_snapshot()
    except IndexUnavailableError as error:
        return str(error)
    return ""


def is_current() -> bool:
    """Whether searches see the database as it is: the index is usable and no change waits."""
    return not needs_reindex() and not IndexChange.objects.exists()
