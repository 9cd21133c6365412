"""The search page and its JSON twin."""

from functools import partial

from django.http import Http404
from django.urls import reverse

from interviews import search as engine
from interviews.feeds import feed_of_answers

from .errors import unavailable
from .formats import also_as, root_of
from .lists import forms_of
from .search_facet import facet_page
from .search_filters import all_url, url_of
from .search_head import answered, data_of, identified, place_told
from .search_page import canonical_path, search_page


def search_as_json(request):
    """One page of what was found, with its filters."""
    page = engine.search(engine.Request.from_query(request.GET))
    return found_as_json(request, page) if page.is_available else unavailable(request)


def found_as_json(request, page):
    """A page of a search as data, with the addresses of the pages beside it."""
    data, root = engine.page_as_json(page), root_of(request)
    steps = {
        "previous": url_of(page.request, before=page.before) if page.before else "",
        "next": url_of(page.request, after=page.after) if page.after else "",
    }
    return data | {"hits": identified(data["hits"], root)} | place_told(request, canonical_path(page), steps)


def all_found(request, send):
    """All answers of the search, whatever its page."""
    asked = engine.Request.from_query(request.GET)
    return send(asked, url_of(asked, page=1))


def search_as_feed(request):
    """The answers that the archive took in last."""
    asked = engine.Request.from_query(request.GET)
    page, root = url_of(asked, page=1), root_of(request)
    feed = feed_of_answers(asked, name=root + page, page=page, address=request.get_full_path(), root=root)
    return feed or unavailable(request)


@also_as(json=search_as_json, atom=search_as_feed, **forms_of(all_found))
def search(request):
    """What was found, with its filters. 503 while there is no index."""
    patience = engine.Patience(engine.PAGE_LIMIT)
    page = engine.search(engine.Request.from_query(request.GET))
    shown = page if page.is_available else None
    return answered(request, "search.html", shown, partial(search_page, patience=patience))


def values_found(request, name):
    """All values of a facet; None while there is no index. Raises Http404 for a facet that there is not."""
    if name not in engine.LISTED:
        raise Http404("There is no such filter.")
    return engine.all_values(engine.Request.from_query(request.GET), name)


def values_told(request, found):
    """All values of a facet as data, on one page."""
    asked = engine.Request.from_query(request.GET)
    return engine.facet_as_json(found.facet) | {"url": root_of(request) + all_url(asked, found.facet.name)}


@also_as(json=data_of(values_found, values_told))
def facet(request, name):
    """All values of one facet of a search, to find some among many."""
    asked = engine.Request.from_query(request.GET)
    return answered(request, "search_facet.html", values_found(request, name), partial(facet_page, request, asked))


def search_url(query="", **choices):
    """The address of a search for a query and values of facets: `search_url("gas", country="IT")`."""
    return f"{reverse('interviews:search')}?{engine.Request(query, choices).query_string()}"
