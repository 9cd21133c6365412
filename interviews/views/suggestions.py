"""What is suggested while a search is typed."""

from itertools import groupby

from django.http import JsonResponse
from django.views.decorators.cache import cache_control

from interviews import search as engine

from .search_filters import url_of


@cache_control(public=True, max_age=60)
def suggestions(request):
    """Searches that what is being typed may mean, as data: groups of labels, counts and addresses."""
    suggested = engine.suggestions(engine.Request.from_query(request.GET))
    groups = [
        {"label": engine.GROUPS[name], "suggestions": [_as_data(each) for each in members]}
        for name, members in groupby(suggested, key=lambda each: each.group)
    ]
    return JsonResponse({"groups": groups})


def _as_data(suggestion):
    return {
        "label": suggestion.label,
        "language": suggestion.language,
        "count": suggestion.count,
        "url": url_of(suggestion.request),
    }
