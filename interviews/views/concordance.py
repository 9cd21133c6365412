"""The matches of a search in their context, one a line."""

from interviews import search as engine

from .search_head import answered, order_in, order_told, orders_of, steps, view_head

VIEW = "concordance"
ORDERS = {"results": "as the answers", "before": "by the words before", "after": "by the words after"}


def concordance(request):
    """Every match between its neighbours; with format=json the same as data. 503 while there is no index."""
    page = engine.concordance_of(engine.Request.from_query(request.GET), order_in(request, ORDERS))
    return answered(request, "search_concordance.html", page, engine.concordance_as_json, _context)


def _context(page):
    asked, own, size = page.request, order_told(page.order, ORDERS), engine.PAGE_LINES
    return {
        **view_head(VIEW, asked, page, own=own, page=page.start // size + 1),
        **steps(VIEW, asked, own, start=page.start, size=size, total=page.listed),
        "orders": orders_of(VIEW, asked, ORDERS, page.order),
    }
