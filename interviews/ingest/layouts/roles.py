"""Role words and offices in small letters without a colon: “Question Mr Example, …”, “Minister” alone on its line.

A role word is a label where its line ends or a sentence or a remark in brackets follows; an office where its line ends
or what follows cannot be the name of its holder, since the text also writes it small: “Minister Well, …”.
"""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from interviews.ingest.labels import Mark, is_ordinary, office_in, part_of
from interviews.ingest.lines import Lines
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.slips import mended
from interviews.ingest.words import key, label_words

WORD = re.compile(r"[^\W\d_]+")
FIRST_WORD = re.compile(r"(?=[^\W\d_a-zà-ÿа-я])[^\W\d_]+")
BEGINNING = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
NOTE = re.compile(r"\s*\((?P<note>[^()]{1,80})\)(?:\s*[:;]\s*|\s*$)")
STOP = re.compile(r"\s?[:;-]{1,2}(?:\s+|$)")
AFTER_PLACE = re.compile(r"(?:[^\W\d_a-zà-ÿа-я]{2,}[\s,]+){1,5}(?P<label>[^\W\d_]+)\s+(?=[A-ZÀ-ÞА-Я])")
AT_END = re.compile(r"(?<=[.?!…]\s)(?P<label>[^\W\d_]+(?: [^\W\d_]+){0,2})$")
LONGEST = 40
FEWEST_OF_EACH = 2
MOST_STOPS = 0.5
CHANGES = 0.7


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing unless a role word and an office return and take turns."""
    labels = [(index, *found) for index, line in enumerate(lines) if (found := _label(line.text))]
    if sum(asks for *_, asks in labels) < FEWEST_OF_EACH:
        return []
    marks = [mark for each in labels if (mark := _mark(lines, *each))]
    often = Counter(mark.key for mark in marks)
    marks = [mark for mark in marks if often[mark.key] >= FEWEST_OF_EACH]
    stops = sum(bool(STOP.search(lines[mark.index].text[: mark.end])) for mark in marks)
    if not _take_turns(marks) or stops > MOST_STOPS * len(marks):
        return []
    marks += [*_at_line_ends(lines, marks), *_below_place(lines[: marks[0].index], marks)]
    return mended(lines, sorted(marks, key=lambda mark: mark.place))


def _below_place(head, marks):
    """Yield the label that stands above the first behind the place in capitals: “HALVIK question Minister, did …”."""
    asking = {mark.key: mark.label for mark in marks if part_of(mark.label) == "interviewer"}
    for index, line in enumerate(head):
        found = AFTER_PLACE.match(line.text)
        if found and key(found["label"]) in asking:
            yield Mark(index, found.start("label"), found.end(), asking[key(found["label"])])
            return


def _at_line_ends(lines, marks):
    """Yield the labels that end a line, after a sentence: “… each? Minister”."""
    labels = {mark.label for mark in marks}
    for index, line in enumerate(lines):
        found = AT_END.search(line.text[-LONGEST:])
        if found and found["label"] in labels:
            yield Mark(index, len(line.text) - len(found["label"]), len(line.text), found["label"])


def _label(text):
    """Return (the longest role word or office with which a line begins, whether it asks), or None."""
    first = FIRST_WORD.match(text)
    if not first or key(first[0]) not in _first_words():
        return None
    for end in reversed([word.end() for word in WORD.finditer(BEGINNING.match(text)[0])]):
        label = text[:end]
        asks = label_words().parts.get(key(label)) == "interviewer"
        if not label.isupper() and (asks or office_in(label) == key(label)):
            return label, asks
    return None


@cache
def _first_words():
    """Return the keys of the words with which a role word or an office may begin."""
    words = label_words()
    return frozenset(phrase.split(" ")[0] for phrase in (*words.parts, *words.offices, *words.honorifics))


def _mark(lines, index, label, asks):
    begins = _where_speech_begins(lines, lines[index].text, len(label), asks=asks)
    return Mark(index, 0, begins, label) if begins else None


def _where_speech_begins(lines, text, end, *, asks):
    """Return where the words of a speech begin whose label ends at `end`, or 0 where it is no label."""
    note, stop = NOTE.match(text, end), STOP.match(text, end)
    if note and asks and (not note[0].rstrip().endswith(")") or _names_asker(note["note"].strip())):
        return note.end()
    if stop or not text[end:].strip():
        return stop.end() if stop else len(text)
    start = len(text) - len(text[end:].lstrip())
    word = WORD.match(text, start)
    if not text[end].isspace() or not (word or asks):
        return 0
    is_sentence = word and word[0][0].isupper() and (asks or is_ordinary(word[0], lines))
    return start if is_sentence or (asks and text[start] in '(“«"') else 0


def _names_asker(note):
    return looks_like_outlet(note) or split_journalist(note, asks=True) is not None


def _take_turns(marks):
    """Whether one who asks and one who answers speak by turns."""
    asks = [part_of(mark.label) == "interviewer" for mark in marks]
    changes = sum(one != other for one, other in pairwise(asks))
    return any(asks) and not all(asks) and changes >= CHANGES * (len(asks) - 1)
