"""Labels with a colon: “Question: …”, “**Sergey Example:** …”, “MR EXAMPLE:” alone on its line.

Where such labels are known, they also begin a speech in the middle of a line, after the end of a sentence; on a page
that was flattened to one line they do so anywhere.
"""

import re
from collections import Counter
from functools import cache

from interviews.ingest.establish import Establisher
from interviews.ingest.labels import (
    MAX_LABEL,
    NOTE,
    Mark,
    looks_like_name,
    may_be_label,
    part_in_note,
    part_of,
    without_note,
)
from interviews.ingest.lines import Lines
from interviews.ingest.outlets import looks_like_outlet
from interviews.ingest.slips import mended
from interviews.ingest.words import alternatives, key, label_words

OPENER = re.compile(
    r"(?:Fax from\s)?"
    r"(?:[-–—•·*+.]\s+|\d{1,3}[.)]\s+(?=[^\W\d_]))?(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?\s*[-–—]?\s*)?"
)
COLON = re.compile(r"[:：]")
QUOTED = re.compile(r"""[«“„"《][^«»“”„"《》:：]{1,50}[»”“"》]""")
SHORT_FORM = re.compile(r"(?P<name>[^():：]{3,50})\s\((?P<initials>[^\W\d_]{2,4})\)(?P<rest>(?:,\s[^()]{1,60})?)")
BRACKETED = re.compile(r"\[(?P<label>[^\[\]:：]{2,60})\]\s?[:：]\s*")
LONE_LETTER = re.compile(r"[^\W\d_]\d{0,3}\s{2,}[^\s:：]")
COLON_OF_LABEL = re.compile(r"(?<=[\w.)\]])\s?[:：](?=\s)")
AFTER_LABEL = re.compile(r"[\s:：]*(?:['’](?=\s*$)|[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]])?\s*")
AFTER_SENTENCE = re.compile(r"""[.?!…»”"’')\]]\s{0,2}$""")
MOST_LABELS = 200
FLAT_LINE = 1500
WITH_INITIALS = re.compile(r"(?:[^\W\d_a-zа-я]\.){1,2}[^\W\d_a-zа-я][^\W\d_]{1,30}")
FEWEST_ROLES = 3
SENTENCE_BEFORE = re.compile(r"(?<=[^\W\d_A-Z])[.?!](?=[A-Z]{2})")
NAME_RUN = re.compile(r"(?:[^\W\d_][\w.’'-]{0,30}\s){0,3}[^\W\d_][\w.’'-]{0,30}$")


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order."""
    candidates = [mark for place in enumerate(lines) if (mark := _at_start(*place) or _in_brackets(*place))]
    marks = Establisher(lines, candidates).established()
    flat = () if _both_sides(marks) else [mark for place in enumerate(lines) for mark in _in_flat_line(*place)]
    if flat:
        candidates += flat
        candidates.sort(key=lambda mark: mark.place)
        marks = Establisher(lines, candidates).established()
    known = {mark.place for mark in marks}
    glued = [mark for mark in _glued(lines, marks) if mark.place not in known]
    return mended(lines, sorted(marks + glued, key=lambda mark: mark.place))


def _both_sides(marks):
    return any(part_of(mark.label) == "interviewer" for mark in marks) and len({mark.key for mark in marks}) > 1


def _at_start(index, line):
    """Return the candidate at the start of a line: all up to the first colon outside brackets."""
    if not COLON.search(line.text, 0, 3 * MAX_LABEL):
        return None
    text, first = line.text, OPENER.match(line.text).end()
    opened = max(text.find("(", first, first + MAX_LABEL), text.find("[", first + 1, first + MAX_LABEL))
    colon = COLON.search(text, first, first + MAX_LABEL)
    if colon and first < opened < colon.start() < _closing(text, opened):
        colon = COLON.search(text, _closing(text, opened), MAX_LABEL * 2)
    if not colon or not (text[first].isalnum() or QUOTED.match(text, first, colon.start())):
        return None
    if LONE_LETTER.match(text):
        return None
    end = AFTER_LABEL.match(text, colon.start()).end()
    if text.startswith("//", colon.end()) or (text[colon.start() - 1].isdigit() and text[end : end + 1].isdigit()):
        return None
    head = text[first : colon.start()]
    label = _label(head)
    if line.heading and end < len(text) and part_of(label) != "interviewer":
        return None
    is_bold = line.is_bold(first, colon.start())
    return Mark(index, 0, end, label, is_bold, part_in_note(head)) if may_be_label(label) else None


def _in_brackets(index, line):
    """Return the candidate that stands in square brackets: “[Senior official]: …”."""
    found = BRACKETED.match(line.text) if line.text.startswith("[") else None
    return Mark(index, 0, found.end(), found["label"]) if found and looks_like_name(found["label"]) else None


def _closing(text, opened):
    return text.find(")" if text[opened] == "(" else "]", opened)


def _label(head):
    """Return a label without its note, unless the note says for whom it asks: “Question (Reuters)”.

    Nor with the initials that stand for it later: “Ana Rosso (AR), conductora”.
    """
    short = SHORT_FORM.fullmatch(head)
    if short and key(short["initials"]) == "".join(word[0] for word in key(short["name"]).split()):
        return " ".join((short["name"] + short["rest"]).split())
    label, note = without_note(head), NOTE.search(head)
    names_outlet = note and part_of(label) == "interviewer" and looks_like_outlet(note[0].strip(" ()[]"))
    return " ".join(head.split()) if names_outlet else label


def _in_flat_line(index, line):
    """Yield candidates anywhere in a line that holds several speeches: role words and names before a colon."""
    if line.text.count(":") + line.text.count("：") < FEWEST_ROLES:
        return
    is_flat = len(line.text) >= FLAT_LINE or len(_role_words().findall(line.text)) >= FEWEST_ROLES
    if not (is_flat or _names_take_turns(line.text)):
        return
    yield from _roles_without_space(index, line)
    for colon in COLON_OF_LABEL.finditer(line.text):
        head = line.text[max(0, colon.start() - MAX_LABEL) : colon.start()]
        note = NOTE.search(head)
        run = NAME_RUN.search(head[: note.start()] if note else head)
        label = _label_in(run[0]) if run else ""
        if label and (is_flat or label.isupper() or WITH_INITIALS.fullmatch(label)):
            start = colon.start() - len(head) + run.end() - len(label)
            end = AFTER_LABEL.match(line.text, colon.start()).end()
            yield Mark(index, start, end, line.text[start : colon.start()])


def _names_take_turns(text):
    """Whether two surnames, in capitals or with initials, each stand before a colon more than once: “A.Rosso:”."""
    ending = (word[:-1] for word in text.split() if word.endswith(":") and len(word) > 3)
    often = Counter(word for word in ending if word.isupper() or WITH_INITIALS.fullmatch(word))
    return sum(count > 1 for count in often.values()) > 1


@cache
def _role_words():
    """The words and letters of labels with their colon, where a word or a sentence has ended before them."""
    role = alternatives({*label_words().parts, *(letter for pair in label_words().letters for letter in pair)})
    return re.compile(rf"(?:^|(?<=[\s.?!…。？！”\"»]))(?P<role>{role})\s?[:：](?=\s|[^\x00-\x7f])", re.IGNORECASE)


def _roles_without_space(index, line):
    """Yield “问：” and “答：”, after which no space stands."""
    for found in _role_words().finditer(line.text):
        if not line.text[found.end() : found.end() + 1].isspace():
            yield Mark(index, found.start(), found.end(), found["role"])


def _label_in(run):
    """Return the longest end of a run of words that is a label: a role word, or a name of capitalised words.

    It begins at the latest where capitals touch the end of a sentence: “… of the Union.HOST”.
    """
    words = SENTENCE_BEFORE.split(run)[-1].split()
    for first in range(len(words)):
        label = " ".join(words[first:])
        sentence_ends_inside = any(word.endswith(".") and len(word) > 4 for word in words[first:-1])
        if not sentence_ends_inside and looks_like_name(label) and not _begins_small(words[first:]):
            return label if run.endswith(label) else ""
    return ""


def _begins_small(words):
    return any(word[0].islower() for word in words) and part_of(" ".join(words)) is None


def _glued(lines, marks):
    """Yield known labels inside lines, after the end of a sentence: “… of aid? MR EXAMPLE: I would not know.”"""
    labels = Counter(without_note(mark.label) for mark in marks if len(mark.key) > 1)
    if not labels:
        return
    literal = [r"\s+".join(map(re.escape, label.split())) for label, _ in labels.most_common(MOST_LABELS)]
    literal.sort(key=len, reverse=True)
    pattern = re.compile(rf"(?P<label>{'|'.join(literal)})\s?(?:\([^()]{{1,60}}\))?\s?[:：]\s*")
    for index, line in enumerate(lines):
        if ":" in line.text or "：" in line.text:
            for found in pattern.finditer(line.text):
                goes_on_small = line.text[found.end() : found.end() + 1].islower()
                if AFTER_SENTENCE.search(line.text[: found.start()][-3:]) and not goes_on_small:
                    yield Mark(index, found.start(), found.end(), found["label"])
