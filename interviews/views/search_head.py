"""What the views of a result set have in common: what stands above them, their orders, pages and addresses."""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render

from .errors import unavailable
from .search_filters import kept, path_of
from .search_page import Link, views_of


def answered(request, template, shown, as_json, context):
    """Answer with a page of what the engine gave, or as data where that was asked for; 503 where it gave None.

    `as_json` and `context` make the data and the context of the template of what is shown.
    """
    if shown is None:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(shown))
    return render(request, template, context(shown))


def order_in(request, orders):
    """The order asked for, one of `orders`, {parameter: words}; else the first."""
    order = request.GET.get("order")
    return order if order in orders else next(iter(orders))


def order_told(order, orders):
    """{parameter: value} of an order; the first need not be told."""
    return {} if order == next(iter(orders)) else {"order": order}


def orders_of(view, asked, orders, current):
    """The links to the orders of a view."""
    return [
        Link(words, view_url(view, asked, order_told(order, orders)), order == current)
        for order, words in orders.items()
    ]


def view_head(view, asked, shown, *, own=None, **place):
    """Return the context of the head: form, sentence, chips and tabs.

    `view` is the name of its address, `shown` what the engine gave, `own` {parameter: value} of this view alone, and
    `place` where in it the reader is. Whatever is taken away or typed, the view stays.
    """
    own = own or {}
    return {
        "page": shown,
        "asked": asked,
        "sentence": shown.description.sentence,
        "chips": [Link(chip.words, view_url(view, chip.request, own)) for chip in shown.description.chips],
        "views": views_of(asked, current=view),
        "kept_with_words": [*kept(asked, without={"q"}), *told(own)],
        "canonical_path": view_url(view, asked, own, **place),
        "as_json": view_url(view, asked, {**own, "format": "json"}, **place),
    }


def view_url(view, asked, own=(), **changes):
    """The address of a view of a search, with parameters of its own and some fields of the search changed."""
    query = "&".join(filter(None, [asked.query_string(**{"page": 1} | changes), urlencode(told(own))]))
    return f"{path_of(view)}?{query}" if query else path_of(view)


def told(own):
    """[(parameter, value), ...] of those that say something."""
    return [(name, value) for name, value in dict(own).items() if value]


def only(asked, facet, value):
    """The search with this value of a facet instead of others that were chosen."""
    others = [(name, each) for name, each in asked.choices if name != facet or each.startswith("-")]
    return asked.changed(choices=[*others, (facet, value)])


def steps(view, asked, own, *, start, size, total):
    """The links to the pages beside one, and which of all it shows: “51 to 100 of 1,234”; '' where that is all."""
    number = start // size + 1
    return {
        "previous": view_url(view, asked, own, page=number - 1) if start else "",
        "next": view_url(view, asked, own, page=number + 1) if start + size < total else "",
        "range": f"{start + 1:,} to {min(start + size, total):,} of {total:,}" if total > size else "",
    }
