"""Resolutions by their number and formats by their formula: “UN Security Council resolution 2510”, “the 5+5 format”."""

import re
from collections.abc import Iterator

from .passage import Passage
from .roles import DOCUMENT
from .span import Span

RESOLUTION = {"Resolution", "resolution", "Resolutions", "resolutions", "UNSCR", "UNSCRs"}
BODIES = {
    "UN Security Council": "UN SC",
    "UN General Assembly": "UN GA",
    "UN Human Rights Council": "UN HRC",
    "IAEA Board of Governors": "IAEA",
}
NUMBERED = re.compile(r"\d{2,4}")
LONGEST_LIST = 12  # words
FORMATS = {"format", "Format", "formula", "platform", "process", "talks"}
SURE, OF_THE_COUNCIL = 95, 85


def find_documents(passage: Passage, bodies: dict[int, Span]) -> Iterator[Span]:
    """Yield numbered resolutions and formats; `bodies`: organisations of the passage by the word they end before."""
    for index, word in enumerate(passage.words):
        if word in RESOLUTION:
            yield from resolutions(passage, index, bodies.get(index))
        elif word == "+":
            yield from formats(passage, index)


def resolutions(passage: Passage, index: int, body: Span | None) -> Iterator[Span]:
    """“Resolution 2254”, “Security Council resolutions 1970 and 1973”: each number is one document.

    A number of four digits without a body is the Security Council's.
    """
    short = BODIES.get(body.name) if body else None
    if body and not short:
        return
    start, end = body.start if body else index, index + 1
    end += passage.word(end).lower() in ("no", "number", "nos") and 1 + (passage.word(end + 1) == ".")
    limit = end + LONGEST_LIST
    while end < limit:
        number = passage.word(end)
        if not NUMBERED.fullmatch(number) or (not short and len(number) < 4 and "UNSCR" not in passage.words[index]):
            return
        if passage.word(end + 1) == "/" and passage.word(end + 2).isdigit():
            number, end = f"{number}/{passage.word(end + 2)}", end + 2
        yield Span(
            start, end + 1, DOCUMENT, "", f"{short or 'UN SC'} Resolution {number}", SURE if short else OF_THE_COUNCIL
        )
        end += 1
        end = after_year(passage, end)
        joined = 2 if passage.word(end) == "," and passage.word(end + 1) == "and" else 1
        if passage.word(end) not in (",", "and", "or", "&"):
            return
        start = end = end + joined


def after_year(passage: Passage, index: int) -> int:
    """Skip the year in “2254 (2015)”."""
    in_brackets = passage.word(index) == "(" and passage.word(index + 1).isdigit() and passage.word(index + 2) == ")"
    return index + 3 if in_brackets else index


def formats(passage: Passage, index: int) -> Iterator[Span]:
    """“the 2+2 format”: so many on one side and so many on the other."""
    numbers = passage.word(index - 1), passage.word(index + 1)
    if all(len(number) == 1 and number.isdigit() for number in numbers) and passage.word(index + 2) in FORMATS:
        yield Span(index - 1, index + 3, DOCUMENT, "", f"{numbers[0]}+{numbers[1]} format", SURE)
