"""Bars by year, ready for a template to print as SVG: widths in per cent, so that text never shrinks with them."""

from dataclasses import dataclass

FEWEST_SLOTS = 12  # so that an archive of two years shows bars, not blocks


@dataclass(frozen=True, slots=True)
class Bar:
    """One year. `slot`, `x`, `width` and `middle` are per cent of the chart's width, `y` and `height` pixels.

    A reader may click anywhere in the bar's slot. `label` is empty where the years stand too close; `minor`
    labels are for wide screens only.
    """

    year: int
    count: int
    url: str
    selected: bool
    slot: str
    x: str
    width: str
    middle: str
    y: int
    height: int
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A row of bars on a base line `base` pixels below the top."""

    bars: tuple[Bar, ...]
    slot_width: str
    base: int

    @property
    def height(self):
        """Pixels, with the line of labels below the bars."""
        return self.base + 22

    @property
    def has_selection(self):
        return any(bar.selected for bar in self.bars)

    @property
    def counted(self):
        """The bars that stand for something, for the table beside the chart."""
        return [bar for bar in self.bars if bar.count]


def chart_of_years(counts, *, url_of, selected=(), base=96, labels=17, narrow_labels=6):
    """Return a chart of [(year, count), ...]; None for none. Years between, without a count, are gaps.

    `url_of(year)` leads to the evidence behind a bar. At most `labels` years are named, on a phone `narrow_labels`.
    """
    if not counts:
        return None
    known = dict(counts)
    years = range(min(known), max(known) + 1)
    slots, highest = max(len(years), FEWEST_SLOTS), max(known.values())
    slot, every, narrow_every = 100 / slots, -(-slots // labels), -(-slots // narrow_labels)
    bars = []
    for place, year in enumerate(years):
        count = known.get(year, 0)
        height = max(3, round(count / highest * (base - 16))) if count else 0
        bars.append(
            Bar(
                year=year,
                count=count,
                url=url_of(year),
                selected=year in selected,
                slot=f"{place * slot:.3f}%",
                x=f"{(place + 0.14) * slot:.3f}%",
                width=f"{0.72 * slot:.3f}%",
                middle=f"{(place + 0.5) * slot:.3f}%",
                y=base - height,
                height=height,
                label=str(year) if place % every == 0 else "",
                minor=place % (every * -(-narrow_every // every)) != 0,
            )
        )
    return Chart(bars=tuple(bars), slot_width=f"{slot:.3f}%", base=base)


def with_shares(ranked):
    """Add to [(entity, count), ...], most first, how long its bar is: per cent of the first one's."""
    return [(entity, count, f"{100 * count / ranked[0][1]:.1f}") for entity, count in ranked]
