"""Where the head of a document ends and speech begins, when the first words bear no label."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviews.ingest.dates import CLOCK, find_dates
from interviews.ingest.furniture import PROOF, is_credit
from interviews.ingest.lines import Fragment
from interviews.ingest.words import load

SENTENCE = re.compile(r"""[.?!…,:;»”"’')\]—–-]\s*$""")
QUESTION = re.compile(r"[?؟？]\W*$")
PROSE = 60
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines before the first label: those of the head, those spoken without a label, and by which side."""

    head: tuple[Fragment, ...]
    spoken: tuple[Fragment, ...] = ()
    part: str = ""


def part_from_head(before: Sequence[Fragment], reasons: Mapping[int, str], first_part: str) -> Opening:
    """Divide what stands before the first labelled speech.

    `reasons` says which of these lines (by index) are furniture, `first_part` who speaks first under a label.
    Before a question, prose that does not speak about the interview is an opening statement. Before an answer, prose
    that ends with a question mark is a question; other prose introduces the interview and is no speech.
    """
    start = _prose_from(before, reasons)
    head = tuple(before[:start])
    prose = tuple(fragment for index, fragment in enumerate(before) if index >= start and index not in reasons)
    if sum(len(fragment.text) for fragment in prose) < PROSE:
        return Opening(tuple(before))
    if first_part == "interviewer" and not _introduces(prose):
        return Opening(head, prose, "interviewee")
    if first_part == "interviewee" and QUESTION.search(prose[-1].text):
        return Opening(head, prose, "interviewer")
    return Opening(tuple(before))


def _prose_from(before, reasons):
    """Return the index from which on all lines are prose: nothing of the head, no furniture but page numbers."""
    start, following = len(before), ""
    for index in range(len(before) - 1, -1, -1):
        reason = reasons.get(index)
        if reason in ("page number", "running head"):
            continue
        if reason or not _is_prose(before[index], following):
            break
        start, following = index, before[index].text
    return start


def _is_prose(fragment, following):
    """A sentence or a part of one; not a heading, a date, a note on the text."""
    text = fragment.text
    folded = text.casefold().strip(" .:")
    if fragment.line.heading or PROOF.search(text) or folded in load("words")["full_text"] or is_credit(text):
        return False
    if CLOCK.fullmatch(text) or (len(text) < 2 * PROSE and any(True for _ in find_dates(text))):
        return False
    if text.isupper():
        return False
    runs_on = len(text) > PROSE * 2 // 3 and following[:1].islower()
    return runs_on or bool(SENTENCE.search(text))


def _introduces(prose):
    """Whether prose speaks about the interview instead of opening it: no “I” or “we”, no greeting, but its name."""
    text = " ".join(fragment.text for fragment in prose).casefold()
    words = set(WORD.findall(text.replace("’", "'")))
    if words & set(load("words")["first_person"]) or any(each in text for each in load("words")["greetings"]):
        return False
    return bool(words & set(load("outlet_words")["interview"]))
