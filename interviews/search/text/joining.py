"""Words that are written joined, with a hyphen or apart: nonproliferation, non-proliferation, non proliferation; G20.

The index holds what is written: words that a hyphen joins are words in a row. Which spellings are meant is worked out
for the words of a query. Pure functions of folded forms.
"""

import json
import re
from pathlib import Path

# Beginnings of words that are often written apart from them; among other words they mean little.
BEGINNINGS = frozenset(json.loads((Path(__file__).parent / "data" / "beginnings.json").read_text(encoding="utf-8")))
# Two whole words of so many letters are one in a row, too (peace-keeper); shorter ones are often another (may be).
SHORTEST_WORD = 4
SHORTEST_AFTER_BEGINNING = 3
LONGEST_JOINED = 40
THOUSAND = 3  # digits
THOUSANDS = re.compile(r"\d{1,3}(?=(?:\d{3})*$)")
LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]+)(\d\w*)")


def apart(form: str) -> list[tuple[str, ...]]:
    """Return the words in a row that a form may be written as: "nonproliferation" -> [("non", "proliferation"), ...].

    A number is written in thousands: "70000" -> [("70", "000")]. Which are words of the archive nobody has looked yet.
    """
    if len(form) > LONGEST_JOINED:
        return []
    if form.isdecimal():
        return [tuple(THOUSANDS.findall(form))] if len(form) > THOUSAND and form[0] != "0" else []
    if name := LETTERS_AND_NUMBER.fullmatch(form):
        return [name.groups()]
    if not form.isalpha():
        return []
    cuts = [(form[:at], form[at:]) for at in range(2, len(form) - SHORTEST_AFTER_BEGINNING + 1)]
    return [each for each in cuts if each[0] in BEGINNINGS or min(map(len, each)) >= SHORTEST_WORD]


def is_written_joined(first: str, second: str) -> bool:
    """Whether two neighbours in a query may mean one word: non proliferation, G 20, 70 000."""
    if first.isdecimal():
        return first[0] != "0" and len(first) <= THOUSAND == len(second) and second.isdecimal()
    if LETTERS_AND_NUMBER.fullmatch(first + second):
        return first.isalpha()
    return first in BEGINNINGS and len(second) >= SHORTEST_AFTER_BEGINNING
