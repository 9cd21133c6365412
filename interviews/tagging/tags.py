"""What readers see as the tags of a turn: what curators decided, else what the tagger marked and is sure enough of.

Of several decisions the one about the fewest words counts: on one occurrence, on all such words of the turn, on the
whole turn. `TurnQuerySet.mentioning` says the same to the database.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from interviews.models import Decision, Entity, Mention, Turn

from .places import occurrences_of, places_of
from .tagger import COUNTS_FROM

Decided = dict[tuple[int, str, int], Decision]


class Mark(NamedTuple):
    """Words of a turn that stand for an entity: text[start:end].

    `mention` is what the tagger found there, None where only a curator did; `decision` what a curator said of it.
    """

    start: int
    end: int
    entity: Entity
    mention: Mention | None = None
    decision: Decision | None = None


def tags_of(turn: Turn) -> list[Entity]:
    """Return the entities a turn is tagged with, in the order of their first mention; curators' additions last.

    Many turns are asked for with `with_tags()`.
    """
    decided = decided_on(decisions_of(turn))
    meant = (entity_meant(mention, decided) for mention in mentions_of(turn))
    added = (d.replacement or d.entity for d in decided.values() if d.verdict != Decision.Verdict.REJECT)
    return list(dict.fromkeys(entity for entity in (*meant, *added) if entity))


def marks_of(turn: Turn) -> list[Mark]:
    """Return the words of a turn that stand for an entity, in their order, of those at one place the longest first.

    Marks may lie within one another, as the country in “Libyan National Army”. A tag that a curator gave to the whole
    turn has none.
    """
    return marks_among(turn, mentions_of(turn), decided_on(decisions_of(turn)))


def marks_among(turn: Turn, mentions: Iterable[Mention], decided: Decided) -> list[Mark]:
    """Return the marks that these mentions and decisions give a turn, as `marks_of` does those that it has."""
    marks = {}
    for mention in mentions:
        if entity := entity_meant(mention, decided):
            place = mention.start, mention.end
            marks[*place, entity.pk] = Mark(*place, entity, mention, deciding(mention, decided))
    for mark in marks_by_hand(turn, decided):
        marks.setdefault((mark.start, mark.end, mark.entity.pk), mark)
    return sorted(marks.values(), key=lambda mark: (mark.start, -mark.end))


def marks_by_hand(turn: Turn, decided: Decided) -> Iterator[Mark]:
    """Yield the words that curators gave an entity, whether or not the tagger found them."""
    for (entity, surface, occurrence), decision in decided.items():
        if not surface or decision.verdict == Decision.Verdict.REJECT:
            continue
        if occurrence:
            places = [(n, at) for n, at in enumerate(places_of(turn.text, surface), 1) if n == occurrence]
        else:
            # Where something was said of one of these words alone, that counts.
            places = [(n, at) for n, at in occurrences_of(turn.text, surface) if (entity, surface, n) not in decided]
        for _, start in places:
            yield Mark(start, start + len(surface), decision.replacement or decision.entity, None, decision)


def decided_on(decisions: Iterable[Decision]) -> Decided:
    """Return decisions on one turn by what they speak of: entity, surface and occurrence."""
    return {(d.entity_id, d.surface, d.occurrence): d for d in decisions}


def deciding(mention: Mention, decided: Decided) -> Decision | None:
    """Return the decision that settles a mention: the one about the fewest words; None where there is none."""
    entity, surface = mention.entity_id, mention.surface
    found = (decided.get(key) for key in ((entity, surface, mention.occurrence), (entity, surface, 0), (entity, "", 0)))
    return next(filter(None, found), None) if decided else None


def entity_meant(mention: Mention, decided: Decided) -> Entity | None:
    """Return what a mention stands for, given the decisions on its turn; None where it stands for nothing."""
    decision = deciding(mention, decided)
    if decision is None:
        counts = mention.confidence >= COUNTS_FROM and not (mention.rule_id and is_settled(mention, decided))
        return mention.entity if counts else None
    if decision.verdict == Decision.Verdict.REJECT:
        return None
    return decision.replacement or mention.entity


def is_settled(mention: Mention, decided: Decided) -> bool:
    """Whether a curator gave the words of a mention a meaning: then no rule gives them another."""
    return any(
        surface == mention.surface and occurrence in (0, mention.occurrence) and d.verdict != Decision.Verdict.REJECT
        for (_, surface, occurrence), d in decided.items()
    )


def mentions_of(turn: Turn) -> Iterable[Mention]:
    """Return the mentions of a turn: those fetched by `with_tags()`, else as they are now."""
    return turn.fetched_mentions if hasattr(turn, "fetched_mentions") else turn.mentions.all()


def decisions_of(turn: Turn) -> Iterable[Decision]:
    """Return the decisions on a turn: those fetched by `with_tags()`, else as they are now."""
    return turn.fetched_decisions if hasattr(turn, "fetched_decisions") else turn.decisions.all()
