"""The turns of an interview that nobody can have cited, numbered as if they had just been read."""

from django.utils import timezone

from interviews.ingest.numbers import numbers_for
from interviews.ingest.transcript import SpokenTurn
from interviews.models import Reading, Turn

SPOKEN = ("turn", "label", "direction")
# While numbers are exchanged each turn bears one that no turn ever has: a number is unique at any moment.
HELD = 1_000_000_000


def renumber(interview) -> dict[str, str]:
    """Number the turns of an interview by kind and order -> {former number: number} of those that changed.

    Current turns come first, in their running order. What readings say of a turn follows its number. Raises
    ValueError where readers have seen the interview: there a number is a name for ever.
    """
    if interview.published_at:
        raise ValueError(f"“{interview}” was published; its numbers are for ever.")
    turns = list(interview.turns.select_related("reply_to").order_by("position", "pk"))
    turns.sort(key=lambda turn: turn.status != Turn.Status.CURRENT)
    numbers = numbers_for([_as_spoken(turn) for turn in turns])
    renamed = {turn.number: number for turn, number in zip(turns, numbers, strict=True) if turn.number != number}
    if renamed:
        _write([turn for turn in turns if turn.number in renamed], renamed)
        _rename_in_readings(interview, renamed)
    return renamed


def _as_spoken(turn):
    asked = turn.reply_to and turn.reply_to.number
    return SpokenTurn(turn.number, turn.kind, None, None, (), (0, 0), reply_to=asked)


def _write(turns, renamed):
    for index, turn in enumerate(turns):
        turn.number, turn.changed_at = f"d{HELD + index}", timezone.now()
    numbers = list(renamed.values())
    Turn.objects.bulk_update(turns, ["number", "changed_at"])
    for turn, number in zip(turns, numbers, strict=True):
        turn.number = number
    Turn.objects.bulk_update(turns, ["number"])


def _rename_in_readings(interview, renamed):
    readings = list(interview.readings.all())
    for reading in readings:
        for span in reading.spans:
            if span[2] in SPOKEN:
                span[3] = renamed.get(span[3], span[3])
        said = {renamed.get(number, number): facts for number, facts in reading.facts.get("turns", {}).items()}
        for facts in said.values():
            if facts.get("reply_to"):
                facts["reply_to"] = renamed.get(facts["reply_to"], facts["reply_to"])
        reading.facts["turns"] = said
        for change in reading.changes:
            _rename_in_change(change, renamed)
    Reading.objects.bulk_update(readings, ["spans", "facts", "changes"])


def _rename_in_change(change, renamed):
    for name in ("number", "before", "after") if change.get("outcome") == "moved" else ("number",):
        if change.get(name):
            change[name] = renamed.get(change[name], change[name])
    if change.get("numbers"):
        change["numbers"] = [renamed.get(number, number) for number in change["numbers"]]
