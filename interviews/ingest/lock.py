"""One ingest at a time: on a machine by a lock on a file, among machines by a lock in their PostgreSQL."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Any number that no other program takes for its own advisory lock: “ingest” in ASCII.
LOCK_IN_DATABASE = 0x696E67657374


class BusyError(Exception):
    """Another ingest is running."""


@contextmanager
def alone(*, wait: bool = True, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let only one ingest run at a time.

    A second one calls `on_wait` and waits, or raises BusyError where it is not to wait. Both locks go with the process
    or the connection that holds them, however it ends.
    """
    with (settings.ARCHIVE_DATA / "ingest.lock").open("w") as file:
        _take(
            wait=wait,
            on_wait=on_wait,
            attempt=lambda: _locks(file, fcntl.LOCK_EX | fcntl.LOCK_NB),
            take=lambda: _locks(file, fcntl.LOCK_EX),
        )
        if connection.vendor != "postgresql":
            yield
            return
        _take(
            wait=wait,
            on_wait=on_wait,
            attempt=lambda: _says("SELECT pg_try_advisory_lock(%s)"),
            take=lambda: _says("SELECT pg_advisory_lock(%s)"),
        )
        try:
            yield
        finally:
            _says("SELECT pg_advisory_unlock(%s)")


def _take(*, wait, on_wait, attempt, take):
    if attempt():
        return
    if not wait:
        raise BusyError("Another ingest is running; try again in a moment.")
    on_wait()
    take()


def _locks(file, how):
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    return True


def _says(query):
    with connection.cursor() as cursor:
        cursor.execute(query, [LOCK_IN_DATABASE])
        return cursor.fetchone()[0]
