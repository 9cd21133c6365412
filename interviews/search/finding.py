"""A Request goes in, a Page comes out."""

import logging
import math

from interviews.models import Turn
from interviews.tagging.tags import countries_of

from .describing import describe
from .found import Asked
from .generations import IndexUnavailableError
from .labels import FACETS, labels_of
from .page import Facet, FacetValue, Hit, Page
from .query import parse
from .request import FACET_NOUNS, Request
from .resolving import Resolved, resolve
from .snapshot import current_snapshot
from .snippets import snippet, wanted_by

logger = logging.getLogger(__name__)
PAGE_SIZE = 20


def search(request: Request) -> Page:
    """Answer a request. Never raises for what a reader typed: what was not understood is in the page's notices.

    A page past the last is answered with the last one; where there is no usable index the page says so.
    """
    query = parse(request.query)
    resolved = resolve(query)
    notices = [*request.notices, *map(str, resolved.notices)]
    try:
        found = current_snapshot().find(asked_by(request, resolved))
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error, exc_info=error.__cause__)
        notices.append(f"{error} Searches will work again as soon as it is built.")
        return Page(request, 0, 1, (), _facets(request, {}), tuple(notices), is_available=False)
    page_count = max(1, math.ceil(found.total / PAGE_SIZE))
    if request.page > page_count:
        only = f"There are only {page_count} pages: this is the last." if page_count > 1 else "There is only one page."
        notices.append(only)
        request = request.changed(page=page_count)
    shown = found.page(PAGE_SIZE, number=request.page).documents.tolist()
    facets = _facets(request, {facet: found.counts(facet) for facet in FACETS})
    labels = {(facet.name, value.value): value.label for facet in facets for value in facet.values}
    return Page(
        request=request,
        total=found.total,
        page_count=page_count,
        hits=_hits([found.snapshot.stored(document) for document in shown], wanted_by(query.node)),
        facets=facets,
        notices=tuple(notices),
        description=describe(
            request,
            query,
            resolved.meanings,
            lambda facet, value: labels.get((facet, value), value),
            total=found.total,
        ),
    )


def asked_by(request: Request, resolved: Resolved) -> Asked:
    """Return what a request asks of the engine; `resolved` is its query."""
    return Asked(
        condition=resolved.condition,
        chosen={facet: frozenset(request.chosen(facet)) for facet in FACET_NOUNS},
        excluded={facet: frozenset(request.excluded(facet)) for facet in FACET_NOUNS},
        since=request.since,
        until=request.until,
        order=request.sort,
    )


def facet_counts(name: str) -> dict[str, int] | None:
    """Return {value: number of documents} of one facet over the whole archive; None while no index is usable."""
    try:
        return current_snapshot().find(Asked(order="newest")).counts(name)
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return None


def _hits(shown, wanted):
    """Turns that have been withdrawn since they were indexed are passed over."""
    turns = Turn.objects.published().for_reading().in_bulk([stored["turn"] for stored in shown])
    return tuple(_hit(turns[stored["turn"]], stored, wanted) for stored in shown if stored["turn"] in turns)


def _hit(turn, stored, wanted):
    question, answer = stored["question"], stored["answer"]
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
