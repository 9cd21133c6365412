"""Which rows the turns of a new reading continue, under which numbers, and what that changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from interviews.ingest.align import Alignment, align
from interviews.ingest.differences import Change, What, compared
from interviews.ingest.numbers import numbers_for
from interviews.ingest.transcript import Transcript
from interviews.models import Turn


def read_texts(transcript: Transcript) -> list[tuple[str, str]]:
    """Return (kind, text) of each turn as read."""
    return [(turn.kind, "\n\n".join(turn.paragraphs)) for turn in transcript.turns]


@dataclass(frozen=True, slots=True)
class Succession:
    """What becomes of the turns of an interview. `alignment` speaks of places in `current` and in the transcript.

    `stored`: all rows; `texts`, `numbers`: of the transcript, in its order; `rows`: {place in it: row}.
    """

    stored: list[Turn]
    current: list[Turn]
    texts: list[tuple[str, str]]
    alignment: Alignment
    rows: dict[int, Turn]
    numbers: list[str]

    @classmethod
    def of(cls, transcript: Transcript, stored: list[Turn], said_before: dict[str, dict]) -> "Succession":
        """Align a transcript with the stored turns; `said_before` holds what the reading before said of each number.

        A curator may have set the kind of a turn: they are aligned by the kind as read. A turn that was withdrawn or
        joined with another comes back where its words do.
        """
        texts = read_texts(transcript)
        current = [turn for turn in stored if turn.status == Turn.Status.CURRENT]
        as_read = [(said_before.get(turn.number, {}).get("kind", turn.kind), turn.as_read) for turn in current]
        alignment = align(as_read, texts) if current else Alignment()
        rows = {place: current[old] for place, old in alignment.pairs.items()}
        gone = {(turn.kind, turn.as_read): turn for turn in stored if turn.status != Turn.Status.CURRENT}
        rows |= {place: gone.pop(text) for place, text in enumerate(texts) if place not in rows and text in gone}
        inherited = {place: row.number for place, row in rows.items()}
        numbers = numbers_for(transcript.turns, inherited=inherited, used=[turn.number for turn in stored])
        return cls(stored, current, texts, alignment, rows, numbers)

    def parts_of(self, old: int) -> list[int]:
        """Return the places of the further parts of a turn that was split."""
        return sorted(place for place, whole in self.alignment.parts.items() if whole == old)

    def joined_in(self, place: int) -> list[int]:
        """Return the old places of the turns whose words one turn holds now, its own among them."""
        joined = {old for old, into in self.alignment.into.items() if into == place}
        return sorted(joined | {self.alignment.pairs[place]} if place in self.alignment.pairs else joined)

    def changes(self) -> Iterator[Change]:
        """Yield what changes, turn by turn in the new running order; then what is gone."""
        moved = self.alignment.moved
        for place, number in enumerate(self.numbers):
            old = self.alignment.pairs.get(place)
            if old is not None:
                yield from self._of_kept(place, old)
                if place in moved:
                    yield Change(What.MOVED, number, before=self._before(old), after=self._now_before(place))
            elif place in self.rows:
                yield Change(What.RETURNED, number, words=(("new", self.texts[place][1]),))
            elif place not in self.alignment.parts:
                yield Change(What.INSERTED, number, words=(("new", self.texts[place][1]),))
        kept = set(self.alignment.pairs.values())
        for old, turn in enumerate(self.current):
            if old in self.alignment.into:
                yield Change(What.MERGED, turn.number, numbers=(self.numbers[self.alignment.into[old]],))
            elif old not in kept:
                yield Change(What.REMOVED, turn.number, words=(("old", turn.as_read),))

    def _of_kept(self, place, old):
        parts = self.parts_of(old)
        before = "\n\n".join(self.current[each].as_read for each in self.joined_in(place))
        after = "\n\n".join(self.texts[each][1] for each in (place, *parts))
        if parts:
            numbers = tuple(self.numbers[part] for part in parts)
            yield Change(What.SPLIT, self.numbers[place], numbers=numbers, words=compared(before, after))
        elif self.current[old].text != after and not self.current[old].source_text:  # what a curator wrote stays
            yield Change(What.CHANGED, self.numbers[place], words=compared(before, after))

    def _before(self, old):
        return self.current[old - 1].number if old else ""

    def _now_before(self, place):
        return self.numbers[place - 1] if place else ""
