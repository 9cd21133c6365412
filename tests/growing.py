"""Units that make hostile texts when they are repeated: one for each thing that a reader of texts looks for.

What stands twice in a text is read once, so a text of equal parts shows little: in a unit ⟨n⟩ stands for the number
of the repetition, ⟨words⟩ for some words and ⟨name⟩ for a name, others each time.
"""

import json
import random
import re
import sys
from functools import partial
from io import StringIO
from pathlib import Path
from string import ascii_lowercase

SOME_WORDS = ["harbour", "ferry", "bridge", "treaty", "border", "river", "minister", "council", "winter", "talks"]
TIMES, MOST = 2, 3
VARIED = re.compile("⟨(n|words|name)⟩")

OF_KIND = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
UNITS = [unit for units in OF_KIND.values() for unit in units]


def grown(unit: str, size: int) -> str:
    """Return a text of this many characters made of a unit, the same one for the same unit."""
    if not VARIED.search(unit):
        return (unit * (size // len(unit) + 1))[:size]
    chance, text, number = random.Random(unit), StringIO(), 0  # noqa: S311 - not for secrets
    while text.tell() < size:
        text.write(VARIED.sub(partial(_value, chance, number), unit))
        number += 1
    return text.getvalue()[:size]


def _value(chance, number, found):
    if found[1] == "n":
        return str(number)
    if found[1] == "words":
        return " ".join(chance.choices(SOME_WORDS, k=6))
    return "".join(chance.choices(ascii_lowercase, k=6)).capitalize()


def _answers(count, words):
    return [("answer", words.format(index)) for index in range(count)]


NEIGHBOURS = {
    "turns as before": lambda count: (_answers(count, "Turn {} of many."), _answers(count, "Turn {} of many.")),
    "all turns alike": lambda count: (_answers(count, "The same."), _answers(count, "The same.")),
    "alike and one more": lambda count: (_answers(count, "The same."), _answers(count + 1, "The same.")),
    "all turns other": lambda count: (_answers(count, "Harbour {}."), _answers(count, "Sailing number{} north.")),
    "every turn changed": lambda count: (
        _answers(count, "The harbour of place{} was closed again today."),
        _answers(count, "The harbour of place{} was closed again yesterday."),
    ),
    "in reverse": lambda count: (_answers(count, "Turn {} of many."), _answers(count, "Turn {} of many.")[::-1]),
    "one long turn": lambda count: (_answers(1, "harbour " * count * 50), _answers(1, "harbours " * count * 50)),
    "all removed": lambda count: (_answers(count, "Turn {} of many."), []),
}


def calls(function, argument):
    """Return how many functions are called, of Python and of C: the work, but for what one call does."""
    counted = 0

    def count(frame, event, _):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        function(argument)
    finally:
        sys.setprofile(None)
    return counted


def grows_faster(function, make, size):
    """Whether twice as much takes more than three times the calls."""
    function(make(size * TIMES))  # what is done once and remembered is no part of it
    return calls(function, make(size * TIMES)) > MOST * calls(function, make(size))
