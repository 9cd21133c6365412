"""A Request goes in, a Page comes out."""

import datetime
import logging
from collections import defaultdict
from functools import cache, partial

from interviews.models import Interview, Turn
from interviews.search.engine import caches
from interviews.search.engine.conditions import Part
from interviews.search.engine.found import Asked
from interviews.search.engine.ranking import Place
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.index.generations import IndexUnavailableError
from interviews.search.index.segment import Segment
from interviews.search.language.describing import describe
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.resolving import Resolved, resolve

from .asking import Asking
from .facets import LISTED, facet_of, months_of, shown_values
from .hits import hit_of, passages_of
from .keeping import Kept
from .labels import FACETS, Labels
from .page import PAGE_SIZE, Page
from .snippets import Marker

logger = logging.getLogger(__name__)
TOO_SLOW = "This search takes long: {:,} of {:,} answers were looked through, and everything here is of those."

UNTIL_BUILT = "Searches will work again as soon as it is built."


def search(request: Request) -> Page:
    """Answer a request. Never raises for what a reader typed: what was not understood is in the page's notices.

    A page past the last is answered with the last one; where there is no usable index the page says so.
    """
    query = parse(request.query)
    resolved = resolve(query)
    try:
        snapshot = current_snapshot()
        kept = caches.cache.found((snapshot.key, "page", request))
        if kept and kept.is_of_now(resolved):
            return kept.page
        found = snapshot.find(asked_by(request, resolved))
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error, exc_info=error.__cause__)
        notices = *request.notices, *map(str, resolved.notices), f"{error} {UNTIL_BUILT}"
        return Page(request, notices, is_available=False)
    asking = Asking()
    page = _page(request, query, resolved, found, asking)
    if found.is_complete and not request.chosen("interview") + request.excluded("interview"):  # titles are read anew
        caches.cache.keep((snapshot.key, "page", request), Kept(page, resolved, asking))
    return page


def _page(request, query, resolved, found, asking):
    """The page of what was found, as the index and the database have it now."""
    notices = [*request.notices, *map(str, resolved.notices)]
    if not found.is_complete:
        notices.append(TOO_SLOW.format(found.examined, found.snapshot.size))
    shown = _shown(request, found, notices)
    stored = [found.snapshot.made_of(each, ("stored",), Segment.stored) for each in shown.documents.tolist()]
    counts = {name: found.counts(name) for name in LISTED}
    counts["month"] = months_of(request, counts["month"])
    values = {name: shown_values(name, counts[name], request) for name in LISTED}
    labels = labels_of(request, values, stored, resolved.meanings, asking)
    return Page(
        request=request,
        notices=tuple(notices),
        description=describe(request, query, resolved.meanings, labels.label, total=found.total),
        total=found.total,
        is_folded=is_folded(request),
        listed=_listed(request, found),
        start=shown.start,
        before=str(shown.before or ""),
        after=str(shown.after or ""),
        hits=_hits(found, shown, stored, labels, asking),
        facets=tuple(facet_of(name, values[name], counts[name], request=request, labels=labels) for name in LISTED),
        years=_years(found.snapshot.numbers("date")),
        is_complete=found.is_complete,
    )


def facet_counts(name: str) -> dict[str, int] | None:
    """Return {value: number of documents} of one facet over the whole archive; None while no index is usable."""
    try:
        return current_snapshot().find(Asked()).counts(name)
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return None


def asked_by(request: Request, resolved: Resolved) -> Asked:
    """Return what the engine is asked for a request whose query was resolved."""
    return Asked(
        condition=resolved.condition,
        chosen={facet: frozenset(request.chosen(facet)) for facet in FACETS},
        excluded={facet: frozenset(request.excluded(facet)) for facet in FACETS},
        since=request.since,
        until=request.until,
        order=request.sort,
    )


def is_folded(request: Request) -> bool:
    """Whether further hits of an interview stand under its first one: only the best are looked for, and in many."""
    return request.sort == "relevance" and not request.chosen("interview")


def _listed(request, found):
    return found.count_of_interviews() if is_folded(request) else found.total


def _shown(request, found, notices):
    """The hits of the page asked for; past the last one those of the last, with a notice."""
    folded, places = is_folded(request), {}
    last = max(1, -(-_listed(request, found) // PAGE_SIZE))
    if request.page > last:
        notices.append(f"There are only {last:,} pages: this is the last." if last > 1 else "There is only one page.")
    for name, cursor in (("after", request.after), ("before", request.before)):
        places[name] = Place.read(cursor) if cursor else None
    shown = found.page(PAGE_SIZE, number=min(request.page, last), **places, is_folded=folded)
    if len(shown.documents) or not found.total:
        return shown
    return found.page(PAGE_SIZE, number=last if places["after"] else 1, is_folded=folded)


def _hits(found, shown, stored, labels, asking):
    """Turns that have been withdrawn since they were indexed are passed over."""
    published = published_turns([document["turn"] for document in stored], asking)
    others = [0] * len(stored) if shown.others is None else shown.others.tolist()

    @cache
    def markers(language):
        marks = partial(found.snapshot.marks, found.asked.condition, language=language)
        return tuple(Marker(marks(part=part), language) for part in (Part.QUESTION, Part.ANSWER, Part.TITLE))

    def passages(document, texts):
        of_parts = markers(texts["language"])
        key = ("passages", *(marker.marks for marker in of_parts))
        return found.snapshot.made_of(document, key, lambda *_: passages_of(texts, *of_parts))

    return tuple(
        hit_of(each, passages(document, each), more_count=more_count, labels=labels)
        for document, each, more_count in zip(shown.documents.tolist(), stored, others, strict=True)
        if each["turn"] in published
    )


def published_turns(turns, asking=None):
    """Return those of these turns that readers may see.

    The second condition is not left to SQLite: it would begin with it.
    """
    if not turns:
        return set()
    statuses = Turn.objects.current().filter(pk__in=turns).order_by().values_list("pk", "interview__status")
    rows = (asking or Asking()).rows(statuses)
    return {turn for turn, status in rows if status == Interview.Status.PUBLISHED}


def labels_of(request, values, stored, meanings, asking=None):
    """The names of all that the page shows: values of facets, choices, names in hits, what those in the query mean."""
    shown = defaultdict(list)
    for facet in FACETS:
        shown[facet] += [*values.get(facet, ()), *request.chosen(facet), *request.excluded(facet)]
    for document in stored:
        shown["country"] += document["country"]
        shown["speaker"].append(document["speaker"])
        shown["outlet"].append(document["outlet"])
    known = {(facet, value): label for (facet, _), meant in meanings.items() for value, label in meant.items()}
    return Labels(shown, known, asking)


def _years(days):
    return tuple(datetime.date.fromordinal(int(day)).year for day in (days.min(), days.max())) if len(days) else None
