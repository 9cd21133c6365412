"""Labels with a dash: “Q - Et le budget ?”, “Question – …”, “PRESIDENTE.- …”, “Ana Rosso— …”."""

import re

from interviews.ingest.establish import Establisher, take_turns
from interviews.ingest.labels import Mark, asking_letters, looks_like_name, part_in_note, part_of, without_note
from interviews.ingest.lines import Lines
from interviews.ingest.words import label_words

# Whether a dash comes at all is seen first.
DASH = re.compile(
    r"(?=[^\-–—:?!\n]++[-–—])(?P<label>[^\W\d_][^\-–—:?!\n]{0,60}?)\s*(?:\.\s?[-–—]{1,2}\s*|[-–—]\s+|—)(?=\S)"
)
STOP_AND_DASH = re.compile(r"\.\s?[-–—]")
MOST_WORDS = 5


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing where none asks, none take turns, not all have stop and dash."""
    candidates = [
        Mark(
            index,
            0,
            found.end(),
            without_note(found["label"]),
            line.is_bold(0, found.end("label")),
            part_in_note(found["label"]),
        )
        for index, line in enumerate(lines)
        if (found := DASH.match(line.text)) and _is_candidate(without_note(found["label"]))
    ]
    marks = Establisher(lines, candidates).established()
    keys = {mark.key for mark in marks}
    asks = bool(asking_letters(keys)) or any(part_of(mark.label) == "interviewer" for mark in marks)
    stopped = all(STOP_AND_DASH.search(lines[mark.index].text[: mark.end]) for mark in marks)
    return marks if len(keys) > 1 and (asks or stopped or take_turns(marks)) else []


def _is_candidate(label):
    if len(label) == 1:
        return label.isupper() and any(label.casefold() in pair for pair in label_words().letters)
    words = label.split(" ")
    is_short = len(words) <= MOST_WORDS and len(words[0]) > 1 and "" not in words
    return is_short and (part_of(label) is not None or looks_like_name(label))
