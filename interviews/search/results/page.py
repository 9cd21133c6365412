"""What a search gives: one page of hits with its facets, and the same as plain data."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from interviews.search.language.describing import Description
from interviews.search.language.request import Request

from .labels import Named

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer with its question, a statement, or an unanswered question, as a list of results shows it.

    `number` and `kind` are those of its turn; `question` is '' for a statement. `heading` (the question, or what is
    said) and `snippet` (the best passages of what is said; '' where the heading says it all) are safe HTML with the
    matching words in <mark>, `match_count` counts those of the whole question and answer. `title` is that of the
    interview, marked alike, where it holds words that neither question nor answer has; else ''. `speaker` and `outlet`
    (who asked) are '' where the transcript names none. `dated` is the date as far as known, as addresses write it.
    `countries` are (code, name) pairs. `interview` is the value of the facet of that name; `more_count` hits of the
    same interview are folded under this one.
    """

    number: str
    url: str
    kind: str
    language: str
    question: str
    heading: SafeString
    snippet: SafeString
    title: SafeString
    match_count: int
    speaker: str
    outlet: str
    dated: str
    countries: tuple[tuple[str, Named], ...]
    interview: str
    more_count: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet that can be chosen, left out or taken back: `count` hits have it."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the search; `name` is its query parameter. `size` values have hits, of which some are here."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to `request`: `total` answers were found, as `description` says in words.

    What is listed, `listed` in number, are answers or, where it `is_folded`, interviews, each with its best answer.
    The hits of this page begin after `start` of them; `before` and `after` are the cursors of the pages beside it, ''
    where there is none. `years` are the first and the last of the archive, None for an empty one.
    Where `is_complete` is False time ran out: all numbers are exact for the part of the archive that was looked
    through. Where the index cannot be used `is_available` is False and a notice says why: nothing was looked for.
    """

    request: Request
    notices: tuple[str, ...]
    description: Description | None = None
    total: int = 0
    is_folded: bool = False
    listed: int = 0
    start: int = 0
    before: str = ""
    after: str = ""
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    years: tuple[int, int] | None = None
    is_complete: bool = True
    is_available: bool = True

    @property
    def number(self) -> int:
        """The number of this page, 1 for the first."""
        return -(-self.start // PAGE_SIZE) + 1


def page_as_json(page: Page) -> dict:
    """Return a page as plain data: dates as far as they are known (2019-12-05, 2019-12, 2019), countries as codes."""
    return {
        "total": page.total,
        "listed": page.listed,
        "complete": page.is_complete,
        "page": page.number,
        "start": page.start,
        "before": page.before,
        "after": page.after,
        "notices": [str(notice) for notice in page.notices],
        "hits": [
            {
                "url": hit.url,
                "kind": hit.kind,
                "language": hit.language,
                "question": hit.question,
                "snippet": hit.snippet,
                "title": hit.title or None,
                "matches": hit.match_count,
                "speaker": hit.speaker,
                "outlet": hit.outlet,
                "date": hit.dated.replace("/", "-"),
                "countries": [code for code, _ in hit.countries],
                "more": hit.more_count,
            }
            for hit in page.hits
        ],
        "facets": {facet.name: [_value_as_json(value) for value in facet.values] for facet in page.facets},
    }


def facet_as_json(facet: Facet) -> dict:
    """Return all values of a facet as plain data."""
    return {"facet": facet.name, "values": [_value_as_json(value) for value in facet.values]}


def _value_as_json(value):
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }
