"""The search page and its JSON twin."""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

from interviews import search as engine

from .errors import unavailable
from .search_page import search_page


def search(request):
    """What was found, with its filters; with format=json the same as data. 503 while there is no index."""
    page = engine.search(engine.Request.from_query(request.GET))
    if not page.is_available:
        return unavailable(request)
    if request.GET.get("format") == "json":
        return JsonResponse(engine.page_as_json(page))
    return render(request, "search.html", search_page(page))


def search_url(query="", **choices):
    """The address of a search for a query and values of facets: `search_url("gas", country="IT")`."""
    return f"{reverse('interviews:search')}?{engine.Request(query, choices).query_string()}"
