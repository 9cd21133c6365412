"""The turns of an interview written as rows, with what curators decided about them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from interviews.ingest import fields
from interviews.ingest.align import words_of
from interviews.ingest.conflicts import Weighing
from interviews.ingest.succession import Succession
from interviews.ingest.voices import Voices
from interviews.models import Reading, Revision, Turn
from interviews.tagging.following import follow

WRITTEN = ["courtesy", "continues", "reply_to", "participation", "text", "source_text"]
STATUS = ["status", "status_reason", "moved_to"]
FACTS = ("speaker", "courtesy", "continues")
GONE = "No longer in the text as received on"


@dataclass(slots=True)
class RunningOrder:
    """Writes the turns of one reading. `said_before`: {number: facts} of the one before.

    `corrected`: {place: a curator's words} of the turns that the file joined or split.
    """

    succession: Succession
    reading: Reading
    voices: Voices
    weighing: Weighing
    said_before: dict
    now: datetime = field(default_factory=timezone.now)
    revisions: list[Revision] = field(default_factory=list)
    corrected: dict[int, str] = field(default_factory=dict)

    def write(self) -> list[Turn]:
        """Write every turn, and of the others where their words went -> the current turns, in order."""
        stored = self.succession.stored
        before, texts = {turn.pk: _values(turn) for turn in stored}, {turn.pk: turn.text for turn in stored}
        rows = [self._row(place, number) for place, number in enumerate(self.succession.numbers)]
        for place, whole in self.succession.within.items():
            rows[place].status, rows[place].moved_to = Turn.Status.MOVED, whole
        self._create(rows, {turn.pk: turn.number for turn in stored})
        self._oppose(rows)
        self._take_leave(rows)
        self._save([turn for turn in stored if _values(turn) != before[turn.pk]], before)
        if moves := moves_of(self.succession, rows, texts):
            follow(moves, texts)
        return [row for row in rows if row.status == Turn.Status.CURRENT]

    def _row(self, place, number):
        kind, text = self.succession.texts[place]
        row = self.succession.rows.get(place) or Turn(interview=self.weighing.interview, number=number, kind=kind)
        row.position, row.status, row.status_reason, row.moved_to = place + 1, Turn.Status.CURRENT, "", None
        self._say(row, self.reading.facts["turns"][number])
        self._set_text(row, place, text)
        return row

    def _say(self, row, said):
        """Set what the file says of a turn, where it says otherwise than before: a curator may know better."""
        before = self.said_before.get(row.number)
        if row.pk and before is None:  # it comes back as it went
            return
        for fact in FACTS:
            if before and before[fact] == said[fact]:
                continue
            now = self._as_fields(fact, said[fact], self.voices.now)
            was = before and self._as_fields(fact, before[fact], self.voices.before)
            if now == was:  # the same voice, under a label spelt otherwise
                continue
            if row.pk is None or self.weighing.takes(row, fact, now, was, {fact: said[fact]}):
                fields.set_all(row, now)

    def _as_fields(self, fact, value, voices):
        return {"participation": voices.get(value)} if fact == "speaker" else {fact: value}

    def _set_text(self, row, place, text):
        """Set the text; one that a curator corrected stays, with the source's words beside it.

        Where such a turn was joined with others, or took them in, its words stand among theirs. Where it was split the
        parts are the file's, for nobody's words shall stand twice, and a conflict keeps the curator's whole.
        """
        joined = [self.succession.current[old] for old in self.succession.joined_in(place)]
        if row.source_text and self._parts_of(place):
            self.corrected[place] = row.text
            self._replace(row, text, "")
        elif len(joined) > 1 and any(turn.source_text for turn in joined):
            self.corrected[place] = "\n\n".join(turn.text for turn in joined)
            self._replace(row, self.corrected[place], text)
        elif row.source_text == "" and not self._is_curators(row, text):
            self._replace(row, text, "")
        elif row.text == text:
            row.source_text = ""
            self.weighing.agree(row, "text", text)
        else:
            if row.source_text != text:
                self.weighing.oppose(row, "text", row.text, text, {"text": text})
            row.source_text = text

    def _is_curators(self, row, text):
        return row.pk and row.text != text and self.weighing.is_curators(row, "text", row.text)

    def _parts_of(self, place):
        old = self.succession.alignment.pairs.get(place)
        return self.succession.parts_of(old) if old is not None else []

    def _replace(self, row, text, source_text):
        if row.pk and row.text != text:
            self.revisions.append(Revision.of(row, reading=self.reading, replaced_at=self.now))
        row.text, row.source_text = text, "" if source_text == text else source_text

    def _oppose(self, rows):
        """Open the conflicts on turns that a curator corrected and the file joined or split."""
        for place, curated in self.corrected.items():
            row, parts = rows[place], [rows[part] for part in self._parts_of(place)]
            if curated == "\n\n".join(each.text if parts else each.as_read for each in (row, *parts)):
                self.weighing.agree(row, "text", curated)
                continue
            received = "\n\n".join(each.as_read for each in (row, *parts))
            value = {"text": row.as_read} | ({"parts": [part.pk for part in parts]} if parts else {})
            self.weighing.oppose(row, "text", curated, received, value)

    def _create(self, rows, numbers_before):
        """Write the new questions first: their answers point at them."""
        made = [row for row in rows if row.pk is None]
        questions = {row.number: row for row in rows if row.kind == Turn.Kind.QUESTION}
        Turn.objects.bulk_create([row for row in made if row.kind == Turn.Kind.QUESTION])
        for row in rows:
            asked = self.reading.facts["turns"][row.number]["reply_to"]
            before = self.said_before.get(row.number, {})
            by_curator = row.number in self.said_before and numbers_before.get(row.reply_to_id) != before["reply_to"]
            if not by_curator:
                row.reply_to = questions.get(asked)
        Turn.objects.bulk_create([row for row in made if row.pk is None])

    def _take_leave(self, rows):
        """Let a turn that is gone lead to the one that holds its words, or say that they are gone."""
        alignment, kept = self.succession.alignment, set(self.succession.alignment.pairs.values())
        for old, turn in enumerate(self.succession.current):
            if old in alignment.into:
                turn.status, turn.moved_to = Turn.Status.MOVED, rows[alignment.into[old]]
            elif old not in kept:
                turn.status, turn.status_reason = Turn.Status.WITHDRAWN, f"{GONE} {self.now:%-d %B %Y}."
        self._lead_on(rows)

    def _lead_on(self, rows):
        """Let a turn that was joined with one that is split now lead to the part that holds most of its words."""
        parts = {}
        for place, whole in self.succession.alignment.parts.items():
            kept = self.succession.current[whole]
            parts.setdefault(kept.pk, [kept]).append(rows[place])
        for turn in self.succession.stored:
            if turn.status == Turn.Status.MOVED and turn.moved_to_id in parts:
                spoken = set(words_of(turn.text))
                turn.moved_to = max(parts[turn.moved_to_id], key=lambda part: len(spoken & set(words_of(part.text))))

    def _save(self, changed, before):
        for turn in changed:
            if _values(turn)[1:] != before[turn.pk][1:]:
                turn.changed_at = self.now
        Turn.objects.bulk_update(changed, ["position", *WRITTEN, *STATUS, "changed_at"])
        Revision.objects.bulk_create(self.revisions)


def _values(turn):
    return turn.position, *(getattr(turn, Turn._meta.get_field(name).attname) for name in (*WRITTEN, *STATUS))


def moves_of(succession: Succession, rows: list[Turn], texts: dict[int, str]) -> dict[int, list[Turn]]:
    """Return {key of a turn whose words changed: the turns that hold them now}; `texts`: {key: words before}."""
    moves = {row.pk: [row] for row in rows if texts.get(row.pk, row.text) != row.text}
    for old in set(succession.alignment.parts.values()):
        places = (_kept_place(succession, old), *succession.parts_of(old))
        moves[succession.current[old].pk] = [rows[place] for place in places]
    return moves | {succession.current[old].pk: [rows[place]] for old, place in succession.alignment.into.items()}


def _kept_place(succession, old):
    return next(place for place, kept in succession.alignment.pairs.items() if kept == old)
