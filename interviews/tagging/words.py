"""Text as a row of words: folded for matching, with the place of each word in the text as it stands."""

import re
import unicodedata
from collections.abc import Iterable

# One character for one character, so that offsets into the folded text hold in the text as it stands.
FOLDED = {
    **dict.fromkeys("’‘ʼʻ′´`＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("أإآ", "ا"),
    "ё": "е",
    "Ё": "Е",
}
TO_FOLD = re.compile(f"[{''.join(FOLDED)}]")
# A Chinese character is a word of its own; an empty line is one too, so that no name reaches across paragraphs.
# What stands most often, spaces and words of plain letters, is told before the whole list is tried.
WORD = re.compile(r"(?! )(?:[A-Za-z]++(?![^\W\d_㐀-鿿])|[^\W\d_㐀-鿿]+|[^\w\s]|\d+|\n\s*\n|[㐀-鿿]|_)")
LETTERS_AND_DIGITS = re.compile(r"\w+")
DROPPED = re.compile(r"['’.]")


def fold(text: str) -> str:
    """Return the text with typographic apostrophes, dashes and spaces made plain, of the same length.

    >>> fold("Côte d’Ivoire–Ghana")
    "Côte d'Ivoire-Ghana"
    """
    return TO_FOLD.sub(lambda found: FOLDED[found[0]], text)


def words_of(text: str) -> list[str]:
    """Split a text into words and signs. A possessive is three words: Russia, ', s.

    >>> words_of("Russia’s U.S. policy")
    ['Russia', "'", 's', 'U', '.', 'S', '.', 'policy']
    """
    return WORD.findall(fold(text))


def ends_of(text: str, words: Iterable[str]) -> list[int]:
    """Return where in a text each of its words ends, in characters from 0; only white space lies between two."""
    text, end = fold(text), 0
    return [end := text.index(word, end) + len(word) for word in words]


def folded(name: str) -> str:
    """Return what of a name makes it the same name: its letters and digits, without case or accents.

    >>> folded("AL-ASSAD, Bašar’s")
    'al assad basars'
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(LETTERS_AND_DIGITS.findall(DROPPED.sub("", name.casefold())))
