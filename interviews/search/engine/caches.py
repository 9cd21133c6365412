"""What has been worked out once is kept, within a bound of memory for the whole process."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

# All that searches keep besides the mapped files: decoded words, columns of facets, masks, results, passages.
CACHE_BYTES = 48 << 20
ENTRY_BYTES = 500  # keys and the like
MOST_OF_ALL = 8  # what takes more than this part of the bound is not kept

Value = TypeVar("Value")


class Cache:
    """Values that tell their size as `nbytes`, by (owner, ...); the least recently used go first. Safe between threads.

    The owner of a value is a segment or a state of the index; with it go its values.
    """

    def __init__(self, limit: int):
        self._limit, self._used = limit, 0
        self._values: OrderedDict[tuple[Hashable, ...], tuple[object, int]] = OrderedDict()
        self._owners: frozenset = frozenset()
        self._lock = threading.Lock()

    def remembered(self, key: tuple[Hashable, ...], make: Callable[[], Value]) -> Value:
        """Return what is kept under this key, else what `make` gives. Two threads may make it at once."""
        value = self.found(key)
        if value is None:
            value = make()
            self.keep(key, value)
        return value

    def found(self, key: tuple[Hashable, ...]) -> object | None:
        """Return what is kept under this key, or None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def keep(self, key: tuple[Hashable, ...], value: object) -> None:
        """Keep a value, unless its owner is gone or it is too large."""
        size = value.nbytes + ENTRY_BYTES
        with self._lock:
            if key in self._values or key[0] not in self._owners or size * MOST_OF_ALL > self._limit:
                return
            self._values[key] = value, size
            self._used += size
            while self._used > self._limit:
                self._used -= self._values.popitem(last=False)[1][1]

    def keep_only_of(self, owners: Iterable[Hashable]) -> None:
        """Drop what belongs to others, and take nothing of others from now on."""
        with self._lock:
            self._owners = frozenset(owners)
            for key in [key for key in self._values if key[0] not in self._owners]:
                self._used -= self._values.pop(key)[1]


cache = Cache(CACHE_BYTES)
