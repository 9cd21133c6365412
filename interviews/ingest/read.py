"""From the bytes of a file to a transcript: the one entry to the pure part of ingest."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from interviews.ingest.asides import after_page_mark, joined_over_pages, unsaid, with_directions
from interviews.ingest.bilingual import OTHER_LANGUAGE, as_translation, in_doubt, in_order, languages_of, versions
from interviews.ingest.doubts import NOBODY_NAMED, doubts, is_nobody_named, names_in_doubt, second_event
from interviews.ingest.ending import end_of, footer_lines, trimmed, without_flat_furniture, without_site_words
from interviews.ingest.furniture import apart_from_rules, furniture
from interviews.ingest.header import Head, read_head, with_outlet_of_speech
from interviews.ingest.labels import Mark, office_in, part_of
from interviews.ingest.language import detect_language, differing, lone_language
from interviews.ingest.layouts import choose
from interviews.ingest.lines import Fragment, Line, Page, whole
from interviews.ingest.markup import read_page
from interviews.ingest.names import Sources, speakers_of
from interviews.ingest.opening import Opening, part_from_head
from interviews.ingest.paragraphs import SOFT_HYPHEN, breaks_of, paragraphs
from interviews.ingest.people import people_in
from interviews.ingest.reader import decode
from interviews.ingest.repeats import outside_quotation, repeated
from interviews.ingest.spans import Ledger
from interviews.ingest.speakers import parts_of
from interviews.ingest.speeches import Speech, split
from interviews.ingest.statements import lone_statement
from interviews.ingest.transcript import Problem, Severity, Speaker, Transcript
from interviews.ingest.turns import Voiced, as_turns
from interviews.ingest.words import key, load

NO_TURNS = "No questions and answers were found: nothing in it looks like the label of a speaker."
NO_TITLE = "No title was found."
NO_QUESTIONS = "It has statements but no question."
OPENING_DROPPED = "The prose from here to the first label may be an opening statement; it was taken for the head."
REPEATED = "From here on the same text stands again; once is kept."
HEAD_LINES = 60
LONG_TEXT, LITTLE = 2000, 0.4
HEAD_CHARACTERS = 1500
FIRST_QUESTIONS = 3
ENOUGH_SPOKEN = 400  # letters that tell the language
PROSE = 120


def read_transcript(data: bytes, *, encoding: str | None = None, statements: bool = False) -> Transcript:
    """Return what a file's bytes hold. Pure: no database, no clock, nothing from the file's name.

    `encoding` overrides the detection. Raises UnreadableError where the bytes hold no text; a text without turns
    or questions is a transcript with a problem that refuses it. With `statements`, one that has statements but no
    question is taken, with a note. A text in two languages is one version, with the other as its `translation`.
    """
    decoded = decode(data, encoding=encoding)
    page = read_page(decoded.text)
    languages = languages_of(page.lines)
    found = versions(page.lines, languages)
    if not (found and found.sure):
        problems = [*decoded.problems, *([in_doubt(found)] if found else [])]
        reading = _Reading.of(decoded.text, page, problems, language=lone_language(languages))
        return _read(reading, choose, decoded.encoding, statements=statements)
    readings = [
        (_Reading.of(decoded.text, replace(page, lines=each.lines), list(decoded.problems), each.outside), each.choice)
        for each in in_order(found, page.fields)
    ]
    main, other = (_read(*reading, decoded.encoding, statements=statements) for reading in readings)
    return replace(main, translation=as_translation(other, main.header))


def _read(reading, layout_of, encoding, *, statements) -> Transcript:
    """Return the transcript of a page, or of one version on it. `layout_of(lines)` finds where its speeches begin."""
    choice = layout_of(reading.lines)
    reading.problems.extend(choice.problems)
    turns, speakers, head = _read_speeches(reading, choice)
    header = _with_language(reading, head, turns)
    _note_little_speech(reading, turns)
    if not header.title:
        reading.note("no_title", None, NO_TITLE)
    if not turns:
        reading.refuse("no_turns", NO_TURNS)
    elif not any(turn.kind == "question" for turn in turns):
        if statements:
            reading.note("statements_only", None, NO_QUESTIONS)
        else:
            reading.refuse("no_questions", NO_QUESTIONS)
    return Transcript(
        text=reading.ledger.text,
        encoding=encoding,
        layout=choice.name,
        header=header,
        turns=turns,
        speakers=speakers,
        spans=reading.ledger.spans(),
        problems=tuple(reading.problems),
    )


@dataclass(slots=True)
class _Reading:
    """A file while it is read. `reasons`: index of a page's line -> why it is no speech; `kept`: the others."""

    page: Page
    reasons: dict[int, str]
    kept: list[int]
    ledger: Ledger
    line_ends: list[int]
    problems: list[Problem]
    language: str | None  # where all of it is in one

    @classmethod
    def of(cls, text, page, problems, outside=(), language=None):
        reasons = furniture(page.lines)
        reasons |= dict.fromkeys(repeated(page.lines), "repeated text")
        reasons |= dict.fromkeys(outside_quotation(page.lines), "outside the quotation")
        page = replace(page, lines=tuple(apart_from_rules(page.lines, reasons)))
        kept = [index for index in range(len(page.lines)) if index not in reasons]
        line_ends = [found.start() for found in re.finditer("\n", text)]
        reading = cls(page, reasons, kept, Ledger(text), line_ends, problems, language)
        reading.ledger.claim_hidden(page.hidden)
        for fragment in outside:
            reading.drop(fragment, OTHER_LANGUAGE)
        for each in page.fields:
            reading.ledger.claim_stretch(each.start, each.end, "metadata", each.name)
        if "repeated text" in reasons.values():
            at = next(index for index, reason in reasons.items() if reason == "repeated text")
            reading.note("repeated_text", page.lines[at].number, REPEATED)
        return reading

    @property
    def lines(self) -> list[Line]:
        return [self.page.lines[index] for index in self.kept]

    def line_of(self, offset: int) -> int:
        """Return the number of the source line of an offset, from 1."""
        return bisect_right(self.line_ends, offset - 1) + 1

    def end_at(self, index: int, reason: str) -> None:
        """Take all lines of the page from an index on out of the speech."""
        for later in range(index, len(self.page.lines)):
            self.reasons.setdefault(later, reason)
        self.kept = [each for each in self.kept if each < index]

    def drop(self, fragment: Fragment, reason: str) -> None:
        self.ledger.claim(fragment, "boilerplate", reason)

    def note(self, code: str, line: int | None, message: str) -> None:
        self.problems.append(Problem(code, line, message, Severity.NOTE))

    def refuse(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, None, message, Severity.REFUSE))


def _read_speeches(reading, choice):
    """Return (turns, speakers, head) of a text, and claim all its stretches."""
    if choice.marks:
        last = choice.marks[-1]
        last = last._replace(index=reading.kept[last.index])
        reading.end_at(*end_of(reading.page.lines, reading.reasons, last))
    speeches = _cleaned(reading, _whole(reading, split(reading.lines, choice.marks)))
    opening = _opening(reading, choice, speeches)
    head = _read_head(reading, opening)
    reading.problems.extend(second_event(reading.lines, choice.marks, [each.text for each in opening.head]))
    if not (speeches or opening.spoken):
        _claim_rest(reading, choice)
        return (), (), head
    if opening.spoken:
        body = tuple(_trimmed(reading, opening.spoken, None, is_last=False))
        speeches.insert(0, Speech(None, None, body, opening.part))
    speeches = list(with_directions(speeches))
    labelled = speeches[1:] if opening.spoken else speeches
    parts = parts_of(labelled, answering=_surnames(head), asking=key(head.journalist or "").split())
    parts = [opening.part, *parts] if opening.spoken else parts
    reading.problems.extend(doubts(speeches, parts, damaged=any(mark.written for mark in choice.marks)))
    labels = {speech.label for speech in speeches if speech.label}
    texts = [head.header.title or "", *(fragment.text for fragment in opening.head), *sorted(labels)]
    spoken = " ".join(speech.text for speech in speeches)
    speakers = speakers_of(speeches, parts, Sources(head.people, texts, labels, head.journalist, spoken))
    if not choice.marks:
        speakers[""] = Speaker("", head.people[0].name, "interviewee", head.people[0].office)
    asked = [speech.text for speech, part in zip(speeches, parts, strict=True) if part == "interviewer"]
    head = with_outlet_of_speech(head, speakers.values(), asked[:FIRST_QUESTIONS])
    reading.problems.extend(names_in_doubt(speakers.values(), spoken))
    if not head.header.outlet and is_nobody_named(speeches, speakers.values(), texts, asked):
        reading.problems.append(NOBODY_NAMED)
    turns = _turns(reading, speeches, parts, speakers)
    _claim_rest(reading, choice)
    _note_labels(reading, speeches, speakers)
    return turns, tuple(speakers.values()), head


def _surnames(head):
    return {person.surname for person in head.people} - set(key(head.journalist or "").split())


def _whole(reading, speeches):
    """Return the speeches without what stands between and inside them unsaid, and whole again over page breaks."""
    speeches, marks = joined_over_pages(speeches)
    for mark in marks:
        reading.drop(mark, "running head")
    lines, reasons = reading.page.lines, reading.reasons
    below_rule = {id(line) for index, line in enumerate(lines) if reasons.get(index - 1) == "rule"}
    left_out = {id(fragment): (fragment, reason) for fragment, reason in unsaid(speeches, below_rule)}
    for fragment, reason in left_out.values():
        reading.drop(fragment, reason)
    if left_out:
        first = next(iter(left_out.values()))[0]
        message = f"Lines taken for headings, not for speech: {len(left_out)}. The first is “{first.text[:80]}”."
        reading.note("heading_left_out", first.line.number, message)
        speeches = [
            replace(each, body=tuple(part for part in each.body if id(part) not in left_out)) for each in speeches
        ]
    return speeches


def _cleaned(reading, speeches):
    """Return the speeches without the furniture glued to their ends; a label that nothing follows is no speech."""
    cleaned = []
    for speech in speeches:
        body, is_last = list(speech.body), speech is speeches[-1]
        footers = footer_lines(body) if is_last and body else 0
        for fragment in body[len(body) - footers :]:
            reading.drop(fragment, "site footer")
        body = _trimmed(reading, body[: len(body) - footers], speech.label, is_last=is_last)
        if any(fragment.text.replace(SOFT_HYPHEN, "").strip() for fragment in body):
            cleaned.append(speech if tuple(body) == speech.body else replace(speech, body=tuple(body)))
            continue
        for fragment in body:
            reading.drop(fragment, "nothing visible")
        for label in filter(None, (speech.mark, *speech.repeated)):
            reading.ledger.claim(label, "label", "nothing follows")
    return cleaned


def _trimmed(reading, body, label, *, is_last):
    """Return the lines of a speech without page marks and furniture glued to them."""
    return [
        _without_glued(reading, fragment, below, label if index else None, is_last=is_last and below is None)
        for index, (fragment, below) in enumerate(zip(body, [*body[1:], None], strict=False))
    ]


def _without_glued(reading, fragment, below, label, *, is_last):
    """Return a line without page marks and furniture at its ends; `label`: of its speaker, in lines after the first."""
    begin = fragment.start + after_page_mark(fragment, label)
    if begin > fragment.start:
        reading.drop(fragment._replace(end=begin), "running head")
        fragment = fragment._replace(start=begin)
    kept, dropped = without_flat_furniture(fragment)
    page_ends = below is None or below.gap > 0 or below.line.number > fragment.line.number + 1
    kept, marks = trimmed(kept, last=is_last, page_ends=page_ends)
    kept, words = without_site_words(kept) if is_last else (kept, [])
    for each in dropped + marks + words:
        reading.drop(each.fragment, each.reason)
    return kept


def _opening(reading, choice, speeches):
    """Return what stands before the first label, divided into head and unlabelled speech."""
    first = reading.kept[choice.marks[0].index] if choice.marks else len(reading.page.lines)
    before = [whole(line) for line in reading.page.lines[:first]]
    reasons = {index: reason for index, reason in reading.reasons.items() if index < first}
    if choice.marks and choice.marks[0].start:
        before.append(Fragment(reading.page.lines[first], 0, choice.marks[0].start))
    if not speeches:
        return _lone_statement(reading, before) or Opening(tuple(before))
    if choice.marks[0].part == "interviewer" and not _greets(before):
        return Opening(tuple(before))
    parts = parts_of(speeches)
    names = _names_of_answering(speeches, parts) or _names_in_head(before)
    opening = part_from_head(before, reasons, parts[0], names)
    if opening.doubtful:
        reading.problems.append(
            Problem("opening_dropped", opening.doubtful[0].line.number, OPENING_DROPPED, Severity.DRAFT)
        )
    for heading in opening.headings:
        reading.drop(heading, "heading")
    if opening.spoken:
        what = "question" if opening.part == "interviewer" else "opening statement"
        message = f"The {what} from here to the first label bears no label itself."
        severity = Severity.DRAFT if opening.may_be_of_others(names) else Severity.NOTE
        reading.problems.append(Problem("unlabelled_speech", opening.spoken[0].line.number, message, severity))
    return opening


def _lone_statement(reading, before):
    """Return the division into head and statement of a text that one person speaks, else None.

    It bears no label, or only such as nothing follows; `before`: what stands before the first of those.
    """
    found = lone_statement(reading.page.lines[: len(before)], reading.reasons)
    if not found:
        return None
    first, person = found
    reading.end_at(*end_of(reading.page.lines, reading.reasons, Mark(first, 0, 0, "")))
    message = f"No label stands before what is said from here on; the head names {person.name}."
    reading.note("unlabelled_speech", before[first].line.number, message)
    spoken = (before[index] for index in reading.kept if first <= index < len(before))
    return Opening(tuple(before[:first]), tuple(spoken), "interviewee")


def _greets(fragments):
    """Whether somebody greets: before questions told by other signs than labels, other words are the newspaper's."""
    return any(fragment.text.casefold().startswith(tuple(load("words")["greetings"])) for fragment in fragments)


def _names_of_answering(speeches, parts):
    """Return the words (in lower case) of the names under which somebody answers, without offices and honorifics."""
    labels = {speech.label for speech, part in zip(speeches, parts, strict=True) if part == "interviewee"}
    words = {word for label in labels if label and not part_of(label) for word in key(label).split()}
    return {word for word in words if len(word) > 2 and not office_in(word)}


def _names_in_head(before):
    """Return the surnames that stand beside offices before the first label, where the labels themselves name nobody."""
    return {person.surname for person in people_in([_clipped(fragment).text for fragment in before[:HEAD_LINES]])}


def _read_head(reading, opening):
    """Read the facts of the head and claim its lines: with the fact, else with the reason why it is no speech."""
    lines = [_clipped(fragment) for fragment in opening.head[:HEAD_LINES]]
    until = opening.head[-1].line.pieces[-1].end if opening.head else 0
    links = [link for link in reading.page.links if link.start < until]
    head = read_head(lines, reading.page.fields, links, reading.page.lines[len(opening.head) :])
    facts = {id(fragment.line): fact for fragment, fact in head.claims}
    place = {id(line): index for index, line in enumerate(reading.page.lines)}
    for fragment in opening.head:
        reason = reading.reasons.pop(place[id(fragment.line)], None)
        if id(fragment.line) in facts:
            reading.ledger.claim(fragment, "metadata", facts[id(fragment.line)])
        else:
            reading.drop(fragment, reason or ("introduction" if len(fragment.text) > PROSE else "heading"))
    reading.problems.extend(head.problems)
    return head


def _clipped(fragment):
    """Return the beginning of a line of the head: no fact stands far inside a long paragraph."""
    return fragment._replace(end=min(fragment.end, fragment.start + HEAD_CHARACTERS))


def _turns(reading, speeches, parts, speakers):
    """Return the turns, and claim labels and words with the number of their turn."""
    breaks = breaks_of(reading.lines)
    voiced = []
    for speech, part in zip(speeches, parts, strict=True):
        speaker = speakers.get(speech.label or "") if speech.label or part == "interviewee" else None
        together = tuple(paragraphs(speech.body, breaks))
        voiced.append(Voiced(part, speech.label, speaker and speaker.name, together, speech.mark))
    turns = tuple(as_turns(voiced, reading.line_of))
    for turn, speech, said in zip(turns, speeches, voiced, strict=True):
        for label in filter(None, (speech.mark, *speech.repeated)):
            reading.ledger.claim(label, "label", turn.number)
        for paragraph in said.paragraphs:
            for fragment in paragraph.fragments:
                kind = "direction" if turn.kind == "direction" else "turn"
                reading.ledger.claim(fragment, kind, turn.number)
    return turns


def _claim_rest(reading, choice):
    """Claim the lines that are neither head nor speech: furniture, and headings between turns."""
    for index, reason in reading.reasons.items():
        reading.drop(whole(reading.page.lines[index]), reason)
    marked = {mark.index for mark in choice.marks if mark.part != "heading"}
    headings = {mark.index for mark in choice.marks} - marked
    first = min(marked, default=len(reading.kept))
    for index, line in enumerate(reading.lines):
        if (line.heading or index in headings) and index > first and index not in marked:
            reading.drop(whole(line), "heading")


def _note_labels(reading, speeches, speakers):
    """Name the labels of answers for which nobody is named."""
    for speaker in speakers.values():
        if speaker.part == "interviewee" and speaker.label and not speaker.name:
            spoken = next(speech for speech in speeches if speech.label == speaker.label)
            at = (spoken.mark or spoken.body[0]).line.number
            reading.note("unnamed_speaker", at, f"The text does not say who “{speaker.label}” is.")


def _note_little_speech(reading, turns):
    """A long text of which little was recognised is no interview yet: labels were missed, or it is something else."""
    visible = sum(len(line.text) for line in reading.page.lines)
    spoken = sum(len(paragraph) for turn in turns for paragraph in turn.paragraphs)
    if turns and visible > LONG_TEXT and spoken < visible * LITTLE:
        message = f"Only {spoken / visible:.0%} of the text stands in a turn. Look whether labels were missed."
        reading.problems.append(Problem("little_speech", None, message, Severity.DRAFT))


def _with_language(reading, head: Head, turns):
    """Return the header with the language of what is spoken."""
    language = reading.language
    if not language:
        spoken = " ".join(paragraph for turn in turns[:50] for paragraph in turn.paragraphs)
        spoken = spoken or " ".join(line.text for line in reading.lines[:HEAD_LINES])
        language = detect_language(spoken[:ENOUGH_SPOKEN]) or detect_language(f"{head.header.title or ''} {spoken}")
    stated = [each.value for each in reading.page.fields if each.name.casefold() in ("lang", "language")]
    reading.problems.extend(differing(stated, language))
    return replace(head.header, language=language)
