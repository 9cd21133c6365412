"""What the views of a result set have in common: what stands above them, their orders, pages and addresses."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import resolve

from interviews.models import Interview, Turn

from .errors import unavailable
from .formats import root_of, steps_in_json
from .search_filters import kept, path_of
from .search_page import Link, views_of


def answered(request, template, shown, context):
    """Answer with a page of what the engine gave, of which `context` makes that of the template; 503 if it is None."""
    return unavailable(request) if shown is None else render(request, template, context(shown))


def data_of(find, told):
    """Return what makes the JSON of a view: `find(request, …)` asks the engine, `told(request, found)` tells it."""

    def made(request, *args, **kwargs):
        shown = find(request, *args, **kwargs)
        return unavailable(request) if shown is None else told(request, shown)

    return made


def place_told(request, path, steps):
    """Return where in a list a page is, as data: its address and those of the pages before and after."""
    root = root_of(request)
    return {"url": root + path, **steps_in_json(root, previous=steps["previous"], next=steps["next"])}


def identified(turns, root):
    """Return data of turns, of which each has its path as `url`, with whole addresses and the names for programs.

    Of one that moved since it was indexed the name is None.
    """
    places = [resolve(turn["url"]).kwargs for turn in turns]
    interviews = Interview.objects.filter(slug__in={place["slug"] for place in places})
    known = {(each.dated, each.slug): each for each in interviews.only("identifier", "date", "date_precision", "slug")}
    found = []
    for turn, place in zip(turns, places, strict=True):
        interview = known.get((str(place["dated"]), place["slug"]))
        named = interview and Turn(interview=interview, number=place["number"]).identifier.urn
        found.append({"id": named, **turn, "url": root + turn["url"]})
    return found


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
