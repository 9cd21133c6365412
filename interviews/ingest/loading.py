"""One file into the archive: read, keep its bytes, store. The command and the admin both load through here."""

from dataclasses import replace

from django.db import InterfaceError, OperationalError

from interviews.ingest.collect import CollectError, cannot_be_read
from interviews.ingest.defects import note_defect
from interviews.ingest.prepared import Prepared
from interviews.ingest.read import read_transcript
from interviews.ingest.readings import (
    KeepingError,
    discard_bytes,
    encoding_of_name,
    holds,
    keep_bytes,
    reading_of_bytes,
    statements_are_kept,
)
from interviews.ingest.received import Outcome, Received, RefusedError, Run, Stored
from interviews.ingest.recognise import replaced_by_a_copy
from interviews.ingest.store import refresh, store
from interviews.ingest.transcript import UnreadableError
from interviews.tagging.names import forget
from interviews.tagging.vouching import vouched_for


class StoppedError(Exception):
    """The archive itself cannot be written: no further file has a chance. The message says why and what to do."""


def load(receive, run: Run, *, replaces=None, dry_run: bool = False) -> Stored:
    """Load one file -> Stored, refused where it cannot be, be it by a defect of ours: the next one has its turn.

    `receive` is a function that returns the file as Received; it may raise CollectError, OSError, UnreadableError.
    `replaces` is the interview that it is a new version of, by the word of a person. In a dry run no bytes are kept;
    the caller takes the rows back.
    Raises StoppedError where the disk is full or the database gone.
    """
    try:
        received = receive()
    except Exception as error:
        return _refused(error, "a file that could not be received")
    try:
        stored = _store(received, run, replaces=replaces, dry_run=dry_run)
    except (OSError, OperationalError, InterfaceError, KeepingError) as error:
        raise StoppedError(_stopping(error)) from error
    except Exception as error:
        forget()
        discard_bytes(received)
        return _refused(error, received.name)
    if stored.interview and not stored.is_superseded:
        run.written[stored.interview.pk] = received.name
    return stored


def _stopping(error):
    if isinstance(error, OperationalError | InterfaceError):
        return f"The database could not be written: {str(error).strip()}."
    if isinstance(error, OSError):
        return f"Nothing more can be read on this machine: {error.strerror}."
    return str(error)


def _refused(error, name):
    if isinstance(error, UnreadableError):
        return Stored(Outcome.REFUSED, problems=(error.problem,))
    if isinstance(error, OSError):
        return Stored(Outcome.REFUSED, reason=cannot_be_read(error))
    if isinstance(error, CollectError | RefusedError):
        return Stored(Outcome.REFUSED, reason=str(error))
    return Stored(Outcome.REFUSED, problems=(note_defect(error, name),))


def _store(received, run, *, replaces, dry_run):
    reading = None if received.is_new else reading_of_bytes(received)
    replaces = replaces or (reading and replaced_by_a_copy(reading, received))
    is_newest = reading and reading.newest == reading.pk
    if reading and replaces in (None, is_newest and reading.interview) and holds(reading, received):
        if not dry_run:
            keep_bytes(received)
        return refresh(reading, received)
    received = _as_told_before(received, reading)
    prepared = read_or_wait(received)
    refusal = prepared.transcript.refusal
    if refusal and refusal.code == "no_questions" and statements_are_kept(received):
        received = replace(received, statements=True)
        prepared = read_or_wait(received)
        refusal = prepared.transcript.refusal
    if refusal:
        return Stored(Outcome.REFUSED, problems=(refusal,))
    if not dry_run:
        keep_bytes(received)
    return store(received, prepared, run, reading=reading, replaces=replaces)


def read_or_wait(received: Received) -> Prepared:
    """Read a file as received, or wait for what is read in it already."""
    if received.read_ahead:
        return received.read_ahead()
    return Prepared.of(read_transcript(received.data, **received.how_to_read()), vouched_for())


def _as_told_before(received, reading):
    """Return a file with what a person said before of how to read it, where nothing is said now.

    That is said of the same bytes; an encoding holds for what comes later under the same name too.
    """
    if received.is_new:
        return received
    told = reading.facts.get("by_hand", {}) if reading else {"encoding": encoding_of_name(received)}
    encoding = told.get("encoding") if received.encoding is None else received.encoding
    return replace(received, encoding=encoding, statements=bool(received.statements or told.get("statements")))
