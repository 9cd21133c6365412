"""What curators decide about the tags of turns. A decision is final: no program changes it.

A decision speaks of one occurrence of some words, of all these words in a turn, or of the whole turn.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from interviews.models import Curation, Decision, Entity, Mention, Turn
from interviews.search.index.upkeep import record_changes

from .confirming import no_longer_vouch_for, vouch_for
from .history import mark_undone, record
from .tags import decided_on, deciding

BATCH = 500
AT_ONCE = 20  # turns whose documents a person can wait for
ANYTHING = object()


class DecidedMeanwhileError(Exception):
    """Another curator was quicker: `decision` is what holds now, None where the one that was seen is gone."""

    def __init__(self, decision: Decision | None):
        who = (decision and decision.by) or "Somebody"
        what = f"decided “{decision}”" if decision else "took the decision back"
        super().__init__(f"{who} {what} meanwhile.")
        self.decision = decision


class Target(NamedTuple):
    """What a decision speaks of."""

    turn_id: int
    entity_id: int
    surface: str = ""
    occurrence: int = 0

    @classmethod
    def of(cls, about: Mention | Decision) -> "Target":
        return cls(about.turn_id, about.entity_id, about.surface, about.occurrence)

    @property
    def words(self) -> tuple[int, str, int]:
        return self.entity_id, self.surface, self.occurrence


def confirm(*, by, **about) -> Decision:
    """Say that a turn, or some words of it, speaks of an entity, whether or not the tagger found it.

    `about`: as for `decide`.
    """
    return decide(verdict=Decision.Verdict.CONFIRM, by=by, **about)


def reject(*, by, **about) -> Decision:
    """Say that a turn, or some words of it, does not speak of an entity. `about`: as for `decide`."""
    return decide(verdict=Decision.Verdict.REJECT, by=by, **about)


def replace(*, by, replacement: Entity, **about) -> Decision:
    """Say that what was tagged as one entity is another. `about`: as for `decide`."""
    return decide(verdict=Decision.Verdict.REPLACE, replacement=replacement, by=by, **about)


def decide(
    *, verdict: str, by, replacement: Entity | None = None, reason: str = "", seen=ANYTHING, **about
) -> Decision:
    """Write a decision in place of an earlier one about the same, and tell the search index.

    `about`: a mention, or a turn, an entity and, unless the whole turn is meant, a surface (and occurrence). `seen`:
    the key of the decision that the curator saw to hold, or None; where another holds by now, raises
    DecidedMeanwhileError, and both curators are told. Raises ValueError where an entity is replaced by itself.
    """
    target = target_of(**about)
    if replacement and replacement.pk == target.entity_id:
        raise ValueError("An entity cannot be replaced by itself; confirm it instead.")
    word = {"verdict": verdict, "replacement": replacement, "by": by, "reason": reason}
    try:
        with transaction.atomic():
            before = decisions_on({target.turn_id})
            check_seen(target, before, seen)
            [decision] = write([target], before, **word)
    except DecidedMeanwhileError as error:
        tell_of_contest(target, error.decision, **word)
        raise
    return decision


def target_of(
    *,
    mention: Mention | None = None,
    turn: Turn | None = None,
    entity: Entity | None = None,
    surface: str = "",
    occurrence: int = 0,
) -> Target:
    return Target.of(mention) if mention else Target(turn.pk, entity.pk, surface, occurrence)


def decide_all(
    mentions: Iterable[Mention], verdict: str, *, by, replacement: Entity | None = None, reason: str = ""
) -> int:
    """Decide many mentions alike, and return the number of decisions.

    The index follows without the person waiting where they are many.
    """
    targets = list(dict.fromkeys(Target.of(mention) for mention in mentions))
    targets = [target for target in targets if not replacement or target.entity_id != replacement.pk]
    with transaction.atomic():
        before = decisions_on({target.turn_id for target in targets})
        write(targets, before, verdict=verdict, replacement=replacement, by=by, reason=reason)
    return len(targets)


@transaction.atomic
def withdraw(decisions: Iterable[Decision], *, by, reason: str = "") -> None:
    """Take decisions back: what the tagger found counts again."""
    by_entity = defaultdict(list)
    for decision in decisions:
        by_entity[decision.entity_id].append(decision)
    for entity, decided in by_entity.items():
        detail = {"decisions": [entry_of(Target.of(decision), None, decision) for decision in decided]}
        turn = decided[0].turn_id if len(decided) == 1 else None
        record(Curation.Act.UNDO, by=by, reason=reason, entity_id=entity, turn_id=turn, detail=detail)
        Decision.objects.filter(pk__in=[decision.pk for decision in decided]).delete()
    tell_index({decision.turn_id for decided in by_entity.values() for decision in decided})


@transaction.atomic
def undo_decisions(curation: Curation, *, by, reason: str = "") -> None:
    """Let what was decided before an act hold again; what somebody has decided since stays.

    Raises AlreadyUndoneError.
    """
    mark_undone(curation, by=by)
    entries = curation.detail["decisions"]
    present = decisions_on({entry["turn"] for entry in entries})
    gone, restored = [], []
    for entry in entries:
        target = Target(entry["turn"], curation.entity_id, entry["surface"], entry["occurrence"])
        decision = present.get(target.turn_id, {}).get(target.words)
        if (decision and decision.pk) == entry["now"]:
            gone += [decision.pk] if decision else []
            restored += [as_it_was(target, entry["before"])] if entry["before"] else []
    delete_all(gone)
    Decision.objects.bulk_create(restored, batch_size=BATCH)
    record(
        Curation.Act.UNDO, by=by, reason=reason, entity=curation.entity, turn=curation.turn, detail={"of": curation.pk}
    )
    no_longer_vouch_for(curation)
    tell_index({entry["turn"] for entry in entries})


def decisions_on(turns: set[int]) -> dict[int, dict]:
    """Return {turn: its decisions by what they speak of}, and let no one else decide on these turns meanwhile."""
    found, keys = defaultdict(list), sorted(turns)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        list(Turn.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
        for decision in Decision.objects.filter(turn__in=some).select_related("by"):
            found[decision.turn_id].append(decision)
    return {turn: decided_on(decisions) for turn, decisions in found.items()}


def check_seen(target: Target, before: dict[int, dict], seen) -> None:
    """Raise DecidedMeanwhileError where not the decision that was seen holds for a target."""
    if seen is ANYTHING:
        return
    holding = deciding(Mention(**target._asdict()), before.get(target.turn_id, {}))
    if (holding and holding.pk) != seen:
        raise DecidedMeanwhileError(holding)


def write(targets: list[Target], before: dict[int, dict], *, verdict, replacement, by, reason) -> list[Decision]:
    """Write one word on many targets, with its place in the history, and tell the search index.

    Who says what words mean vouches for that.
    """
    given = {"verdict": verdict, "replacement": replacement, "by": by, "reason": reason, "at": timezone.now()}
    former = [before.get(target.turn_id, {}).get(target.words) for target in targets]
    delete_all([decision.pk for decision in former if decision])
    decisions = Decision.objects.bulk_create(
        [Decision(**target._asdict(), **given) for target in targets], batch_size=BATCH
    )
    is_confirmed = verdict == Decision.Verdict.CONFIRM
    meant = {target.entity_id for target in targets} if is_confirmed else {replacement.pk} if replacement else set()
    vouched = vouch_for(meant)
    acts = defaultdict(list)
    for target, decision, earlier in zip(targets, decisions, former, strict=True):
        overruled = earlier.by_id if earlier and earlier.by_id != (by and by.pk) else None
        acts[target.entity_id, overruled].append(entry_of(target, decision, earlier))
    Curation.objects.bulk_create(
        Curation(
            act=Curation.Act.DECIDE,
            entity_id=entity,
            other=replacement,
            turn_id=entries[0]["turn"] if len(entries) == 1 else None,
            overruled_id=overruled,
            detail={"verdict": verdict, "decisions": entries, "vouched": vouched},
            by=by,
            reason=reason,
        )
        for (entity, overruled), entries in acts.items()
    )
    tell_index({target.turn_id for target in targets})
    return decisions


def entry_of(target: Target, now: Decision | None, before: Decision | None) -> dict:
    """Return what the history keeps of one decision: what it spoke of, the row written, the word that held before."""
    entry = {"turn": target.turn_id, "surface": target.surface, "occurrence": target.occurrence}
    return entry | {"now": now and now.pk, "before": before and said_by(before)}


def said_by(decision: Decision) -> dict:
    names = ("verdict", "replacement_id", "by_id", "reason")
    return {name: getattr(decision, name) for name in names} | {"at": decision.at.isoformat()}


def as_it_was(target: Target, before: dict) -> Decision:
    return Decision(**target._asdict(), **before | {"at": datetime.fromisoformat(before["at"])})


def delete_all(keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        Decision.objects.filter(pk__in=keys[start : start + BATCH]).delete()


def tell_of_contest(target: Target, decision: Decision | None, *, verdict, replacement, by, reason) -> None:
    """Let the curator who was quicker know that another saw it otherwise."""
    overruled = decision.by if decision and decision.by != by else None
    entry = {"surface": target.surface, "occurrence": target.occurrence, "verdict": verdict}
    about = {"entity_id": target.entity_id, "turn_id": target.turn_id, "other": replacement, "overruled": overruled}
    record(Curation.Act.CONTEST, by=by, reason=reason, detail=entry, **about)


def tell_index(turns: set[int]) -> None:
    record_changes(sorted(turns), later=len(turns) > AT_ONCE)
