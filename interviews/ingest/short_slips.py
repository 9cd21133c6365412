"""Short labels that a scanner damaged: “0 : …” for “Q: …”, “PHI Well” and “P141 Oh” for “PM: …”.

Two or three letters are like many words: they count where two speeches of the other side would touch.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, pairwise

from interviews.ingest.labels import Mark, is_ordinary, part_of
from interviews.ingest.likeness import LEAST_LETTERS, distance
from interviews.ingest.lines import Ending, Line, Lines
from interviews.ingest.words import key, letters_of, outlet_names

GLUED_SHORT = re.compile(r"\s(?=[A-Z]{2,3}\s?:\s)(?<=[a-z]\s)")
BEHIND_QUESTION = re.compile(r"\?\s(?=(?P<label>[A-Z]{2,3})\s(?P<word>[^\W\d_]+))")
CAPITALS_WITH_COLON = re.compile(r"[A-Z]{2,3}\s?[:;]{1,2}\s")
# The stop may be read as a letter (“PH s Oh”), or the speech be glued to the label and its stop (“PMSWell”).
SHORT = re.compile(
    r"(?P<label>[^\W_]{1,3}|[A-Z]\d{2,3}|[A-Z][-'’][A-Z](?=\s?:))(?P<stop>[!*]?\s?[:;.]{1,2}\s|\s[st]\s+(?=[A-Z])|\s+(?=\w)"
    r"|(?<=[A-Z]{2}[A-Zst1])(?=[A-Z][a-z]))"
)
SEMICOLON = re.compile(r"(?P<label>[^\W\d_]{1,3})\s?;\s+(?=\S)")
SENTENCE_START = re.compile(r"[.?!…*]\s(?=[A-Z][A-Z0-9 .])")
CLOSED = Ending(r"""[.?!…:;—–\-»”"'’)\]*]""")
COLON_READ_AS = "SstIi1"


def with_short(lines: Lines, marks: Sequence[Mark], usual: Collection[str]) -> Sequence[Mark]:
    """Add labels of one or two letters that lost them (“G:”, “PH:”), where two speeches of the other side touch."""
    short = [label for label in usual if len(letters_of(label)) < LEAST_LETTERS]
    if not short:
        return marks
    marks = _behind_questions(lines, _with_semicolons(lines, marks, short), short)
    strange = _strange(marks)
    sure = [mark for mark in marks if mark not in strange]
    found = {}
    for before, after in pairwise([None, *sure, None]):
        wanted = [label for label in short if label not in (before and before.label, after and after.label)]
        between = chain.from_iterable(_short_in(lines, before, after, meant) for meant in wanted)
        found |= {mark.place: mark for mark in islice(between, 1)}
    left = [mark for mark in strange if mark.place not in found]
    return sorted([*sure, *left, *found.values()], key=lambda mark: mark.place)


def _with_semicolons(lines, marks, short):
    """Add the short labels that begin a line with a semicolon for their colon: “J; Do you …”."""
    taken = {mark.index for mark in marks if not mark.start}
    meant = {label.casefold(): label for label in short}
    found = []
    for index, line in enumerate(lines):
        written = SEMICOLON.match(line.text)
        label = meant.get(written["label"].casefold()) if written and index and index not in taken else None
        if label and (line.gap or CLOSED.search(lines[index - 1].text)):
            found.append(Mark(index, 0, written.end(), label, written=f"{written['label']};"))
    return sorted([*marks, *found], key=lambda mark: mark.place)


def _behind_questions(lines, marks, short):
    """Add the short labels that stand bare behind a question mark, before a word that is no name: “…? PM No, …”."""
    taken = {mark.place for mark in marks}
    return sorted(
        marks
        + [
            Mark(index, found.end(), found.end("label") + 1, found["label"], written=found["label"])
            for index, line in enumerate(lines)
            if "? " in line.text
            for found in BEHIND_QUESTION.finditer(line.text)
            if found["label"] in short and (index, found.end()) not in taken
            if len(found["word"]) == 1 or is_ordinary(found["word"], lines)
        ],
        key=lambda mark: mark.place,
    )


def _strange(marks):
    """Return the short labels used once that neither name an outlet nor have a role: they may be damaged.

    None is where no label is damaged for sure, nor has one of these a sign or digit (“I'M”), or a single letter.
    """
    often = Counter(mark.label for mark in marks)
    once = {mark for mark in marks if often[mark.label] == 1 and len(mark.label) < LEAST_LETTERS}
    once = {mark for mark in once if part_of(mark.label) is None and key(mark.label) not in outlet_names()}
    odd = any(len(mark.label) == 1 or not mark.label.isalpha() for mark in once)
    return once if odd or any(mark.written for mark in marks) else set()


def _short_in(lines, before, after, meant):
    """Yield marks for what may stand for a short label after one mark and before another."""
    first, last = before.place if before else (0, 0), after.place if after else (len(lines), 0)
    for index in range(first[0], min(last[0] + 1, len(lines))):
        for start in _places_of_short(lines, index, meant, is_first=before is None):
            found = SHORT.match(lines[index].text, start)
            if found and first < (index, start) < last and _stands_for(found, meant, lines):
                yield Mark(index, start, found.end(), meant, written=found["label"])


def _places_of_short(lines, index, meant, *, is_first):
    """Yield where a short label may stand in a line: a word in capitals with a colon goes before any other sign.

    Above the first label of all stands the head, which is full of capitals: there nothing else is one. What begins
    with the label and a letter more (“PMg”) is no word, whatever the line above.
    """
    text, is_word = lines[index].text, len(meant) > 1
    no_word = is_word and text.startswith(meant) and text[len(meant) : len(meant) + 1].isalnum()
    closed = index and not is_first and (lines[index].gap or no_word or CLOSED.search(lines[index - 1].text))
    if closed or (is_word and CAPITALS_WITH_COLON.match(text)):
        yield 0
    for pattern in (SENTENCE_START, GLUED_SHORT) if is_word and not is_first else ():
        yield from (found.end() for found in pattern.finditer(text))


def _stands_for(found, meant, lines):
    """A letter and a stop for a letter; for a word in capitals with a colon one like it; else the first is right.

    Without a stop, what begins with the whole label and has a letter more (“PMg well”) may go on small.
    “P. 9” is a page.
    """
    label, stop, goes_on = found["label"], found["stop"].strip(), found.string[found.end() :][:1]
    if (stop == "." and goes_on.isdigit()) or lines.writes_small(label.casefold()):
        return False
    if len(meant) == 1:
        return len(label) == 1 and bool(stop) and label.casefold() != meant.casefold()
    if not found["stop"]:
        return label.startswith(meant)
    if not stop and goes_on.islower():
        return len(label) > len(meant) and label.startswith(meant)
    return (
        _begins_as(label, meant, stop) if label[0].casefold() == meant[0].casefold() else _is_like(label, meant, stop)
    )


def _begins_as(label, meant, stop):
    """Whether what begins with the same letter is near enough: “Pic”, “P!”, “pMs”, “P141”."""
    small = label[0].islower() and label[1:].islower()
    return not small and (_nearly(label, meant) or bool(stop) or len(label) == 3 or label[1:].isdigit())


def _is_like(label, meant, stop):
    """Whether what begins with another letter is near enough: “FM:”, “ipM:”, “VMS:”, or “BM” without a stop."""
    if stop[:1] in (":", ";"):
        is_stop_read_twice = label[-1:] in COLON_READ_AS and _nearly(label[:-1], meant)
        return not label[1:].islower() and (_nearly(label, meant) or is_stop_read_twice)
    return not stop and len(label) == len(meant) and label.isupper() and _nearly(label, meant)


def _nearly(label, meant):
    return distance(letters_of(label), letters_of(meant), 1) <= 1


def unread(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[Line]:
    """Yield the lines that begin like a damaged short label but could not be told from prose."""
    labelled = {mark.index for mark in marks}
    short = {mark.label for mark in marks if 1 < len(letters_of(mark.label)) < LEAST_LETTERS}
    for index, line in enumerate(lines):
        found = SHORT.match(line.text)
        if found and index not in labelled and _may_be_label(found, short):
            yield line


def _may_be_label(found, short):
    """Whether a colon follows one or two signs, or a full stop what is nearly a label of the text: “0M.” for “PM.”."""
    label, stop = found["label"], found["stop"].strip()
    if ":" in stop:
        return len(label) < len("Tel")
    is_word = len(label) > 1 and not label[1:].islower()
    return stop == "." and is_word and any(_nearly(label, meant) for meant in short)
