"""The authority file: one entity for each thing that is spoken of and each person or outlet that speaks."""

from django.urls import reverse

from interviews.addresses import slug_for
from interviews.models import Entity, FormerAddress

from .lexicon import COUNTRY
from .names import known_names


def countries_by_code() -> dict[str, int]:
    """Return {ISO code: key of its entity, or of the one that it was merged into}."""
    names = known_names()
    if names.countries is None:
        names.countries = read_countries()
    return names.countries


def read_countries() -> dict[str, int]:
    rows = Entity.objects.of_kind(COUNTRY).exclude(iso_code="").select_related("merged_into")
    return {entity.iso_code: surviving(entity).pk for entity in rows}


def surviving(entity: Entity) -> Entity:
    """Return the entity that this one was merged into, however many times, or itself."""
    passed = set()
    while entity.merged_into and entity.pk not in passed:
        passed.add(entity.pk)
        entity = entity.merged_into
    return entity


def find_or_make_person(*, name: str, country: str | None = None) -> Entity:
    """Return the person of this name or alias, made where there is none.

    Case, accents and punctuation do not matter; initials do: “Antony J. Blinken” is “Antony Blinken” only where
    an alias says so. `country`: ISO code of the state the person represents, kept where none is known.
    """
    return find_or_make(Entity.Kind.PERSON, name, country)


def find_or_make_outlet(*, name: str, country: str | None = None) -> Entity:
    """Return the outlet of this name or alias, made where there is none. `country`: ISO code of its home."""
    return find_or_make(Entity.Kind.OUTLET, name, country)


def find_or_make(kind: str, name: str, country: str | None) -> Entity:
    name = " ".join(name.split())[:300]
    if not name:
        raise ValueError(f"A {kind} needs a name.")
    home = countries_by_code().get(country) if country else None
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


def find(kind: str, name: str, home: int | None = None) -> Entity | None:
    """Return the entity of a kind that bears a name; of several, one of the same country, else the oldest.

    `home` is the key of the country.
    """
    found = [surviving(entity) for entity in known_names().entities(kind, name)]
    of_home = [entity for entity in found if home and entity.country_id == home]
    return next(iter(of_home + found), None)


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
