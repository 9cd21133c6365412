"""The matches of a search in their context, one a line."""

from django.http import JsonResponse
from django.shortcuts import render

from interviews import search as engine

from .errors import unavailable
from .search_head import steps, view_head, view_url
from .search_page import Link

VIEW = "concordance"
ORDERS = {"results": "as the answers", "before": "by the words before", "after": "by the words after"}


def concordance(request):
    """Every match between its neighbours; with format=json the same as data. 503 while there is no index."""
    asked = engine.Request.from_query(request.GET)
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else "results"
    page = engine.concordance_of(asked, order)
    if page is None:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(engine.concordance_as_json(page))
    return render(request, "search_concordance.html", _context(asked, page))


def _context(asked, page):
    own, size = _own(page.order), engine.PAGE_LINES
    return {
        **view_head(VIEW, asked, page, own=own, page=page.start // size + 1),
        **steps(VIEW, asked, own, start=page.start, size=size, total=page.listed),
        "orders": orders_of(asked, page.order),
    }


def orders_of(asked, current):
    return [Link(words, view_url(VIEW, asked, _own(order)), order == current) for order, words in ORDERS.items()]


def _own(order):
    return {} if order == "results" else {"order": order}
