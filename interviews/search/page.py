"""What a search gives: one page of hits with its facets, and the same as plain data."""

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString

from interviews.models import Entity, Turn

from .describing import Description
from .request import Request


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer with its question, a statement, or an unanswered question, as a list of results shows it.

    `question` is '' for a statement; `snippet` is safe HTML with the matching words in <mark>; `speaker` and `outlet`
    (who asked) are '' where the transcript names none.
    """

    turn: Turn
    url: str
    question: str
    snippet: SafeString
    speaker: str
    outlet: str
    date: datetime.date
    countries: list[Entity]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of the facet `facet` that can be chosen in the search `request`: `count` hits have it."""

    facet: str
    value: str
    label: str
    count: int
    selected: bool
    request: Request

    @property
    def query_string(self) -> str:
        """The search with this value chosen, or no longer chosen, as an address has it after the "?"."""
        toggle = self.request.without_value if self.selected else self.request.with_value
        return toggle(self.facet, self.value).query_string()


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the search; `name` is its query parameter."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to `request`, whose page is the one that is shown. `page_count` is at least 1.

    Where the index cannot be used `is_available` is False and a notice says why: nothing was looked for.
    """

    request: Request
    total: int
    page_count: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notices: tuple[str, ...]
    description: Description | None = None
    is_available: bool = True


def page_as_json(page: Page) -> dict:
    """Return a page as plain data: dates as far as they are known (2019-12-05, 2019-12, 2019), countries as codes."""
    return {
        "total": page.total,
        "page": page.request.page,
        "hits": [
            {
                "url": hit.url,
                "question": hit.question,
                "snippet": hit.snippet,
                "speaker": hit.speaker,
                "outlet": hit.outlet,
                "date": hit.turn.interview.dated.replace("/", "-"),
                "countries": [country.iso_code for country in hit.countries],
            }
            for hit in page.hits
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in page.facets
        },
    }
