"""Many keys, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice

BATCH = 500


def in_batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield keys in lists that a database takes in one query."""
    keys = iter(keys)
    while some := list(islice(keys, BATCH)):
        yield some
