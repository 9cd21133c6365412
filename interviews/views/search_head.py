"""What stands above every view of a result set but the list of answers, and the addresses of these views."""

from urllib.parse import urlencode

from .search_filters import kept, path_of
from .search_page import Link, views_of


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
