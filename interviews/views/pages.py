"""Pages without data of their own: what the archive is, and what robots and browsers ask for."""

from django.conf import settings
from django.db.models import Max, Min
from django.shortcuts import redirect, render
from django.templatetags.static import static

from interviews.models import Interview, Turn

from .formats import NAMES, also_as, root_of


def about_as_json(request):
    """What the archive is and holds, and in which forms its pages come."""
    published, turns, root = Interview.objects.published(), Turn.objects.documents(), root_of(request)
    changed, dates = turns.latest_change(), published.aggregate(Min("date"), Max("date"))
    return {
        "url": root + request.path,
        "name": settings.ARCHIVE_NAME,
        "interviews": published.count(),
        "answers": turns.count(),
        "years": [date.year for date in dates.values() if date],
        "changed": changed and changed.isoformat(timespec="seconds"),
        "sample": published.filter(sample=True).exists(),
        "licence": "Transcripts belong to their publishers: each interview tells its own licence.",
        "forms": NAMES,
    }


@also_as(json=about_as_json)
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
