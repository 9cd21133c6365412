"""One state of the database for many reads, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_state() -> Iterator[None]:
    """Let all that is read in the block be of one moment."""
    if connection.in_atomic_block:  # whoever began the transaction chose what it sees
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with without_a_lock(), transaction.atomic():
            yield


@contextmanager
def without_a_lock() -> Iterator[None]:
    """Let a transaction of SQLite begin as one that reads: the archive's others take the lock of writers at once."""
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode
