"""Where words stand in a text, and which of the same words they are: how a decision on some words finds them again."""

import re
from collections.abc import Iterator

# A Chinese character is a word of its own.
LETTER = re.compile(r"(?![㐀-鿿])\w")


def places_of(text: str, surface: str) -> Iterator[int]:
    """Yield every place where a surface stands in a text, also within longer words, in characters from 0."""
    start = text.find(surface)
    while start >= 0:
        yield start
        start = text.find(surface, start + 1)


def occurrence_at(text: str, surface: str, start: int) -> int:
    """Return which of its occurrences the surface at this place is, counted from 1."""
    return 1 + sum(1 for _ in places_of(text[: start + len(surface) - 1], surface))


def occurrences_of(text: str, surface: str) -> Iterator[tuple[int, int]]:
    """Yield (occurrence, place) of a surface where it stands as words of its own.

    >>> list(occurrences_of("Nigeria and Niger", "Niger"))
    [(2, 12)]
    """
    for occurrence, start in enumerate(places_of(text, surface), 1):
        if stands_alone(text, start, start + len(surface)):
            yield occurrence, start


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on beyond the edges of a stretch of text."""
    opens, closes = (start and text[start - 1] + text[start]), text[end - 1 : end + 1]
    return not any(pair and len(pair) == 2 and all(map(LETTER.match, pair)) for pair in (opens, closes))
