"""Who says what a search finds."""

from django.http import JsonResponse
from django.shortcuts import render

from interviews import search as engine

from .errors import unavailable
from .search_filters import url_of
from .search_head import only, steps, view_head, view_url
from .search_page import Link

VIEW = "search_speakers"
ORDERS = {"answers": "most answers", "rate": "most often in their own words"}


def speakers(request):
    """Counts by speaker; with format=json the same as data. 503 while there is no index."""
    asked = engine.Request.from_query(request.GET)
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else "answers"
    page = engine.speakers_of(asked, order)
    if page is None:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(engine.speakers_as_json(page))
    return render(request, "search_speakers.html", _context(asked, page))


def _context(asked, page):
    own, size = _own(page.order), engine.PAGE_SPEAKERS
    return {
        **view_head(VIEW, asked, page, own=own, page=page.start // size + 1),
        **steps(VIEW, asked, own, start=page.start, size=size, total=page.size),
        "orders": orders_of(asked, page.order),
        "speakers": [(each, url_of(only(asked, "speaker", each.value)), share) for each, share in _shares(page)],
    }


def _shares(page):
    """Each speaker with the length of the bar: per cent of the longest here, of answers or of the rate."""
    sizes = [(each.rate or 0) if page.order == "rate" else each.answers for each in page.speakers]
    longest = max(sizes, default=0) or 1
    return [(each, f"{100 * size / longest:.1f}") for each, size in zip(page.speakers, sizes, strict=True)]


def orders_of(asked, current):
    return [Link(words, view_url(VIEW, asked, _own(order)), order == current) for order, words in ORDERS.items()]


def _own(order):
    return {} if order == "answers" else {"order": order}
