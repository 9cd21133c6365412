"""What the archive keeps though its file no longer says it: told as notes, until a curator looks."""

from collections.abc import Iterator

from interviews.ingest import fields
from interviews.ingest.transcript import Problem, Severity
from interviews.models import Interview, Reading

STAYS = "The file no longer gives {}; it stays until a curator takes it out."


def staying(interview: Interview, reading: Reading) -> list[Problem]:
    """Return a note for each fact of an interview and its speakers that only an earlier version of the file stated.

    What a curator set otherwise, or took out, is the curator's: of that there is nothing to say.
    """
    earlier = reading.facts["earlier"]
    kept = [f"the {fact} “{value}”" for fact, value in _held(interview, earlier["header"], fields.of_interview)]
    for voice in interview.participations.select_related("person", "outlet"):
        said = earlier["speakers"].get(voice.label, {})
        held = _held(voice, said, fields.of_participation)
        kept += [f"the {fact} of {voice.label}, “{value}”" for fact, value in held]
    return [Problem("no_longer_stated", None, STAYS.format(each), Severity.NOTE) for each in kept]


def _held(row, said, as_fields) -> Iterator[tuple[str, str]]:
    """Yield (fact, its value as people read it) of what was said of a row and stands in it still."""
    values = as_fields(said, make=False)
    for name in values.keys() - {"date_precision"}:
        names = ["date", "date_precision"] if name == "date" else [name]
        held = {each: getattr(row, each) for each in names}
        if held == {each: values[each] for each in names}:
            yield name.replace("_", " "), fields.shown(held)
