"""The addresses of the interface: its page, its OpenAPI document, its endpoints."""

from functools import wraps

from django.urls import path
from django.views.decorators.http import require_safe

from interviews.views.interface import interface

from .interface import api


def with_head(view):
    """Let a view that knows only GET answer HEAD; the server leaves the content out."""

    @wraps(view)
    def answering(request, *args, **kwargs):
        if request.method == "HEAD":
            request.method = "GET"
        return view(request, *args, **kwargs)

    return answering


app_name = "api"
urlpatterns = [path("", require_safe(interface), name="page")]
for each in api.urls[0]:
    each.callback = with_head(each.callback)
    urlpatterns.append(each)
