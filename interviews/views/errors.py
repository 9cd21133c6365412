"""Pages for addresses that lead nowhere, for what is not possible just now, and for our own mistakes."""

from django.http import Http404, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader

from .permanence import permanent


@permanent
def former_address(request):
    """An address of no present form: once an interview's or a turn's, or never given out."""
    raise Http404("Nothing has this address.")


def not_found(request, exception):
    return render(request, "404.html", status=404)


def unavailable(request):
    """What only the search index knows, while there is none; as data where that was asked for."""
    if request.GET.get("format") == "json":
        response = JsonResponse(
            {"error": "The search index has to be built first. Please try again in a while."}, status=503
        )
    else:
        response = render(request, "503.html", status=503)
    response["Retry-After"] = 60  # seconds; an index of some thousand answers is built sooner
    return response


def csrf_failure(request, reason=""):
    """A form that Django's protection against forged ones refused."""
    words = "What you sent came without the token of our own form. Load the page again, with cookies on, and repeat it."
    return render(request, "403.html", {"exception": words}, status=403)


def server_error(request):
    """Without the request, so that no context processor asks the database that may be the cause."""
    return HttpResponseServerError(loader.get_template("500.html").render())
