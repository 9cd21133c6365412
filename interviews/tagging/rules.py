"""Rules of curators: what they would change, and how they are made and removed.

A rule is applied to the mentions as the tagger found them, so nothing is tagged anew for it.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field

from django.db import transaction

from interviews.models import Curation, Mention, Rule, Turn
from interviews.models.curation import Verdict

from .deciding import tell_index
from .history import mark_undone, record
from .link import Differences, compared, write
from .queue import pending
from .rulebook import Rulebook, as_found
from .tags import Mark, decided_on, decisions_of, marks_among, mentions_of

BATCH = 500
EXAMPLES = 50
NOT_SAVED = -1  # in a preview mentions must tell that a rule made them
SCOPE = ("surface", "interview_id", "speaker_id")


class RuleClashError(ValueError):
    """Another rule says something of the same words in the same scope: `rule`."""

    def __init__(self, rule: Rule):
        super().__init__(f"There is a rule about “{rule.surface}” in this scope already; remove that one first.")
        self.rule = rule


@dataclass(slots=True)
class Preview:
    """What a rule would change for readers: how many marks in how many turns, and the first of them as examples.

    `unpublished`: how many of these marks no reader sees yet, or any more, as their interview is a draft or withdrawn;
    `settled`: how many names would wait no longer for a curator.
    """

    added: int = 0
    removed: int = 0
    turns: int = 0
    unpublished: int = 0
    settled: int = 0
    examples_added: list[tuple[Turn, Mark]] = field(default_factory=list)
    examples_removed: list[tuple[Turn, Mark]] = field(default_factory=list)

    def take(self, turn: Turn, before: list[Mark], after: list[Mark]) -> None:
        """Count what becomes of the marks of a turn."""
        added, removed = beyond(after, before), beyond(before, after)
        self.added += len(added)
        self.removed += len(removed)
        self.turns += bool(added or removed)
        self.unpublished += 0 if turn.interview.is_published else len(added) + len(removed)
        for marks, examples in ((added, self.examples_added), (removed, self.examples_removed)):
            examples.extend((turn, mark) for mark in marks[: EXAMPLES - len(examples)])


def preview(rule: Rule) -> Preview:
    """Return what a rule that is not saved would change for readers; what curators decided stays."""
    unsaved = copy(rule)
    unsaved.pk = NOT_SAVED
    return previewed(rule, Rulebook.of([*Rulebook.every_rule(), unsaved]))


def preview_removal(rule: Rule) -> Preview:
    """Return what it would change for readers to remove a rule."""
    return previewed(rule, Rulebook.of(Rulebook.every_rule().exclude(pk=rule.pk)))


def previewed(rule: Rule, book: Rulebook) -> Preview:
    found = Preview()
    waiting = set(pending().filter(surface=rule.surface).values_list("pk", flat=True))
    for turn in turns_of(rule):
        decided = decided_on(decisions_of(turn))
        before = marks_among(turn, mentions_of(turn), decided)
        mentions = ruled(turn, book)
        found.take(turn, before, marks_among(turn, mentions, decided))
        found.settled += sum(mention.pk in waiting and mention.rule is not None for mention in mentions)
    return found


@transaction.atomic
def save(rule: Rule, *, by, reason: str = "") -> Rule:
    """Make a rule and apply it; the index follows. Raises RuleClashError, and ValueError where it says nothing."""
    rule.surface = rule.surface.strip()
    if not rule.surface or (rule.verdict != Verdict.REJECT and not rule.entity):
        raise ValueError("A rule names words, and what they mean.")
    check_clash(rule)
    rule.by, rule.reason = by, reason or rule.reason
    rule.save()
    record(Curation.Act.RULE, by=by, reason=rule.reason, rule=rule, entity=rule.entity, detail=content_of(rule))
    apply_to(turns_of(rule), Rulebook.of_all())
    return rule


@transaction.atomic
def remove(rule: Rule, *, by, reason: str = "") -> None:
    """Remove a rule: what the tagger found counts again, as far as no other rule speaks of it."""
    record(Curation.Act.UNRULE, by=by, reason=reason, entity=rule.entity, detail=content_of(rule))
    apply_to(turns_of(rule), Rulebook.of(Rulebook.every_rule().exclude(pk=rule.pk)))
    rule.delete()


def undo_rule(curation: Curation, *, by, reason: str = "") -> None:
    """Remove the rule that an act made. Raises AlreadyUndoneError."""
    with transaction.atomic():
        mark_undone(curation, by=by)
        if curation.rule:
            remove(curation.rule, by=by, reason=reason)


def undo_removal(curation: Curation, *, by, reason: str = "") -> None:
    """Make the rule again that an act removed. Raises AlreadyUndoneError, RuleClashError."""
    with transaction.atomic():
        mark_undone(curation, by=by)
        save(Rule(**curation.detail), by=by, reason=reason)


def content_of(rule: Rule) -> dict:
    """Return what a rule says, as the history keeps it."""
    return {name: getattr(rule, name) for name in (*SCOPE, "entity_id", "verdict", "reason")}


def check_clash(rule: Rule) -> None:
    same_scope = Rule.objects.filter(**{name: getattr(rule, name) for name in SCOPE}).exclude(pk=rule.pk)
    for other in same_scope.select_for_update():
        if clashes(rule, other):
            raise RuleClashError(other)


def clashes(rule: Rule, other: Rule) -> bool:
    """Whether two rules about the same words in one scope cannot both hold."""
    return rule.entity == other.entity or Verdict.REJECT not in (rule.verdict, other.verdict)


def turns_of(rule: Rule) -> Iterator[Turn]:
    """Yield the current turns in the scope of a rule that hold its words."""
    turns = Turn.objects.current().filter(text__contains=rule.surface)
    if rule.interview_id:
        turns = turns.filter(interview=rule.interview_id)
    if rule.speaker_id:
        turns = turns.filter(participation__person=rule.speaker_id)
    holding = turns.select_related("interview", "participation").with_tags().order_by("pk").iterator(BATCH)
    return (turn for turn in holding if rule.surface in turn.text)  # SQLite does not tell capitals apart


def ruled(turn: Turn, book: Rulebook) -> list[Mention]:
    """Return the mentions of a turn as these rules want them."""
    speaker = turn.participation and turn.participation.person_id
    return book.applied(turn, as_found(mentions_of(turn)), speaker)


def apply_to(turns: Iterable[Turn], book: Rulebook) -> None:
    """Write the mentions of turns as these rules want them, and tell the search index."""
    changes = Differences()
    for turn in turns:
        differing = compared(mentions_of(turn), ruled(turn, book))
        changes.added += differing.added
        changes.removed += differing.removed
    write(changes)
    tell_index(changes.turn_ids)


def beyond(marks: list[Mark], others: list[Mark]) -> list[Mark]:
    """Return the marks that are not among others: these words for this entity."""
    known = {mark[:3] for mark in others}
    return [mark for mark in marks if mark[:3] not in known]
