"""Days as readers write them: 2019, 2019-12, 2019-12-05, and from one to another: 2010..2014, 2010.., ..2014."""

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass

from django.utils.formats import date_format

DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
# Two dots; a dash, or between years a hyphen, will do.
RANGE = re.compile(r"\.\.|[–—]|(?<=^\d{4})-(?=\d{4}$)")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included; None for an open end."""

    first: datetime.date | None
    last: datetime.date | None


def read_date(text: str) -> Period:
    """Return the days that a date stands for. Raises ValueError for what is no date of the calendar."""
    written = DATE.fullmatch(text.strip())
    if written is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in written.groups())
    first = datetime.date(year, month or 1, day or 1)
    last_month = month or 12
    return Period(first, datetime.date(year, last_month, day or monthrange(year, last_month)[1]))


def read_period(text: str) -> Period:
    """Return the days from one date to another, whichever comes first. Raises ValueError as `read_date` does."""
    parts = RANGE.split(text.strip(), maxsplit=1)
    if len(parts) == 1:
        return read_date(text)
    begins, ends = (read_date(part) if part else Period(None, None) for part in parts)
    if begins.last and ends.first and begins.first > ends.first:
        begins, ends = ends, begins
    return Period(begins.first, ends.last)


def ends_of(period: Period) -> list[str]:
    """Return the ends of a period in words, as years (2014) or months (March 2014) where it is made of whole ones.

    One name stands for both ends: the period is that year, month or day.
    """
    form = next(form for form in ("Y", "F Y", "j F Y") if _is_made_of(form, period))
    return list(dict.fromkeys(date_format(day, form) for day in (period.first, period.last) if day))


def _is_made_of(form, period):
    first, last = period.first, period.last
    begins = first is None or (first.day == 1 and (form != "Y" or first.month == 1))
    ends = last is None or (last.day == monthrange(last.year, last.month)[1] and (form != "Y" or last.month == 12))
    return form == "j F Y" or (begins and ends)
