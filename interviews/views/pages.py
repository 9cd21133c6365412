"""Pages without data of their own: what the archive is, and what robots and browsers ask for."""

from django.shortcuts import redirect, render
from django.templatetags.static import static


def about(request):
    """How the archive is made."""
    return render(request, "about.html")


def robots(request):
    """The thousandfold combinations of filters are no pages of their own: robots read the texts instead."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def opensearch(request):
    """How a browser, or a program, searches the archive (OpenSearch 1.1)."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")


def favicon(request):
    """Where a browser asks although pages name the icon: next to a download, or to JSON."""
    return redirect(static("favicon.svg"))
