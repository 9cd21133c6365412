"""Dates as transcripts write them, with their precision; month names of many languages come from CLDR through Babel."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "ar", "ar_SY", "nl", "pl", "tr")
SHORT_MONTHS = ("en", "fr", "de", "es", "it", "pt", "ru")
EARLIEST, LATEST = 1850, 2100
YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
# A time may be glued to the year: “5 December 201918:00”.
YEAR_END = r"(?:(?=\D|$)|(?=\d\d:\d\d))"
TIME = re.compile(
    r"\s{0,3}(?:года|году|г\.|року)?\s{0,3}(?:[,|T–—-]|at|um|à|в|alle|a las)?\s{0,3}"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?!\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s?(?:(?P<half>[ap])\.?\s?m\b\.?)?(?:\s?(?:[A-Z]{2,4}|Uhr|Москва))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at text[start:end]; of a month or a year, `day` is its first day.

    precision: day | month | year. is_open: day and month could be the other way round.
    """

    day: datetime.date
    precision: str
    start: int
    end: int
    time: datetime.time | None = None
    is_open: bool = False


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates that a text writes out, in order; of a month alone only where no day stands with it."""
    taken_to = 0
    for found in _pattern().finditer(text):
        date = _read(found)
        if date and found.start() >= taken_to:
            time = TIME.match(text, found.end())
            yield FoundDate(date[0], date[1], found.start(), found.end(), read_time(time) if time else None, date[2])
            taken_to = found.end()


def holds_date(text: str) -> bool:
    """Whether a text writes out a date anywhere."""
    return any(True for _ in find_dates(text))


def is_date_line(text: str) -> bool:
    """Whether a line is a date and little else: “Canberra, 9 May 2011”."""
    return sum(found.end - found.start for found in find_dates(text)) * 2 > len(text)


def only_year(text: str) -> FoundDate | None:
    """Return the year that stands alone in a line or at the end of a title, as a date of that precision."""
    found = re.search(rf"(?:^|[\s,(]){YEAR}\)?\W*$", text)
    if not found:
        return None
    return FoundDate(datetime.date(int(found["year"]), 1, 1), "year", found.start("year"), found.end("year"))


def read_time(found: re.Match) -> datetime.time | None:
    """Return the time of day of a match of TIME or CLOCK, None where there is no such time."""
    hour, minute, half = int(found["hour"]), int(found["minute"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


@cache
def months() -> dict[str, int]:
    """Return {name in lower case: 1 to 12}; a name that means different months in two languages is left out."""
    numbers = {}
    for language in LANGUAGES:
        widths = ["wide"] + (["abbreviated"] if language in SHORT_MONTHS else [])
        for form in ("format", "stand-alone"):
            for width in widths:
                for number, name in Locale.parse(language).months[form][width].items():
                    numbers.setdefault(name.casefold().rstrip("."), set()).add(number)
    numbers["sept"] = {9}
    return {name: min(both) for name, both in numbers.items() if len(both) == 1 and len(name) > 2}


@cache
def _pattern():
    names = "|".join(re.escape(name) for name in sorted(months(), key=len, reverse=True))
    month = rf"(?P<{{}}>{names})\b\.?(?:\s?/\s?[^\W\d_]+)?"
    of = r"(?:\s{1,3}(?:of|de|del|d['’])?\s{0,2})"
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.|-го|-е)?"
    forms = [
        rf"(?<![\d.,])\.?(?<!\d){day.format('day1')}{of}{month.format('month1')},?{of}?\s?(?P<year1>\d{{4}}){YEAR_END}",
        rf"\b{month.format('month2')}\s{{1,3}}{day.format('day2')},?\s{{1,3}}(?P<year2>\d{{4}}){YEAR_END}",
        r"(?<![\d-])(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d)(?![\d-])",
        r"(?<![\d./-])(?P<first>\d{1,2})(?P<stroke>[./-])(?P<second>\d{1,2})(?P=stroke)(?P<year4>\d{4})(?!\d|[./-]\d)",
        r"(?P<year5>\d{4})\s?[年년]\s?(?P<month5>\d{1,2})\s?[月월]\s?(?P<day5>\d{1,2})\s?[日일]",
        rf"\b{month.format('month6')},?{of}(?P<year6>\d{{4}})(?!\d)",
    ]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def _read(found):
    """Return (date, precision, is_open) of a match, or None where there is no such day."""
    groups = {name: value for name, value in found.groupdict().items() if value}
    year = int(next(value for name, value in groups.items() if name.startswith("year")))
    month = next((value for name, value in groups.items() if name.startswith("month")), None)
    day = next((value for name, value in groups.items() if name.startswith("day")), None)
    if not EARLIEST <= year <= LATEST:
        return None
    if "first" in groups:
        return _read_numbers(year, int(groups["first"]), int(groups["second"]), groups["stroke"])
    month = int(month) if month.isdigit() else months()[month.casefold()]
    date = _day(year, month, int(day or 1))
    return date and (date, "day" if day else "month", False)


def _read_numbers(year, first, second, stroke):
    """Read 27/02/1979: day first, unless only month first makes a date. Open where both do; never with dots."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    date = day_first or month_first
    return date and (date, "day", bool(stroke != "." and day_first and month_first and first != second))


def _day(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
