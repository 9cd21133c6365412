"""What curators decide about the tags of turns. A decision is final: no program changes it."""

from collections.abc import Iterable

from django.db import transaction

from interviews.models import Decision, Entity, Mention, Turn
from interviews.search.index.upkeep import record_changes

BATCH = 500


def confirm(*, turn: Turn, entity: Entity, by, reason: str = "") -> Decision:
    """Say that a turn speaks of an entity, whether or not the tagger found it: so tags are added by hand too."""
    return decide(turn=turn, entity=entity, verdict=Decision.Verdict.CONFIRM, by=by, reason=reason)


def reject(*, turn: Turn, entity: Entity, by, reason: str = "") -> Decision:
    """Say that a turn does not speak of an entity."""
    return decide(turn=turn, entity=entity, verdict=Decision.Verdict.REJECT, by=by, reason=reason)


def replace(*, turn: Turn, entity: Entity, replacement: Entity, by, reason: str = "") -> Decision:
    """Say that what was tagged as one entity is another. Raises ValueError where both are the same."""
    if entity == replacement:
        raise ValueError("An entity cannot be replaced by itself; confirm it instead.")
    verdict = Decision.Verdict.REPLACE
    return decide(turn=turn, entity=entity, verdict=verdict, replacement=replacement, by=by, reason=reason)


@transaction.atomic
def decide(
    *, turn: Turn, entity: Entity, verdict: str, by, replacement: Entity | None = None, reason: str = ""
) -> Decision:
    """Write the one decision on an entity in a whole turn, in place of an earlier one, and tell the search index."""
    decision, _ = Decision.objects.update_or_create(
        turn=turn,
        entity=entity,
        surface="",
        occurrence=0,
        defaults={"verdict": verdict, "replacement": replacement, "by": by, "reason": reason},
    )
    record_changes([turn.pk])
    return decision


@transaction.atomic
def decide_all(mentions: Iterable[Mention], verdict: Decision.Verdict, *, by) -> int:
    """Confirm or reject the tags that these mentions give, and return the number of tags.

    A tag is an entity in a turn, however often it is mentioned there.
    """
    tags = sorted({(mention.turn_id, mention.entity_id) for mention in mentions})
    Decision.objects.bulk_create(
        [Decision(turn_id=turn, entity_id=entity, verdict=verdict, by=by) for turn, entity in tags],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["turn", "entity", "surface", "occurrence"],
        update_fields=["verdict", "replacement", "by", "at", "reason"],
    )
    record_changes(sorted({turn for turn, _ in tags}))
    return len(tags)


@transaction.atomic
def undo(decisions: Iterable[Decision]) -> None:
    """Take decisions back: what the tagger found counts again."""
    decisions = list(decisions)
    Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).delete()
    record_changes(sorted({decision.turn_id for decision in decisions}))
