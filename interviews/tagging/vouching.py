"""What the tagger knows beside the data files: the entities, and the other names, that curators vouch for."""

import dataclasses
import functools

from interviews.models import Alias, Entity

from .authority import surviving
from .names import known_names
from .registry import Known, load_registry
from .tagger import Tagger, default_tagger


def vouched_for() -> tuple[Known, ...]:
    """Return what curators vouch for, the same order each time. `key` of an entity that no file knows: “#12”."""
    names = known_names()
    if names.vouched is None:
        names.vouched = tuple(read_vouched())
    return names.vouched


def read_vouched() -> list[Known]:
    own = Entity.objects.filter(verified=True, key="", iso_code="", merged_into=None)
    vouched = {e.pk: (e, [("en", e.name)]) for e in own.exclude(kind=Entity.Kind.OUTLET).order_by("pk")}
    named = Alias.objects.filter(origin=Alias.Origin.CURATOR, entity__verified=True).exclude(
        entity__kind=Entity.Kind.OUTLET
    )
    for alias in named.select_related("entity__merged_into").order_by("pk"):
        entity = surviving(alias.entity)
        vouched.setdefault(entity.pk, (entity, []))[1].append((alias.language or "en", alias.text))
    return [known_of(entity, dict.fromkeys(names)) for entity, names in vouched.values()]


def known_of(entity: Entity, names: dict[tuple[str, str], None]) -> Known:
    known = known_to_files().get((entity.kind, entity.key))
    if known:
        return dataclasses.replace(known, names=tuple(dict.fromkeys((*known.names, *names))))
    surname = entity.name.split()[-1] if entity.kind == Entity.Kind.PERSON else ""
    key = entity.key or entity.iso_code or f"#{entity.pk}"
    return Known(entity.kind, key, entity.name, tuple(names), surname, "", "", entity.wikidata, (), entity.note)


@functools.cache
def known_to_files() -> dict[tuple[str, str], Known]:
    """Return {(kind, key): what the data files say of it}; shared, so nobody changes it."""
    return {(known.kind, known.key): known for known in load_registry().known}


def tagger_of_archive() -> Tagger:
    """Return the tagger that knows what the archive knows."""
    return default_tagger(vouched_for())
