"""Question and answer on one line, a dash before each: “– When does it open? – In June.”"""

import re

from interviews.ingest.labels import Mark
from interviews.ingest.lines import Ending, Lines

OPENS = re.compile(r"[–—―-]\s*(?=\w|[«“„\"(¿])")
ANSWERS = re.compile(r"(?<=[.?!…»”\"])\s+[–—―-]\s+(?=[^\W\d_])")
ASKS = Ending(r"[?؟？]\W*")
FEWEST = 3
ASKING, TOGETHER = 0.5, 0.8


def find(lines: Lines) -> list[Mark]:
    """Return where questions and answers begin, in order; nothing where dashes do not come in pairs or hardly ask."""
    opened = [(index, found) for index, line in enumerate(lines) if (found := OPENS.match(line.text))]
    pairs = [(index, found, answer) for index, found in opened if (answer := _only_answer(lines[index].text))]
    asking = sum(bool(ASKS.search(lines[index].text[: answer.start()])) for index, _, answer in pairs)
    if len(pairs) < FEWEST or len(pairs) < TOGETHER * len(opened) or asking < ASKING * len(pairs):
        return []
    return [mark for index, found, answer in pairs for mark in _marks(index, found, answer)]


def _only_answer(text):
    """Return the match of the one dash inside a line that a new sentence follows, else None."""
    inner = [found for found in ANSWERS.finditer(text) if not text[found.end()].islower()]
    return inner[0] if len(inner) == 1 else None


def _marks(index, found, answer):
    yield Mark(index, 0, found.end(), "", part="interviewer")
    yield Mark(index, answer.start(), answer.end(), "", part="interviewee")
