"""What the archive holds while a table is compared with it: its entities by slug and name, and what the table adds."""

from collections import defaultdict

from django.urls import reverse

from interviews.models import Alias, Entity, FormerAddress

from .authority import free_slug, surviving, taken_slugs
from .registry import Known, load_registry
from .vouching import known_to_files
from .words import fold, folded

Name = tuple[str, str]  # (language, text)
Address = tuple[str, str]  # (kind, slug): what tells entities apart that are not saved yet


def address_of(entity: Entity) -> Address:
    return entity.kind, entity.slug


def key_of(name: str) -> str:
    """Return what makes it the same name; where nothing of it is a letter, the name."""
    return folded(name) or name


class Archived:
    """The entities that were not merged into others. Rows of a table are taken in one after the other."""

    def __init__(self):
        entities = list(Entity.objects.select_related("merged_into").order_by("pk"))
        self.merged = [entity for entity in entities if entity.merged_into_id]
        live = [entity for entity in entities if not entity.merged_into_id]
        self.by_pk = {entity.pk: entity for entity in live}
        self.by_slug = {(e.kind, e.key): e for e in live if e.key} | {(e.kind, e.slug): e for e in live}
        self.countries = {entity.iso_code: entity for entity in live if entity.iso_code}
        self.by_wikidata = {entity.wikidata: entity for entity in live if entity.wikidata}
        self.taken: dict[Address, str] = {}
        self._slugs: dict[str, set[str]] = {}
        self._names: dict[Address, set[Name]] = {address_of(e): {("en", " ".join(e.name.split()))} for e in live}
        for pk, language, text in Alias.objects.values_list("entity", "language", "text"):
            if pk in self.by_pk:
                self._names[address_of(self.by_pk[pk])].add((language or "en", text))
        self._bearers: dict[tuple[str, str], dict[Address, Entity]] = defaultdict(dict)
        self._claims: dict[tuple[bool, str, str], dict[Address, Entity]] = defaultdict(dict)
        for entity in live:
            self._claim(entity)
        self._said = known_to_files()
        self._ambiguous = {(language, fold(form)) for language, form in load_registry().ambiguous}

    def _claim(self, entity: Entity) -> None:
        address = address_of(entity)
        for language, text in self._names[address]:
            self._bearers[entity.kind, key_of(text)][address] = entity
            if entity.verified:
                self._claims[entity.kind == Entity.Kind.OUTLET, language, fold(text)][address] = entity

    def take(self, place: str, entity: Entity, known: Known) -> None:
        """Take in what a row says, so that no later one says it of another."""
        address = address_of(entity)
        self.taken[address] = place
        self.by_slug[address] = entity
        if known.wikidata:
            self.by_wikidata[known.wikidata] = entity
        if entity.kind in self._slugs:
            self._slugs[entity.kind].add(entity.slug)
        entity.verified = True
        self._names.setdefault(address, set()).update(known.names)
        self._claim(entity)

    def names_of(self, entity: Entity) -> set[Name]:
        return self._names.get(address_of(entity), set())

    def bearers(self, kind: str, name: str) -> list[Entity]:
        """Return the entities of a kind that bear a name, whether or not anybody vouches for them."""
        return list(self._bearers.get((kind, key_of(name)), {}).values())

    def rivals(self, entity: Entity, name: Name) -> list[Entity]:
        """Return the other entities that a name may mean to the tagger: outlets are named by labels only."""
        language, text = name
        claims = self._claims.get((entity.kind == Entity.Kind.OUTLET, language, fold(text)), {})
        return [claimant for address, claimant in claims.items() if address != address_of(entity)]

    def is_ambiguous(self, name: Name) -> bool:
        language, text = name
        return (language, fold(text)) in self._ambiguous

    def said(self, entity: Entity) -> Known | None:
        """Return what the data files say of an entity."""
        return self._said.get((entity.kind, entity.key)) if entity.key else None

    def free_slug(self, kind: str, name: str) -> str:
        return free_slug(name, self._taken(kind))

    def former(self, kind: str, slug: str) -> str:
        """Return what became of the entity that had a slug, and the mend; “” where there was none."""
        for entity in self.merged:
            if (entity.kind, entity.slug) == (kind, slug):
                return f"was merged into “{surviving(entity)}”; write {surviving(entity).slug}."
        if slug not in self._taken(kind):
            return ""
        path = reverse(f"interviews:{kind}", kwargs={"slug": slug})
        former = FormerAddress.objects.filter(path=path).select_related("entity").first()
        if former and former.entity:
            return f"was that of “{former.entity}”; write {former.entity.slug}."
        return "was that of an entry that is gone; choose another."

    def _taken(self, kind: str) -> set[str]:
        if kind not in self._slugs:
            self._slugs[kind] = taken_slugs(kind) | {slug for of_kind, slug in self.by_slug if of_kind == kind}
        return self._slugs[kind]
