"""What the archive keeps though its file no longer says it: told as notes, until a curator looks."""

from collections.abc import Iterator

from interviews.ingest import fields
from interviews.ingest.transcript import Problem, Severity
from interviews.models import Interview, Reading, Turn

STAYS = "The file no longer gives {}; it stays until a curator takes it out."
CORRECTED = "{} is no longer in the file. A curator had corrected it; the curator's words were: “{}”"


def staying(interview: Interview, reading: Reading) -> list[Problem]:
    """Return a note for each fact of an interview and its speakers that only an earlier version of the file stated.

    What a curator set otherwise, or took out, is the curator's: of that there is nothing to say. Of a turn that a
    curator corrected and the file has no more the note holds the curator's words.
    """
    earlier = reading.facts["earlier"]
    kept = [f"the {fact} “{value}”" for fact, value in _held(interview, earlier["header"], fields.of_interview)]
    for voice in interview.participations.select_related("person", "outlet"):
        said = earlier["speakers"].get(voice.label, {})
        held = _held(voice, said, fields.of_participation)
        kept += [f"the {fact} of {voice.label}, “{value}”" for fact, value in held]
    gone = interview.turns.filter(status=Turn.Status.WITHDRAWN).exclude(source_text="").order_by("position")
    notes = [("no_longer_stated", STAYS.format(each)) for each in kept]
    notes += [("corrected_turn_gone", CORRECTED.format(turn.number, turn.text)) for turn in gone]
    return [Problem(code, None, message, Severity.NOTE) for code, message in notes]


def _held(row, said, as_fields) -> Iterator[tuple[str, str]]:
    """Yield (fact, its value as people read it) of what was said of a row and stands in it still."""
    values = as_fields(said, make=False)
    for name in values.keys() - {"date_precision"}:
        names = ["date", "date_precision"] if name == "date" else [name]
        held = {each: getattr(row, each) for each in names}
        if held == {each: values[each] for each in names}:
            yield name.replace("_", " "), fields.shown(held)
