"""Several series through the same periods, ready for a template to print as SVG.

All geometry is in per cent, so that the style sheet sizes the chart for its screen. Series are told apart by the shape
of their marks and the dashes of their lines, which go by their order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

FEWEST_LINES, MOST_LINES = 3, 5  # of the grid; that of zero comes on top of the most
STEPS = (1, 2, 5, 10)
MOST_LABELS, MOST_NARROW_LABELS = 14, 5


@dataclass(frozen=True, slots=True)
class Mark:
    """The value of one period, at `x` and `y` per cent; `words` say it, `url` leads to the evidence, '' to none."""

    x: str
    y: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One series: its marks, and `runs` of points as a polyline has them, broken where a period has no value."""

    marks: tuple[Mark, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis at `place` per cent; `minor` ones are for wide screens only."""

    place: str
    label: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """A chart: `grid` has its horizontal lines with their values, `periods` the labels below."""

    curves: tuple[Curve, ...]
    grid: tuple[Tick, ...]
    periods: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a series has in one period, in words too. None is a gap: nothing could be counted there."""

    number: float | None
    words: str
    url: str


def curves_of(periods: Sequence[str], series: Iterable[Sequence[Value]]) -> Curves | None:
    """Return a chart of series that have a value for each of the periods; None where there is nothing to show."""
    series = [list(values) for values in series]
    numbers = [value.number for values in series for value in values if value.number is not None]
    if not numbers:
        return None
    step = _step(max(numbers), is_whole=all(isinstance(number, int) for number in numbers))
    lines = max(FEWEST_LINES, ceil(round(max(numbers) / step, 6)) + 1)
    top = step * (lines - 1)
    places = [100 * (place + 0.5) / len(periods) for place in range(len(periods))]
    return Curves(
        tuple(_curve(places, values, top) for values in series),
        tuple(Tick(_per_cent(100 - 100 * line / (lines - 1)), f"{line * step:,.6g}") for line in range(lines)),
        tuple(_period_ticks(places, periods)),
    )


def _step(highest, *, is_whole):
    """A round number of which the highest value is between two and five times as much."""
    power = floor(log10(highest / MOST_LINES)) if highest else 0
    step = next(step * 10.0**power for step in STEPS if step * 10.0**power * MOST_LINES >= highest * (1 - 1e-9))
    return max(step, 1) if is_whole or not highest else step


def _curve(places, values, top):
    marks, runs, run = [], [], []
    for place, value in zip(places, values, strict=True):
        if value.number is None:
            runs.append(run)
            run = []
            continue
        height = 100 - 100 * value.number / top
        run.append(f"{place:.2f},{height:.2f}")
        marks.append(Mark(_per_cent(place), _per_cent(height), value.words, value.url))
    return Curve(tuple(marks), tuple(" ".join(points) for points in (*runs, run) if len(points) > 1))


def _period_ticks(places, periods):
    """As many labels as there is room for, in even steps; on a phone fewer of them."""
    every = ceil(len(periods) / MOST_LABELS)
    narrow_every = every * ceil(len(periods) / (MOST_NARROW_LABELS * every))
    for number in range(0, len(periods), every):
        yield Tick(_per_cent(places[number]), periods[number], number % narrow_every != 0)


def _per_cent(number):
    return f"{number:.2f}%"
