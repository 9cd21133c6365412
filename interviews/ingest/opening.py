"""Where the head of a document ends and speech begins, when the first words bear no label."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviews.ingest.dates import CLOCK, holds_date, is_date_line
from interviews.ingest.furniture import PROOF, is_credit
from interviews.ingest.lines import Fragment
from interviews.ingest.words import key, load, words_of

SENTENCE = re.compile(r"""[.?!…,:;»”"’')\]—–-]\s*$""")
QUESTION = re.compile(r"[?؟？]\W*$")
LAYOUT = ("page number", "running head", "rule")
MOST_INTERRUPTING = 4
PROSE = 60
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines before the first label: those of the head, those spoken without a label, and by which side.

    headings: lines amid or below the spoken ones that were not said, such as “Q&A”.
    """

    head: tuple[Fragment, ...]
    spoken: tuple[Fragment, ...] = ()
    part: str = ""
    headings: tuple[Fragment, ...] = ()


def part_from_head(before: Sequence[Fragment], reasons: Mapping[int, str], first_part: str) -> Opening:
    """Divide what stands before the first labelled speech.

    `reasons` says which of these lines (by index) are furniture, `first_part` who speaks first under a label.
    Before a question, prose that does not speak about the interview is an opening statement. Before an answer, prose
    that ends with a question mark is a question; other prose introduces the interview and is no speech.
    """
    start = _prose_from(before, reasons)
    if first_part == "interviewer":
        start = _statement_from(before, reasons, start)
    head = tuple(before[:start])
    spoken = [fragment for index, fragment in enumerate(before) if index >= start and index not in reasons]
    headings = _headings(spoken)
    prose = tuple(fragment for fragment in spoken if fragment not in headings)
    if sum(len(fragment.text) for fragment in prose) < PROSE:
        return Opening(tuple(before))
    if first_part == "interviewer" and not _introduces(prose):
        return Opening(head, prose, "interviewee", headings)
    if first_part == "interviewee" and QUESTION.search(prose[-1].text):
        return Opening(head, prose, "interviewer", headings)
    return Opening(tuple(before))


def _prose_from(before, reasons):
    """Return the index from which on all lines are prose: nothing of the head, no furniture but page numbers."""
    start, following = len(before), ""
    for index in range(len(before) - 1, -1, -1):
        reason = reasons.get(index)
        if reason in LAYOUT[:2]:
            continue
        if reason or not _is_prose(before[index], following):
            break
        start, following = index, before[index].text
    return start


def _statement_from(before, reasons, start):
    """Return the index of the first sentence that says “I” or “we”, whatever divides it from the first label.

    Looks no further up than a line of the head, nor than a few lines together that are no sentences; else `start`.
    """
    interrupting = 0
    for index in range(len(before) - 1, -1, -1):
        if reasons.get(index) in LAYOUT:
            continue
        if index in reasons or _is_of_head(before, index) or interrupting > MOST_INTERRUPTING:
            break
        if not _is_sentence(before, index):
            interrupting += 1
            continue
        interrupting = 0
        if is_personal(before[index].text):
            start = min(start, index)
    return start


def _is_sentence(before, index):
    """Whether a line ends like a sentence or, long as it is, runs on into the next."""
    runs_on = index + 1 < len(before) and not before[index + 1].gap and len(before[index].text) > PROSE * 2 // 3
    return runs_on or bool(SENTENCE.search(before[index].text))


def _is_of_head(before, index):
    """A date, a note on the text, or words such as “Transcript” and “Interview” in a line that is no sentence."""
    text = before[index].text
    if is_date_line(text) or CLOCK.fullmatch(text) or PROOF.search(text) or is_credit(text):
        return True
    names_document = not words_of("no_place").isdisjoint(key(text).split())
    return not _is_sentence(before, index) and (names_document or holds_date(text))


def _headings(spoken):
    """Return the lines that were not said: marked as headings, or set apart and last, such as “Q&A”."""
    headings = [fragment for fragment in spoken if fragment.line.heading]
    last = spoken[-1] if spoken else None
    if last and last.gap and not last.line.heading and not SENTENCE.search(last.text) and not is_personal(last.text):
        headings.append(last)
    return tuple(headings)


def _is_prose(fragment, following):
    """A sentence or a part of one; not a heading, a date, a note on the text."""
    text = fragment.text
    folded = text.casefold().strip(" .:")
    if fragment.line.heading or PROOF.search(text) or folded in load("words")["full_text"] or is_credit(text):
        return False
    if CLOCK.fullmatch(text) or (len(text) < 2 * PROSE and holds_date(text)):
        return False
    if text.isupper():
        return False
    runs_on = len(text) > PROSE * 2 // 3 and following[:1].islower()
    return runs_on or bool(SENTENCE.search(text))


def _introduces(prose):
    """Whether prose speaks about the interview instead of opening it: no “I” or “we”, no greeting, but its name."""
    text = " ".join(fragment.text for fragment in prose)
    return not is_personal(text) and bool(_words(text) & set(load("outlet_words")["interview"]))


def is_personal(text: str) -> bool:
    """Whether somebody says “I” or “we”, or greets."""
    greets = any(each in text.casefold() for each in load("words")["greetings"])
    return greets or bool(_words(text) & set(load("words")["first_person"]))


def _words(text):
    return set(WORD.findall(text.casefold().replace("’", "'")))
