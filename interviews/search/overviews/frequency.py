"""How often searches find something in each year or month: answers, matches, and matches for so many words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from interviews.search.engine.patience import Patience
from interviews.search.engine.snapshot import Snapshot
from interviews.search.language.describing import Description
from interviews.search.language.lexing import shortened
from interviews.search.language.request import Request
from interviews.search.results.result_sets import ResultSet, cut_short, result_set, usable_snapshot

from .matches import Counted, counted_of, rate_of

MOST_QUERIES = 4
PERIODS = ("year", "month")
# Where all texts under the filters lie within so many months, months are told apart.
MOST_MONTHS = 36
MONTHS_IN_YEAR = 12
LONGEST_MONTH = 31
UNIX_DAY, UNIX_YEAR = 719_163, 1970  # 1 January 1970 as a proleptic ordinal, as the index counts days
TOO_LONG = "Months are shown for three years at most, so these are years."
NO_MONTH = "Of some answers only the year is known: they are in no month."
NO_WORDS = "“{}” looks for no words, so it has no matches to count."


@dataclass(frozen=True, slots=True)
class Point:
    """What a search finds in one period among the texts under its filters.

    `period` is a value of the facet year or month, '' for all time; `matches` is None where the search looks for no
    words; `words` counts all texts, found or not: where there are none, nothing could be found.
    """

    period: str
    answers: int
    matches: int | None
    words: int

    @property
    def rate(self) -> float | None:
        """Matches for so many words, as `rate_of` counts them."""
        return rate_of(self.matches, self.words)


@dataclass(frozen=True, slots=True)
class Series:
    """One search through all periods."""

    request: Request
    points: tuple[Point, ...]

    @property
    def total(self) -> Point:
        """All periods together."""
        matches = [point.matches for point in self.points]
        return Point(
            "",
            sum(point.answers for point in self.points),
            None if None in matches else sum(matches),
            sum(point.words for point in self.points),
        )


@dataclass(frozen=True, slots=True)
class Frequency:
    """Up to MOST_QUERIES searches under the same filters by `period`, "year" or "month"; the first is described.

    All have the same points in order; none where no text is under the filters. `is_short`: they could be months.
    """

    description: Description
    notices: tuple[str, ...]
    series: tuple[Series, ...]
    period: str
    is_short: bool


def frequency_of(request: Request, further_queries: Iterable[str] = (), period: str = "") -> Frequency | None:
    """Count a search, and other queries under its filters, through time: by month where it is short, else by year.

    The filters are those of the address and those typed beside words. Never raises; None without an index.
    """
    snapshot = usable_snapshot()
    if snapshot is None:
        return None
    results, counted = zip(*_in_time(snapshot, _requests(request, further_queries)), strict=True)
    notices = list(request.notices)
    for each, of_each in zip(results, counted, strict=True):
        notices += [*each.notices, *cut_short(of_each.examined, snapshot)]
        if each.request.query and of_each.matches is None:
            notices.append(NO_WORDS.format(shortened(each.request.query)))
    calendar = _Calendar(snapshot, np.logical_or.reduce([each.base for each in counted]))
    if period == "month" and not calendar.is_short:
        notices.append(TOO_LONG)
    by = "month" if calendar.is_short and period != "year" else "year"
    if by == "month" and any(np.any(each.found & ~calendar.knows_month) for each in counted):
        notices.append(NO_MONTH)
    series = tuple(map(Series, (each.request for each in results), calendar.points(counted, by)))
    return Frequency(results[0].description, tuple(dict.fromkeys(notices)), series, by, calendar.is_short)


def _in_time(snapshot, searches) -> Iterator[tuple[ResultSet, Counted]]:
    """What the searches find and what is counted of it, all in the time of one request."""
    patience, steps = Patience(), 2 * len(searches)
    for search in searches:
        results = result_set(snapshot, search, seconds=patience.share(steps))
        yield results, counted_of(results.found, seconds=patience.share(steps - 1))
        steps -= 2


def _requests(request, further_queries):
    """The search with each of the queries in its place, each once; an empty one only where there is no other."""
    searches = {each.query: each for each in (request, *(request.changed(query=query) for query in further_queries))}
    return [searches[query] for query in searches if query][:MOST_QUERIES] or [request]


class _Calendar:
    """When the documents of a snapshot were spoken, and between which of some of them time runs."""

    def __init__(self, snapshot: Snapshot, mask: np.ndarray):
        days = snapshot.numbers("date")
        self._months = (days - UNIX_DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        self._words = snapshot.numbers("question_words") + snapshot.numbers("answer_words")
        self._mask = mask
        self.knows_month = snapshot.numbers("last_day") - days < LONGEST_MONTH

    @property
    def is_short(self) -> bool:
        """Whether months can be told apart: some are known, and they are few."""
        months = self._months[self._mask]
        return bool(np.any(self._mask & self.knows_month)) and int(np.ptp(months)) < MOST_MONTHS

    def points(self, counted: Iterable[Counted], by: str) -> list[tuple[Point, ...]]:
        """Return the points of searches by "year" or "month", from the first period with a text to the last."""
        numbers = self._months if by == "month" else self._months // MONTHS_IN_YEAR
        known = self._mask & self.knows_month if by == "month" else self._mask
        if not known.any():
            return [() for _ in counted]
        first, last = int(numbers[known].min()), int(numbers[known].max())
        names = [NAMES[by](number) for number in range(first, last + 1)]

        def sums(documents, weights=None):
            documents = documents[known[documents]]
            weights = weights if weights is None else weights[documents]
            return np.bincount(numbers[documents] - first, weights, len(names)).astype(int).tolist()

        return [
            tuple(
                map(
                    Point,
                    names,
                    sums(np.flatnonzero(each.found)),
                    sums(each.matches.documents) if each.matches else [None] * len(names),
                    sums(np.flatnonzero(each.base), self._words),
                )
            )
            for each in counted
        ]


# How the facets write what is counted from the beginning of 1970.
NAMES = {
    "year": lambda number: f"{UNIX_YEAR + number}",
    "month": lambda number: f"{UNIX_YEAR + number // MONTHS_IN_YEAR}-{number % MONTHS_IN_YEAR + 1:02}",
}


def frequency_as_json(counts: Frequency) -> dict:
    """Return a frequency as plain data; `rate` is matches for each 100,000 words."""
    return {
        "by": counts.period,
        "notices": list(counts.notices),
        "series": [
            {
                "query": series.request.query,
                "total": _point_as_json(series.total),
                "points": [{"period": point.period} | _point_as_json(point) for point in series.points],
            }
            for series in counts.series
        ],
    }


def _point_as_json(point):
    rate = None if point.rate is None else round(point.rate, 3)
    return {"answers": point.answers, "matches": point.matches, "words": point.words, "rate": rate}
