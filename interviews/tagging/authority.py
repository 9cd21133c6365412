"""The authority file: one entity for each thing that is spoken of and each person or outlet that speaks."""

import functools
import re

from django.urls import reverse

from interviews.addresses import slug_for
from interviews.models import Entity, FormerAddress

from .lexicon import COUNTRY
from .names import Names, known_names
from .registry import Known, load_registry
from .words import folded

BATCH = 1000
INITIALS = re.compile(r"(?P<first>[^\W\d_])\.(?:[\s-]?[^\W\d_]\.)*\s?(?P<surname>[^\W\d_][^\W\d_’'-]+)")


def established_keys() -> dict[tuple[str, str], int]:
    """Return {(kind, key in the data files, of countries the code): key of the entity, or of its survivor}."""
    names = known_names()
    if names.established is None:
        rows = Entity.objects.exclude(key="", iso_code="").values_list("kind", "key", "iso_code", "pk")
        merged = merged_keys()
        names.established = {(kind, key or code): merged.get(pk, pk) for kind, key, code, pk in rows}
    return names.established


def merged_keys() -> dict[int, int]:
    """Return {key of a merged entity: key of its survivor}."""
    names = known_names()
    if names.merged is None:
        merged = Entity.objects.exclude(merged_into=None).select_related("merged_into")
        names.merged = {entity.pk: surviving(entity).pk for entity in merged}
    return names.merged


def surviving(entity: Entity) -> Entity:
    """Return the entity that this one was merged into, however many times, or itself."""
    passed = set()
    while entity.merged_into and entity.pk not in passed:
        passed.add(entity.pk)
        entity = entity.merged_into
    return entity


def find_or_make_person(*, name: str, country: str | None = None) -> Entity:
    """Return the person of this name or alias, made where there is none.

    Case, accents and punctuation do not matter; a second initial does: “Antony J. Blinken” is “Antony Blinken” only
    where an alias says so. `country`: ISO code of the state the person represents, kept where none is known.
    """
    return find_or_make(Entity.Kind.PERSON, name, country)


def find_or_make_outlet(*, name: str, country: str | None = None) -> Entity:
    """Return the outlet of this name or alias, made where there is none. `country`: ISO code of its home."""
    return find_or_make(Entity.Kind.OUTLET, name, country)


def find_or_make(kind: str, name: str, country: str | None) -> Entity:
    name = " ".join(name.split())[:300]
    if not name:
        raise ValueError(f"A {kind} needs a name.")
    home = established_keys().get((COUNTRY, country)) if country else None
    entity = find(kind, name, home)
    if entity is None:
        slug = free_slug(name, taken_slugs(kind, slug_for(name)))
        entity = Entity.objects.create(kind=kind, name=name, slug=slug, country_id=home)
        known_names().add(entity)
        return entity
    if home and entity.country_id is None:
        entity.country_id = home
        entity.save(update_fields=["country"])
    return entity


def find_or_make_all(wanted: dict[tuple[str, str], bool]) -> dict[tuple[str, str], int]:
    """Return {(kind, name): key} of those that bear these names, looked up together; True makes what is missing."""
    names, found, missing = known_names(), {}, {}
    names.fetch(wanted)
    for (kind, name), makes in wanted.items():
        if entity := find(kind, name, names=names):
            found[kind, name] = entity.pk
        elif makes:
            missing.setdefault((kind, folded(name)), []).append((kind, name))
    made = make_all([named[0] for named in missing.values()])
    for entity, named in zip(made, missing.values(), strict=True):
        names.add(entity)
        found |= dict.fromkeys(named, entity.pk)
    return found


def make_all(wanted: list[tuple[str, str]]) -> list[Entity]:
    """Make entities of these kinds and names, which nobody vouches for yet."""
    slugs = {kind: taken_slugs(kind) for kind in {kind for kind, _ in wanted}}
    made = []
    for kind, name in wanted:
        made.append(Entity(kind=kind, name=name, slug=free_slug(name, slugs[kind])))
        slugs[kind].add(made[-1].slug)
    return Entity.objects.bulk_create(made, batch_size=BATCH)


def find(kind: str, name: str, home: int | None = None, *, names: Names | None = None) -> Entity | None:
    """Return the entity of a kind that bears a name; of several, one of the same country, else the oldest.

    `home` is the key of the country, `names` what was read of names before. Initials that nobody bears may mean an
    office-holder.
    """
    found = [surviving(entity) for entity in (names or known_names()).entities(kind, name)]
    of_home = [entity for entity in found if home and entity.country_id == home]
    return next(iter(of_home + found), None) or (by_initials(name) if kind == Entity.Kind.PERSON else None)


def by_initials(name: str) -> Entity | None:
    """Return the office-holder of the data files whom initials and a surname mean: “С.В.Лавров”, “J. Biden”.

    None where they may mean several of the data files, or one whose surname alone says too little.
    """
    written = INITIALS.fullmatch(name)
    bearers = people_by_initial().get((folded(written["first"]), folded(written["surname"])), ()) if written else ()
    known = next(iter(bearers)) if len(bearers) == 1 else None
    key = established_keys().get((known.kind, known.key)) if known and known.offices and known.alone else None
    return Entity.objects.filter(pk=key).first() if key else None


@functools.cache
def people_by_initial() -> dict[tuple[str, str], set[Known]]:
    """Return {(first letter of the given name, surname), both folded: the persons of the data files}."""
    bearers: dict[tuple[str, str], set[Known]] = {}
    for known in load_registry().known:
        for _, name in known.names if known.kind == Entity.Kind.PERSON else ():
            given, *rest = folded(name).split()
            if rest:
                bearers.setdefault((given[0], rest[-1]), set()).add(known)
    return bearers


def taken_slugs(kind: str, beginning: str = "") -> set[str]:
    """Return the address forms that entities of a kind have, or once had: none is given a second meaning.

    Those are enough that begin as the wanted one does.
    """
    folder = reverse(f"interviews:{kind}", kwargs={"slug": "any"}).removesuffix("any/")
    former = FormerAddress.objects.filter(path__startswith=folder + beginning).values_list("path", flat=True)
    slugs = set(Entity.objects.of_kind(kind).filter(slug__startswith=beginning).values_list("slug", flat=True))
    return slugs | {path.removeprefix(folder).strip("/") for path in former}


def free_slug(name: str, taken: set[str]) -> str:
    """Return the address form of a name; where another entity has it, with -2, -3 ..."""
    wanted, count = slug_for(name), 1
    slug = wanted
    while slug in taken:
        count += 1
        slug = f"{wanted}-{count}"
    return slug
