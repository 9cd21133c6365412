"""Labels alone on their line without a colon: bold, a heading, in capitals, a role word, a name that takes turns."""

import re
from collections import Counter
from itertools import dropwhile, pairwise

from interviews.ingest.dates import is_date_line
from interviews.ingest.establish import Establisher, take_turns
from interviews.ingest.labels import MAX_LABEL, Mark, looks_like_name, office_in, part_of, without_note
from interviews.ingest.lines import Lines
from interviews.ingest.words import key, words_of

LONGEST = 60
FEWEST_QUESTIONS = 2
LETTERS = re.compile(r"\s\([A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,2}\)$")
CLOCK_AFTER = re.compile(r"\s[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?$")


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no such label asks more than once or takes turns."""
    candidates = [
        Mark(index, 0, len(line.text), _label(line), bold=line.is_bold(0, len(line.text)))
        for index, line in enumerate(lines)
        if len(line.text) <= (MAX_LABEL if line.text.isupper() else LONGEST) and _is_candidate(line)
    ]
    marks = Establisher(lines, candidates).established()
    marks = _without_head(lines, sorted([*marks, *_noted_once(lines, candidates, marks)], key=lambda mark: mark.index))
    asked = sum(part_of(mark.label) == "interviewer" for mark in marks)
    is_asked = asked >= FEWEST_QUESTIONS or (asked and any(_is_noted(lines, mark) for mark in marks))
    return marks if _speaks_each(marks) and (is_asked or take_turns(marks)) else []


def _is_noted(lines, mark):
    """Whether a name bears the letters of a ministry or an outlet: “Rosso (MFA)”."""
    return bool(LETTERS.search(lines[mark.index].text)) and part_of(mark.label) is None


def _noted_once(lines, candidates, marks):
    """Yield the names not yet known that bear such letters, where a label that is known does."""
    known = {mark.key for mark in marks}
    if any(_is_noted(lines, mark) for mark in marks):
        yield from (mark for mark in candidates if mark.key not in known and _is_noted(lines, mark))


def _label(line):
    return without_note(CLOCK_AFTER.sub("", line.text))


def _without_head(lines, marks):
    """Drop what stands before the first label that returns or is sure: titles at the top are set like labels."""
    often = Counter(_name(mark) for mark in marks)
    return list(dropwhile(lambda mark: often[_name(mark)] < 2 and not _is_sure(lines, mark), marks))


def _name(mark):
    """Return the key of a label without the office before it or behind its comma."""
    name = key(mark.label.partition(",")[0])
    return name.removeprefix(office_in(name)).strip() or mark.key


def _is_sure(lines, mark):
    return part_of(mark.label) == "interviewer" or _is_noted(lines, mark)


def _speaks_each(marks):
    """Whether there are two labels or more and something stands between any two."""
    apart = sum(after.index - mark.index > 1 for mark, after in pairwise(marks))
    return len({mark.key for mark in marks}) > 1 and apart * 10 >= 9 * (len(marks) - 1)


def _is_candidate(line):
    text = line.text
    is_label = text[-1].isalnum() or text.endswith((")", "]"))
    set_apart = line.heading or text.isupper() or line.is_bold(0, len(text)) or part_of(_label(line)) is not None
    return is_label and (set_apart or _is_name(line))


def _is_name(line):
    """A name at the start of a paragraph, no date, none of the words that documents use of themselves."""
    words = key(line.text).split()
    return looks_like_name(_label(line)) and words_of("no_place").isdisjoint(words) and not is_date_line(line.text)
