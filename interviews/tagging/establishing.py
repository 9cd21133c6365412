"""Brings the entities of the data files into the database, and what a later version of the files says otherwise.

What a curator wrote is left alone: a fact changes only where the archive still holds what the files said before, and
a name that a curator took away, or gave, stays so.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from interviews.models import Alias, Authority, Entity, Turn
from interviews.search.index.upkeep import record_changes

from .authority import free_slug, surviving, taken_slugs
from .context import load_cues
from .cues import load_heads, load_people
from .gazetteer import DATA
from .lexicon import COUNTRY
from .names import forget
from .sayings import Saying, everything_said
from .words import folded

BATCH = 1000
NOTHING = {"name": "", "wikidata": "", "country_id": None, "note": ""}
FACTS = tuple(NOTHING)
WRITTEN = (*FACTS, "key", "said", "verified")

Established = dict[tuple[str, str], Entity]


def load_authority(folder: Path = DATA) -> bool:
    """Make sure that the database holds what the data files say; return whether they were new to it.

    The same files a second time change nothing. Raises GazetteerError where a file is broken; then nothing was changed.
    """
    are_new = not Authority.objects.filter(fingerprint=fingerprint_of(folder)).exists()
    if are_new:
        bring_in(folder)
    return are_new


def fingerprint_of(folder: Path) -> str:
    """Return the SHA-256 of the names and bytes of the files of a folder, in hexadecimal."""
    sums = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        sums.update(hashlib.sha256(path.name.encode()).digest() + hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def bring_in(folder: Path = DATA) -> None:
    """Bring what the data files say into the database, also what is missing there. Raises GazetteerError."""
    said = everything_said(folder)
    check_words(folder)
    with transaction.atomic():
        established = find_established()
        countries = [saying for saying in said if saying.kind == COUNTRY]
        new = add_missing(countries, established) | add_missing(said, established)
        keep_aliases(said, established, new)
        keep_facts(said, established)
        Authority.objects.update_or_create(pk=1, defaults={"fingerprint": fingerprint_of(folder)})
    forget()


def check_words(folder: Path) -> None:
    """Read the lists of words beside the tables: the tagger needs them sound. Raises GazetteerError."""
    for load in (load_cues, load_people, load_heads):
        load(folder)


def find_established() -> Established:
    """Return the entities that the data files brought here, by kind and key."""
    entities = Entity.objects.exclude(key="", iso_code="").select_related("merged_into").order_by("pk")
    return {(entity.kind, entity.key or entity.iso_code): entity for entity in entities}


def add_missing(said: Iterable[Saying], established: Established) -> set[Entity]:
    """Take over the entities that labels or curators made before the files knew them; make the others, return these."""
    missing = [saying for saying in said if saying.entity not in established]
    if not missing:
        return set()
    take_over([saying for saying in missing if saying.kind != COUNTRY], established)
    slugs = {kind: taken_slugs(kind) for kind in {saying.kind for saying in missing}}
    made = []
    for saying in missing:
        if saying.entity not in established:
            slug = free_slug(saying.name if saying.kind == COUNTRY else saying.key, slugs[saying.kind])
            slugs[saying.kind].add(slug)
            made.append(entity_of(saying, slug, established))
    Entity.objects.bulk_create(made, batch_size=BATCH)
    established.update({(entity.kind, entity.key or entity.iso_code): entity for entity in made})
    return set(made)


def entity_of(saying: Saying, slug: str, established: Established) -> Entity:
    codes = {"iso_code": saying.key} if saying.kind == COUNTRY else {"key": saying.key}
    facts = facts_of(saying, established)
    return Entity(kind=saying.kind, slug=slug, verified=True, said=remembered(saying, facts), **codes, **facts)


def take_over(missing: list[Saying], established: Established) -> None:
    """Let entities of the same kind and name be those of the files, where no second one could be meant."""
    bearers = find_bearers({saying.kind for saying in missing})
    claims = {}
    for saying in missing:
        homes = {None, established[COUNTRY, saying.country].pk} if saying.country else None
        found = {e for name in saying.certain for e in bearers[saying.kind, folded(name)]}
        claims[saying.entity] = [e for e in found if homes is None or e.country_id in homes]
    claimed = Counter(entity for found in claims.values() for entity in found)
    for saying in missing:
        match claims[saying.entity]:
            case [entity] if claimed[entity] == 1:
                take(entity, saying)
                established[saying.entity] = entity


def take(entity: Entity, saying: Saying) -> None:
    """Let an entity be the one of the files. A name that nobody vouched for gives way, and goes on meaning it."""
    Entity.objects.filter(pk=entity.pk).update(key=saying.key)
    entity.key = saying.key
    if not entity.verified:
        entity.said = {"name": entity.name}
        if entity.name != saying.name and (entity.name, "en") not in saying.aliases:
            entity.aliases.get_or_create(text=entity.name, language="")


def find_bearers(kinds: set[str]) -> dict[tuple[str, str], set[Entity]]:
    """Return {(kind, folded name): entities that bear it} of those that the files have not brought."""
    bearers = defaultdict(set)
    known = {e.pk: e for e in Entity.objects.filter(kind__in=kinds, key="", merged_into=None)}
    for entity in known.values():
        bearers[entity.kind, folded(entity.name)].add(entity)
    aliases = Alias.objects.filter(entity__kind__in=kinds, entity__key="", entity__merged_into=None)
    for pk, text in aliases.values_list("entity", "text"):
        bearers[known[pk].kind, folded(text)].add(known[pk])
    return bearers


def facts_of(saying: Saying, established: Established) -> dict:
    """Return what is said of the fields of an entity."""
    home = established.get((COUNTRY, saying.country))
    values = (saying.name, saying.wikidata, home and surviving(home).pk, saying.note)
    return dict(zip(FACTS, values, strict=True))


def remembered(saying: Saying, facts: dict) -> dict:
    """Return what an entity remembers of what was said, to tell later what a curator changed."""
    return {name: value for name, value in facts.items() if value} | {"aliases": sorted(map(list, saying.aliases))}


def keep_aliases(said: list[Saying], established: Established, new: set[Entity]) -> None:
    """Add the names that the files have gained, to the survivor of a merge, and take away those that they dropped."""
    owners = {saying.entity: surviving(established[saying.entity]).pk for saying in said}
    rows = Alias.objects.filter(entity__in=Entity.objects.exclude(key="", iso_code="")).values_list(
        "pk", "entity", "text", "language", "origin"
    )
    present = {(owner, text, language): (pk, origin) for pk, owner, text, language, origin in rows}
    wanted, dropped = {}, set()
    for saying in said:
        owner, entity = owners[saying.entity], established[saying.entity]
        before = set() if entity in new else {tuple(name) for name in entity.said.get("aliases", ())}
        wanted |= {(owner, *name): kind for name, kind in saying.aliases.items() if name not in before}
        dropped |= {(owner, *name) for name in before - saying.aliases.keys()}
    missing = [
        Alias(entity_id=owner, text=text, language=language, kind=kind, origin=Alias.Origin.DATA)
        for (owner, text, language), kind in wanted.items()
        if (owner, text, language) not in present
    ]
    # One may be there already on the survivor of a merge that the files do not know.
    Alias.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    data = [present[name][0] for name in dropped - wanted.keys() if present.get(name, ("", ""))[1] == Alias.Origin.DATA]
    Alias.objects.filter(pk__in=data).delete()


def keep_facts(said: list[Saying], established: Established) -> None:
    """Write what the files say otherwise than before, where the archive still holds what they said."""
    changed, renamed = [], []
    for saying in said:
        entity = established[saying.entity]
        before = {name: getattr(entity, name) for name in WRITTEN}
        facts = facts_of(saying, established)
        for name, value in facts.items():
            if getattr(entity, name) == entity.said.get(name, NOTHING[name]):
                setattr(entity, name, value)
        entity.said, entity.verified = remembered(saying, facts), True
        changed += [entity] if before != {name: getattr(entity, name) for name in WRITTEN} else []
        renamed += [entity] if before["name"] != entity.name else []
    Entity.objects.bulk_update(changed, [name.removesuffix("_id") for name in WRITTEN], BATCH)
    record_changes(Turn.objects.naming([entity.pk for entity in renamed]) if renamed else ())
