"""Dates known to the day, the month or only the year, as addresses write them and as readers read them."""

import datetime
from typing import NamedTuple

from django.utils.formats import date_format


class PartialDate(NamedTuple):
    """A date as far as it is known. `str()` gives the form of the addresses: 2019/12/05, 2019/12 or 2019."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text):
        """Read the form of the addresses. Raises ValueError for a date that no calendar has."""
        partial = cls(*map(int, text.split("/")))
        partial.first_day  # noqa: B018 - raises for an impossible date
        return partial

    @classmethod
    def of(cls, interview):
        """The date of an interview; None where it has none."""
        return cls.parse(interview.dated) if interview.date else None

    def __str__(self):
        return "/".join([f"{self.year:04}", *(f"{part:02}" for part in self[1:] if part)])

    @property
    def first_day(self):
        """The day that the archive stores for it."""
        return datetime.date(*(1 if part is None else part for part in self))

    @property
    def precision(self):
        """day, month or year, as `Interview.date_precision` has it."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def words(self):
        """The date as a reader reads it: 5 December 2019, December 2019 or 2019."""
        return date_format(self.first_day, {"day": "j F Y", "month": "F Y", "year": "Y"}[self.precision])

    @property
    def month_name(self):
        return date_format(self.first_day, "F")

    @property
    def machine(self):
        """The value of a <time> element: 2019-12-05, 2019-12 or 2019."""
        return str(self).replace("/", "-")

    @property
    def wider(self):
        """The periods that hold this one, widest first: the year, then the month."""
        return [PartialDate(*self[:length]) for length in (1, 2) if length < 3 - self.count(None)]
