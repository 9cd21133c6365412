"""Many keys, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 500
Key = TypeVar("Key")


def in_batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield keys in lists that a database takes in one query."""
    keys = iter(keys)
    while some := list(islice(keys, BATCH)):
        yield some
