"""How near a damaged label is to another: letters dropped, added, changed by a scanner or a typist."""

from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

from interviews.ingest.words import key, letters_of

LEAST_LETTERS = 4
LONG = 6
MOST_SLIPS = 4


def misspelt(label: str, labels: Collection[str]) -> str | None:
    """Return the label that this one is a slip of, if any."""
    return next((known for known in labels if is_slip_of(label, known)), None)


def is_slip_of(label: str, known: str) -> bool:
    """Whether a label is a damaged form of a known one; of short ones only the spaces, or a letter of five, differ."""
    if key(label) == key(known):
        return False
    if len(key(known)) < LONG:
        same = len(known) >= LEAST_LETTERS and letters_of(label) == letters_of(known)
        return same or _is_scanned_word(label, known)
    return _is_scanned(label, known) or nearly_same(key(label), key(known))


def _is_scanned_word(label, known):
    """Whether words of five letters in capitals differ in one, or have the same in another order: ADMAS for ADAMS."""
    if len(known) != LONG - 1 or not (label.isupper() and known.isupper()):
        return False
    word, meant = letters_of(label), letters_of(known)
    return distance(word, meant, 1) <= 1 or sorted(word) == sorted(meant)


def _is_scanned(label, known):
    """Whether capitals differ in no more than three letters, no word of them wholly: PRIME NMSTER, not MINISTER SOL."""
    if not (label.isupper() and known.isupper() and _is_slip(letters_of(label), letters_of(known))):
        return False
    words, meant = label.split(), known.split()
    pairs = zip(words, meant, strict=False)
    return len(words) != len(meant) or all(distance(*pair, len(pair[1]) // 2) <= len(pair[1]) // 2 for pair in pairs)


def nearly_same(one: str, other: str) -> bool:
    """Whether two keys differ, word by word, in no more than one letter in four or five."""
    words, meant = one.split(), other.split()
    return one != other and len(words) == len(meant) and all(map(_is_slip, words, meant))


def _is_slip(word, meant):
    allowed = min(MOST_SLIPS - 1, len(meant) // 4)
    if abs(len(word) - len(meant)) > allowed or not any(part in word for part in parts_of_word(meant, allowed)):
        return False
    return distance(word, meant, allowed) <= allowed


@lru_cache(maxsize=1000)
def parts_of_word(letters: str, most_slips: int) -> tuple[str, ...]:
    """Cut letters into one part more than there may be slips: in every damaged form one part at least is whole."""
    ends = [len(letters) * part // (most_slips + 1) for part in range(most_slips + 2)]
    return tuple(letters[start:end] for start, end in pairwise(ends))


@lru_cache(maxsize=20_000)
def distance(one: str, other: str, most: int) -> int:
    """Return the letters to change, add or drop (Levenshtein), counted no further than `most`."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]
