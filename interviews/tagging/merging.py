"""Two entries that are one: the survivor takes over all that speaks of the other, whose address leads to it.

What was moved is kept with the merge, so that it can be moved back.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from interviews.models import (
    Alias,
    Curation,
    Decision,
    Entity,
    FormerAddress,
    Interview,
    Mention,
    Merge,
    Participation,
    Rule,
    Turn,
)

from .deciding import Target, as_it_was, delete_all, said_by, tell_index
from .history import mark_undone, record
from .names import forget
from .retagging import interviews_mentioning, retag_soon
from .rulebook import Rulebook
from .rules import apply_to, turns_of

BATCH = 500
# What refers to an entity by one column, and goes to the survivor as it is.
REFERRING = {
    "rules": (Rule, "entity"),
    "rules_of_speaker": (Rule, "speaker"),
    "people": (Participation, "person"),
    "asking": (Participation, "outlet"),
    "interviews": (Interview, "outlet"),
    "at_home": (Entity, "country"),
    "addresses": (FormerAddress, "entity"),
    "merged_before": (Entity, "merged_into"),
}
# What the data files know an entity by: the survivor takes it over where it has none.
IDENTITY = ("key", "iso_code")
FILLED = ("wikidata", "country_id", "note")


class MergeError(ValueError):
    """These two cannot be merged; the message says why."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: the names that the survivor gains, and how many rows would go to it."""

    names: tuple[str, ...]
    mentions: int
    decisions: int
    rules: int
    participations: int
    interviews: int
    turns: int


def preview(*, survivor: Entity, merged: Entity) -> Preview:
    """Return what a merge would do. Raises MergeError."""
    check(survivor, merged)
    return Preview(
        names=tuple(alias.text for alias in names_gained(survivor, merged)),
        mentions=Mention.objects.filter(entity=merged).count(),
        decisions=Decision.objects.filter(Q(entity=merged) | Q(replacement=merged)).count(),
        rules=Rule.objects.filter(Q(entity=merged) | Q(speaker=merged)).count(),
        participations=Participation.objects.filter(Q(person=merged) | Q(outlet=merged)).count(),
        interviews=Interview.objects.filter(outlet=merged).count(),
        turns=len(Turn.objects.naming([merged.pk])),
    )


@transaction.atomic
def merge(*, survivor: Entity, merged: Entity, by, reason: str = "") -> Merge:
    """Let one entity take over all that speaks of another. Raises MergeError."""
    survivor, merged = locked(survivor, merged)
    check(survivor, merged)
    turns = Turn.objects.naming([merged.pk])
    gained = names_gained(survivor, merged)
    rules = list(Rule.objects.filter(entity=merged))
    moved = {
        "identity": take_identity(survivor, merged),
        "aliases": [alias.pk for alias in gained if alias.pk],
        "decisions": move_decisions(survivor, merged),
        **{name: move(model, column, survivor, merged) for name, (model, column) in REFERRING.items()},
    }
    Alias.objects.filter(pk__in=moved["aliases"]).update(entity=survivor)
    moved["names"] = [alias.pk for alias in Alias.objects.bulk_create(alias for alias in gained if not alias.pk)]
    move_mentions(survivor, merged)
    merged.merged_into = survivor
    merged.save(update_fields=["merged_into"])
    done = Merge.objects.create(survivor=survivor, merged=merged, by=by, reason=reason, moved=moved)
    record(Curation.Act.MERGE, by=by, reason=reason, entity=survivor, other=merged, merge=done)
    forget()
    book = Rulebook.of_all()
    for rule in rules:
        apply_to(turns_of(rule), book)
    tell_index(set(turns))
    retag_soon(interviews_of(moved["people"]))
    return done


@transaction.atomic
def undo_merge(curation: Curation, *, by, reason: str = "") -> None:
    """Part again what an act merged. Raises AlreadyUndoneError."""
    mark_undone(curation, by=by)
    undo(curation.merge, by=by, reason=reason)


@transaction.atomic
def undo(merge: Merge, *, by, reason: str = "") -> None:
    """Give back what a merge moved, as far as it is still there; what came to the survivor since stays with it.

    Raises MergeError where the survivor itself was merged since, or the merge undone.
    """
    survivor, merged = locked(merge.survivor, merge.merged)
    if merged.merged_into_id != survivor.pk:
        raise MergeError(f"“{merged}” is not merged into “{survivor}” any more.")
    moved = merge.moved
    turns = Turn.objects.naming([survivor.pk])
    mentioned = interviews_mentioning(survivor)
    merged.merged_into = None
    give_identity_back(survivor, merged, moved["identity"])
    for name, (model, column) in REFERRING.items():
        model.objects.filter(pk__in=moved[name], **{column: survivor}).update(**{column: merged})
    Alias.objects.filter(pk__in=moved["names"], entity=survivor).delete()
    Alias.objects.filter(pk__in=moved["aliases"], entity=survivor).update(entity=merged)
    give_decisions_back(moved["decisions"])
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    record(Curation.Act.UNMERGE, by=by, reason=reason, entity=survivor, other=merged, merge=merge)
    forget()
    tell_index(set(turns))
    retag_soon(mentioned.union(interviews_of(moved["people"])))


def locked(*entities: Entity) -> list[Entity]:
    """Return these rows as they are now, and let no one else merge them meanwhile."""
    rows = {row.pk: row for row in Entity.objects.select_for_update().filter(pk__in=[e.pk for e in entities])}
    return [rows[entity.pk] for entity in entities]


def check(survivor: Entity, merged: Entity) -> None:
    if survivor.pk == merged.pk:
        raise MergeError("This is one and the same entry.")
    if survivor.kind != merged.kind:
        raise MergeError(f"“{merged}” is of another kind than “{survivor}”.")
    for entity in (survivor, merged):
        if entity.merged_into_id:
            raise MergeError(f"“{entity}” was merged into “{entity.merged_into}” already.")


def names_gained(survivor: Entity, merged: Entity) -> list[Alias]:
    """Return the aliases that the survivor gains; the name of the merged, not yet written, last."""
    known = {*survivor.aliases.values_list("text", "language"), (survivor.name, "en"), (survivor.name, "")}
    gained = [alias for alias in merged.aliases.all() if (alias.text, alias.language) not in known]
    texts = {text for text, _ in known} | {alias.text for alias in gained}
    return gained if merged.name in texts else [*gained, Alias(entity=survivor, text=merged.name)]


def take_identity(survivor: Entity, merged: Entity) -> dict:
    """Let the survivor be what the data files know, where it is not yet, and fill its gaps; return what was there."""
    names = (*IDENTITY, *FILLED, "said", "verified")
    before = {who: {name: getattr(row, name) for name in names} for who, row in both(survivor, merged)}
    takes_over = not (survivor.key or survivor.iso_code)
    for name in (*(IDENTITY if takes_over else ()), *FILLED):
        if not getattr(survivor, name):
            setattr(survivor, name, getattr(merged, name))
    if takes_over:
        merged.key, merged.iso_code, survivor.said, merged.said = "", "", merged.said, {}
    survivor.verified = True
    merged.save()
    survivor.save()
    return before


def both(survivor: Entity, merged: Entity) -> list[tuple[str, Entity]]:
    return [("survivor", survivor), ("merged", merged)]


def give_identity_back(survivor: Entity, merged: Entity, before: dict) -> None:
    """Undo `take_identity`, but for facts of the survivor that somebody has changed since."""
    taken = before["merged"]
    for name, value in before["survivor"].items():
        if name not in FILLED or getattr(survivor, name) == taken[name]:
            setattr(survivor, name, value)
    for name in (*IDENTITY, "said"):
        setattr(merged, name, taken[name])
    survivor.save()
    merged.save()


def move(model, column: str, survivor: Entity, merged: Entity) -> list[int]:
    """Let rows that refer to the merged refer to the survivor; return their keys."""
    rows = model.objects.filter(**{column: merged})
    keys = list(rows.values_list("pk", flat=True))
    rows.update(**{column: survivor})
    return keys


def move_mentions(survivor: Entity, merged: Entity) -> None:
    """Give the survivor the mentions of the merged, but where it is mentioned by the same words already."""
    mentions = Mention.objects.filter(entity=merged)
    same = {name: OuterRef(name) for name in ("turn", "start", "end")}
    mentions.filter(Exists(Mention.objects.filter(entity=survivor, **same))).delete()
    mentions.update(entity=survivor)


def move_decisions(survivor: Entity, merged: Entity) -> list[dict]:
    """Let decisions speak of the survivor; return them as they were. Its own about the same words stays."""
    decisions = list(Decision.objects.filter(Q(entity=merged) | Q(replacement=merged)))
    on_survivor = Decision.objects.filter(entity=survivor, turn__in=[decision.turn_id for decision in decisions])
    taken = {Target.of(decision) for decision in on_survivor}
    before, kept, dropped = [], [], []
    for decision in decisions:
        target = Target.of(decision)
        is_dropped = decision.entity_id == merged.pk and target._replace(entity_id=survivor.pk) in taken
        before.append(target._asdict() | {"pk": decision.pk, "said": said_by(decision), "dropped": is_dropped})
        if is_dropped:
            dropped.append(decision.pk)
        else:
            kept.append(led_to(survivor, merged, decision))
    delete_all(dropped)
    Decision.objects.bulk_update(kept, ["entity", "replacement", "verdict"], BATCH)
    return before


def led_to(survivor: Entity, merged: Entity, decision: Decision) -> Decision:
    """Return a decision that speaks of the survivor. That the one is the other is then no more than true."""
    if decision.entity_id == merged.pk:
        decision.entity = survivor
    if decision.replacement_id == merged.pk:
        decision.replacement = survivor
    if decision.replacement_id == decision.entity_id:
        decision.verdict, decision.replacement = Decision.Verdict.CONFIRM, None
    return decision


def give_decisions_back(before: list[dict]) -> None:
    """Let decisions be what they were before a merge, but for those that were changed or taken back since."""
    present = Decision.objects.in_bulk([entry["pk"] for entry in before])
    former = [(entry, as_it_was(target_in(entry), entry["said"])) for entry in before]
    rows = [row for entry, row in former if entry["pk"] in present]
    for entry, row in former:
        row.pk = entry["pk"] if entry["pk"] in present else None
    Decision.objects.bulk_update(rows, ["entity", "replacement", "verdict"], BATCH)
    Decision.objects.bulk_create([row for entry, row in former if entry["dropped"]], batch_size=BATCH)


def target_in(entry: dict) -> Target:
    return Target(**{name: entry[name] for name in Target._fields})


def interviews_of(participations: list[int]) -> list[int]:
    """Return the keys of the interviews in which somebody takes part."""
    return list(Participation.objects.filter(pk__in=participations).values_list("interview", flat=True))
