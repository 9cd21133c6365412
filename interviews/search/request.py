"""What a reader asks for. All of it is in the address of the search, and every address is understood."""

import datetime
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from interviews.models import Entity, Interview

from .labels import FACETS
from .query import LONGEST_QUERY, shortened

SORTS = ("relevance", "newest", "oldest")
# Facet -> the field of Request that holds its chosen values.
CHOICES = {
    "country": "countries",
    "year": "years",
    "speaker": "speakers",
    "outlet": "outlets",
    "language": "languages",
}
DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
LAST_PAGE = 10**9
# Every choice is a link that carries all the others: without a limit pages would grow with its square.
MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class Request:
    """One search. Values of one facet are alternatives; everything else narrows.

    `countries` are ISO codes, `years` four digits, `speakers` and `outlets` slugs, `languages` codes; both
    dates are included. `sort` None: by relevance where there is a query, else newest first.
    `notices` say what in the address was not understood.
    """

    query: str = ""
    countries: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: str | None = None
    page: int = 1
    notices: tuple[str, ...] = ()

    def __post_init__(self):
        """Bring equal searches into one form."""
        values = {name: tuple(sorted({str(value) for value in getattr(self, name)})) for name in CHOICES.values()}
        query = cleaned(self.query)[:LONGEST_QUERY].strip()
        sort = self.sort
        if sort is None or (sort == "relevance" and not query):
            sort = "relevance" if query else "newest"
        for name, value in (values | {"query": query, "sort": sort, "page": max(1, self.page)}).items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_query(cls, parameters: QueryDict) -> "Request":
        """Read a search from its address. Never raises: every oddity becomes a notice."""
        notices = []
        query = cleaned(parameters.get("q", ""))
        if len(query) > LONGEST_QUERY:
            notices.append(f"Only the first {LONGEST_QUERY:,} characters of the search were read.")
        chosen = {name: _known_values(facet, parameters.getlist(facet), notices) for facet, name in CHOICES.items()}
        since, until = _period(parameters.get("from", ""), parameters.get("to", ""), notices)
        return cls(
            query=query,
            **chosen,
            since=since,
            until=until,
            sort=_sort(parameters.get("sort", ""), notices),
            page=_page(parameters.get("page", ""), notices),
            notices=tuple(notices),
        )

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet."""
        return getattr(self, CHOICES[facet])

    def with_value(self, facet: str, value: str) -> "Request":
        """Return the first page of this search with one more value of a facet chosen."""
        return replace(self, **{CHOICES[facet]: (*self.chosen(facet), value)}, page=1)

    def without_value(self, facet: str, value: str) -> "Request":
        """Return the first page of this search without that value of a facet."""
        return replace(self, **{CHOICES[facet]: tuple(v for v in self.chosen(facet) if v != value)}, page=1)

    def query_string(self, **changes) -> str:
        """Return the search as an address has it after the "?", with some fields of Request changed.

        The order is canonical and defaults are left out; any change but that of the page goes back to page 1.
        """
        changed = replace(self, **({"page": 1} if changes else {}) | changes)
        parameters = QueryDict(mutable=True)
        parameters.setlist("q", [changed.query] if changed.query else [])
        parameters.setlist("country", changed.countries)
        parameters.setlist("year", changed.years)
        parameters.setlist("from", [changed.since.isoformat()] if changed.since else [])
        parameters.setlist("to", [changed.until.isoformat()] if changed.until else [])
        for facet in ("speaker", "outlet", "language"):
            parameters.setlist(facet, changed.chosen(facet))
        is_default = changed.sort == ("relevance" if changed.query else "newest")
        parameters.setlist("sort", [] if is_default else [changed.sort])
        parameters.setlist("page", [str(changed.page)] if changed.page > 1 else [])
        return parameters.urlencode()


def cleaned(text: str) -> str:
    """Return the text without control characters, halves of characters and doubled spaces."""
    whole = text.encode("utf-8", "ignore").decode()
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in whole).split())


def _known_values(facet: str, values: Iterable[str], notices: list[str]) -> set[str]:
    """Leave out, with a notice, what is no value of this facet, and what is too much."""
    typed = sorted({cleaned(value) for value in values} - {""})
    if len(typed) > MOST_CHOICES:
        notices.append(f"Only {MOST_CHOICES} values of “{FACETS[facet]}” can be chosen at once: the rest was left out.")
        typed = typed[:MOST_CHOICES]
    known = _known(facet, typed) if typed else {}
    for value in typed:
        if value not in known:
            notices.append(f"No {FACETS[facet].lower()} “{shortened(value)}” is known here, so it was left out.")
    return set(known.values())


def _known(facet, typed):
    """{what was typed: the value meant}, without what means nothing."""
    if facet == "country":
        return _known_countries(typed)
    if facet == "year":
        known = {str(year) for year, _ in Interview.objects.published().by_year()}
    elif facet == "language":
        known = set(Interview.objects.filter(language__in=typed).values_list("language", flat=True))
    else:
        kind = Entity.Kind.PERSON if facet == "speaker" else Entity.Kind.OUTLET
        known = set(Entity.objects.of_kind(kind).filter(slug__in=typed).values_list("slug", flat=True))
    return {value: value for value in typed if value in known}


def _known_countries(typed):
    """Countries go by their ISO code; the last part of their page's address will do as well."""
    countries = Entity.objects.of_kind("country").exclude(iso_code="")
    codes = {slug.upper(): code for slug, code in countries.values_list("slug", "iso_code")}
    codes |= {code: code for code in codes.values()}
    return {value: codes[value.upper()] for value in typed if value.upper() in codes}


def _period(first, last, notices):
    """Read the first and the last day; the wrong way round each is read anew as what it was meant to be."""
    since, until = _date(first, notices, is_end=False), _date(last, notices, is_end=True)
    if since and until and since > until:
        notices.append("The first date was after the last one: the two were exchanged.")
        since, until = _date(last, notices, is_end=False), _date(first, notices, is_end=True)
    return since, until


def _date(text, notices, *, is_end):
    """Read YYYY, YYYY-MM or YYYY-MM-DD as its first or last day; None, with a notice, for anything else."""
    text = cleaned(text)
    if not text:
        return None
    parts = DATE.fullmatch(text)
    try:
        year, month, day = (int(part) if part else None for part in parts.groups())
        month = month or (12 if is_end else 1)
        return datetime.date(year, month, day or (monthrange(year, month)[1] if is_end else 1))
    except (AttributeError, ValueError):
        notices.append(f"“{shortened(text)}” is no date (write 2019, 2019-12 or 2019-12-05), so it was left out.")
        return None


def _sort(text, notices):
    text = cleaned(text)
    if text and text not in SORTS:
        notices.append(f"Results cannot be sorted by “{shortened(text)}”.")
    return text if text in SORTS else None


def _page(text, notices):
    text = cleaned(text)
    if text.isascii() and text.isdigit() and text.strip("0"):
        return int(text) if len(text) < 10 else LAST_PAGE
    if text:
        notices.append(f"There is no page “{shortened(text)}”: this is the first.")
    return 1
