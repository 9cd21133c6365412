"""What a table of curators changes, brought into the archive: all of it or nothing."""

from django.db import IntegrityError, transaction

from interviews.models import Alias, Curation, Entity, Rule, Turn

from .batches import BATCH, in_batches
from .deciding import tell_index
from .history import record
from .names import forget
from .planning import FACTS, Change, Plan, plan
from .retagging import seek
from .rules import content_of
from .sayings import kind_of
from .sheets import Sheet


class ImportRefusedError(ValueError):
    """Nothing was imported: `plan` has problems, or is not what the curator saw."""

    def __init__(self, message: str, plan: Plan):
        super().__init__(message)
        self.plan = plan


def bring_in(sheet: Sheet, *, by, reason: str, seen: str | None = None, later: bool = True) -> Plan:
    """Do what a table says, and return what was done. Raises ImportRefusedError; then nothing was changed.

    `seen`: the fingerprint of the plan that the curator saw. `later`: the interviews that name what is new are tagged
    beside what follows, and nobody waits for them; else before this returns.
    """
    try:
        with transaction.atomic():
            planned = plan(sheet)
            check(planned, seen)
            whole = entry_of_whole(planned, by=by, reason=reason)
            write_entities(planned.changes, whole, by=by, reason=reason)
            write_rules([rule for _, rule in planned.rules], whole, by=by, reason=reason)
            names = [text for change in planned.changes for _, text in change.names]
            forget()
            seek(names, {rule.surface for _, rule in planned.rules}, later=later)
    except IntegrityError as error:
        raise ImportRefusedError("Somebody changed the same entries at this moment; try again.", planned) from error
    return planned


def check(planned: Plan, seen: str | None) -> None:
    if planned.problems:
        raise ImportRefusedError("The table has problems; nothing was changed.", planned)
    if seen is not None and seen != planned.fingerprint:
        raise ImportRefusedError("The archive was changed meanwhile; look at what would be done now.", planned)


def entry_of_whole(planned: Plan, *, by, reason: str) -> dict:
    """Write down an import of several rows, by which it is undone at once; return what leads from its parts to it."""
    if len(planned.changes) + len(planned.rules) < 2:
        return {}
    detail = {"changed": planned.told, "rules": len(planned.rules)}
    return {"whole": record(Curation.Act.IMPORT, by=by, reason=reason, detail=detail).pk}


def write_entities(changes: list[Change], whole: dict, *, by, reason: str) -> None:
    """Write entities, their names and the history of both, and tell the search index."""
    new = [change for change in changes if change.is_new]
    for change in changes:
        for name, (_, value) in change.facts.items():
            setattr(change.entity, name, value)
    Entity.objects.bulk_create([change.entity for change in new], batch_size=BATCH)
    Entity.objects.bulk_update([change.entity for change in changes if not change.is_new], FACTS, BATCH)
    aliases = [aliases_of(change) for change in changes]
    Alias.objects.bulk_create([alias for gained in aliases for alias in gained], batch_size=BATCH)
    acts = [
        Curation(
            act=Curation.Act.IMPORT,
            entity=change.entity,
            by=by,
            reason=reason,
            detail=detail_of(change, gained) | whole,
        )
        for change, gained in zip(changes, aliases, strict=True)
    ]
    Curation.objects.bulk_create(acts, batch_size=BATCH)
    tell_index(naming([change.entity for change in changes if change.facts and not change.is_new]))


def aliases_of(change: Change) -> list[Alias]:
    """Return the names that an entity gains, among them the one that it had: texts go on using it."""
    aliases = [
        Alias(
            entity=change.entity, language=language, text=text, kind=change.sorts.get((language, text), kind_of(text))
        )
        for language, text in change.aliases
    ]
    former, _ = change.facts.get("name", ("", ""))
    if former and not change.entity.aliases.filter(text=former, language__in=("", "en")).exists():
        aliases.append(Alias(entity=change.entity, text=former, kind=Alias.Kind.FORMER))
    return aliases


def detail_of(change: Change, gained: list[Alias]) -> dict:
    """Return what the history keeps of a change: how it is told, and what it takes to undo it."""
    facts = {name: [as_kept(before), as_kept(after)] for name, (before, after) in change.facts.items()}
    aliases = [[alias.pk, alias.text] for alias in gained]
    told = {"name": change.entity.name, "changed": change.told}
    return told | {"made": change.is_new, "facts": facts, "aliases": aliases}


def as_kept(value):
    """Return a fact as the history keeps it: of a country its key."""
    return value.pk if isinstance(value, Entity) else value


def write_rules(rules: list[Rule], whole: dict, *, by, reason: str) -> None:
    for rule in rules:
        rule.by, rule.reason = by, rule.reason or reason
    Rule.objects.bulk_create(rules, batch_size=BATCH)
    Curation.objects.bulk_create(
        [
            Curation(
                act=Curation.Act.RULE,
                rule=rule,
                entity=rule.entity,
                by=by,
                reason=reason,
                detail=content_of(rule) | whole,
            )
            for rule in rules
        ],
        batch_size=BATCH,
    )


def naming(entities: list[Entity]) -> set[int]:
    """Return the keys of the turns whose documents name these entities."""
    keys = [entity.pk for entity in entities]
    return {turn for some in in_batches(keys) for turn in Turn.objects.naming(some)}
