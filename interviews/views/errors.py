"""Pages for addresses that lead nowhere, and for our own mistakes."""

from django.http import Http404, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from .permanence import permanent


@permanent
def former_address(request):
    """An address of no present form: once an interview's or a turn's, or never given out."""
    raise Http404("Nothing has this address.")


def not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """Without the request, so that no context processor asks the database that may be the cause."""
    return HttpResponseServerError(loader.get_template("500.html").render())
