"""A file and a curator who say different things: the curator's word stands until a person chooses."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from interviews.ingest import fields
from interviews.ingest.differences import Change, What, compared
from interviews.models import Conflict, Interview, Participation, Reading, Revision, Turn
from interviews.search.index import record_changes
from interviews.tagging import link


@dataclass(slots=True)
class Weighing:
    """What a new reading of an interview says otherwise than the archive, weighed fact by fact.

    A curator has spoken where the archive does not hold what the reading before said.
    """

    interview: Interview
    changes: list[Change] = field(default_factory=list)
    opened: list[Conflict] = field(default_factory=list)
    closed: list[Conflict] = field(default_factory=list)
    waiting: dict[tuple, Conflict] = field(default_factory=dict)

    @classmethod
    def of(cls, interview: Interview) -> "Weighing":
        waiting = interview.conflicts.filter(settled_at=None) if interview.pk else ()
        return cls(interview, waiting={(row.turn_id, row.participation_id, row.field): row for row in waiting})

    def takes(self, row, fact: str, now: dict, before: dict | None, value: dict) -> bool:
        """Tell whether the archive takes over what a file says of a row, {field: value}.

        `before` is what its reading before said, None for nothing; `value` the fact as JSON, for a later choice.
        What only the file changed is taken. What a curator set stays, and a conflict is noted.
        """
        current = {name: getattr(row, name) for name in now}
        if current == now:
            self.agree(row, fact)
            return False
        if before is None or current == before:
            self._note(What.FACT, row, fact, fields.shown(current), fields.shown(now))
            return True
        self.oppose(row, fact, fields.shown(current), fields.shown(now), value)
        return False

    def agree(self, row, fact: str) -> None:
        """Close the conflict on a fact of which file and curator now say the same."""
        conflict = self.waiting.pop(self._key(row, fact), None)
        if conflict:
            self.closed.append(conflict)

    def oppose(self, row, fact: str, curated: str, received: str, value: dict) -> None:
        """Note that a curator has set otherwise what the file changed; a conflict that waits is brought up to date."""
        turn_id, participation_id, _ = key = self._key(row, fact)
        conflict = self.waiting.get(key) or Conflict(
            interview=self.interview, turn_id=turn_id, participation_id=participation_id, field=fact
        )
        conflict.curated, conflict.received, conflict.value = curated, received, value
        self.opened.append(conflict)
        self._note(What.CONFLICT, row, fact, curated, received)

    def write(self, reading: Reading) -> None:
        """Write the conflicts of this reading, and close those that it ended."""
        for conflict in self.opened:
            conflict.reading = reading
            conflict.save()
        if self.closed:
            closed = Conflict.objects.filter(pk__in=[conflict.pk for conflict in self.closed])
            closed.update(choice=Conflict.Choice.AGREED, settled_at=timezone.now())

    def _key(self, row, fact):
        turn_id = row.pk if isinstance(row, Turn) else None
        return turn_id, row.pk if isinstance(row, Participation) else None, fact

    def _note(self, outcome, row, fact, before, after):
        number = row.number if isinstance(row, Turn) else ""
        label = row.label if isinstance(row, Participation) else ""
        words = compared(before, after) if fact == "text" else ()
        self.changes.append(Change(outcome, number, label, fact, before, after, words=words))


@transaction.atomic
def settle(conflict: Conflict, *, choice: str, by) -> None:
    """Let a person choose between a curator's word and the file's (`choice`: curated | received).

    Where the file's is chosen it is stored: an address that changes leads on, former words are kept as a revision,
    tags are found again, the search index is told.
    """
    choice = Conflict.Choice(choice)
    if choice == Conflict.Choice.RECEIVED:
        _store_received(conflict)
    conflict.choice, conflict.settled_at, conflict.settled_by = choice, timezone.now(), by
    conflict.save()


def _store_received(conflict):
    if conflict.turn:
        _change_turn(conflict.turn, conflict)
    elif conflict.participation:
        _change_participation(conflict.participation, conflict)
    else:
        _change_interview(conflict.interview, conflict)


def _change_interview(interview, conflict):
    before = interview.readings.filter(read_at__lt=conflict.reading.read_at).first()
    header = before.facts["header"] if before else conflict.reading.facts["header"]
    slug = fields.changed_slug(interview, header, header | conflict.value)
    fields.change_facts(interview, fields.of_interview(conflict.value), slug=slug)
    interview.save()
    if "language" in conflict.value:
        link.tag_turns(interview.turns.current().select_related("interview"))
    record_changes(interview.turns.values_list("pk", flat=True))


def _change_participation(participation, conflict):
    fields.set_all(participation, fields.of_participation(conflict.value))
    participation.save()
    record_changes(participation.turns.values_list("pk", flat=True))


def _change_turn(turn, conflict):
    if "speaker" in conflict.value:
        turn.participation = _participation(turn.interview, conflict.value["speaker"], conflict.reading)
    elif "text" in conflict.value:
        Revision.objects.create(turn=turn, text=turn.text, sha256=Revision.digest(turn.text), reading=conflict.reading)
        turn.text, turn.source_text = conflict.value["text"], ""
    else:
        fields.set_all(turn, conflict.value)
    turn.save()
    retagged = link.tag_turns(turn.interview.turns.current().select_related("interview"))
    record_changes(sorted({turn.pk, *retagged}))


def _participation(interview, label, reading):
    """Return who speaks under a label, made again where nobody's words were left."""
    found = interview.participations.filter(label=label).first()
    said = reading.facts["speakers"].get(label)
    if found or not said:
        return found
    return Participation.objects.create(interview=interview, label=label, **fields.of_participation(said))
