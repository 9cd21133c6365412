"""A Request goes in, a Page comes out."""

import logging
import math
from dataclasses import replace

from interviews.models import Turn
from interviews.tagging.tags import countries_of

from .backend import ArchiveSearchQuerySet
from .compiling import compile_condition
from .describing import describe
from .generations import IndexUnavailableError
from .labels import FACETS, labels_of
from .page import Facet, FacetValue, Hit, Page
from .query import parse
from .request import Request
from .resolving import resolve
from .snapshot import NEWEST_FIRST, Asked
from .snippets import snippet, wanted_by

logger = logging.getLogger(__name__)
PAGE_SIZE = 20
ORDERS = {
    "relevance": ("-score", *NEWEST_FIRST),
    "newest": NEWEST_FIRST,
    "oldest": ("date", "interview", "position"),
}


def search(request: Request) -> Page:
    """Answer a request. Never raises for what a reader typed: what was not understood is in the page's notices.

    A page past the last is answered with the last one; where there is no usable index the page says so.
    """
    query = parse(request.query)
    resolved = resolve(query)
    notices = [*request.notices, *map(str, resolved.notices)]
    asked = Asked(
        query=compile_condition(resolved.condition),
        choices={facet: request.chosen(facet) for facet in FACETS},
        since=request.since,
        until=request.until,
    )
    results = ArchiveSearchQuerySet().asking(asked).order_by(*ORDERS[request.sort])
    for facet in FACETS:
        results = results.facet(facet)
    try:
        request, shown = _shown(request, results, notices)
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error, exc_info=error.__cause__)
        notices.append(f"{error} Searches will work again as soon as it is built.")
        return Page(request, 0, 1, (), _facets(request, {}), tuple(notices), is_available=False)
    counts = {facet: dict(values) for facet, values in results.facet_counts()["fields"].items()}
    facets = _facets(request, counts)
    labels = {(facet.name, value.value): value.label for facet in facets for value in facet.values}
    return Page(
        request=request,
        total=results.count(),
        page_count=_page_count(results),
        hits=_hits(shown, wanted_by(query.node)),
        facets=facets,
        notices=tuple(notices),
        description=describe(
            request,
            query,
            resolved.meanings,
            lambda facet, value: labels.get((facet, value), value),
            total=results.count(),
        ),
    )


def facet_counts(name: str) -> dict[str, int] | None:
    """Return {value: number of documents} of one facet over the whole archive; None while no index is usable."""
    results = ArchiveSearchQuerySet().asking(Asked()).facet(name)
    try:
        results[:1]  # Haystack searches when it is sliced; unsliced it would load every document
        return dict(results.facet_counts()["fields"][name])
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return None


def _page_count(results):
    return max(1, math.ceil(results.count() / PAGE_SIZE))


def _shown(request, results, notices):
    """The results of the page asked for, and the request with the page that there is."""
    shown = results[(request.page - 1) * PAGE_SIZE : request.page * PAGE_SIZE]
    last = _page_count(results)
    if request.page <= last:
        return request, shown
    notices.append(f"There are only {last} pages: this is the last." if last > 1 else "There is only one page.")
    return replace(request, page=last), results[(last - 1) * PAGE_SIZE : last * PAGE_SIZE]


def _hits(results, wanted):
    """Turns that have been withdrawn since they were indexed are passed over."""
    turns = Turn.objects.published().for_reading().in_bulk([int(result.pk) for result in results])
    return tuple(_hit(turns[int(result.pk)], result, wanted) for result in results if int(result.pk) in turns)


def _hit(turn, result, wanted):
    question, answer = result.question or "", result.answer or ""
    return Hit(
        turn=turn,
        url=turn.get_absolute_url(),
        question=question,
        snippet=snippet([answer, question], wanted),
        speaker=turn.voice,
        outlet=str(turn.outlet or ""),
        date=turn.interview.date,
        countries=countries_of(turn),
    )


def _facets(request, counts):
    return tuple(_facet(request, name, counts.get(name, {})) for name in FACETS)


def _facet(request, name, counts):
    """Values that were chosen stay, even where nothing has them."""
    chosen = request.chosen(name)
    labels = labels_of(name, counts.keys() | set(chosen))
    values = [
        FacetValue(name, value, label, counts.get(value, 0), value in chosen, request)
        for value, label in labels.items()
    ]
    if name == "year":
        values.sort(key=lambda value: value.value, reverse=True)
    else:
        values.sort(key=lambda value: (-value.count, value.label.casefold(), value.value))
    return Facet(name, FACETS[name], tuple(values))
