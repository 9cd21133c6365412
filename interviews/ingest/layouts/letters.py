"""Letters without a colon: “Q    Mr. Example, …”, “Q. …”, beside names with a colon; “Pregunta. …”, then “P. …”.

Or the words alone, where both return: “Вопрос. …”, “Ответ. …”; “Question 1. …”, “Answer. …”.
Where no name with a colon answers, capitals without one may: “Q. Prime Minister, …”, “PM Let me …”.
"""

import re
from collections import Counter

from interviews.ingest.establish import take_turns
from interviews.ingest.labels import Mark, part_of
from interviews.ingest.layouts import capitals, colon
from interviews.ingest.lines import Lines
from interviews.ingest.slips import mended
from interviews.ingest.words import label_words

WORD = re.compile(r"(?P<word>[^\W\d_a-zà-ÿа-я][^\W\d_]{1,19})(?:\s\d{1,3})?\.\s+(?:[—–-]\s*)?(?=\S)")
LONGEST_WORD = 25  # with a number and its full stop
LETTER = re.compile(r"(?P<letter>[^\W\d_])\d{0,3}(?:\s{2,}|\.\s*(?:[—–-]\s*)?|(?<=Q)\s(?=[A-ZÀ-Þ(“\"—-]))(?=\S)")


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no letter or word stands without a colon."""
    bare = [
        Mark(index, 0, found.end(), found["letter"])
        for index, line in enumerate(lines)
        if (found := LETTER.match(line.text))
    ]
    words = list(_words(lines))
    if not bare:
        return words if _are_both_sides(words) else []
    often = Counter(mark.label.lower() for mark in bare)
    named = lines.once(colon.find)
    in_capitals = _in_capitals(lines, bare) if not (named or often["a"] > 1) else []
    named = named or in_capitals
    letters = {letter for pair in label_words().letters if _is_used(pair, often, named) for letter in pair}
    taken = {mark.index for mark in named if not mark.start}
    bare = [mark for mark in bare if mark.label.lower() in letters and mark.index not in taken]
    words = [mark for mark in words if mark.index not in taken]
    marks = sorted(named + bare + words, key=lambda mark: mark.place) if bare else []
    return mended(lines, marks) if in_capitals else marks


def _in_capitals(lines, bare):
    """Return the labels in capitals without a colon that take turns with the letter Q."""
    asking = [mark for mark in bare if mark.label == "Q"]
    answering = [mark for mark in lines.once(capitals.returning) if len(mark.label) > 1]
    return answering if take_turns(sorted(asking + answering, key=lambda mark: mark.index)) else []


def _words(lines):
    """Yield the words that the letters stand for: “Pregunta.”, “Respuesta.”; small, one ends a sentence."""
    for index, line in enumerate(lines):
        found = WORD.match(line.text) if "." in line.text[:LONGEST_WORD] else None
        if found and part_of(found["word"]) in ("interviewer", "interviewee"):
            yield Mark(index, 0, found.end(), found["word"])


def _are_both_sides(words):
    often = Counter(part_of(mark.label) for mark in words)
    return min(often["interviewer"], often["interviewee"]) > 1


def _is_used(pair, often, named):
    """Both letters, or Q alone where names answer; a single В or D begins too many sentences."""
    ask, answer = pair
    return often[ask] > 1 and (often[answer] > 1 or (ask == "q" and bool(named)))
