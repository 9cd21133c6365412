"""Labels alone on their line without a colon: bold, a heading, in capitals, or a bare role word."""

from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile

from interviews.ingest.establish import Establisher
from interviews.ingest.labels import Mark, part_of, without_note
from interviews.ingest.lines import Line

LONGEST = 60
FEWEST_QUESTIONS = 2


def find(lines: Sequence[Line]) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no such label asks more than once."""
    candidates = [
        Mark(index, 0, len(line.text), without_note(line.text), bold=line.is_bold(0, len(line.text)))
        for index, line in enumerate(lines)
        if len(line.text) <= LONGEST and _is_set_apart(line)
    ]
    marks = _without_head(Establisher(lines, candidates).established())
    asked = [mark for mark in marks if part_of(mark.label) == "interviewer"]
    return marks if len(asked) >= FEWEST_QUESTIONS and len({mark.key for mark in marks}) > 1 else []


def _without_head(marks):
    """Drop what stands before the first label that returns: titles and offices at the top are set like labels."""
    often = Counter(mark.key for mark in marks)
    return list(dropwhile(lambda mark: often[mark.key] < 2, marks))


def _is_set_apart(line):
    text = line.text
    is_label = text[-1].isalnum() or text.endswith((")", "]"))
    return is_label and (line.heading or text.isupper() or line.is_bold(0, len(text)) or part_of(text) is not None)
