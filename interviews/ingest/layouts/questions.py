"""Only the questions are labelled or numbered; what stands unlabelled below each of them is the answer.

“Q. When will it open?” / “In June.”; “1. When will it open?” / “In June.”
"""

import re
from itertools import pairwise

from interviews.ingest.labels import Mark, part_of, without_note
from interviews.ingest.lines import Ending, Lines
from interviews.ingest.paragraphs import Breaks, breaks_of

LABELLED = re.compile(
    r"[\[(【]?(?P<label>[^\W_][^\W_-]{0,20}(?:\s?\d{1,3})?)\s?(?:[\])】]\s?[:：.]?|[.:：]|\s-)\s*(?=\S)"
)
NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)")
QUESTION = Ending(r"[?؟？]\W*")
ANSWER_LABEL = re.compile(
    r"\W{0,3}[^\s:：]{1,30}(?:\s{1,3}[^\s:：]{1,30}){0,6}\s?[:：]|[^\W\d_]\d{0,3}(?:\.|\s\s|\s?[-–—])"
)
FEWEST_NUMBERED = 3
SHARE = 0.75


def find(lines: Lines) -> list[Mark]:
    """Return the questions and, below each of them, the place where its unlabelled answer begins."""
    asked = _labelled(lines) or _numbered(lines)
    if len(asked) < 2:
        return []
    by_line = lines.once(breaks_of) is Breaks.LINE
    ends = [*(mark.index for mark in asked[1:]), len(lines)]
    answers = [_answer(lines, mark, end, by_line=by_line) for mark, end in zip(asked, ends, strict=True)]
    marks = sorted(asked + [mark for mark in answers if mark], key=lambda mark: (mark.index, mark.end))
    if sum(_bears_label(lines[mark.index].text) for mark in answers if mark) * 2 > len(answers):
        return []
    questions = sum(bool(QUESTION.search(lines[mark.index - 1].text)) for mark in answers if mark)
    answered = len(marks) - len(asked)
    return marks if answered >= SHARE * len(asked) and questions >= SHARE * answered else []


def _bears_label(text):
    """Whether an answer begins with a label of its own, so that another layout explains the text."""
    found = LABELLED.match(text)
    return bool(ANSWER_LABEL.match(text)) or (found is not None and part_of(found["label"]) == "interviewee")


def _labelled(lines):
    return [
        Mark(index, 0, found.end(), without_note(found["label"]))
        for index, line in enumerate(lines)
        if (found := LABELLED.match(line.text)) and part_of(found["label"]) == "interviewer"
    ]


def _numbered(lines):
    """Return paragraphs numbered from 1 on without a gap, none of which follows another directly: they are no list."""
    found = [(index, match) for index, line in enumerate(lines) if line.gap and (match := NUMBERED.match(line.text))]
    in_order = all(int(match["number"]) == number for number, (_, match) in enumerate(found, start=1))
    apart = all(after - index > 1 for (index, _), (after, _) in pairwise(found))
    return (
        [Mark(index, 0, match.end(), "", part="interviewer") for index, match in found]
        if in_order and apart and len(found) >= FEWEST_NUMBERED
        else []
    )


def _answer(lines, mark, until, *, by_line):
    """Return where the answer begins: the first paragraph after the one that asks, else after the first; or None."""
    starts = [index for index in range(mark.index + 1, until) if by_line or lines[index].gap]
    asks = next((index for index in starts if QUESTION.search(lines[index - 1].text)), None)
    begin = asks if asks is not None else next(iter(starts), None)
    return Mark(begin, 0, 0, "", part="interviewee") if begin is not None else None
