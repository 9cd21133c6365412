"""Lines that are no part of the transcript as a whole: a second copy of the text, and what frames a quotation."""

from collections.abc import Sequence

from interviews.ingest.lines import Line

LONG_LINE = 80
LEAST_REPEATED = 400
LEAST_LINES = 3


def repeated(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lines that repeat, in the same order, a stretch of the text above them.

    A feed holds each article twice; an archive must not. Several lines and some hundred characters must agree.
    """
    first_seen, found, index = {}, set(), 0
    while index < len(lines):
        text = lines[index].text
        seen = first_seen.get(text)
        length = _run(lines, seen, index) if seen is not None else 0
        if length:
            found.update(range(index, index + length))
            index += length
            continue
        if len(text) >= LONG_LINE or seen is None:
            first_seen.setdefault(text, index)
        index += 1
    return found


def _run(lines, earlier, later):
    """Return how many lines from `later` on equal those from `earlier` on; 0 where that is too little."""
    length = characters = 0
    most = min(later - earlier, len(lines) - later)
    while length < most and lines[earlier + length].text == lines[later + length].text:
        characters += len(lines[later + length].text)
        length += 1
    return length if length >= LEAST_LINES and characters >= LEAST_REPEATED else 0


def outside_quotation(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lines that stand outside block quotes, where the quotes carry most of the text."""
    quoted = sum(len(line.text) for line in lines if line.quoted)
    if quoted * 2 < sum(len(line.text) for line in lines):
        return set()
    return {index for index, line in enumerate(lines) if not line.quoted}
