"""“Southern African Development Community (SADC)”: a long name with its acronym defines the acronym in its document."""

from collections.abc import Iterator

from .passage import Passage
from .roles import DOCUMENT, EVENT, ORGANISATION, Role
from .span import Span

SMALL = {"of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "&", "-", "'", "s"}
DEFINED, BY_INITIALS = 92, 75
SHORTEST, LONGEST, LONGEST_NAME = 2, 10, 16


def definitions(passage: Passage, spans: list[Span]) -> Iterator[tuple[Span, str]]:
    """Yield (span of the long name, acronym) where an acronym stands in brackets after a name."""
    ending = {span.end: span for span in sorted(spans, key=lambda span: span.end - span.start)}
    for index, word in enumerate(passage.words):
        if word != "(" or passage.word(index + 2) != ")" or not is_acronym(passage.word(index + 1)):
            continue
        acronym, span = passage.words[index + 1], ending.get(index)
        if span and span.kind in (ORGANISATION, DOCUMENT, EVENT) and initial(passage, span) in ("", acronym[0]):
            yield span, acronym
        elif (start := spelt_out(passage, index, acronym)) is not None:
            name = " ".join(passage.surface(start, index).split())
            yield Span(start, index, kind_of(passage, start, index), "", name, BY_INITIALS), acronym


def is_acronym(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalnum() and word.isupper() and word.isascii()


def initial(passage: Passage, span: Span) -> str:
    """The first letter of a name that nobody knows, with which its acronym must begin; "" of a known one."""
    return "" if span.key else passage.words[span.start][0]


def spelt_out(passage: Passage, end: int, acronym: str) -> int | None:
    """Where a name begins that ends before a word and whose initials are the acronym; None if it does not."""
    index, letters = end, list(acronym)
    while letters and end - index < LONGEST_NAME:
        word = passage.word(index - 1)
        if word[:1].upper() == letters[-1] and word[:1].isupper():
            letters.pop()
        elif word not in SMALL:
            return None
        index -= 1
    return index if not letters and end - index > 1 else None


def kind_of(passage: Passage, start: int, end: int) -> str:
    """What a name is by its head; without one a body."""
    for index in (end - 1, start):
        match = passage.beginning.get(index)
        for sense in match.entry.others if match else ():
            if sense.role is Role.HEAD and sense.kind in (DOCUMENT, EVENT):
                return sense.kind
    return ORGANISATION
