"""Labels that a scanner or a typist damaged: JOIJRNALIST, SECRETAR BLINKEN."""

from collections.abc import Collection

from interviews.ingest.words import key


def misspelt(label: str, labels: Collection[str]) -> str | None:
    """Return the label that this one is a slip of, if any."""
    return next((known for known in labels if len(known) > 5 and nearly_same(key(label), key(known))), None)


def nearly_same(one: str, other: str) -> bool:
    """Whether two keys differ, word by word, in no more than one letter in four or five."""
    words = list(zip(one.split(), other.split(), strict=False))
    return one != other and len(one.split()) == len(other.split()) and all(_is_slip(*pair) for pair in words)


def _is_slip(word, meant):
    allowed = len(meant) // 4 if len(meant) < 9 else 2
    return abs(len(word) - len(meant)) <= allowed and _distance(word, meant, allowed) <= allowed


def _distance(one, other, most):
    """Letters to change, add or drop (Levenshtein), counted no further than `most`."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]
