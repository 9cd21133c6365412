"""How often searches find something through time, as a chart and a table."""

import datetime
from functools import partial

from django.utils.formats import date_format

from interviews import search as engine
from interviews.curves import Value, curves_of
from interviews.wording import counted, figure

from .errors import unavailable
from .formats import also_as, root_of
from .search_filters import kept, url_of
from .search_head import answered, only, told, view_head, view_url
from .search_page import Link

VIEW = "frequency"
FURTHER = tuple(f"q{number}" for number in range(2, engine.MOST_QUERIES + 1))
MEASURES = {"": "answers", "words": "matches per 100,000 words"}


def counted_of(request):
    """Return (the first search, the choices of this view alone, what the engine counted or None without an index)."""
    asked = engine.Request.from_query(request.GET)
    typed = [engine.Request(request.GET.get(name, "")).query for name in ("q", *FURTHER)]
    first, *further = list(dict.fromkeys(filter(None, typed))) or [""]
    asked = asked if first == asked.query else asked.changed(query=first)
    period = request.GET.get("by") if request.GET.get("by") in engine.PERIODS else ""
    counts = engine.frequency_of(asked, further, period)
    per = "words" if request.GET.get("per") == "words" else ""
    own = {**dict.fromkeys(FURTHER, ""), **dict(zip(FURTHER, further, strict=False)), "per": per, "by": period}
    return asked, own, counts


def frequency_as_json(request):
    """The counts of all periods as data."""
    asked, own, counts = counted_of(request)
    if counts is None:
        return unavailable(request)
    return engine.frequency_as_json(counts) | {"url": root_of(request) + view_url(VIEW, asked, own)}


@also_as(json=frequency_as_json)
def frequency(request):
    """Up to four searches by year or month. 503 while there is no index."""
    asked, own, counts = counted_of(request)
    return answered(request, "search_frequency.html", counts, partial(_context, asked, own))


def _context(asked, own, counts):
    def choice(words, *, current, **changes):
        return Link(words, view_url(VIEW, asked, own | changes), current)

    by_rate = bool(own["per"])
    return {
        **view_head(VIEW, asked, counts, own=own),
        "chart": chart_of(counts, by_rate=by_rate),
        "measure": MEASURES[own["per"]],
        "measures": [choice(words, current=bool(per) == by_rate, per=per) for per, words in MEASURES.items()],
        "periods": [choice(name, current=name == counts.period, by=name) for name in engine.PERIODS if counts.is_short],
        "series": [(label_of(each), url_of(each.request), each.total, rows_of(each)) for each in counts.series],
        "further": [(name, own[name]) for name in FURTHER],
        "kept_with_further": [*kept(asked, without=()), *told({name: own[name] for name in ("per", "by")})],
    }


def label_of(series):
    return series.request.query or "all answers"


def rows_of(series):
    """The rows of the table: all periods with a text."""
    return [row_of(series, point) for point in series.points if point.words]


def row_of(series, point):
    """The name of a period, where its answers are, and what was counted."""
    facet = "month" if "-" in point.period else "year"
    return name_of(point.period), url_of(only(series.request, facet, point.period)) if point.answers else "", point


def chart_of(counts, *, by_rate):
    """The chart of all series; None where there is nothing to show."""
    names = [name_of(point.period) for point in counts.series[0].points]
    series = [[value_of(each, point, by_rate=by_rate) for point in each.points] for each in counts.series]
    return curves_of(names, series)


def value_of(series, point, *, by_rate):
    """A point of the chart; a gap where nothing was said that could be counted."""
    name, url, _ = row_of(series, point)
    number = point.rate if by_rate else point.answers if point.words else None
    return Value(number, f"{name}, {label_of(series)}: {words_of(point)}", url)


def words_of(point):
    """What was counted: “3 answers, 7 matches, 4.2 per 100,000 words”."""
    words = counted(point.answers, "answer")
    if point.rate is None:
        return words
    return f"{words}, {counted(point.matches, 'match/matches')}, {figure(point.rate)} per 100,000 words"


def name_of(period):
    """2019 or Dec 2019."""
    return date_format(datetime.date.fromisoformat(f"{period}-01"), "M Y") if "-" in period else period
