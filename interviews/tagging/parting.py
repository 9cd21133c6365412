"""A merge undone: what was moved goes back as it was, and nothing is tagged anew but what changed meanwhile."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from interviews.models import Alias, Curation, Decision, Entity, Interview, Mention, Merge, Turn
from interviews.wording import counted

from .batches import BATCH, in_batches
from .deciding import Target, as_it_was, tell_index
from .history import mark_undone, record
from .merging import (
    FILLED,
    IDENTITY,
    REFERRING,
    MergeError,
    apply_rules,
    indexed,
    interviews_of,
    locked,
    turns_naming,
    turns_of_doubles,
)
from .names import forget
from .retagging import interviews_mentioning, retag_soon

VOUCHING = (Curation.Act.EDIT, Curation.Act.ALIAS, Curation.Act.IMPORT)


@transaction.atomic
def undo_merge(curation: Curation, *, by, reason: str = "") -> list[str]:
    """Part again what an act merged; return in words what came to the survivor since. Raises AlreadyUndoneError."""
    mark_undone(curation, by=by)
    return undo(curation.merge, by=by, reason=reason)


@transaction.atomic
def undo(merge: Merge, *, by, reason: str = "") -> list[str]:
    """Give back what a merge moved, as far as it is still there; what came to the survivor since stays with it.

    Returns that in words. Raises MergeError where the survivor itself was merged since, or the merge undone.
    """
    survivor, merged = locked(merge.survivor, merge.merged)
    if merged.merged_into_id != survivor.pk:
        raise MergeError(f"“{merged}” is not merged into “{survivor}” any more.")
    moved, before = merge.moved, indexed(survivor)
    merged.merged_into = None
    give_identity_back(merge, survivor, merged)
    for name, (model, column) in REFERRING.items():
        model.objects.filter(pk__in=moved[name], **{column: survivor}).update(**{column: merged})
    Alias.objects.filter(pk__in=moved["names"], entity=survivor).delete()
    Alias.objects.filter(pk__in=moved["aliases"], entity=survivor).update(entity=merged)
    give_decisions_back(merge)
    changed = give_mentions_back(merge)
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    record(Curation.Act.UNMERGE, by=by, reason=reason, entity=survivor, other=merged, merge=merge)
    forget()
    apply_rules([survivor, merged], turns_of_doubles(moved))
    tell_index(turns_naming(merged, *([survivor] if indexed(survivor) != before else [])))
    retag_soon(changed.union(interviews_of(moved["people"])))
    return decided_since(merge)


def give_identity_back(merge: Merge, survivor: Entity, merged: Entity) -> None:
    """Undo `take_identity`, but for facts of the survivor that somebody has changed since."""
    before, taken = merge.moved["identity"]["survivor"], merge.moved["identity"]["merged"]
    for name, value in before.items():
        if name not in FILLED or getattr(survivor, name) == taken[name]:
            setattr(survivor, name, value)
    for name in (*IDENTITY, "said"):
        setattr(merged, name, taken[name])
    survivor.verified = survivor.verified or is_vouched_for_since(merge)
    survivor.save()
    merged.save()


def is_vouched_for_since(merge: Merge) -> bool:
    """Whether somebody confirmed or changed the survivor since a merge, which vouched for it."""
    decisions = Decision.objects.filter(at__gt=merge.at)
    confirmed = Q(entity=merge.survivor, verdict=Decision.Verdict.CONFIRM) | Q(replacement=merge.survivor)
    acts = Curation.objects.filter(entity=merge.survivor, at__gt=merge.at, undone_at=None, act__in=VOUCHING)
    return decisions.filter(confirmed).exists() or acts.exists()


def give_decisions_back(merge: Merge) -> None:
    """Let decisions be what they were before a merge, but for those that were changed or taken back since."""
    before = merge.moved["decisions"]
    present = Decision.objects.in_bulk([entry["pk"] for entry in before])
    rows = []
    for entry in before:
        if entry["pk"] in present:
            rows.append(as_it_was(target_in(entry), entry["said"]))
            rows[-1].pk = entry["pk"]
    Decision.objects.bulk_update(rows, ["entity", "replacement", "verdict"], BATCH)
    dropped = decisions_dropped(merge, [entry for entry in before if entry.get("beside")])
    Decision.objects.bulk_create(dropped, BATCH, ignore_conflicts=True)


def decisions_dropped(merge: Merge, entries: list[dict]) -> Iterator[Decision]:
    """Yield decisions as they were, on the words on which the survivor's own about the same is by now.

    Where that is no more, and the text another, nobody knows which words those were.
    """
    besides = Decision.objects.in_bulk([entry["beside"] for entry in entries])
    turns = Turn.objects.filter(pk__in=[entry["turn_id"] for entry in entries], changed_at__lte=merge.at)
    unchanged = set(turns.values_list("pk", flat=True))
    for entry in entries:
        if beside := besides.get(entry["beside"]):
            yield as_it_was(Target.of(beside)._replace(entity_id=entry["entity_id"]), entry["said"])
        elif entry["turn_id"] in unchanged:
            yield as_it_was(target_in(entry), entry["said"])


def target_in(entry: dict) -> Target:
    return Target(**{name: entry[name] for name in Target._fields})


def give_mentions_back(merge: Merge) -> set[int]:
    """Give the merged its mentions again; return the keys of the interviews that must be tagged anew.

    Those are where a text changed since, or a mention came or went: what the tagger finds there for two entities
    nobody knows. A merge that did not note its mentions yet has all that mention the survivor.
    """
    survivor, moved = merge.survivor, merge.moved
    if "mentions" not in moved:
        return interviews_mentioning(survivor)
    turns = dict(moved["mentions"])
    kept = {double["kept"]: double for double in moved["doubles"]}
    there = still_there(merge, [*turns, *kept])
    for some in in_batches(turns.keys() & there):
        Mention.objects.filter(pk__in=some).update(entity=merge.merged)
    write_doubles([double for key, double in kept.items() if key in there])
    turns |= {key: double["rows"][0]["turn_id"] for key, double in kept.items()}
    gone = {turn for key, turn in turns.items() if key not in there} | shared_with_others(merge)
    return interviews_holding_turns(gone) | changed_since(merge, turns.values()) | mentioned_since(merge)


def still_there(merge: Merge, keys: list[int]) -> set[int]:
    """Return those of these mentions that the survivor still has, in texts that nobody changed since the merge.

    A turn that is gone keeps its last text, and nobody tags it anew.
    """
    is_same = Q(turn__changed_at__lte=merge.at) | ~Q(turn__status=Turn.Status.CURRENT)
    mentions = Mention.objects.filter(is_same, entity=merge.survivor)
    return {key for some in in_batches(keys) for key in mentions.filter(pk__in=some).values_list("pk", flat=True)}


def write_doubles(doubles: list[dict]) -> None:
    """Write the two mentions that stood at one place as the tagger found them; rules are applied afterwards."""
    for double in doubles:
        own, other = map(as_found, double["rows"])
        Mention.objects.filter(pk=double["kept"]).update(**own)
        Mention.objects.create(**other)


def as_found(facts: dict) -> dict:
    return facts | {"rule_id": None, "confidence": facts["found_with"] or 0}


def shared_with_others(merge: Merge) -> set[int]:
    """Return the keys of the turns where another merge found the words of one of its mentions taken by this merge's."""
    own = {key for key, _ in merge.moved["mentions"]}
    others = Merge.objects.filter(survivor=merge.survivor, undone_at=None).exclude(pk=merge.pk)
    doubles = [double for other in others for double in other.moved.get("doubles", ())]
    return {double["rows"][0]["turn_id"] for double in doubles if double["kept"] in own}


def interviews_holding_turns(turns: set[int]) -> set[int]:
    rows = Turn.objects.order_by()
    return {key for some in in_batches(turns) for key in rows.filter(pk__in=some).values_list("interview", flat=True)}


def changed_since(merge: Merge, turns: Iterable[int]) -> set[int]:
    """Return the keys of the interviews of these turns in which anything changed since a merge."""
    found = set()
    for some in in_batches(interviews_holding_turns(set(turns))):
        own = Turn.objects.order_by().filter(interview__in=some, changed_at__gt=merge.at)
        found.update(own.values_list("interview", flat=True))
        found.update(Interview.objects.filter(pk__in=some, changed_at__gt=merge.at).values_list("pk", flat=True))
    return found


def mentioned_since(merge: Merge) -> set[int]:
    """Return the keys of the interviews in which a program found the survivor since a merge."""
    since = Mention.objects.filter(entity=merge.survivor, pk__gt=merge.moved["last_mention"])
    return set(since.order_by().values_list("turn__interview", flat=True))


def decided_since(merge: Merge) -> list[str]:
    """Say how many decisions were made since a merge where the merged is mentioned: they were about the survivor."""
    since = Decision.objects.filter(entity=merge.survivor, at__gt=merge.at, turn__mentions__entity=merge.merged)
    if count := since.distinct().count():
        return [f"{counted(count, 'decision')} since the merge, about “{merge.survivor}”"]
    return []
