"""An import taken back, of one entity or of a whole table at once, but for what somebody changed since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from interviews.models import Alias, Curation, Entity, FormerAddress, Rule

from .batches import BATCH, in_batches
from .creating import USES, InUseError, gone
from .deciding import tell_index
from .history import mark_undone, record
from .importing import naming
from .names import forget
from .planning import FACTS
from .retagging import interviews_mentioning, retag_soon, seek
from .rules import content_of


@dataclass(slots=True)
class Taken:
    """What was taken back, so that tags and index follow, and in words what was `left`."""

    done: list[Curation] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)
    turns: set[int] = field(default_factory=set)


@transaction.atomic
def undo_import(curation: Curation, *, by, reason: str = "") -> list[str]:
    """Take back what an import did to one entity, or by the entry of the import itself all that it did.

    What somebody changed since stays; it is returned in words. Raises AlreadyUndoneError, and InUseError where the
    import made one entity, which is in use or was changed since.
    """
    mark_undone(curation, by=by)
    is_whole = "rules" in curation.detail
    parts = parts_of(curation) if is_whole else [curation]
    interviews = interviews_mentioning(curation.entity) if curation.entity else set()
    taken = Taken()
    later = changed_since(parts)
    take_back_rules(parts, taken, by=by, reason=reason)
    take_back_changes(parts, later, taken)
    take_back_made(parts, later, taken)
    if not is_whole and curation not in taken.done and taken.left:
        raise InUseError(f"{taken.left[0]}.")
    for keys in in_batches(part.pk for part in taken.done):
        parts_done = Curation.objects.filter(pk__in=keys, undone_at=None)
        parts_done.update(undone_by=by, undone_at=curation.undone_at)
    kept = Entity.objects.filter(pk=curation.entity_id).first()
    record(Curation.Act.UNDO, by=by, reason=reason, entity=kept, detail={"of": curation.pk, "changed": taken.left})
    forget()
    tell_index(taken.turns)
    if is_whole:
        seek(taken.names, taken.surfaces, later=True)
    else:
        retag_soon(interviews)
    return taken.left


def parts_of(whole: Curation) -> list[Curation]:
    """Return what an import did to each entity, and the rules that it made, as far as nobody undid that."""
    parts = Curation.objects.filter(pk__gt=whole.pk, undone_at=None, detail__whole=whole.pk)
    return list(parts.select_related("entity", "rule__entity").order_by("pk"))


def changed_since(parts: list[Curation]) -> set[int]:
    """Return the keys of the entities on which somebody did something after these parts, and did not undo it."""
    if not parts:
        return set()
    own = {part.pk for part in parts}
    later = Curation.objects.filter(pk__gt=min(own), undone_at=None).exclude(act=Curation.Act.UNDO)
    acts = later.values_list("pk", "entity", "other")
    return {key for pk, *keys in acts.iterator() if pk not in own for key in keys if key}


def take_back_rules(parts: list[Curation], taken: Taken, *, by, reason: str) -> None:
    """Remove the rules that an import made."""
    made = [part for part in parts if part.act == Curation.Act.RULE and part.rule]
    rules = [part.rule for part in made]
    acts = [
        Curation(act=Curation.Act.UNRULE, entity=rule.entity, by=by, reason=reason, detail=content_of(rule))
        for rule in rules
    ]
    Curation.objects.bulk_create(acts, batch_size=BATCH)
    for keys in in_batches(rule.pk for rule in rules):
        Rule.objects.filter(pk__in=keys).delete()
    taken.surfaces |= {rule.surface for rule in rules}
    taken.done += made


def take_back_changes(parts: list[Curation], later: set[int], taken: Taken) -> None:
    """Give entities that were there before their facts again, and take away the names that they gained."""
    changed = [part for part in parts if part.entity and part.detail.get("made") is False]
    alive = [part for part in changed if not part.entity.merged_into_id]
    taken.left += [f"“{part.entity}” was merged since" for part in changed if part.entity.merged_into_id]
    entities = [part.entity for part in alive]
    taken.names |= names_of(entities)
    taken.turns |= naming(entities)
    for part in alive:
        taken.left += give_back(part, is_changed=part.entity_id in later)
    Entity.objects.bulk_update(entities, FACTS, BATCH)
    take_names(alive, taken)
    taken.done += alive


def give_back(part: Curation, *, is_changed: bool) -> Iterable[str]:
    """Set the facts of an entity as they were before a part of an import; yield those that are others by now.

    Where a curator did something with it since, it stays vouched for.
    """
    entity = part.entity
    for name, (before, after) in part.detail["facts"].items():
        attribute = "country_id" if name == "country" else name
        if getattr(entity, attribute) != after:
            yield f"{name} of “{entity}” is another by now"
        elif name != "verified" or not is_changed:
            setattr(entity, attribute, before)
        else:
            yield f"“{entity}” stays vouched for"


def take_names(parts: list[Curation], taken: Taken) -> None:
    given = {pk: (part.entity_id, text) for part in parts for pk, text in part.detail["aliases"]}
    present = {}
    for keys in in_batches(given):
        rows = Alias.objects.filter(pk__in=keys).values_list("pk", "entity", "text")
        present |= {pk: (entity, text) for pk, entity, text in rows}
    others = {pk: text for pk, (entity, text) in present.items() if (entity, text) != given[pk]}
    taken.left += [f"the name “{text}” was changed since" for text in others.values()]
    for keys in in_batches(present.keys() - others.keys()):
        Alias.objects.filter(pk__in=keys).delete()


def take_back_made(parts: list[Curation], later: set[int], taken: Taken) -> None:
    """Remove the entities that an import made; their addresses say so."""
    made = [part for part in parts if part.entity and part.detail.get("made")]
    uses = uses_of([part.entity_id for part in made])
    needed = later | uses.keys()
    idle = [part for part in made if part.entity_id not in needed]
    busy = [part for part in made if part.entity_id in needed]
    taken.left += [left_told(part.entity, uses.get(part.entity_id, ())) for part in busy]
    entities = [part.entity for part in idle]
    taken.names |= names_of(entities)
    taken.turns |= naming(entities)
    addresses = [FormerAddress(path=entity.get_absolute_url(), gone_reason=gone(entity)) for entity in entities]
    written = {"update_fields": ["entity", "gone_reason"], "unique_fields": ["path"]}
    FormerAddress.objects.bulk_create(addresses, BATCH, update_conflicts=True, **written)
    for keys in in_batches(entity.pk for entity in entities):
        Entity.objects.filter(pk__in=keys).delete()
    taken.done += idle


def left_told(entity: Entity, uses: Iterable[str]) -> str:
    used = f"is in use ({', '.join(uses).replace('_', ' ')})"
    return f"“{entity}” {used if uses else 'was changed since'}"


def uses_of(keys: list[int]) -> dict[int, list[str]]:
    """Return {key of an entity: what refers to it}, of those to which anything does."""
    uses = defaultdict(list)
    for name in USES:
        for some in in_batches(keys):
            used = Entity.objects.filter(pk__in=some, **{f"{name}__isnull": False})
            for key in used.order_by().values_list("pk", flat=True).distinct():
                uses[key].append(name)
    return uses


def names_of(entities: list[Entity]) -> set[str]:
    names = {entity.name for entity in entities}
    for keys in in_batches(entity.pk for entity in entities):
        names.update(Alias.objects.filter(entity__in=keys).values_list("text", flat=True))
    return names
