"""Texts as accidents and enemies make them: lines lost, doubled and spliced, characters and bytes that nobody wrote."""

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

TESTS = Path(__file__).resolve().parent
SIGNS = ":：.?!—–-*_#>&<|()[]{}\"“”«»'’@/\\\t\n \u00a0\u200b\u202e\u00ad\u0301\ufeffQA1é中م"
PIECES = [
    *("\nQuestion: ", "\nQ: ", "\n\n", "\r\n", "<p>", "</p>", "<div>", "<!-- ", "-->", "**", "](", "&amp;", "&#x202e;"),
    *("<script>", "<b>", "</b>", "\n---\n", "\n## ", "\n> ", "\f", "5 May 2020", "\nMR HALE:\n", "(laughs)", "\n- "),
    *("<title>", "<li>", "<![CDATA[", "\nPage 1 of 2\n", "ENDS", "\n***\n", "\n1.\n", "<a href='", "\n|a|b|\n"),
]


def texts(*folders: Path) -> list[bytes]:
    """Return what there is to begin with: the samples, the golden texts, and the texts of other folders."""
    found = [*TESTS.parent.glob("fixtures/*.txt"), *TESTS.glob("layouts/*/*.txt")]
    found += [path for folder in folders for path in folder.glob("*.txt")]
    return [path.read_bytes() for path in sorted(found)]


def mutated(originals: Sequence[bytes], seed: int) -> bytes:
    """Return one of the texts with some mutations: the same one for the same seed."""
    chance = Random(seed)  # noqa: S311 - not for secrets
    text = chance.choice(originals).decode("utf-8", "replace")
    for _ in range(chance.choice([1, 1, 2, 3, 5, 8])):
        text = chance.choice(OF_TEXT)(text, chance, originals)
    data = text.encode("utf-8", "replace")
    return flipped(data, chance) if chance.random() < 1 / 8 else data


def without_lines(text, chance, _):
    lines = text.splitlines(keepends=True)
    start, end = _stretch(lines, chance)
    return "".join(lines[:start] + lines[end:])


def doubled_lines(text, chance, _):
    lines = text.splitlines(keepends=True)
    start, end = _stretch(lines, chance)
    return "".join(lines[:end] + lines[start:])


def moved_lines(text, chance, _):
    lines = text.splitlines(keepends=True)
    start, end = _stretch(lines, chance)
    moved, rest = lines[start:end], lines[:start] + lines[end:]
    at = chance.randint(0, len(rest))
    return "".join(rest[:at] + moved + rest[at:])


def cut(text, chance, _):
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 1 / 2 else text[at:]


def spliced(text, chance, originals):
    other = chance.choice(originals).decode("utf-8", "replace")
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def with_signs(text, chance, _):
    """Put signs, pieces of markup or characters of any script into it."""
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randint(0, len(text))
        text = text[:at] + _sign(chance) * chance.choice([1, 1, 1, 2, 50]) + text[at:]
    return text


def in_other_case(text, chance, _):
    start, end = _stretch(text, chance)
    change = chance.choice([str.upper, str.lower, str.title, str.swapcase])
    return text[:start] + change(text[start:end]) + text[end:]


def joined_lines(text, chance, _):
    start, end = _stretch(text, chance)
    return text[:start] + text[start:end].replace("\n", chance.choice(["", " ", "\r"])) + text[end:]


def wrapped(text, chance, _):
    width = chance.choice([1, 8, 40, 72])
    start, end = _stretch(text, chance)
    stretch = text[start:end]
    lines = [stretch[at : at + width] for at in range(0, len(stretch), width)]
    return text[:start] + chance.choice(["\n", "\n\n", "\r\n"]).join(lines) + text[end:]


def without_a_sign(text, chance, _):
    """Take one sign out of it wherever it stands, or put another in its place."""
    return text.replace(chance.choice(SIGNS), chance.choice(["", *SIGNS]))


OF_TEXT = [
    *(without_lines, doubled_lines, moved_lines, cut, spliced, with_signs, in_other_case, joined_lines, wrapped),
    without_a_sign,
]


def flipped(data, chance):
    """Return bytes with some of them changed."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 5, 100]) if data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _sign(chance):
    if chance.random() < 1 / 4:
        return chr(chance.choice([chance.randrange(32, 0x2FFF), chance.randrange(0xE000, sys.maxunicode)]))
    return chance.choice([*SIGNS, *PIECES])


def _stretch(sequence, chance):
    """Return the place of a stretch, mostly short: start and end."""
    start = chance.randint(0, len(sequence))
    longest = chance.choice([1, 5, len(sequence)])
    return start, min(len(sequence), start + chance.randint(0, longest))
