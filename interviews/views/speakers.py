"""Who says what a search finds."""

from interviews import search as engine

from .formats import also_as
from .search_filters import url_of
from .search_head import answered, data_of, only, order_in, order_told, orders_of, place_told, steps, view_head

VIEW = "search_speakers"
ORDERS = {"answers": "most answers", "rate": "most often in their own words"}


def found(request):
    return engine.speakers_of(engine.Request.from_query(request.GET), order_in(request, ORDERS))


def told(request, page):
    """A page of the speakers as data."""
    context = _context(page)
    return engine.speakers_as_json(page) | place_told(request, context["canonical_path"], context)


@also_as(json=data_of(found, told))
def speakers(request):
    """Counts by speaker. 503 while there is no index."""
    return answered(request, "search_speakers.html", found(request), _context)


def _context(page):
    asked, own, size = page.request, order_told(page.order, ORDERS), engine.PAGE_SPEAKERS
    return {
        **view_head(VIEW, asked, page, own=own, page=page.start // size + 1),
        **steps(VIEW, asked, own, start=page.start, size=size, total=page.size),
        "orders": orders_of(VIEW, asked, ORDERS, page.order),
        "speakers": [(each, url_of(only(asked, "speaker", each.value)), share) for each, share in _shares(page)],
    }


def _shares(page):
    """Each speaker with the length of the bar: per cent of the longest here, of answers or of the rate."""
    sizes = [(each.rate or 0) if page.order == "rate" else each.answers for each in page.speakers]
    longest = max(sizes, default=0) or 1
    return [(each, f"{100 * size / longest:.1f}") for each, size in zip(page.speakers, sizes, strict=True)]
