"""Dates as transcripts write them, with their precision and with what is open about them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from interviews.ingest.calendars import ERAS, fold, is_thai, months, number_of, plain_digits, weekdays, year_of
from interviews.ingest.words import alternatives

EARLIEST, LATEST = 1850, 2100
YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
# A time may be glued to the year: “5 December 201918:00”.
YEAR_END = r"(?:(?=\D|$)|(?=\d\d:\d\d))"
HAS_DATE = re.compile(r"\d{4}|\d[./]\s?\d|年")
TIME = re.compile(
    r"\s{0,3}(?:года|году|г\.|року)?\s{0,3}(?:[,|T–—-]|at|um|à|в|alle|a las)?\s{0,3}"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?!\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s?(?:(?P<half>[ap])\.?\s?m\b\.?)?(?:\s?(?:[A-Z]{2,4}|Uhr|Москва))?\W*",
    re.IGNORECASE,
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# The last four figures of a document's number may be its year: “443-12-03-2024”.
IN_NUMBER = re.compile(r"\d{1,6}-(?P<first>\d\d)-(?P<second>\d\d)-(?P<year>\d{4})")
BROKEN_DAY = re.compile(r"(?<!\w)[\dlIoO]{1,2}[.,]?\s?$")
WORD_BEFORE = re.compile(r"(?<![^\W\d])([^\W\d]+)[\s.,(（]{1,3}$")
WORD_AFTER = re.compile(r"[\s.,(（]{0,3}([^\W\d]+)")
AROUND = 20
SHORT_YEAR, TURN_OF_CENTURY = 2, 50


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at text[start:end]; of a month or a year, `day` is its first day.

    precision: day | month | year. other: the day it would be if day and month, or the month's name, were meant
    otherwise. order: day | month, which of them stands first where both are figures and only one order makes a date.
    last: the last day of “4-5 March 2024”. weekdays: numbers of the weekday that stands beside it, 0 for Monday; empty
    where none does.
    """

    day: datetime.date
    precision: str
    start: int
    end: int
    time: datetime.time | None = None
    other: datetime.date | None = None
    order: str = ""
    last: datetime.date | None = None
    weekdays: frozenset[int] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether it could be another day as well."""
        return self.other is not None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates that a text writes out, in order; of a month alone only where no day stands with it."""
    return iter(_found_in(text) if HAS_DATE.search(text) else ())


@lru_cache(maxsize=1000)
def _found_in(text):
    text = plain_digits(text)
    dates = []
    for found in _pattern().finditer(text):
        facts = _read(found)
        if facts and not (facts["precision"] == "month" and BROKEN_DAY.search(text[: found.start()][-AROUND:])):
            time = TIME.match(text, found.end())
            place = {"start": found.start(), "end": found.end()}
            dates.append(FoundDate(**place, time=time and read_time(time), weekdays=_weekday(text, found), **facts))
    return tuple(dates)


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


def date_in_number(text: str) -> FoundDate | None:
    """Return the date that the number of a document ends with, where that number is the whole text."""
    found = IN_NUMBER.fullmatch(plain_digits(text.strip()))
    facts = found and _from_numbers(int(found["year"]), int(found["first"]), int(found["second"]))
    return FoundDate(start=0, end=len(text), **facts) if facts else None


def broken_dates(text: str) -> list[str]:
    """Return what looks like a date of a day and is none: “3 OCTOBER 19190”, “24 June 207”, “31 February 2019”."""
    good = list(find_dates(text))
    return [
        found[0].strip()
        for found in _broken_pattern().finditer(plain_digits(text))
        if not any(date.start < found.end() and found.start() < date.end for date in good)
    ]


def read_time(found: re.Match) -> datetime.time | None:
    """Return the time of day of a match of TIME or CLOCK, None where there is no such time."""
    hour, minute, half = int(found["hour"]), int(found["minute"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


@cache
def _month():
    names = alternatives(months()).replace("\\ ", r"\s")
    return rf"ב?(?P<{{}}>{names})(?!\w)\.?(?:\s?/\s?[^\W\d_]+)?"


@cache
def _pattern():
    month = _month()
    of = r"(?:\s{1,3}(?:of|de|del|d['’]|năm|พ\.ศ\.)?\s{0,2}|[-/])"
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.|-го|-е|η)?"
    until = r"(?:\s?(?:[-–—/]|and|to|et|und|bis|y|e|и)\s?(?P<{}>\d{{1,2}})(?:st|nd|rd|th|\.)?)?"
    numeral = r"[\d〇零一二三四五六七八九十]{1,3}"
    forms = [
        rf"(?<![\d.,/lIO])\.?(?<![\dlIO]){day.format('day1')}{until.format('last1')}{of}{month.format('month1')},?{of}?\s?"
        rf"(?P<year1>\d{{4}}){YEAR_END}",
        rf"(?<!\w){month.format('month2')}\s{{1,3}}{day.format('day2')}{until.format('last2')},?\s{{1,3}}"
        rf"(?P<year2>\d{{4}}){YEAR_END}",
        r"(?<![\d./-])(?P<year3>\d{4})(?P<stroke3>[./-])\s?(?P<month3>\d{1,2})(?P=stroke3)\s?(?P<day3>\d{1,2})(?![\d/-])",
        r"(?<![\d./-])(?P<first>\d{1,2})(?P<stroke>[./-])\s?(?P<second>\d{1,2})(?P=stroke)\s?(?P<year4>\d{4})"
        rf"{YEAR_END}(?![./-]\d)",
        rf"(?P<era>{'|'.join(ERAS)})?\s?(?P<year5>\d{{1,4}}|[〇零一二三四五六七八九十元]{{1,4}})\s?[年년]\s?"
        rf"(?P<month5>{numeral})\s?[月월]\s?(?:(?P<day5>{numeral})\s?[日일号號])?",
        rf"(?<!\w){month.format('month6')},?{of}(?P<year6>\d{{4}})(?!\d)",
        rf"(?<![\d./-])(?P<day7>\d{{1,2}})(?P<stroke7>[./ -])(?P<roman>{'|'.join(reversed(ROMAN))})(?P=stroke7)"
        r"(?P<year7>\d{4})(?!\d)",
        rf"(?<!\d)(?P<year8>\d{{4}})\.?\s(?:m\.\s)?{month.format('month8')}\s(?P<day8>\d{{1,2}})(?!\d|,?\s\d{{4}})",
        rf"(?<!\d)(?P<year9>\d{{4}})(?:\.\sgada|\sжылғы|\sжылдын|-yil)\s(?P<day9>\d{{1,2}})[.-]?\s?"
        rf"{month.format('month9')}",
        r"(?<![\d./-])(?P<first11>\d{1,2})(?P<stroke11>[./])(?P<second11>\d\d)(?P=stroke11)(?P<year11>\d\d)(?![\d./-])",
        r"(?:^|(?<=:\s))(?P<year10>(?:19|20)\d\d)(?P<month10>\d\d)(?P<day10>\d\d)(?=$|T\d)",
    ]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


@cache
def _broken_pattern():
    month = _month().format("month")
    return re.compile(
        rf"(?<![\w.,/])(?:[\dlIoO]{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?{month},?\s?[\dlIoO]{{1,6}}"
        r"|\d{1,2}(?P<stroke>[./])\d{1,2}(?P=stroke)(?:\d{3,5}))(?![\w/]|\.\d)",
        re.IGNORECASE,
    )


def _read(found):
    """Return the facts of a match as fields of FoundDate, or None where there is no such day."""
    groups = {name.rstrip("0123456789"): value for name, value in found.groupdict().items() if value}
    named = [] if groups.get("month", "0")[0] in "0123456789" else months().get(fold(groups["month"]).rstrip("."), ())
    if len(groups["year"]) == SHORT_YEAR and "first" in groups:
        return _from_short(*(int(groups[part]) for part in ("first", "second", "year")), groups["stroke"])
    year = year_of(groups["year"], era=groups.get("era", ""), thai=bool(named) and is_thai(groups["month"]))
    if not EARLIEST <= year <= LATEST:
        return None
    if "first" in groups:
        return _from_numbers(year, int(groups["first"]), int(groups["second"]), groups["stroke"])
    numbers = named or [ROMAN.index(groups["roman"].upper()) + 1 if "roman" in groups else number_of(groups["month"])]
    days = [_day(year, number, number_of(groups.get("day", "1"))) for number in numbers]
    if days[0] is None:
        return None
    last = _day(year, numbers[0], int(groups["last"])) if "last" in groups else None
    return {
        "day": days[0],
        "precision": "day" if "day" in groups else "month",
        "other": days[1] if len(days) > 1 else None,
        "last": last if last and last > days[0] else None,
    }


def _from_numbers(year, first, second, stroke="-"):
    """Read 27/02/1979: day first, unless only month first makes a date. Open where both do, but never with dots."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    both = day_first and month_first
    date = day_first or month_first
    return date and {
        "day": date,
        "precision": "day",
        "other": month_first if both and first != second and stroke != "." else None,
        "order": "" if both or stroke == "." else "day" if day_first else "month",
    }


def _from_short(first, second, year, stroke):
    """Read 20.07.14 and 4/18/22: day, month, year, or with strokes month, day, year. Open where 2020-07-14 would do."""
    facts = _from_numbers(_century(year), first, second, stroke)
    backwards = _day(_century(first), second, year) if stroke == "." else None
    if not facts or backwards in (None, facts["day"]):
        return facts
    return facts | {"other": backwards}


def _century(year):
    return year + (1900 if year >= TURN_OF_CENTURY else 2000)


def _day(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _weekday(text, found):
    """Return the numbers of the weekday directly before or after a date, none as an empty set."""
    before = WORD_BEFORE.search(text[max(0, found.start() - AROUND) : found.start()])
    after = WORD_AFTER.match(text[found.end() : found.end() + AROUND])
    names = [fold(word[1]) for word in (before, after) if word]
    return next((weekdays()[name] for name in names if name in weekdays()), frozenset())
