"""Months, weekdays and years as the languages of transcripts name them; the names are in data/calendar.json."""

import re
import unicodedata
from functools import cache

from interviews.ingest.words import load

# Years before the first of an era; 元年 is its first.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}
BUDDHIST = 543
THAI = ("\u0e00", "\u0e7f")
DIGIT = re.compile(r"\d")


def plain_digits(text: str) -> str:
    """Return a text of the same length with the digits of every script (٤, ４, ๔) as 0 to 9."""
    return text if text.isascii() else DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def fold(name: str) -> str:
    """Return the spelling under which a name is kept: small, with one kind of i (KASIM is kasım)."""
    return name.lower().replace("i\u0307", "i").replace("ı", "i")


@cache
def months() -> dict[str, tuple[int, ...]]:
    """Return {folded name: its numbers}: 1 to 12; listopad alone has two, November and in Croatian October."""
    numbers = {"sept": {9}}
    for name, place in _names("months"):
        numbers.setdefault(name, set()).add(place + 1)
    return {name: tuple(sorted(both, reverse=True)) for name, both in numbers.items()}


@cache
def weekdays() -> dict[str, frozenset[int]]:
    """Return {folded name: its numbers}: 0 for Monday to 6 for Sunday."""
    numbers = {f"星期{sign}": {day} for day, sign in enumerate("一二三四五六日")}
    numbers |= {f"{sign}曜日": {day} for day, sign in enumerate("月火水木金土日")}
    for name, place in _names("weekdays"):
        numbers.setdefault(name, set()).add(place)
    return {name: frozenset(days) for name, days in numbers.items()}


def _names(of):
    """Yield (name, its place from 0) of the months or weekdays of every language."""
    for language in load("calendar")["languages"].values():
        for place, names in enumerate(language[of]):
            yield from ((name, place) for name in names)


def year_of(written: str, *, era: str = "", thai: bool = False) -> int:
    """Return the year of our calendar: 令和13 -> 2031, 二〇二四 -> 2024, Thai 2567 -> 2024."""
    year = number_of(written) + ERAS.get(era, 0)
    return year - BUDDHIST if thai else year


def number_of(written: str) -> int:
    """Return a number in digits or Chinese numerals: 12, 十二, 二〇二四."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if ten:
        return (number_of(tens) if tens else 1) * 10 + (number_of(ones) if ones else 0)
    value = 0
    for sign in written:
        value = value * 10 + NUMERALS[sign]
    return value


def is_thai(name: str) -> bool:
    """Whether a name is in Thai letters."""
    return THAI[0] <= name[:1] <= THAI[1]
