"""Pages for addresses that lead nowhere, for what is not possible just now, and for our own mistakes."""

import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponseBadRequest, HttpResponseServerError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader

from interviews.search import is_damaged

from .formats import as_json, form_asked_for, refusal
from .permanence import permanent

logger = logging.getLogger(__name__)


@permanent
def former_address(request):
    """An address of no present form: once an interview's or a turn's, or never given out."""
    raise Http404("Nothing has this address.")


def not_found(request, exception):
    return refusal(request, "404.html", status=404, error="Nothing has this address.")


def unavailable(request):
    """What only the search index knows, while there is none; as data where that was asked for."""
    error = "The search index has to be built first. Please try again in a while."
    return for_now(refusal(request, "503.html", status=503, error=error))


def for_now(response):
    """Return the response with the advice to come again: an index of some thousand answers is built sooner."""
    response["Retry-After"] = 60  # seconds
    return response


# What Django answers with pages of their own.
REFUSALS = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)


class DamagedIndexMiddleware:
    """Answers 503 where a page failed because files of the index were damaged after this process opened them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, REFUSALS) or not is_damaged():
            return None
        logger.error("The search index is damaged. Run `manage.py reindex`.", exc_info=exception)
        return unavailable(request)


def bad_request(request, exception):
    """Without the request, so that no context processor asks for the host that may be what was refused."""
    if form_asked_for(request) == "json":
        return as_json({"status": 400, "error": "What was sent is no form of this archive."}, status=400)
    return HttpResponseBadRequest(loader.get_template("400.html").render())


def csrf_failure(request, reason=""):
    """A form that Django's protection against forged ones refused."""
    words = "What you sent came without the token of our own form. Load the page again, with cookies on, and repeat it."
    return render(request, "403.html", {"exception": words}, status=403)


def server_error(request):
    """Without the request, so that no context processor asks the database that may be the cause."""
    return HttpResponseServerError(loader.get_template("500.html").render())
