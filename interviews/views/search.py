"""The search page and its JSON twin."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from interviews import search as engine

from .errors import unavailable
from .search_facet import facet_page
from .search_page import search_page


def search(request):
    """What was found, with its filters; with format=json the same as data. 503 while there is no index."""
    page = engine.search(engine.Request.from_query(request.GET))
    if not page.is_available:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(engine.page_as_json(page))
    return render(request, "search.html", search_page(page))


def facet(request, name):
    """All values of one facet of a search, to find some among many; with format=json the same as data."""
    if name not in engine.LISTED:
        raise Http404("There is no such filter.")
    asked = engine.Request.from_query(request.GET)
    found = engine.all_values(asked, name)
    if found is None:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(engine.facet_as_json(found.facet))
    return render(request, "search_facet.html", facet_page(request, asked, found))


def search_url(query="", **choices):
    """The address of a search for a query and values of facets: `search_url("gas", country="IT")`."""
    return f"{reverse('interviews:search')}?{engine.Request(query, choices).query_string()}"
