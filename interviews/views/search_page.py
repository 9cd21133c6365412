"""What the search page shows of a search.Page: the sentence of what was found, chips, filters, sorting and steps."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.urls import reverse

from interviews.charts import chart_of_years

SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another search. `current` says that it is the one shown."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as the page shows it: some values at once, the `more` behind a disclosure; years as a `chart`."""

    facet: object
    shown: list
    more: list
    chart: object = None


def search_page(page):
    """Return the context of the search page."""
    asked, chips = page.request, chips_of(page)
    return {
        "page": page,
        "asked": asked,
        "sentence": page.description.sentence,
        "chips": chips,
        "filters": [filter_of(facet) for facet in page.facets if facet.values],
        "chosen_count": len(asked.choices) + bool(asked.since) + bool(asked.until),
        "sorts": sorts_of(asked),
        "previous": Link("Previous", url_of(asked, page=asked.page - 1)) if asked.page > 1 else None,
        "next": Link("Next", url_of(asked, page=asked.page + 1)) if asked.page < page.page_count else None,
        "kept_with_words": kept(asked, without={"q"}),
        "kept_with_dates": kept(asked, without={"from", "to"}),
        "canonical_path": url_of(asked, page=asked.page),
        "as_json": f"{reverse('interviews:search')}?{asked.query_string(page=asked.page)}&format=json",
        "unfiltered": url_of(type(asked)(query=asked.query)),
    }


def url_of(asked, **changes):
    """The address of a search with some fields changed."""
    query = asked.query_string(**changes)
    return f"{reverse('interviews:search')}?{query}" if query else reverse("interviews:search")


def kept(asked, *, without):
    """[(parameter, value), ...] that a form hands on beside its own fields, from page 1."""
    return [(name, value) for name, value in parse_qsl(asked.query_string(page=1)) if name not in without]


def chips_of(page):
    """Everything that was asked for, each as the link that takes it away."""
    return [Link(chip.words, url_of(chip.request)) for chip in page.description.chips]


def filter_of(facet):
    """Years as a chart, with their list to open; of other facets the chosen values and the most frequent ones."""
    chart = chart_of_facet(facet) if facet.name == "year" else None
    if chart:
        return Filter(facet, [], list(facet.values), chart)
    shown = [value for place, value in enumerate(facet.values) if place < SHOWN_VALUES or value.selected]
    return Filter(facet, shown, [value for value in facet.values if value not in shown])


def chart_of_facet(facet):
    """The years that were found; a bar toggles its year. A chosen year without a hit does not stretch the chart."""
    found = {int(value.value): value for value in facet.values if value.count}
    return chart_of_years(
        [(year, value.count) for year, value in found.items()],
        url_of=lambda year: f"?{found[year].query_string}" if year in found else "",
        selected={year for year, value in found.items() if value.selected},
        base=60,
        labels=5,
    )


def sorts_of(asked):
    """The orders that make sense: relevance needs words."""
    sorts = ["relevance", "newest", "oldest"] if asked.query else ["newest", "oldest"]
    return [Link(sort, url_of(asked, sort=sort), current=sort == asked.sort) for sort in sorts]
