"""The page of one facet: all its values, to find some among many."""

from urllib.parse import urlencode

from django.core.paginator import Paginator

from interviews.tagging.words import folded

from .search_filters import all_url, choice_of, kept, url_of
from .search_head import order_in
from .search_page import Link

PER_PAGE = 100
ORDERS = {"count": "most answers first", "name": "by name"}


def facet_page(request, asked, found):
    """Return the context of the page: the values whose names hold what is to be found, in the order asked for."""
    facet = found.facet
    find = " ".join(request.GET.get("find", "").split())[:100]
    order = order_in(request, ORDERS)
    values = [value for value in facet.values if folded(find) in folded(value.label)]
    if order == "name":
        values.sort(key=lambda value: folded(value.label))
    shown = Paginator(values, PER_PAGE).get_page(request.GET.get("page"))
    here = all_url(asked, facet.name)

    def address(**changes):
        given = {"find": find, "order": order, "page": shown.number} | changes
        told = urlencode({name: value for name, value in given.items() if value not in ("", "count", 1)})
        return f"{here}{'&' if '?' in here else '?'}{told}" if told else here

    return {
        "asked": asked,
        "facet": facet,
        "sentence": found.description.sentence,
        "notices": found.notices,
        "found_count": len(values),
        "choices": [choice_of(asked, facet.name, value) for value in shown],
        "find": find,
        "order": order,
        "orders": [Link(words, address(order=name, page=1), name == order) for name, words in ORDERS.items()],
        "page_number": shown.number,
        "range": f"Page {shown.number} of {shown.paginator.num_pages}" if shown.has_other_pages() else "",
        "previous": address(page=shown.number - 1) if shown.has_previous() else "",
        "next": address(page=shown.number + 1) if shown.has_next() else "",
        "kept": kept(asked, without={"find", "order"}),
        "back": url_of(asked, page=1),
        "everything": address(find="", page=1) if find else "",
        "canonical_path": address(),
    }
