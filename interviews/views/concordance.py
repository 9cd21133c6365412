"""The matches of a search in their context, one a line."""

from interviews import search as engine

from .formats import also_as, root_of
from .search_head import answered, data_of, identified, order_in, order_told, orders_of, place_told, steps, view_head

VIEW = "concordance"
ORDERS = {"results": "as the answers", "before": "by the words before", "after": "by the words after"}


def found(request):
    return engine.concordance_of(engine.Request.from_query(request.GET), order_in(request, ORDERS))


def told(request, page):
    """A page of the lines as data."""
    context, data = _context(page), engine.concordance_as_json(page)
    lines = {"lines": identified(data["lines"], root_of(request))}
    return data | lines | place_told(request, context["canonical_path"], context)


@also_as(json=data_of(found, told))
def concordance(request):
    """Every match between its neighbours. 503 while there is no index."""
    return answered(request, "search_concordance.html", found(request), _context)


def _context(page):
    asked, own, size = page.request, order_told(page.order, ORDERS), engine.PAGE_LINES
    return {
        **view_head(VIEW, asked, page, own=own, page=page.start // size + 1),
        **steps(VIEW, asked, own, start=page.start, size=size, total=page.listed),
        "orders": orders_of(VIEW, asked, ORDERS, page.order),
    }
