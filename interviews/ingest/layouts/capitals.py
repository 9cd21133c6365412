"""Labels in capitals without a colon: “JOURNALIST Minister, can I ask …”; “PM” and the initials of whoever asks."""

import re
from collections import Counter
from itertools import dropwhile

from interviews.ingest.establish import take_turns
from interviews.ingest.labels import Mark, office_in, part_of
from interviews.ingest.layouts import colon
from interviews.ingest.lines import Lines
from interviews.ingest.slips import mended

WORD = re.compile(r"\S+\s*")
MOST_WORDS = 5
CAPITALS = re.compile(r"[^\W\d_a-z]+(?:[.'’-][^\W\d_a-z]*)*")
NAME = re.compile(r"[^\W\d_a-zà-ÿ][^\W\d_]+")
WITH_COLON = re.compile(CAPITALS.pattern + "[:：]")
SHARE = 0.6


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no label asks."""
    marks, starts = list(lines.once(returning)), lines.once(_starts)
    if marks and all(_is_spaced(lines[mark.index].text, mark.end) for mark in marks):
        labelled = {mark.index for mark in marks}
        marks += [mark for index, prefixes in starts if index not in labelled for mark in _once(index, prefixes, lines)]
        marks.sort(key=lambda mark: mark.index)
    asks = any(part_of(mark.label) == "interviewer" for mark in marks)
    if not (asks or _initials_take_turns(lines, marks)) or len({mark.label for mark in marks}) < 2:
        return []
    return mended(lines, sorted([*marks, *_with_colon(lines, marks)], key=lambda mark: mark.place))


def _initials_take_turns(lines, marks):
    """Whether an office takes turns with the initials of somebody whom the head names: HS for Hedda Sund, and PM."""
    labels = {mark.label for mark in marks}
    asking = [label for label in labels if not office_in(label)]
    if not (len(labels) == 2 and len(asking) == 1 and len(asking[0]) < 4 and take_turns(marks)):
        return False
    named = (word for line in lines[: marks[0].index] for word in NAME.findall(line.text))
    return asking[0] in "".join(word[0] for word in named)


def returning(lines: Lines) -> list[Mark]:
    """Return the capitals that return at the starts of lines, whoever speaks under them."""
    starts = lines.once(_starts)
    often = Counter(prefix for _, prefixes in starts for prefix, _ in prefixes)
    marks = [Mark(index, 0, chosen[1], chosen[0]) for index, prefixes in starts if (chosen := _choose(prefixes, often))]
    marks = [mark for mark in marks if not _cuts_line(lines, mark)]
    return list(dropwhile(lambda mark: _heads_title(lines, mark), marks))


def _starts(lines):
    return [(index, _prefixes(line.text)) for index, line in enumerate(lines)]


def _with_colon(lines, marks):
    """Yield the labels in capitals that have their colon: a transcript typed in two hands may have both."""
    taken = {mark.index for mark in marks}
    for mark in lines.once(colon.find):
        if mark.label.isupper() and not mark.written and mark.index not in taken:
            yield mark


def _cuts_line(lines, mark):
    """Whether a line in capitals, above one that is not, goes on after a label: it is a name with an office, whole."""
    text, below = (lines[index].text for index in (mark.index, min(mark.index + 1, len(lines) - 1)))
    return mark.end < len(text) and text.isupper() and not below.isupper()


def _heads_title(lines, mark):
    """Whether a label alone on its line stands above a line in capitals: it is an office above a title there."""
    below = lines[mark.index + 1].text if mark.index + 1 < len(lines) else ""
    return mark.end == len(lines[mark.index].text) and below.isupper() and below.split()[0] != mark.label.split()[0]


def _is_spaced(text, end):
    return end == len(text) or text[end - 2 : end].isspace()


def _once(index, prefixes, lines):
    """Yield a label used once, where in all others more than one space divides label and speech."""
    text = lines[index].text
    spaced = [(label, end) for label, end in prefixes if end < len(text) and _is_spaced(text, end) and len(label) > 1]
    yield from (Mark(index, 0, end, label) for label, end in spaced[:1])


def _prefixes(text):
    """Return [(label, where the text after it begins)] for the capitals at a line's start, shortest first."""
    prefixes, end = [], 0
    for _ in range(MOST_WORDS):
        word = WORD.match(text, end)
        if not word or not (word[0].isupper() and CAPITALS.fullmatch(word[0].strip())):
            if word and WITH_COLON.fullmatch(word[0].strip()):
                return []
            break
        end = word.end()
        prefixes.append((" ".join(text[:end].split()), end))
    return prefixes if end < len(text) or len(prefixes) < MOST_WORDS else []


def _choose(prefixes, often):
    """Return the longest beginning that repeats nearly as often as its first word; “I” and “A” begin sentences."""
    if not prefixes or not prefixes[0][0][1:2].isalpha():
        return None
    most = max(often[prefix] for prefix, _ in prefixes)
    prefixes = [(prefix, end) for prefix, end in prefixes if prefix[-2:-1] != " "]
    fitting = [(prefix, end) for prefix, end in prefixes if often[prefix] > 1 and often[prefix] >= SHARE * most]
    return fitting[-1] if fitting else None
