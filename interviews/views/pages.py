"""Pages without data of their own: what the archive is, and what robots and browsers ask for."""

from django.shortcuts import redirect, render
from django.templatetags.static import static

from interviews.search import facet_counts

from .search import search_url

EXAMPLE_FIELDS = ("speaker", "outlet", "country", "language", "year")


def about(request):
    """How the archive is made and searched, with examples that find something in it."""
    return render(request, "about.html", {"examples": [(words, search_url(query=words)) for words in field_examples()]})


def field_examples():
    """Searches in one field each, for what most answers have; none while there is no index."""
    for field in EXAMPLE_FIELDS:
        counts = facet_counts(field)
        if counts:
            yield f"{field}:{max(counts, key=lambda value: (counts[value], value))}"


def robots(request):
    """The thousandfold combinations of filters are no pages of their own: robots read the texts instead."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def favicon(request):
    """Where a browser asks although pages name the icon: next to a download, or to JSON."""
    return redirect(static("favicon.svg"))
