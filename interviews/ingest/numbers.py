"""Numbers of turns: q3, a3, a3b, s1, m1, d1. Assigned once, never reused, whatever happens to the order."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import count, product

from interviews.ingest.transcript import SpokenTurn

PREFIX = {"question": "q", "answer": "a", "statement": "s", "moderator": "m", "direction": "d"}
FORM = re.compile(r"([a-z])([0-9]+)")


def numbers_for(
    turns: Sequence[SpokenTurn], *, inherited: Mapping[int, str] | None = None, used: Collection[str] = ()
) -> list[str]:
    """Return a number for each turn, in order.

    `inherited` gives the numbers of turns (by index) that had one in an earlier reading; `used` are all
    numbers the interview ever gave out. An inserted exchange takes the next unused number wherever it stands;
    a further answer to question 3 is a3b, then a3c.
    """
    inherited, used = inherited or {}, set(used)
    last = Counter()
    for number in used:
        _count(last, number)
    by_read_number, numbers = {}, []
    for index, turn in enumerate(turns):
        asked = by_read_number.get(turn.reply_to)
        number = inherited.get(index) or (_reply(asked, used) if asked else _next(PREFIX[turn.kind], last))
        used.add(number)
        _count(last, number)
        by_read_number[turn.number] = number
        numbers.append(number)
    return numbers


def _reply(question, used):
    return next(number for number in _with_letters(f"a{question[1:]}") if number not in used)


def _with_letters(stem):
    """Yield a3, a3b ... a3z, a3bb, a3bc ..."""
    for length in count():
        for letters in product("bcdefghijklmnopqrstuvwxyz", repeat=length):
            yield stem + "".join(letters)


def _counter(prefix):
    """Questions and answers share their counter: a7 always answers q7."""
    return "q" if prefix == "a" else prefix


def _count(last, number):
    prefix, digits = FORM.match(number).groups()
    last[_counter(prefix)] = max(last[_counter(prefix)], int(digits))


def _next(prefix, last):
    return f"{prefix}{last[_counter(prefix)] + 1}"
