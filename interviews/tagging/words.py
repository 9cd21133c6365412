"""Text as a row of words: folded for matching, with the place of each word in the text as it stands."""

import re
from typing import NamedTuple

# One character for one character, so that offsets into the folded text hold in the text as it stands.
FOLDED = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʻ′´`＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("أإآ", "ا"),
        "ё": "е",
        "Ё": "Е",
    }
)
# A Chinese character is a word of its own; an empty line is one too, so that no name reaches across paragraphs.
WORD = re.compile(r"[㐀-鿿]|[^\W\d_㐀-鿿]+|\d+|\n\s*\n|[^\w\s]|_")


class Words(NamedTuple):
    """The words of a text in three rows of equal length; `starts` and `ends` count characters from 0."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def fold(text: str) -> str:
    """Return the text with typographic apostrophes, dashes and spaces made plain, of the same length.

    >>> fold("Côte d’Ivoire–Ghana")
    "Côte d'Ivoire-Ghana"
    """
    return text.translate(FOLDED)


def words_of(text: str) -> Words:
    """Split a text into words and signs. A possessive is three words: Russia, ', s.

    >>> words_of("Russia’s U.S. policy").words
    ['Russia', "'", 's', 'U', '.', 'S', '.', 'policy']
    """
    found = list(WORD.finditer(fold(text)))
    return Words([m.group() for m in found], [m.start() for m in found], [m.end() for m in found])
