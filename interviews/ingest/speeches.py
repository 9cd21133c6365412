"""Speeches: the text cut at the labels, before anything is known about who asks and who answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from interviews.ingest.labels import Mark, part_of
from interviews.ingest.lines import Ending, Fragment, Line

CLOSED = Ending(r"""[.?!…:;—–\-。？！؟][»”"’')\]」』]?""")
MOST_LINES = 1.05
FEWEST = 4


@dataclass(frozen=True)
class Speech:
    """What stands under one label. `label` is as written; None where there is none.

    `mark` is the place of the label. `part` is set where the layout knows it: interviewer, interviewee ...
    `repeated`: places inside the body where the same label stands again, once a line.
    """

    label: str | None
    mark: Fragment | None
    body: tuple[Fragment, ...]
    part: str | None = None
    repeated: tuple[Fragment, ...] = ()

    @cached_property
    def text(self) -> str:
        return " ".join(fragment.text for fragment in self.body)


def split(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Speech]:
    """Cut lines at marks (in order) into speeches; what stands before the first is no speech.

    A mark whose part is “heading” cuts nothing: its line is a heading that only its layout knows.
    """
    headings = {mark.index for mark in marks if mark.part == "heading"}
    marks = [mark for mark in marks if mark.part != "heading"]
    if not marks:
        return []
    ends = [mark.place for mark in marks[1:]] + [(len(lines), 0)]
    speeches = [
        Speech(
            " ".join(mark.label.split()) or None,
            Fragment(lines[mark.index], mark.start, mark.end) if mark.end > mark.start else None,
            tuple(_between(lines, (mark.index, mark.end), end, headings)),
            mark.part,
        )
        for mark, end in zip(marks, ends, strict=True)
    ]
    return _together(speeches, everywhere=_repeats_labels(speeches))


def _repeats_labels(speeches):
    """Whether every line of a text bears its label, and many bear that of the line above."""
    lines = sum(len({fragment.line.number for fragment in speech.body}) for speech in speeches)
    again = sum(one.label == other.label and not _asks(other) for one, other in pairwise(speeches))
    return lines <= len(speeches) * MOST_LINES and again * 5 >= len(speeches) > FEWEST


def _asks(speech):
    return part_of(speech.label or "") == "interviewer"


def _together(speeches, *, everywhere):
    """Join what one label says in a row: everywhere, or where it goes on amid a sentence.

    Whoever asks under a role word may be somebody else each time.
    """
    groups = []
    for speech in speeches:
        before = groups[-1][-1] if groups else None
        is_same = before and speech.mark and speech.label and before.label == speech.label
        if is_same and ((everywhere and not _asks(speech)) or _is_amid_sentence(before, speech)):
            groups[-1].append(speech)
        else:
            groups.append([speech])
    return [_joined(*group) for group in groups]


def _joined(first, *others):
    if not others:
        return first
    body = tuple(fragment for speech in (first, *others) for fragment in speech.body)
    return replace(first, body=body, repeated=tuple(speech.mark for speech in others))


def _is_amid_sentence(before, speech):
    return speech.text[:1].islower() and not CLOSED.search(before.text)


def _between(lines, start, end, headings):
    """Yield the fragments from one place (line index, character) to another, headings of sections left out."""
    first, at = start
    for index in range(first, min(end[0] + 1, len(lines))):
        line = lines[index]
        from_ = at if index == first else 0
        to = end[1] if index == end[0] else len(line.text)
        is_heading = (line.heading or index in headings) and index != first and to == len(line.text)
        if from_ < to and line.text[from_:to].strip() and not is_heading:
            yield Fragment(line, from_, to)
