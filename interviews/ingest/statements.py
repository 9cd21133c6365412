"""A text that one person says from beginning to end: no label, but a head that names the speaker."""

import re
from collections.abc import Mapping, Sequence

from interviews.ingest.dates import is_date_line
from interviews.ingest.furniture import SENTENCE, is_credit
from interviews.ingest.lines import Line
from interviews.ingest.narration import is_personal
from interviews.ingest.people import Person, people_in

QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{1,2000}[”\"»“]")
ADDRESSES = re.compile(r"[.?!…,:;]\s*$")
LEAST_PERSONAL = 0.3  # of the paragraphs


def lone_statement(lines: Sequence[Line], reasons: Mapping[int, str]) -> tuple[int, Person] | None:
    """Return (index of its first line, who speaks) where the whole text below the head is one statement.

    `reasons` says which lines (by index) are furniture. The head must name somebody, and much of the prose must say
    “I” or “we” outside quotations: a press release that only quotes its minister has no speaker.
    """
    first = next((index for index, line in enumerate(lines) if index not in reasons and _is_spoken(line)), None)
    if first is None:
        return None
    people = people_in([line.text for line in lines[:first]])
    prose = [line.text for index, line in enumerate(lines) if index >= first and index not in reasons]
    personal = sum(is_personal(QUOTED.sub(" ", text)) for text in prose if SENTENCE.search(text))
    return (first, people[0]) if people and personal >= LEAST_PERSONAL * len(prose) else None


def _is_spoken(line):
    return not line.heading and ADDRESSES.search(line.text) and not (is_date_line(line.text) or is_credit(line.text))
