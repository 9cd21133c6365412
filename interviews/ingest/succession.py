"""Which rows the turns of a new reading continue, under which numbers, and what that changes."""

from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from interviews.ingest.align import Alignment, align, substance, words_of
from interviews.ingest.differences import Change, What, compared
from interviews.ingest.facts import key_of
from interviews.ingest.numbers import numbers_for
from interviews.ingest.transcript import Transcript, read_texts
from interviews.models import Revision, Turn

SHORT = 3  # words: “Yes, we do.” answers anything


@dataclass(frozen=True, slots=True)
class Succession:
    """What becomes of the turns of an interview. `alignment` speaks of places in `current` and in the transcript.

    `stored`: all rows; `texts`, `numbers`: of the transcript, in its order; `rows`: {place in it: row}; `within`:
    {place in it: row} of the parts of a turn that a person keeps whole, which holds their words.
    """

    stored: list[Turn]
    current: list[Turn]
    texts: list[tuple[str, str]]
    alignment: Alignment
    rows: dict[int, Turn]
    numbers: list[str]
    within: dict[int, Turn]

    @classmethod
    def of(
        cls, transcript: Transcript, stored: list[Turn], said_before: dict[str, dict], kept_whole: Container[int] = ()
    ) -> "Succession":
        """Align a transcript with the stored turns; `said_before` holds what the reading before said of each number,
        `kept_whole` the keys of turns that shall stay one.

        A curator may have set the kind of a turn: they are aligned by the kind as read. A turn that was withdrawn or
        joined with another comes back where its words do, the last or former ones. The one answer of a question that
        was rewritten beyond likeness is the same answer still; a “Yes.” to another question is another answer.
        """
        texts = read_texts(transcript)
        current = [turn for turn in stored if turn.status == Turn.Status.CURRENT]
        as_read = [(said_before.get(turn.number, {}).get("kind", turn.kind), turn.as_read) for turn in current]
        alignment = align(as_read, texts) if current else Alignment()
        away = [turn for turn in stored if turn.status != Turn.Status.CURRENT]
        _let_part(alignment, current, texts, away)
        rows = {place: current[old] for place, old in alignment.pairs.items()}
        rows |= _returning(transcript, rows, [turn for turn in away if turn.kind == Turn.Kind.QUESTION])
        for place in _to_other_questions(transcript, rows, alignment, current):
            alignment.pairs.pop(place, None)
            del rows[place]
        rows |= _returning(transcript, rows, away)
        kept = set(rows.values())
        left = {turn: old for old, turn in enumerate(current) if turn not in kept and old not in alignment.into}
        known = rows | dict.fromkeys(alignment.parts)
        again = _returning(transcript, known, left)
        again |= _rewritten(transcript, known | again, left.keys() - set(again.values()), said_before)
        alignment.pairs.update({place: left[turn] for place, turn in again.items()})
        rows |= again
        inherited = {place: row.number for place, row in rows.items()}
        turns = _as_curated(transcript.turns, rows)
        texts = [(turn.kind, text) for turn, (_, text) in zip(turns, texts, strict=True)]
        numbers = numbers_for(turns, inherited=inherited, used=[turn.number for turn in stored])
        within = _kept_together(alignment, current, texts, kept_whole)
        return cls(stored, current, texts, alignment, rows, numbers, within)

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
            elif place in self.within:
                continue
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


def _let_part(alignment, current, texts, away):
    """Let a turn that took in the words of others keep its own alone, so that theirs come back under their numbers.

    It is the part that it was before. Where it is in none, but others were joined to it, it is gone: its number never
    means another's words.
    """
    gone, joined = {_key_of(turn.kind, turn.as_read, None) for turn in away}, _joined_before(current, away)
    for place, old in list(alignment.pairs.items()):
        row, key = current[old], _key_of(*texts[place], None)
        if key not in gone or words_of(row.as_read) == words_of(texts[place][1]):
            continue
        parts = sorted(part for part, whole in alignment.parts.items() if whole == old)
        own = [part for part in parts if texts[part][0] == row.kind and _key_of(*texts[part], None) not in gone]
        former = {words_of(text) for text in row.revisions.values_list("text", flat=True)}
        kept = next((part for part in own if words_of(texts[part][1]) in former), None)
        if kept is None and key not in joined.get(row, ()):
            continue
        del alignment.pairs[place]
        if kept is not None or own:
            kept = own[0] if kept is None else kept
            del alignment.parts[kept]
            alignment.pairs[kept], alignment.parts[place] = old, old


def _joined_before(current, away):
    """Return {current turn: the kinds and words of those that were joined to it, however often they moved}."""
    by_key = {turn.pk: turn for turn in (*current, *away)}
    joined = defaultdict(set)
    for turn in away:
        whole, seen = turn, set()
        while whole and whole.status == Turn.Status.MOVED and whole.pk not in seen:
            seen.add(whole.pk)
            whole = by_key.get(whole.moved_to_id)
        if whole and whole.status == Turn.Status.CURRENT:
            joined[whole].add(_key_of(turn.kind, turn.as_read, None))
    return joined


def _to_other_questions(transcript, rows, alignment, current):
    """Return the places of short answers whose question is not the one that their row answered."""
    asked_at = {turn.number: place for place, turn in enumerate(transcript.turns)}
    holding = {row.pk: {place} for place, row in rows.items()}
    for place, old in alignment.parts.items():
        holding.setdefault(current[old].pk, set()).add(place)
    for old, place in alignment.into.items():
        holding.setdefault(current[old].pk, set()).add(place)
    return [
        place
        for place, row in rows.items()
        if (asked := asked_at.get(transcript.turns[place].reply_to)) is not None
        and row.reply_to_id
        and len(words_of(row.as_read)) <= SHORT
        and asked not in holding.get(row.reply_to_id, ())
    ]


def _kept_together(alignment, current, texts, kept_whole):
    """Take the parts of a turn that is kept whole for no parts -> {place: that turn}; its text is theirs together.

    Where the file says otherwise than when that was chosen, a person has to choose again.
    """
    within = {}
    for place, old in alignment.pairs.items():
        whole, parts = current[old], sorted(part for part, of in alignment.parts.items() if of == old)
        if whole.pk in kept_whole and whole.source_text == "\n\n".join(texts[each][1] for each in (place, *parts)):
            texts[place] = (texts[place][0], whole.source_text)
            within |= dict.fromkeys(parts, whole)
    for part in within:
        del alignment.parts[part]
    return within


def _as_curated(turns, rows):
    """Return the turns with statements for new answers to what a curator made no question."""
    asking = {
        turn.number
        for place, turn in enumerate(turns)
        if turn.kind == Turn.Kind.QUESTION and (place not in rows or rows[place].kind == Turn.Kind.QUESTION)
    }
    return [
        turn
        if place in rows or turn.kind != Turn.Kind.ANSWER or turn.reply_to is None or turn.reply_to in asking
        else replace(turn, kind=Turn.Kind.STATEMENT.value, reply_to=None)
        for place, turn in enumerate(turns)
    ]


def _returning(transcript, known, turns):
    """Return {place: row} of the turns whose words, as they stand or stood before, are at a place not yet known."""
    texts = read_texts(transcript)
    places = [place for place in range(len(texts)) if place not in known]
    turns = [turn for turn in turns if turn not in known.values()]
    if not places or not turns:
        return {}
    by_key = {turn.pk: turn for turn in turns}
    former = Revision.objects.filter(turn__interview=turns[0].interview_id).values_list("turn_id", "text")
    said = [(turn, turn.as_read) for turn in turns] + [(by_key[key], text) for key, text in former if key in by_key]
    waiting = defaultdict(deque)
    for turn, text in said:
        waiting[_key_of(turn.kind, text, turn.reply_to_id)].append(turn)
    asked_at = {turn.number: place for place, turn in enumerate(transcript.turns)}
    found, taken = {}, set()
    for place in places:
        question = (known | found).get(asked_at.get(transcript.turns[place].reply_to))
        candidates = waiting[_key_of(*texts[place], question and question.pk)]
        while candidates and place not in found:
            turn = candidates.popleft()
            if turn not in taken:
                found[place] = turn
                taken.add(turn)
    return found


def _key_of(kind, text, question_id):
    """Return what makes two turns the same: of a short answer its question too."""
    words = words_of(text)
    is_short_answer = kind == Turn.Kind.ANSWER and len(words) <= SHORT
    return kind, words or text, question_id if is_short_answer else None


def _rewritten(transcript, known, left, said_before):
    """Return {place: row} of answers in their place: the only one of a question before and now, by the same speaker."""
    asked_at = {turn.number: place for place, turn in enumerate(transcript.turns)}
    answers = Counter(turn.reply_to for turn in transcript.turns if turn.reply_to)
    answers_before = Counter(said["reply_to"] for said in said_before.values() if said["reply_to"])
    by_question = {(said_before.get(row.number) or {}).get("reply_to"): row for row in left}
    found = {}
    for place, turn in enumerate(transcript.turns):
        question = known.get(asked_at.get(turn.reply_to))
        row = question and by_question.get(question.number)
        if place in known or not row or (answers[turn.reply_to], answers_before[question.number]) != (1, 1):
            continue
        is_same_voice = said_before[row.number]["speaker"] == key_of(turn)
        if is_same_voice and substance(row.as_read) & substance("\n\n".join(turn.paragraphs)):
            found[place] = row
    return found
