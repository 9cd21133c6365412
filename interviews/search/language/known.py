"""Who and what the archive knows, under every name: what readers type becomes the values of the index."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Length
from django.urls import NoReverseMatch, reverse

from interviews.addresses import latinised
from interviews.ingest.offices import apart
from interviews.models import Alias, Entity, FormerAddress
from interviews.querysets import EntityQuerySet
from interviews.tagging.authority import surviving
from interviews.tagging.words import folded

# The fields and facets whose values are entities, and of which kinds.
KINDS = {
    "country": ("country",),
    "person": ("person",),
    "organisation": ("organisation",),
    "place": ("place",),
    "document": ("document",),
    "event": ("event",),
    "outlet": ("outlet",),
    "outlet_country": ("country",),
    "speaker": ("person",),
    "speaker_country": ("country",),
    "interview_country": ("country",),
    "about": tuple(Entity.Kind.values),
}
SHORTEST_PART = 2

_looked_up: ContextVar[dict[tuple[str, str], list[Entity]] | None] = ContextVar("looked_up", default=None)


def value_of(facet: str, entity: Entity) -> str:
    """Return the value under which the index knows an entity: kind:slug, the code of a country, or a slug."""
    if facet == "about":
        return f"{entity.kind}:{entity.slug}"
    return entity.iso_code if KINDS[facet] == ("country",) else entity.slug


def facet_of_spoken_of(entity: Entity) -> str:
    """Return the facet that counts the answers which speak of an entity: that of its kind, where it has one."""
    is_facet = entity.kind != Entity.Kind.OUTLET and value_of(entity.kind, entity)
    return entity.kind if is_facet else "about"


@contextmanager
def names_looked_up_once() -> Iterator[None]:
    """Let whom a name means be looked up once in the block, however many searches name it."""
    former = _looked_up.set({})
    try:
        yield
    finally:
        _looked_up.reset(former)


def entities_called(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Entity]]:
    """Return who is meant by each (field, name); a handful of queries, however many are wanted.

    Meant is who bears the name in any case, with or without accents: as name, alias, address or code of a country,
    now or before it was merged into another. Where nobody does, everyone is meant whose name holds all its words;
    else those who are meant without the office or the honorific before it (“Mr Ek”, “foreign minister Ek”).
    Of all but countries those count that readers may know of.
    """
    known = _looked_up.get()
    if known is None:
        return _called_or_bare(wanted)
    known |= _called_or_bare([each for each in wanted if each not in known])
    return {each: known[each] for each in wanted}


def _called_or_bare(wanted):
    called = _called(wanted)
    bare = {
        (field, name): (field, apart(name)[1])
        for (field, name), found in called.items()
        if not found and Entity.Kind.PERSON in KINDS[field]
    }
    of_bare = _called({other for each, other in bare.items() if other[1] and other != each})
    return called | {each: of_bare[other] for each, other in bare.items() if other in of_bare}


def _called(wanted):
    keys: dict[tuple[str, str], set[int]] = {each: set() for each in wanted}
    for bearing in (_named, _aliased, _with_parts):
        lost = [each for each, found in keys.items() if not found]
        kinds = {kind for field, _ in lost for kind in KINDS[field]}
        bearers = defaultdict(set)
        for name, kind, key in bearing({name for _, name in lost}, kinds) if lost else ():
            bearers[name, kind].add(key)
        for (field, name), found in keys.items():
            if not found:
                found.update(*(bearers[name, kind] for kind in KINDS[field]))
    survivors = _survivors(set().union(*keys.values())) if any(keys.values()) else {}
    return {
        each: sorted({survivors[key] for key in found & survivors.keys()}, key=lambda entity: (entity.name, entity.pk))
        for each, found in keys.items()
    }


def _named(names, kinds) -> Iterator[tuple[str, str, int]]:
    """(name, kind, key) of entities so called, and of those with an alias written in one of the usual ways."""
    typed = _by_folded(names)
    written = {way for name in names for way in (name, name.lower(), name.upper(), name.title(), name.capitalize())}
    slugs, codes = {latinised(name) for name in names}, {name.upper() for name in names}
    called = Q(slug__in=slugs) | Q(iso_code__in=codes) | Q(name__in=written)
    entities = Entity.objects.filter(called, kind__in=kinds)
    for key, kind, *labels in entities.values_list("pk", "kind", "slug", "iso_code", "name"):
        for name in set().union(*(typed.get(folded(label), ()) for label in labels)):
            yield name, kind, key
    yield from _of_aliases(Alias.objects.filter(text__in=written), kinds, typed)


def _aliased(names, kinds):
    """The same of aliases written in any way: compared are those of about the same length."""
    lengths = {len(name) + more for name in names for more in (-1, 0, 1)}
    of_length = Alias.objects.annotate(length=Length("text")).filter(length__in=lengths)
    return _of_aliases(of_length, kinds, _by_folded(names))


def _of_aliases(aliases, kinds, typed):
    for key, kind, text in aliases.filter(entity__kind__in=kinds).values_list("entity", "entity__kind", "text"):
        for name in typed.get(folded(text), ()):
            yield name, kind, key


def _by_folded(names):
    """{folded name: names as typed}, also as an address writes them."""
    typed = defaultdict(set)
    for name in names:
        for written in (name, latinised(name)):
            typed[folded(written)].add(name)
    typed.pop("", None)
    return typed


def _with_parts(names, kinds):
    """(name, kind, key) of entities whose name holds all parts of a name: “lavrov” of “Sergey Lavrov”."""
    wanted = {name: set(latinised(name).split("-")) for name in names}
    longest = {name: max(parts, key=len) for name, parts in wanted.items()}
    holding = reduce(or_, (Q(slug__contains=part) for part in longest.values() if len(part) >= SHORTEST_PART), Q())
    if not holding:
        return
    entities = Entity.objects.filter(holding, kind__in=kinds)
    for key, kind, slug, label in entities.values_list("pk", "kind", "slug", "name"):
        held = {*slug.split("-"), *latinised(label).split("-")}
        for name, parts in wanted.items():
            if parts <= held:
                yield name, kind, key


def _survivors(keys):
    """{key: the entity that readers know under it}."""
    entities = Entity.objects.filter(pk__in=keys).select_related("merged_into")
    survivors = {entity.pk: surviving(entity) for entity in entities}
    public = _public(set(survivors.values()))
    return {key: entity for key, entity in survivors.items() if entity.pk in public}


def _public(entities):
    """The keys of those that readers may know of: of all but countries only where something published does."""
    public = {entity.pk for entity in entities if entity.kind == Entity.Kind.COUNTRY}
    for which in (EntityQuerySet.speaking, EntityQuerySet.asking, EntityQuerySet.spoken_of):
        if rest := {entity.pk for entity in entities} - public:
            public.update(which(Entity.objects.filter(pk__in=rest)).values_list("pk", flat=True))
    return public


def values_known(typed: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return {(facet, what an address says): the value it means} without what means nothing.

    An address says the slug of an entity (kind:slug for "about"), of a country also its code; former slugs, and those
    of entities since merged, lead to the present value. Two queries at most, but for chains of merged entities.
    """
    wanted = {each: _kind_and_slug(*each) for each in typed}
    kinds, slugs = ({key[place] for key in wanted.values()} for place in (0, 1))
    # Each side begins with a kind, as the index of the table does.
    called = Q(kind__in=kinds, slug__in=slugs - {""})
    if Entity.Kind.COUNTRY in kinds:
        called |= Q(kind=Entity.Kind.COUNTRY, iso_code__in={slug.upper() for slug in slugs} - {""})
    known = {}
    for entity in Entity.objects.filter(called).order_by().select_related("merged_into"):
        known |= {(entity.kind, entity.slug): entity, (entity.kind, entity.iso_code.lower() or entity.slug): entity}
    if lost := {each: _path(*key) for each, key in wanted.items() if key not in known}:
        former = FormerAddress.objects.filter(path__in=lost.values()).exclude(entity=None).select_related("entity")
        moved = {address.path: address.entity for address in former}
        known |= {wanted[each]: moved[path] for each, path in lost.items() if path in moved}
    found = {(facet, text): known[key] for (facet, text), key in wanted.items() if key in known}
    values = {each: value_of(each[0], surviving(entity)) for each, entity in found.items()}
    return {each: value for each, value in values.items() if value}


def _kind_and_slug(facet, text):
    kind, _, slug = text.rpartition(":") if facet == "about" else (*KINDS[facet], ":", text)
    return kind, slug.lower()


def _path(kind, slug):
    """Where its page would be; '' where there can be none."""
    try:
        return reverse(f"interviews:{kind}", kwargs={"slug": slug})
    except NoReverseMatch:
        return ""
