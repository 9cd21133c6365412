"""What a reader asks for. All of it is in the address of the search, and every address is understood."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import QueryDict

from interviews.addresses import interview_at
from interviews.models import Interview
from interviews.models.interview import EARLIEST, LATEST

from .known import KINDS, values_known
from .lexing import shortened
from .periods import read_date
from .query import LONGEST_QUERY

SORTS = ("relevance", "newest", "oldest", "longest")
LENGTHS = ("short", "medium", "long", "very-long")
# The facets in the order of addresses, and what one value of each is called.
FACET_NOUNS = {
    "country": "country",
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "document": "document",
    "event": "event",
    "outlet": "outlet",
    "outlet_country": "country of an outlet",
    "speaker": "speaker",
    "speaker_country": "country of a speaker",
    "interview_country": "country of an interview",
    "about": "name",
    "year": "year",
    "month": "month",
    "language": "language",
    "kind": "kind of interview",
    "length": "length",
    "interview": "interview",
}
PLACES = {facet: place for place, facet in enumerate(FACET_NOUNS)}
EXCLUDED = "-"
LAST_PAGE = 10**9
# Every choice is a link that carries all the others: without a limit pages would grow with its square.
MOST_CHOICES = 50
LONGEST_VALUE = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
# Where a hit stands in its order, as the engine writes it: numbers with stops between.
PLACE = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18}){1,7}")
FIRST_PAGE = {"page": 1, "after": "", "before": ""}

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One search. Values of one facet are alternatives; everything else narrows.

    `choices` are (facet, value) pairs, given also as {facet: value or values}; behind a "-" one is excluded. Values are
    those of the index: ISO codes of countries, slugs of other entities, kind:slug for "about", 2019 and 2019-12,
    codes of languages, kinds of interview, LENGTHS, and of an interview the end of its path
    (2019/12/05/askanews). Both dates are included. `sort` None: by relevance where there is a query, else newest
    first. `after` and `before` name the hit beside which the page stands, as the engine does. `notices` say what in
    the address was not understood.
    """

    query: str = ""
    choices: Choices = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: str | None = None
    page: int = 1
    after: str = ""
    before: str = ""
    notices: tuple[str, ...] = ()

    def __post_init__(self):
        """Bring equal searches into one form."""
        query = cleaned(self.query)[:LONGEST_QUERY].strip()
        sort = self.sort
        if sort is None or (sort == "relevance" and not query):
            sort = default_sort(query)
        self._set(query=query, choices=_in_order(self.choices), sort=sort, page=max(1, self.page))

    def _set(self, **values):
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_query(cls, parameters: QueryDict) -> "Request":
        """Read a search from its address. Never raises: every oddity becomes a notice."""
        notices = []
        query = cleaned(parameters.get("q", ""))
        if len(query) > LONGEST_QUERY:
            piece = query[LONGEST_QUERY - 20 : LONGEST_QUERY]
            notices.append(f"The search was cut behind “…{piece}”: {LONGEST_QUERY:,} characters are read.")
        choices = _choices(parameters, notices)
        since, until = _period(parameters.get("from", ""), parameters.get("to", ""), notices)
        return cls(
            query=query,
            choices=choices,
            since=since,
            until=until,
            sort=_sort(parameters.get("sort", ""), notices),
            **_page(parameters, notices),
            notices=tuple(notices),
        )

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet: alternatives."""
        return tuple(value for name, value in self.choices if name == facet and value[0] != EXCLUDED)

    def excluded(self, facet: str) -> tuple[str, ...]:
        """Return the excluded values of a facet."""
        return tuple(value[1:] for name, value in self.choices if name == facet and value[0] == EXCLUDED)

    def with_value(self, facet: str, value: str) -> "Request":
        """Return the first page of this search with one more value of a facet chosen, no longer excluded."""
        return self.changed(choices=(*self._choices_but(facet, value), (facet, value)))

    def without_value(self, facet: str, value: str) -> "Request":
        """Return the first page of this search with that value neither chosen nor excluded."""
        return self.changed(choices=self._choices_but(facet, value))

    def excluding(self, facet: str, value: str) -> "Request":
        """Return the first page of this search without the hits that have that value, no longer chosen."""
        return self.changed(choices=(*self._choices_but(facet, value), (facet, EXCLUDED + value)))

    def _choices_but(self, facet, value):
        return [choice for choice in self.choices if choice not in ((facet, value), (facet, EXCLUDED + value))]

    def changed(self, **changes) -> "Request":
        """Return this search with some fields changed; any change but that of the place goes back to page 1."""
        values = {name: getattr(self, name) for name in NAMES} | FIRST_PAGE | changes
        if "query" in changes and self.sort == default_sort(self.query):
            values["sort"] = changes.get("sort")
        return Request(**values)

    def query_string(self, **changes) -> str:
        """Return the search, changed as `changed` does, as an address has it after the "?".

        The order is canonical and defaults are left out.
        """
        request = self.changed(**changes) if changes else self
        parts = [parameter("q", request.query)] if request.query else []
        parts += [parameter(facet, value) for facet, value in request.choices]
        parts += [f"{name}={day}" for name, day in (("from", request.since), ("to", request.until)) if day]
        if request.sort != default_sort(request.query):
            parts.append(f"sort={request.sort}")
        if request.page > 1:
            parts.append(f"page={request.page}")
        parts += [f"{name}={place}" for name, place in (("after", request.after), ("before", request.before)) if place]
        return "&".join(parts)


NAMES = tuple(field.name for field in fields(Request) if field.name != "notices")


def default_sort(query: str) -> str:
    return "relevance" if query else "newest"


@lru_cache(maxsize=10_000)
def parameter(name: str, value: str) -> str:
    """Return name=value as an address has it; colons and slashes stay readable."""
    return f"{name}={quote_plus(value, safe=':/')}"


def cleaned(text: str) -> str:
    """Return the text without control characters, halves of characters and doubled spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    whole = text.encode("utf-8", "ignore").decode()
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in whole).split())


def _in_order(choices: Choices | Mapping[str, object]) -> Choices:
    if isinstance(choices, Mapping):
        lists = {facet: values if isinstance(values, list | tuple) else [values] for facet, values in choices.items()}
        choices = [(facet, str(value)) for facet, values in lists.items() for value in values]
    if len(choices) < 2:
        return tuple(choices)
    return tuple(sorted(set(choices), key=lambda choice: (PLACES[choice[0]], choice[1][:1] == EXCLUDED, choice[1])))


def _choices(parameters, notices):
    """Read the values of all facets. What is too much or unknown is left out, with a notice."""
    typed = [(facet, cleaned(text)) for facet in FACET_NOUNS for text in parameters.getlist(facet)]
    typed = [choice for choice in dict.fromkeys(typed) if choice[1].strip(EXCLUDED)]
    if len(typed) > MOST_CHOICES:
        notices.append(f"Only {MOST_CHOICES} values can be chosen at once: the rest was left out.")
        typed = typed[:MOST_CHOICES]
    meant = [(facet, text.removeprefix(EXCLUDED)) for facet, text in typed if len(text) <= LONGEST_VALUE]
    entities = [choice for choice in meant if choice[0] in KINDS]
    known = values_known(entities) if entities else {}
    known |= {(facet, text): READERS[facet](text) for facet, text in meant if facet not in KINDS}
    choices = []
    for facet, text in typed:
        value = known.get((facet, text.removeprefix(EXCLUDED)))
        if value:
            choices.append((facet, EXCLUDED * text.startswith(EXCLUDED) + value))
        else:
            notices.append(f"No {FACET_NOUNS[facet]} “{shortened(text)}” is known here, so it was left out.")
    return choices


def _year(text):
    return text if re.fullmatch("[0-9]{4}", text) and EARLIEST.year <= int(text) <= LATEST.year else ""


def _month(text):
    return text if re.fullmatch("[0-9]{4}-(?:0[1-9]|1[0-2])", text) and _year(text[:4]) else ""


def _language(text):
    return text.lower() if LANGUAGE.fullmatch(text.lower()) else ""


def _interview(text):
    """An interview by its path, as it is now or was before."""
    interview = interview_at(f"/interviews/{text.strip('/')}/")
    return f"{interview.dated}/{interview.slug}" if interview and interview.date else ""


READERS = {
    "year": _year,
    "month": _month,
    "language": _language,
    "kind": lambda text: text if text in Interview.Kind.values else "",
    "length": lambda text: text if text in LENGTHS else "",
    "interview": _interview,
}


def _period(first, last, notices):
    """Read the first and the last day; the wrong way round each is read anew as what it was meant to be."""
    begins, ends = _days(first, notices), _days(last, notices)
    if begins and ends and begins.first > ends.last:
        notices.append("The first date was after the last one: the two were exchanged.")
        begins, ends = ends, begins
    return begins and begins.first, ends and ends.last


def _days(text, notices):
    """Read YYYY, YYYY-MM or YYYY-MM-DD; None, with a notice, for anything else."""
    text = cleaned(text)
    try:
        return read_date(text) if text else None
    except ValueError:
        notices.append(f"“{shortened(text)}” is no date (write 2019, 2019-12 or 2019-12-05), so it was left out.")
        return None


def _sort(text, notices):
    text = cleaned(text)
    if text and text not in SORTS:
        notices.append(f"Results cannot be sorted by “{shortened(text)}”.")
    return text if text in SORTS else None


def _page(parameters, notices):
    """Read the place in the results: a page, and the hit it begins after or ends before."""
    page = _page_number(parameters.get("page", ""), notices)
    for name in ("after", "before"):
        if text := cleaned(parameters.get(name, "")):
            if PLACE.fullmatch(text):
                return {"page": page, name: text}
            notices.append(f"There is no place “{shortened(text)}” in these results: this is the first page.")
            return FIRST_PAGE
    return {"page": page}


def _page_number(text, notices):
    text = cleaned(text)
    if text.isascii() and text.isdigit() and text.strip("0"):
        return int(text) if len(text) < 10 else LAST_PAGE
    if text:
        notices.append(f"There is no page “{shortened(text)}”: this is the first.")
    return 1
