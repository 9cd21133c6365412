"""Lines that are no part of the transcript as a whole: a second copy of the text, and what frames a quotation."""

import re
from collections import Counter
from collections.abc import Sequence

from interviews.ingest.lines import Ending, Line
from interviews.ingest.words import letters_of

LONG_LINE = 80
LEAST_REPEATED = 300
LEAST_LINES = 3
LEAST_OF_EXCHANGE = 80
MOST_BETWEEN = 3
LEAST_FLAT = 120
FIRST_LETTERS = 40
BEGINNING = 80  # characters in which so many letters stand
MOST_OTHERS = 5
ASKS = Ending(r"[?؟？]\W*")
SHORTENED = re.compile(
    r"(?:…|\.{3})\W{0,5}(?:read more|continue reading|weiterlesen|lire la suite|leer más)?\W{0,3}$", re.I
)


def repeated(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lines that hold again what other lines hold.

    A feed holds each article twice; an archive must not. Either lines return in the same order, or one line is the
    flattening of several others, or the shortened beginning of them.
    """
    if not _may_repeat(lines):
        return set()
    letters = [letters_of(line.text) for line in lines]
    return _copied(lines, letters) | _flattened(lines, letters)


def _may_repeat(lines):
    """Whether enough lines begin alike, of those that are long enough to tell."""
    begins = [letters_of(line.text[:BEGINNING])[:FIRST_LETTERS] for line in lines]
    often = Counter(begins)
    alike = [len(line.text) for line, beginning in zip(lines, begins, strict=True) if often[beginning] > 1]
    return sum(alike) >= 2 * LEAST_OF_EXCHANGE or max(alike, default=0) >= LEAST_FLAT


def _copied(lines, letters):
    """Return the indexes of lines that stood before; those of a teaser, where the whole text begins just below it."""
    first_seen, found, index = {}, set(), 0
    while index < len(lines):
        seen = first_seen.get(letters[index]) if letters[index] else None
        length = _run(lines, letters, seen, index) if seen is not None else 0
        if length:
            goes_on = index + length < len(lines)
            is_teaser = goes_on and seen + length < index <= seen + length + MOST_BETWEEN
            dropped = seen if is_teaser else index
            found.update(range(dropped, dropped + length))
            index += length
            continue
        if len(lines[index].text) >= LONG_LINE or seen is None:
            first_seen.setdefault(letters[index], index)
        index += 1
    return found


def _run(lines, letters, earlier, later):
    """Return how many lines from `later` on equal those from `earlier` on; 0 where that is too little.

    Several lines are enough, or a question with its answer.
    """
    length = characters = 0
    most = min(later - earlier, len(letters) - later)
    while length < most and letters[earlier + length] == letters[later + length]:
        characters += len(letters[later + length])
        length += 1
    asks = any(ASKS.search(line.text) for line in lines[later : later + length - 1])
    is_exchange = asks and characters >= LEAST_OF_EXCHANGE
    return length if is_exchange or (length >= LEAST_LINES and characters >= LEAST_REPEATED) else 0


def _flattened(lines, letters):
    """Return the indexes of long lines whose words stand in several other lines that follow each other."""
    begins = {}
    for index, each in enumerate(letters):
        begins.setdefault(each[:FIRST_LETTERS], []).append(index)
    found = set()
    for index, each in enumerate(letters):
        if len(each) >= LEAST_FLAT and len(begins[each[:FIRST_LETTERS]]) > 1:
            others = [other for other in begins[each[:FIRST_LETTERS]][:MOST_OTHERS] if other != index]
            text, times = SHORTENED.subn("", lines[index].text)
            wanted = letters_of(text)
            if any(_is_joined_from(letters, other, wanted, is_beginning=times > 0) for other in others):
                found.add(index)
    return found


def _is_joined_from(letters, first, wanted, *, is_beginning):
    """Whether lines from `first` on, two or more, make up what is wanted; `is_beginning`: they may go on."""
    length, index = 0, first
    while index < len(letters) and length < len(wanted):
        if not wanted.startswith(letters[index], length):
            return is_beginning and letters[index].startswith(wanted[length:])
        length += len(letters[index])
        index += 1
    return length == len(wanted) and index - first > 1


def outside_quotation(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lines that stand outside block quotes, where the quotes carry most of the text."""
    quoted = sum(len(line.text) for line in lines if line.quoted)
    if quoted * 2 < sum(len(line.text) for line in lines):
        return set()
    return {index for index, line in enumerate(lines) if not line.quoted}
