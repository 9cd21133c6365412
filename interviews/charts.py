"""Bars by year or month, ready for a template to print as SVG.

All geometry is in per cent, so that the style sheet sizes a chart for its screen and text never shrinks with it.
"""

from calendar import month_name
from dataclasses import dataclass

from interviews.wording import counted

FEWEST_SLOTS = 12  # so that an archive of two years shows bars, not blocks
LOWEST = 4  # per cent: the smallest count is still seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month, called `name`. `slot`, `x` and `middle` are per cent of the chart's width.

    `y` and `height` are per cent of its height. `title` says what it stands for. A reader may click anywhere in the
    bar's slot. `label` is empty where the bars stand too close; `minor` labels are for wide screens only.
    """

    name: str
    count: int
    title: str
    url: str
    selected: bool
    slot: str
    x: str
    middle: str
    y: str
    height: str
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A row of bars, all of the same width."""

    bars: tuple[Bar, ...]
    slot_width: str
    width: str

    @property
    def has_selection(self):
        return any(bar.selected for bar in self.bars)

    @property
    def counted(self):
        """The bars that stand for something."""
        return [bar for bar in self.bars if bar.count]

    @property
    def labelled(self):
        return [bar for bar in self.bars if bar.label]


def chart_of_years(counts, *, url_of, selected=(), labels=17, narrow_labels=6):
    """Return a chart of [(year, count), ...]; None for none. Years between, without a count, are gaps.

    `url_of(year)` leads to the evidence behind a bar. At most `labels` years are named, on a phone `narrow_labels`.
    """
    if not counts:
        return None
    known = dict(counts)
    years = range(min(known), max(known) + 1)
    slots = max(len(years), FEWEST_SLOTS)
    every = -(-slots // labels)
    narrow_every = every * -(-slots // (narrow_labels * every))
    marks = [
        (year, str(year), "" if place % every else str(year), place % narrow_every != 0)
        for place, year in enumerate(years)
    ]
    return _chart(marks, known, url_of=url_of, selected=selected)


def chart_of_months(year, counts, *, url_of, selected=()):
    """Return a chart of the twelve months of a year from {month: count}; `url_of(month)` as for years."""
    marks = [(month, f"{month_name[month]} {year}", month_name[month][0], False) for month in range(1, 13)]
    return _chart(marks, counts, url_of=url_of, selected=selected)


def _chart(marks, counts, *, url_of, selected):
    """`marks` are (key, name, label, is the label for wide screens only), one a slot."""
    slot, highest = 100 / max(len(marks), FEWEST_SLOTS), max(counts.values(), default=1) or 1
    bars = []
    for place, (key, name, label, minor) in enumerate(marks):
        count = counts.get(key, 0)
        height = max(LOWEST, 100 * count / highest) if count else 0
        bars.append(
            Bar(
                name=name,
                count=count,
                title=f"{name}: {counted(count, 'answer')}",
                url=url_of(key) if count else "",
                selected=key in selected,
                slot=f"{place * slot:.2f}%",
                x=f"{(place + 0.14) * slot:.2f}%",
                middle=f"{(place + 0.5) * slot:.2f}%",
                y=f"{100 - height:.1f}%",
                height=f"{height:.1f}%",
                label=label,
                minor=minor,
            )
        )
    return Chart(bars=tuple(bars), slot_width=f"{slot:.2f}%", width=f"{0.72 * slot:.2f}%")


def with_shares(ranked):
    """Add to [(entity, count), ...], most first, how long its bar is: per cent of the first one's."""
    return [(entity, count, f"{100 * count / ranked[0][1]:.1f}") for entity, count in ranked]
