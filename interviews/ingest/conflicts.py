"""A file and a curator who say different things: the curator's word stands until a person chooses."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from interviews.ingest import facts, fields
from interviews.ingest.differences import Change, What, compared
from interviews.models import Conflict, Interview, Participation, Reading, Revision, Turn
from interviews.search.index.upkeep import record_changes
from interviews.tagging import link
from interviews.tagging.following import follow

COLUMNS = {"name": "person", "speaker": "participation"}


@dataclass(slots=True)
class Weighing:
    """What a new reading of an interview says otherwise than the archive, weighed fact by fact.

    A curator has spoken where the archive does not hold what was last read, or what a curator set first and the file
    said after (`agreed`: by turn, participation and fact). `kept_whole`: the turns that stay one though the file splits
    them, by the choice of a person.
    """

    interview: Interview
    changes: list[Change] = field(default_factory=list)
    opened: list[Conflict] = field(default_factory=list)
    closed: list[Conflict] = field(default_factory=list)
    waiting: dict[tuple, Conflict] = field(default_factory=dict)
    agreed: dict[tuple, str] = field(default_factory=dict)
    kept_whole: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, interview: Interview) -> "Weighing":
        rows = list(interview.conflicts.order_by("settled_at", "pk")) if interview.pk else []
        keys = [(row.turn_id, row.participation_id, row.field) for row in rows]
        last = {key: row for key, row in zip(keys, rows, strict=True) if row.settled_at}
        return cls(
            interview,
            waiting={key: row for key, row in zip(keys, rows, strict=True) if not row.settled_at},
            agreed={key: row.curated for key, row in last.items() if row.choice == Conflict.Choice.AGREED},
            kept_whole={key[0] for key, row in last.items() if row.keeps_whole},
        )

    def takes(self, row, fact: str, now: dict, before: dict | None, value: dict) -> bool:
        """Tell whether the archive takes over what a file says of a row, {field: value}.

        `before` is what was last read of it, None for nothing; `value` the fact as JSON, for a later choice.
        What only the file changed is taken. What a curator set stays, and a conflict is noted.
        """
        current = {name: getattr(row, name) for name in now}
        if current == now:
            if before not in (None, now) or self._key(row, fact) in self.waiting:
                self.agree(row, fact, fields.shown(now))
            return False
        if before is None or (current == before and not self.is_curators(row, fact, fields.shown(current))):
            self._note(What.FACT, row, fact, fields.shown(current), fields.shown(now))
            return True
        self.oppose(row, fact, fields.shown(current), fields.shown(now), value)
        return False

    def is_curators(self, row, fact: str, words: str) -> bool:
        """Tell whether a curator set a fact as it is, though the file has said the same since."""
        return self.agreed.get(self._key(row, fact)) == words

    def agree(self, row, fact: str, words: str) -> None:
        """Note that the file now says what a curator set, and close the conflict on it."""
        conflict = self._conflict(row, fact)
        self.waiting.pop(self._key(row, fact), None)
        conflict.curated = conflict.received = words
        conflict.choice, conflict.settled_at = Conflict.Choice.AGREED, timezone.now()
        self.closed.append(conflict)

    def oppose(self, row, fact: str, curated: str, received: str, value: dict) -> None:
        """Note that a curator has set otherwise what the file changed; a conflict that waits is brought up to date."""
        conflict = self._conflict(row, fact)
        conflict.curated, conflict.received, conflict.value = curated, received, value
        self.opened.append(conflict)
        if fact == "text":  # what was foretold of the turn does not happen
            self.changes = [each for each in self.changes if (each.outcome, each.number) != (What.CHANGED, row.number)]
        self._note(What.CONFLICT, row, fact, curated, received)

    def write(self, reading: Reading) -> None:
        """Write the conflicts that this reading opened, and those that it ended."""
        for conflict in (*self.opened, *self.closed):
            conflict.reading = reading
            conflict.save()

    def _conflict(self, row, fact):
        """Return the conflict that waits on a fact, or a new one."""
        turn_id, participation_id, _ = key = self._key(row, fact)
        return self.waiting.get(key) or Conflict(
            interview=self.interview, turn_id=turn_id, participation_id=participation_id, field=fact
        )

    def _key(self, row, fact):
        turn_id = row.pk if isinstance(row, Turn) else None
        return turn_id, row.pk if isinstance(row, Participation) else None, fact

    def _note(self, outcome, row, fact, before, after):
        number = row.number if isinstance(row, Turn) else ""
        label = row.label if isinstance(row, Participation) else ""
        words = compared(before, after) if fact == "text" else ()
        self.changes.append(Change(outcome, number, label, fact, before, after, words=words))


def standing(conflict: Conflict) -> str:
    """Return what the archive holds now of the fact that an open conflict is about, as people read it.

    A curator may have edited it since. Of a settled conflict, and of a turn that the file split: what was noted.
    """
    value = conflict.value or {}
    if conflict.settled_at or not value or "parts" in value:
        return conflict.curated
    row = conflict.turn or conflict.participation or conflict.interview
    names = [COLUMNS.get(name, name) for name in value if name != "outlet_country"]
    return fields.shown({name: getattr(row, name) for name in names})


def agree_by_hand(interview: Interview, *, by) -> None:
    """Settle the open conflicts in which a curator has now written what the file says; to be called after a save."""
    waiting = Conflict.objects.filter(interview=interview, settled_at=None)
    for conflict in waiting.select_related("interview", "turn", "participation"):
        if "parts" not in (conflict.value or {}) and standing(conflict) == conflict.received:
            conflict.choice, conflict.settled_at, conflict.settled_by = Conflict.Choice.RECEIVED, timezone.now(), by
            conflict.save()


@transaction.atomic
def settle(conflict: Conflict, *, choice: str, by) -> None:
    """Let a person choose between a curator's word and the file's (`choice`: curated | received).

    The conflict keeps what the curator wrote last. Where the file's is chosen it is stored: an address that changes
    leads on, former words are kept as a revision, tags are found again, the search index is told.
    """
    choice = Conflict.Choice(choice)
    conflict.curated = standing(conflict)
    if "parts" in (conflict.value or {}):  # the file split what a curator had corrected; its parts are shown
        if choice == Conflict.Choice.CURATED:
            _join_again(conflict.turn, conflict, by=by)
    elif choice == Conflict.Choice.RECEIVED:
        _store_received(conflict, by=by)
    conflict.choice, conflict.settled_at, conflict.settled_by = choice, timezone.now(), by
    conflict.save()


def _store_received(conflict, *, by):
    if conflict.turn:
        _change_turn(conflict.turn, conflict, by=by)
    elif conflict.participation:
        _change_participation(conflict.participation, conflict)
    else:
        _change_interview(conflict.interview, conflict)


def _change_interview(interview, conflict):
    before = interview.readings.filter(read_at__lt=conflict.reading.read_at).first()
    header = facts.said_last((before or conflict.reading).facts)["header"]
    slug = fields.changed_slug(interview, header, header | conflict.value)
    fields.change_facts(interview, fields.of_interview(conflict.value), slug=slug)
    interview.save()
    if conflict.value.keys() & link.SETTING:
        link.retag_interviews([interview.pk])
    record_changes(interview.turns.values_list("pk", flat=True))


def _change_participation(participation, conflict):
    fields.set_all(participation, fields.of_participation(conflict.value))
    participation.save()
    retagged = link.retag_interviews([participation.interview_id])
    record_changes({*participation.turns.values_list("pk", flat=True), *retagged})


def _change_turn(turn, conflict, *, by):
    if "speaker" in conflict.value:
        turn.participation = _participation(turn.interview, conflict.value["speaker"], conflict.reading)
    elif "text" in conflict.value:
        Revision.of(turn, reading=conflict.reading, replaced_by=by).save()
        before, turn.text, turn.source_text = turn.text, conflict.value["text"], ""
        follow({turn.pk: [turn]}, {turn.pk: before})
    else:
        fields.set_all(turn, conflict.value)
    turn.save()
    retagged = link.retag_interviews([turn.interview_id])
    record_changes(sorted({turn.pk, *retagged}))


def _join_again(turn, conflict, *, by):
    """Show a curator's words as one turn again; the parts that the file made of it lead there."""
    parts = list(turn.interview.turns.current().filter(pk__in=conflict.value["parts"]).order_by("position"))
    Revision.of(turn, replaced_by=by).save()
    texts = {each.pk: each.text for each in (turn, *parts)}
    turn.text, turn.source_text = conflict.curated, "\n\n".join(each.as_read for each in (turn, *parts))
    turn.save()
    follow({key: [turn] for key in texts}, texts)
    for part in parts:
        part.status, part.moved_to = Turn.Status.MOVED, turn
        part.save()
    retagged = link.retag_interviews([turn.interview_id])
    record_changes(sorted({turn.pk, *(part.pk for part in parts), *retagged}))


def _participation(interview, label, reading):
    """Return who speaks under a label, made again where nobody's words were left."""
    found = interview.participations.filter(label=label).first()
    said = reading.facts["speakers"].get(label)
    if found or not said:
        return found
    return Participation.objects.create(interview=interview, label=label, **fields.of_participation(said))
