"""What is suggested while a search is typed."""

from itertools import groupby

from django.http import JsonResponse
from django.views.decorators.cache import cache_control

from interviews import search as engine
from interviews.wording import counted

from .formats import also_as
from .search_filters import url_of


def suggested(request):
    """The searches that what is being typed may mean, as data: groups of labels, counts and addresses."""
    found = engine.suggestions(engine.Request.from_query(request.GET))
    groups = [
        {"label": engine.GROUPS[name], "suggestions": [_as_data(each) for each in members]}
        for name, members in groupby(found, key=lambda each: each.group)
    ]
    return JsonResponse({"groups": groups})


def as_opensearch(request):
    """What a browser shows under its own search field: [what was typed, words, what they are, their addresses].

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1
    """
    asked = engine.Request.from_query(request.GET)
    suggested = engine.suggestions(asked)
    columns = [(each.label, counted(each.count, "answer"), url_of(each.request)) for each in suggested]
    data = [asked.query, *(list(column) for column in zip(*columns, strict=True))] if columns else [asked.query, []]
    return JsonResponse(data, safe=False, content_type="application/x-suggestions+json")


@cache_control(public=True, max_age=60)
@also_as(json=suggested, opensearch=as_opensearch)
def suggestions(request):
    """What is suggested is data, whether that is asked for or not."""
    return suggested(request)


def _as_data(suggestion):
    return {
        "label": suggestion.label,
        "language": suggestion.language,
        "count": suggestion.count,
        "url": url_of(suggestion.request),
    }
