"""Decisions go with the words they are about, when the text of a turn changes, is split, or goes into another turn."""

from collections.abc import Iterable

from interviews.models import Curation, Decision, Mention, Turn

from .deciding import Target, delete_all, entry_of
from .places import places_of
from .words import words_of

BATCH = 500
AROUND = 200  # characters on each side by which the same words are told apart
ASIDE = 1_000_000  # no turn holds so many: a decision waits there while others change places
LOST = "The words are no longer in the text."


def follow(moves: dict[int, list[Turn]], texts: dict[int, str]) -> None:
    """Let decisions go to where their words are now.

    `moves`: {key of a turn: the turns that hold its words now, itself or others}; `texts`: {key: its text before}.
    To be called before the tagger marks the new texts: the old mentions tell where the words of a tag stood. Where a
    turn has its own decision about the same that one stays; a confirmation wins. A decision on words that are gone is
    taken back, and the history says so.
    """
    targets = {row.pk for rows in moves.values() for row in rows}
    decisions = list(Decision.objects.filter(turn__in=moves.keys() | targets).order_by("at", "pk"))
    surfaces = surfaces_of([decision for decision in decisions if decision.turn_id in moves])
    led: dict[Target, Decision] = {}
    for decision in sorted(decisions, key=lambda decision: decision.turn_id not in targets):
        for target in places_for(decision, moves, texts, surfaces):
            own = led.get(target)
            if own is None or (decision.verdict == Decision.Verdict.CONFIRM != own.verdict):
                led[target] = decision
    write(decisions, led)


def places_for(decision: Decision, moves: dict, texts: dict, surfaces: dict) -> list[Target]:
    """Return what a decision speaks of after the change; nothing where its words are gone."""
    target = Target.of(decision)
    if decision.turn_id not in moves:
        return [target]
    rows = moves[decision.turn_id]
    if not decision.surface:
        words = surfaces.get((decision.turn_id, decision.entity_id), ())
        holding = [row for row in rows if any(word in row.text for word in words)] or rows[:1]
        return [target._replace(turn_id=row.pk) for row in holding]
    if not decision.occurrence:
        return [target._replace(turn_id=row.pk) for row in rows if decision.surface in row.text]
    place = moved_places(texts[decision.turn_id], decision.surface, rows).get(decision.occurrence)
    return [target._replace(turn_id=place[0], occurrence=place[1])] if place else []


def surfaces_of(decisions: Iterable[Decision]) -> dict[tuple[int, int], set[str]]:
    """Return {(turn, entity): the words by which the tagger found it} for decisions on whole turns."""
    found: dict[tuple[int, int], set[str]] = {}
    turns = {decision.turn_id for decision in decisions if not decision.surface}
    for mention in Mention.objects.filter(turn__in=turns):
        found.setdefault((mention.turn_id, mention.entity_id), set()).add(mention.surface)
    return found


def moved_places(before: str, surface: str, rows: list[Turn]) -> dict[int, tuple[int, int]]:
    """Return {occurrence in a text before: (turn, occurrence in it)}: each goes where the words around it are.

    Where nothing around is the same, an occurrence keeps its count, if they are as many as before.
    """
    old = list(enumerate(places_of(before, surface), 1))
    new = [(row, number, at) for row in rows for number, at in enumerate(places_of(row.text, surface), 1)]
    likenesses = sorted(
        (
            (-likeness(before, was, row.text, at, len(surface)), abs(index - count), count, index)
            for index, (row, _, at) in enumerate(new, 1)
            for count, was in old
        ),
    )
    found, taken = {}, set()
    for unlike, apart, count, index in likenesses:
        if count in found or index in taken or (not unlike and (apart or len(old) != len(new))):
            continue
        found[count] = (new[index - 1][0].pk, new[index - 1][1])
        taken.add(index)
    return found


def likeness(before: str, was: int, after: str, at: int, length: int) -> int:
    """Return how many words before and after two places are the same, without a gap."""
    left = zip(
        reversed(words_of(before[max(was - AROUND, 0) : was])),
        reversed(words_of(after[max(at - AROUND, 0) : at])),
        strict=False,
    )
    right = zip(
        words_of(before[was + length : was + length + AROUND]),
        words_of(after[at + length : at + length + AROUND]),
        strict=False,
    )
    return run_of_same(left) + run_of_same(right)


def run_of_same(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def write(decisions: list[Decision], led: dict[Target, Decision]) -> None:
    """Write where decisions lead: the first place has the row itself, further ones copies; what leads nowhere goes."""
    places: dict[int, list[Target]] = {}
    for target, decision in led.items():
        places.setdefault(decision.pk, []).append(target)
    forget_lost([decision for decision in decisions if decision.pk not in places])
    moving, copies = [], []
    for decision in decisions:
        own, targets = Target.of(decision), places.get(decision.pk, [])
        here = own if own in targets else next(iter(targets), own)
        copies += [Decision(**target._asdict(), **word_of(decision)) for target in targets if target != here]
        if here != own:
            moving.append((decision, here))
    move(moving)
    Decision.objects.bulk_create(copies, batch_size=BATCH)


def word_of(decision: Decision) -> dict:
    return {name: getattr(decision, name) for name in ("verdict", "replacement", "by", "at", "reason")}


def move(moving: list[tuple[Decision, Target]]) -> None:
    """Give decisions their new places, all aside first: one may go where another stood."""
    decisions = [decision for decision, _ in moving]
    for count, decision in enumerate(decisions):
        decision.surface, decision.occurrence = decision.surface or "?", ASIDE + count
    Decision.objects.bulk_update(decisions, ["surface", "occurrence"], BATCH)
    for decision, target in moving:
        decision.turn_id, decision.surface, decision.occurrence = target.turn_id, target.surface, target.occurrence
    Decision.objects.bulk_update(decisions, ["turn", "surface", "occurrence"], BATCH)


def forget_lost(decisions: list[Decision]) -> None:
    """Take decisions back that speak of nothing any more, or of what another speaks of; the history keeps them."""
    Curation.objects.bulk_create(
        Curation(
            act=Curation.Act.UNDO,
            entity_id=decision.entity_id,
            turn_id=decision.turn_id,
            reason=LOST,
            overruled_id=decision.by_id,
            detail={"decisions": [entry_of(Target.of(decision), None, decision)]},
        )
        for decision in decisions
    )
    delete_all([decision.pk for decision in decisions])
