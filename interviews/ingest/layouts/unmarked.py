"""Nothing marks who speaks but the order of paragraphs: one that asks, then those that answer.

Only for texts that no other layout explains, and always a draft: an answer may ask back, and a question may go without
its mark. A label may stand once, at the first question or the first answer.
"""

import re
from collections.abc import Sequence

from interviews.ingest.labels import Mark, looks_like_name, part_of
from interviews.ingest.lines import Line
from interviews.ingest.transcript import Problem, Severity
from interviews.ingest.words import key, load

ASKS = re.compile(r"[?؟？][\s»”\")]*$")
LABEL = re.compile(r"(?P<label>[^\W\d_][^:：?!]{0,60}?)(?:\s?[:：]\s+(?:[–—-]\s+)?|\s[–—-]\s+)(?=\S)")
FEWEST, FEWEST_WITH_LABELS = 4, 2
QUESTION_LINES = 3
LONGEST_QUESTION = 700
LONGEST_ANSWER = 0.5
PROBLEM = Problem(
    "unmarked_speakers",
    None,
    "Nothing in it says who speaks: questions were told from answers by their question marks alone. "
    "Look at every turn before you publish it.",
    Severity.DRAFT,
)


def find(lines: Sequence[Line]) -> list[Mark]:
    """Return where questions and answers begin, in order; nothing where too little speaks for a dialogue."""
    introduced = _introduced(lines)
    after = introduced[1] + 1 if introduced else 0
    asking = [index for index in range(after, len(lines)) if _asks(lines[index])]
    turns = [(first, last + 1) for first, last in _together(asking)]
    if introduced:
        turns.insert(0, introduced)
    fewest = FEWEST_WITH_LABELS if introduced else FEWEST
    if len(turns) < fewest or not _is_dialogue(lines, turns) or not (introduced or _says_interview(lines, turns[0][0])):
        return []
    marks = []
    for asked, answered in turns:
        marks.append(_mark(lines, asked, "interviewer"))
        if answered < len(lines):
            marks.append(_mark(lines, answered, "interviewee"))
    return marks


def _introduced(lines):
    """Return (line of the first question, line of its answer) where both bear a label and no others do; or None."""
    labelled = [(index, found["label"]) for index, line in enumerate(lines) if (found := _labelled(line))]
    if len(labelled) != 2 or labelled[0][1] == labelled[1][1]:
        return None
    (asked, _), (answered, _) = labelled
    return (asked, answered) if answered - asked <= QUESTION_LINES else None


def _asks(line):
    return bool(ASKS.search(line.text)) and len(line.text) <= LONGEST_QUESTION and not line.heading


def _together(indexes):
    """Return [(first, last)] of runs of neighbouring lines: a question of several paragraphs."""
    groups = []
    for index in indexes:
        if groups and groups[-1][1] == index - 1:
            groups[-1] = (groups[-1][0], index)
        else:
            groups.append((index, index))
    return groups


def _is_dialogue(lines, turns):
    """Whether answers are longer than questions, and none of many holds most of the text."""
    ends = [asked for asked, _ in turns[1:]] + [len(lines)]
    asked = sum(len(line.text) for first, last in turns for line in lines[first:last])
    answers = [sum(len(line.text) for line in lines[last:end]) for (_, last), end in zip(turns, ends, strict=True)]
    return sum(answers) > asked and (len(turns) < FEWEST or max(answers) < LONGEST_ANSWER * sum(answers))


def _says_interview(lines, first):
    words = {word for line in lines[:first] for word in key(line.text).split()}
    return not words.isdisjoint(load("outlet_words")["interview"])


def _labelled(line):
    found = LABEL.match(line.text)
    is_name = found and looks_like_name(found["label"]) and (":" in found[0] or found["label"].isupper())
    return found if is_name and not part_of(found["label"]) else None


def _mark(lines, index, part):
    found = _labelled(lines[index])
    return Mark(index, 0, found.end(), found["label"], part=part) if found else Mark(index, 0, 0, "", part=part)
