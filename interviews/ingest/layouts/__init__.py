"""Layouts: the textual conventions of transcripts, one module each.

A layout is a module with `find(lines: Lines) -> list[Mark]`: the places where its convention sees speeches begin, or
[]. A new one is added to LAYOUTS and gets its golden pairs in tests/layouts/; it cannot change what other files give
unless it explains them better. LAST_RESORT is asked where none of them finds anything, and always says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviews.ingest.doubts import is_list, only_quotes
from interviews.ingest.labels import Mark
from interviews.ingest.layouts import (
    alone,
    answers,
    brackets,
    capitals,
    colon,
    dashes,
    letters,
    questions,
    roles,
    same_line,
    set_apart,
    unmarked,
)
from interviews.ingest.lines import Line, Lines
from interviews.ingest.short_slips import unread
from interviews.ingest.speakers import parts_of
from interviews.ingest.speeches import Speech, split
from interviews.ingest.transcript import Problem, Severity, UnreadableError
from interviews.ingest.words import key

LAYOUTS = (colon, letters, capitals, alone, roles, dashes, brackets, answers, questions, same_line, set_apart)
LAST_RESORT = unmarked
CLOSE = 0.05
MANY = 0.2
MOST_SPEECHES = 5_000
MOST_AT_FIRST = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout that explains a text best: its name, where speeches begin, the speeches."""

    name: str
    marks: tuple[Mark, ...] = ()
    speeches: tuple[Speech, ...] = ()
    problems: tuple[Problem, ...] = ()


def choose(lines: Sequence[Line]) -> Choice:
    """Return the best layout for a text; without any, a choice named “none” without speeches.

    Of those that fit about equally well, one that sees all that the others see is the best. Raises UnreadableError
    where more speeches begin than one interview can have.
    """
    lines = Lines(lines)
    found = [
        (_name(layout), marks, split(lines, marks)) for layout in LAYOUTS if (marks := _apart(lines.once(layout.find)))
    ]
    found = [each for each in found if not (is_list(each[2]) or only_quotes(each[2]))]
    if not found:
        return _unmarked(lines)
    scored = [(score(lines, each[2]) if len(found) > 1 else 1, *each) for each in found]
    scored.sort(key=lambda each: -each[0])
    close = [each for each in scored if scored[0][0] - each[0] < CLOSE]
    taken = next((each for each in close if all(_places(each[2]) >= _places(other[2]) for other in close)), scored[0])
    _, name, marks, speeches = taken
    if _labels_stop(lines, marks):
        return _unmarked(lines)
    if len(marks) > MOST_SPEECHES:
        raise UnreadableError(_too_many(lines, marks))
    problems = [_tie(taken, other) for other in close if not _places(other[2]) <= _places(marks)]
    return Choice(name, tuple(marks), tuple(speeches), (*problems, *_damage(lines, marks)))


def _unmarked(lines):
    """Return what the order of paragraphs alone suggests, as a draft; or a choice named “none”."""
    marks = LAST_RESORT.find(lines)
    if not marks:
        return Choice("none")
    return Choice(_name(LAST_RESORT), tuple(marks), tuple(split(lines, marks)), (LAST_RESORT.PROBLEM,))


def _labels_stop(lines, marks):
    """Whether labels stand at the first exchange alone, and below them paragraphs take turns without any."""
    if len(marks) > MOST_AT_FIRST or len({mark.key for mark in marks}) < len(marks):
        return False
    return _places(marks) < _places(LAST_RESORT.find(lines))


def score(lines: Sequence[Line], speeches: Sequence[Speech]) -> float:
    """How well speeches explain a text, 0 to 1: both sides speak, they alternate, little stands outside."""
    parts = [part for part in parts_of(speeches) if part != "moderator"]
    sides = [part == "interviewer" for part in parts]
    both = any(sides) and not all(sides)
    changes = sum(one != other for one, other in pairwise(sides)) / max(1, len(sides) - 1)
    return (0.4 + 0.6 * both) * (0.5 + 0.5 * changes) * (0.3 + 0.7 * _covered(lines, speeches))


def _name(layout):
    return layout.__name__.rpartition(".")[2]


def _covered(lines, speeches):
    """The share of the text that stands under labels."""
    spoken = sum(fragment.end - fragment.start for speech in speeches for fragment in speech.body)
    return spoken / max(1, sum(len(line.text) for line in lines))


def _too_many(lines, marks):
    message = f"It has {len(marks):,} labels of speakers; {MOST_SPEECHES:,} is the most. Split it, a file an interview."
    return Problem("too_many_labels", lines[marks[MOST_SPEECHES].index].number, message, Severity.REFUSE)


def _apart(marks):
    """Leave out marks that begin inside the one before: no word is a label twice."""
    apart = []
    for mark in marks:
        if not apart or mark.place >= (apart[-1].index, apart[-1].end):
            apart.append(mark)
    return apart


def _places(marks):
    return {mark.place for mark in marks}


def _damage(lines, marks):
    """Yield a note on each damaged label, and what keeps a file a draft: many of them, or one that stayed unread."""
    damaged = [mark for mark in marks if mark.written]
    for mark in damaged:
        message = (
            f"The label “{mark.label}” stands without its colon."
            if key(mark.written) == key(mark.label) and ":" not in mark.written
            else f"The label “{mark.written}” was taken for a slip of “{mark.label}”."
        )
        yield Problem("misspelt_label", lines[mark.index].number, message, Severity.NOTE)
    if len(damaged) > MANY * len(marks):
        message = f"{len(damaged)} of {len(marks)} labels are damaged. Look whether all were found and rightly read."
        yield Problem("damaged_labels", None, message, Severity.DRAFT)
    for line in unread(lines, marks) if damaged else ():
        message = f"“{line.text[:20]}” may begin a speech under a damaged label; it was left where it stands."
        yield Problem("unread_label", line.number, message, Severity.DRAFT)


def _tie(best, other):
    message = (
        f"It can be read in two ways that fit equally well: as “{best[1]}” with {len(best[3])} speeches, or as "
        f"“{other[1]}” with {len(other[3])}. The first was taken; look at the turns before you publish it."
    )
    return Problem("tied_layouts", None, message, Severity.DRAFT)
