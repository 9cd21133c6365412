"""Where the words of an interview come from: its source, stretch by stretch, beside what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from interviews.ingest.reader import decode
from interviews.ingest.spans import WHITE_SPACE
from interviews.ingest.transcript import UnreadableError

SPOKEN = ("turn", "label", "direction")
SELF_EVIDENT = (WHITE_SPACE, "markup")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the source. `kind` is that of its span; `reason` says why it was left out, or which fact it is."""

    text: str
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring stretches of one turn, or of none, from one source line on (from 1)."""

    number: str
    line: int
    stretches: list[Stretch]


def source_text(reading) -> str | None:
    """Return the text of a reading's source as it was decoded then; None where its bytes are not kept."""
    try:
        return decode(reading.source.path.read_bytes(), encoding=reading.encoding).text
    except (OSError, UnreadableError):
        return None


def passages(reading, text: str) -> list[Passage]:
    """Return the whole text in passages: what stands between two stretches of one turn belongs to its passage."""
    found, line = [], 1
    for group in _grouped(_stretches(reading, text)):
        number = next((number for number, _ in group if number), "")
        stretches = [stretch for _, stretch in group]
        said = "".join(stretch.text for stretch in stretches)
        blank = len(said) - len(said.lstrip())
        found.append(Passage(number, line + said.count("\n", 0, blank), stretches))
        line += said.count("\n")
    return found


def _stretches(reading, text) -> Iterator[tuple[str, Stretch]]:
    """Yield (number of the turn or '', stretch) for each span."""
    numbers = reading.facts.get("turns", {})
    for start, end, kind, detail in reading.spans:
        stretch, number = text[start:end], detail if kind in SPOKEN and detail in numbers else ""
        if not number and not stretch.strip():
            yield "", Stretch(stretch, "blank")
        elif number or detail in SELF_EVIDENT:
            yield number, Stretch(stretch, kind)
        else:
            yield "", Stretch(stretch, kind, detail.replace("_", " "))


def _grouped(stretches) -> Iterator[list[tuple[str, Stretch]]]:
    """Yield runs of stretches of one turn with what stands between them; else of what belongs to no turn.

    White space and markup make no passage of their own.
    """
    group, between, speaking = [], [], ""
    for number, stretch in stretches:
        if not number:
            is_end = group and not between and not stretch.text.strip()
            (group if is_end else between).append((number, stretch))
            continue
        if number != speaking:
            yield from filter(None, [group])
            group = []
            if any(each.reason for _, each in between):
                yield between
                between = []
        group += [*between, (number, stretch)]
        between, speaking = [], number
    yield from filter(None, (group, between))
