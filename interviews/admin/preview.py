"""An interview as readers will see it, and its source beside it, before anybody else may."""

from django.http import Http404
from django.shortcuts import render

from interviews.provenance import passages, source_text
from interviews.views.interviews import interview_page

from .rights import interview_for


def preview_view(request, pk):
    """Return the public page of an interview, whatever its status, with a banner and out of every index."""
    interview = interview_for(request, pk, "view")
    address = interview.get_absolute_url() if interview.date else ""
    return unlisted(request, "preview.html", interview_page(interview) | {"canonical_path": address})


def source_view(request, pk):
    """Return the text as received beside what became of each part, also where it may not be passed on."""
    interview = interview_for(request, pk, "view")
    reading = interview.readings.select_related("source").first()
    text = reading and source_text(reading)
    if text is None:
        raise Http404("The file of this interview is not kept.")
    turns = {turn.number: turn for turn in interview.turns.current().with_voices()}
    rows = [(passage, turns.get(passage.number)) for passage in passages(reading, text)]
    return unlisted(request, "source.html", {"interview": interview, "reading": reading, "passages": rows})


def unlisted(request, template, context):
    """Render a page for curators only; `is_preview` makes its links stay within the admin."""
    response = render(request, f"admin/interviews/interview/{template}", context | {"is_preview": True})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
