"""The filters beside a list of results: values of facets as links, and years and months as bars."""

from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from interviews.charts import chart_of_months, chart_of_years

# The facets in the order of the page: what answers speak of, who says it to whom, and what is asked for less often.
LISTED = (
    *("country", "person", "organisation", "place", "document", "event"),
    *("speaker", "outlet", "speaker_country", "outlet_country", "interview_country"),
    *("language", "kind", "length"),
)
# Those whose values are seen at once; the others are a line each until one of their values is chosen.
OPEN = ("country", "person", "speaker", "outlet")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: `url` chooses it or takes the choice back, `not_url` leaves it out or takes that back."""

    label: str
    count: int
    selected: bool
    excluded: bool
    url: str
    not_url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as the page shows it, `is_open` or folded.

    `all_url` leads to the list of its `size` values, '' where they are all here.
    """

    name: str
    label: str
    choices: list[Choice]
    size: int
    all_url: str
    is_open: bool


@cache
def path_of(name):
    """The path of a page without parameters; '' where the archive has no such page."""
    try:
        return reverse(f"interviews:{name}")
    except NoReverseMatch:
        return ""


def url_of(asked, **changes):
    """The address of a search with some fields changed."""
    query = asked.query_string(**changes)
    return f"{path_of('search')}?{query}" if query else path_of("search")


def kept(asked, *, without):
    """[(parameter, value), ...] that a form hands on beside its own fields, from the first page."""
    return [(name, value) for name, value in parse_qsl(asked.query_string(page=1)) if name not in without]


@lru_cache(maxsize=32)
def filters_as_html(asked, facets, years):
    """Return all filters as safe HTML, '' where there are none; kept, for whoever turns the pages of one search."""
    by_name = {facet.name: facet for facet in facets}
    shown = [filter_of(asked, by_name[name]) for name in LISTED if by_name[name].values]
    periods = periods_of(asked, by_name["year"], by_name["month"], years)
    html = render_to_string("_filters.html", {"asked": asked, "filters": shown, "periods": periods})
    return SafeString(html.strip())


def filter_of(asked, facet):
    hides_some = facet.size > sum(value.count > 0 for value in facet.values)
    choices = [choice_of(asked, facet.name, value) for value in facet.values]
    is_open = facet.name in OPEN or any(choice.selected or choice.excluded for choice in choices)
    url = all_url(asked, facet.name) if hides_some else ""
    return Filter(facet.name, facet.label, choices, facet.size, url, is_open)


def choice_of(asked, name, value):
    """A value with its links: what was left out is taken back by either."""
    neither = url_of(asked.without_value(name, value.value)) if value.selected or value.excluded else ""
    return Choice(
        value.label,
        value.count,
        value.selected,
        value.excluded,
        neither or url_of(asked.with_value(name, value.value)),
        neither if value.excluded else url_of(asked.excluding(name, value.value)),
    )


def all_url(asked, name):
    """Where all values of a facet are listed."""
    path = reverse("interviews:search-facet", kwargs={"name": name})
    query = asked.query_string(page=1)
    return f"{path}?{query}" if query else path


def periods_of(asked, years, months, archive_years):
    """Years and, of a single one, months as bars, with the years that can be chosen as a range."""
    shown = {value.value[:4] for value in months.values}
    return {
        "years": chart_of_facet(asked, years),
        "months": chart_of_facet(asked, months, year=shown.pop()) if len(shown) == 1 else None,
        "as_list": all_url(asked, "year"),
        "first": range_options(archive_years, asked.since, ends="01-01"),
        "last": range_options(archive_years, asked.until, ends="12-31"),
        "kept_with_range": kept(asked, without={"from", "to", "year", "month"}),
        "kept_with_days": kept(asked, without={"from", "to"}),
    }


def chart_of_facet(asked, facet, *, year=None):
    """The years, or the months of one, that were found; a bar toggles. A chosen one without a hit stretches nothing."""
    found = {
        int(value.value[5:] if year else value.value): value
        for value in facet.values
        if value.count and (year is None or value.value.startswith(year))
    }
    counts = {period: value.count for period, value in found.items()}
    given = {
        "url_of": lambda period: toggling_url(asked, facet.name, found[period]) if period in found else "",
        "selected": {period for period, value in found.items() if value.selected},
    }
    if year is None:
        return chart_of_years(list(counts.items()), labels=5, narrow_labels=6, **given)
    return chart_of_months(int(year), counts, **given) if counts else None


def toggling_url(asked, name, value):
    toggle = asked.without_value if value.selected else asked.with_value
    return url_of(toggle(name, value.value))


@lru_cache(maxsize=100)
def range_options(years, chosen, *, ends):
    """The options of a list as safe HTML: every year of the archive, and before them the very day that was chosen.

    Year and day say the same where the day `ends` a range of years ("01-01", "12-31").
    """
    first, last = years or (0, -1)
    value = chosen.isoformat().removesuffix(f"-{ends}") if chosen else ""
    words = value if len(value) == 4 else date_format(chosen, "j F Y") if chosen else ""
    options = [("", "any"), *([(value, words)] if chosen else [])]
    options += [(str(year), str(year)) for year in range(first, last + 1) if str(year) != value]
    return format_html_join(
        "", '<option value="{}"{}>{}</option>', ((each, " selected" * (each == value), name) for each, name in options)
    )
