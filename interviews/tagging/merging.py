"""Two entries that are one: the survivor takes over all that speaks of the other, whose address leads to it.

What was moved is kept with the merge, so that it can be moved back: `parting` does that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

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

from .batches import BATCH, in_batches
from .deciding import Target, delete_all, said_by, tell_index
from .history import record
from .link import PLACE, SAID
from .names import forget
from .retagging import retag_soon
from .rulebook import Rulebook
from .rules import apply_to, turns_of

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
# What the documents of all who name the survivor say of it.
INDEXED = ("iso_code", "country_id")


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
    gained = names_gained(survivor, merged)
    before = indexed(survivor)
    identity = take_identity(survivor, merged)
    turns = turns_naming(merged, *([survivor] if indexed(survivor) != before else []))
    moved = {
        "identity": identity,
        "aliases": [alias.pk for alias in gained if alias.pk],
        "decisions": move_decisions(survivor, merged),
        **{name: move(model, column, survivor, merged) for name, (model, column) in REFERRING.items()},
    }
    Alias.objects.filter(pk__in=moved["aliases"]).update(entity=survivor)
    moved["names"] = [alias.pk for alias in Alias.objects.bulk_create(alias for alias in gained if not alias.pk)]
    moved |= move_mentions(survivor, merged)
    merged.merged_into = survivor
    merged.save(update_fields=["merged_into"])
    forget()
    apply_rules([survivor], turns_of_doubles(moved))
    moved["last_mention"] = Mention.objects.aggregate(last=Max("pk", default=0))["last"]
    done = Merge.objects.create(survivor=survivor, merged=merged, by=by, reason=reason, moved=moved)
    record(Curation.Act.MERGE, by=by, reason=reason, entity=survivor, other=merged, merge=done)
    tell_index(turns)
    retag_soon(interviews_of(moved["people"]))
    return done


def indexed(entity: Entity) -> tuple:
    return tuple(getattr(entity, name) for name in INDEXED)


def turns_naming(*entities: Entity) -> set[int]:
    """Return the keys of the turns whose documents say something of these entities, or of who is at home there."""
    keys = [entity.pk for entity in entities]
    return set(Turn.objects.naming([*keys, *Entity.objects.filter(country__in=keys).values_list("pk", flat=True)]))


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


def move(model, column: str, survivor: Entity, merged: Entity) -> list[int]:
    """Let rows that refer to the merged refer to the survivor; return their keys."""
    rows = model.objects.filter(**{column: merged})
    keys = list(rows.values_list("pk", flat=True))
    rows.update(**{column: survivor})
    return keys


def move_mentions(survivor: Entity, merged: Entity) -> dict:
    """Give the survivor the mentions of the merged; where both have one at the same place the surer stays.

    Returns what it takes to part them: "mentions", (key, key of the turn) of those that were moved; "doubles", of each
    place where both stood the key of the row that stays, and what both said.
    """
    kept = mentions_beside(survivor, merged)
    doubles = mentions_beside(merged, survivor)
    for some in in_batches(double.pk for double in doubles.values()):
        Mention.objects.filter(pk__in=some).delete()
    moved = Mention.objects.filter(entity=merged)
    keys = list(moved.values_list("pk", "turn"))
    moved.update(entity=survivor)
    for place, double in doubles.items():
        if (double.found_with or 0) > (kept[place].found_with or 0):
            surer = facts_of(double) | {"entity_id": survivor.pk}
            Mention.objects.filter(pk=kept[place].pk).update(**surer)
    return {
        "mentions": keys,
        "doubles": [{"kept": kept[at].pk, "rows": [facts_of(kept[at]), facts_of(doubles[at])]} for at in doubles],
    }


def mentions_beside(entity: Entity, other: Entity) -> dict[tuple[int, int, int], Mention]:
    """Return {(turn, start, end): mention of an entity} where another is mentioned by the same words."""
    same = {name: OuterRef(name) for name in ("turn", "start", "end")}
    found = Mention.objects.filter(Exists(Mention.objects.filter(entity=other, **same)), entity=entity)
    return {(mention.turn_id, mention.start, mention.end): mention for mention in found}


def facts_of(mention: Mention) -> dict:
    return {name: getattr(mention, name) for name in (*PLACE, *SAID)}


def turns_of_doubles(moved: dict) -> set[int]:
    return {row["turn_id"] for double in moved.get("doubles", ()) for row in double["rows"]}


def apply_rules(entities: Iterable[Entity], turns: Iterable[int]) -> None:
    """Let rules hold where the words of those of these entities stand, and in these turns."""
    book = Rulebook.of_all()
    for rule in Rule.objects.filter(entity__in=entities):
        apply_to(turns_of(rule), book)
    for some in in_batches(turns):
        apply_to(Turn.objects.filter(pk__in=some).select_related("interview", "participation").with_tags(), book)


def move_decisions(survivor: Entity, merged: Entity) -> list[dict]:
    """Let decisions speak of the survivor; return them as they were. Its own about the same words stays: `beside`."""
    decisions = list(Decision.objects.filter(Q(entity=merged) | Q(replacement=merged)))
    on_survivor = Decision.objects.filter(entity=survivor, turn__in=[decision.turn_id for decision in decisions])
    taken = {Target.of(decision): decision.pk for decision in on_survivor}
    before, kept, dropped = [], [], []
    for decision in decisions:
        target = Target.of(decision)
        beside = taken.get(target._replace(entity_id=survivor.pk)) if decision.entity_id == merged.pk else None
        before.append(target._asdict() | {"pk": decision.pk, "said": said_by(decision), "beside": beside})
        if beside:
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


def interviews_of(participations: list[int]) -> list[int]:
    """Return the keys of the interviews in which somebody takes part."""
    return list(Participation.objects.filter(pk__in=participations).values_list("interview", flat=True))
