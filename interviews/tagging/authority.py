"""The authority file: one entity for each thing that is spoken of and each person or outlet that speaks."""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse

from interviews.addresses import slug_for
from interviews.models import Alias, Entity, FormerAddress

from .gazetteer import Country, load_gazetteer
from .lexicon import COUNTRY
from .names import forget, known_names

BATCH = 1000
LONGEST_ACRONYM = 6


@transaction.atomic
def load_authority() -> None:
    """Make sure that every country of the data files is an entity with its aliases.

    Adds what is missing and changes nothing that is there, so that curators' names and addresses stay.
    """
    countries = load_gazetteer().countries
    present = set(countries_by_code())
    taken = taken_slugs(COUNTRY)
    made = []
    for country in countries.values():
        if country.code not in present:
            made.append(entity_of(country, taken))
            taken.add(made[-1].slug)
    Entity.objects.bulk_create(made, batch_size=BATCH)
    add_aliases(countries)
    forget()


def entity_of(country: Country, taken: set[str]) -> Entity:
    slug = free_slug(country.name, taken)
    return Entity(kind=COUNTRY, name=country.name, slug=slug, iso_code=country.code, wikidata=country.qid)


def add_aliases(countries: dict[str, Country]) -> None:
    ids = dict(Entity.objects.of_kind(COUNTRY).values_list("iso_code", "pk"))
    present = set(Alias.objects.filter(entity__kind=COUNTRY).values_list("entity", "text", "language"))
    missing = {}
    for country in countries.values():
        for text, language, kind in aliases_of(country):
            key = (ids[country.code], text, language)
            if key not in present:
                missing.setdefault(key, kind)
    aliases = [Alias(entity_id=pk, text=text, language=lang, kind=kind) for (pk, text, lang), kind in missing.items()]
    Alias.objects.bulk_create(aliases, batch_size=BATCH)


def aliases_of(country: Country) -> Iterator[tuple[str, str, str]]:
    """Yield (text, language, kind) of every other name of a country."""
    for language in {*country.i18n, *country.i18n_names, *country.i18n_demonyms}:
        for name in country.names_in(language):
            if (language, name) != ("en", country.name):
                yield name, language, kind_of(name, country)
        for demonym in country.demonyms_in(language):
            yield demonym, language, Alias.Kind.DEMONYM


def kind_of(name: str, country: Country) -> str:
    if name in country.former:
        return Alias.Kind.FORMER
    return Alias.Kind.ACRONYM if name.isupper() and len(name) <= LONGEST_ACRONYM else Alias.Kind.NAME


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
