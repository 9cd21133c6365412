"""Resolutions by their number and formats by their formula: “UN Security Council resolution 2510”, “the 5+5 format”."""

import re
from collections.abc import Iterator

from .passage import Passage
from .roles import DOCUMENT
from .span import Span

RESOLUTION = {"Resolution", "resolution", "Resolutions", "resolutions", "UNSCR", "UNSCRs"}
COUNCIL = "UN Security Council"
BODIES = {COUNCIL, "UN General Assembly", "UN Human Rights Council"}
NUMBERED = re.compile(r"\d{2,4}")
LONGEST_LIST = 12  # words
FORMATS = {"format", "Format", "formula", "platform", "process", "talks"}
SURE, OF_THE_COUNCIL = 95, 85


def find_documents(passage: Passage, bodies: dict[int, Span], keys: dict[str, str]) -> Iterator[Span]:
    """Yield numbered resolutions and formats.

    `bodies`: organisations of the passage by the word they end before; `keys`: of documents that are known, by name.
    """
    for start, end, name, confidence in told(passage, bodies):
        yield Span(start, end, DOCUMENT, keys.get(name, ""), name, confidence)


def told(passage: Passage, bodies: dict[int, Span]) -> Iterator[tuple[int, int, str, int]]:
    for index, word in enumerate(passage.words):
        if word in RESOLUTION:
            yield from resolutions(passage, index, bodies.get(index))
        elif word == "+":
            yield from formats(passage, index)


def resolutions(passage: Passage, index: int, body: Span | None) -> Iterator[tuple[int, int, str, int]]:
    """“Resolution 2254”, “Security Council resolutions 1970 and 1973”: each number is one document.

    A number of four digits without a body is the Security Council's.
    """
    if body and body.name not in BODIES:
        return
    start, end = body.start if body else index, index + 1
    end += passage.word(end).lower() in ("no", "number", "nos") and 1 + (passage.word(end + 1) == ".")
    limit = end + LONGEST_LIST
    while end < limit:
        number = passage.word(end)
        if not NUMBERED.fullmatch(number) or (not body and len(number) < 4 and "UNSCR" not in passage.words[index]):
            return
        if passage.word(end + 1) == "/" and passage.word(end + 2).isdigit():
            number, end = f"{number}/{passage.word(end + 2)}", end + 2
        yield start, end + 1, f"{body.name if body else COUNCIL} Resolution {number}", SURE if body else OF_THE_COUNCIL
        end = after_year(passage, end + 1)
        joined = 2 if passage.word(end) == "," and passage.word(end + 1) == "and" else 1
        if passage.word(end) not in (",", "and", "or", "&"):
            return
        start = end = end + joined


def after_year(passage: Passage, index: int) -> int:
    """Skip the year in “2254 (2015)”."""
    in_brackets = passage.word(index) == "(" and passage.word(index + 1).isdigit() and passage.word(index + 2) == ")"
    return index + 3 if in_brackets else index


def formats(passage: Passage, index: int) -> Iterator[tuple[int, int, str, int]]:
    """“the 2+2 format”: so many on one side and so many on the other."""
    numbers = passage.word(index - 1), passage.word(index + 1)
    if all(len(number) == 1 and number.isdigit() for number in numbers) and passage.word(index + 2) in FORMATS:
        yield index - 1, index + 3, f"{numbers[0]}+{numbers[1]} format", SURE
