"""Who bears which name: looked up for one name, or remembered for a whole run over many texts."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from interviews.models import Alias, Entity

from .registry import Known
from .words import folded

_of_thread = threading.local()


class Names:
    """The names and aliases of the entities of each kind: read once, then only what came since."""

    def __init__(self):
        self.keys: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.last_entity: dict[str, int] = defaultdict(int)
        self.last_alias: dict[str, int] = defaultdict(int)
        self.merged: dict[int, int] | None = None
        self.established: dict[tuple[str, str], int] | None = None
        self.vouched: tuple[Known, ...] | None = None
        self.fetched: dict[int, Entity] = {}
        self.up_to_date: set[str] = set()

    def bearing(self, kind: str, name: str) -> set[int]:
        """Return the keys of the entities of a kind that bear a name."""
        key = kind, folded(name)
        if key not in self.keys and kind not in self.up_to_date:
            self._read(kind)
        return self.keys.get(key, set())

    def fetch(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read together what bears these names, (kind, name): all of one text, and nothing again until the next."""
        self.up_to_date.clear()
        wanted = list(wanted)
        for kind in {kind for kind, name in wanted if (kind, folded(name)) not in self.keys}:
            self._read(kind)
            self.up_to_date.add(kind)
        keys = {key for kind, name in wanted for key in self.bearing(kind, name)}
        self.fetched = {entity.pk: entity for entity in _entities(keys)} if keys else {}

    def add(self, entity: Entity) -> None:
        """Take note of an entity that was just made."""
        self.keys[entity.kind, folded(entity.name)].add(entity.pk)
        self.fetched[entity.pk] = entity

    def entities(self, kind: str, name: str) -> list[Entity]:
        """Return the entities of a kind that bear a name, oldest first, as they were fetched or as they are now."""
        keys = self.bearing(kind, name)
        if keys <= self.fetched.keys():
            return [self.fetched[key] for key in sorted(keys)]
        return list(_entities(keys))

    def _read(self, kind):
        entities = Entity.objects.of_kind(kind).filter(pk__gt=self.last_entity[kind]).order_by("pk")
        for pk, name in entities.values_list("pk", "name"):
            self.keys[kind, folded(name)].add(pk)
            self.last_entity[kind] = pk
        aliases = Alias.objects.filter(entity__kind=kind, pk__gt=self.last_alias[kind]).order_by("pk")
        for pk, entity_id, text in aliases.values_list("pk", "entity", "text"):
            self.keys[kind, folded(text)].add(entity_id)
            self.last_alias[kind] = pk


def _entities(keys):
    """Return entities without those they were merged into: few were."""
    return Entity.objects.filter(pk__in=keys).order_by("pk")


@contextmanager
def remembered() -> Iterator[None]:
    """Within the block look names up in memory. Whoever rolls a transaction back in it calls `forget()`."""
    _of_thread.names = Names()
    try:
        yield
    finally:
        _of_thread.names = None


def forget() -> None:
    """Read all names anew: rows that a transaction made were taken back."""
    if getattr(_of_thread, "names", None):
        _of_thread.names = Names()


def known_names() -> Names:
    """Return the names remembered by this thread; fresh ones outside `remembered()`."""
    return getattr(_of_thread, "names", None) or Names()
