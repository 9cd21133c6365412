"""The file that a transcript was read from."""

import re

from django.http import FileResponse, Http404
from django.shortcuts import render

from .permanence import find_interview, permanent


def reading_of(interview):
    """Return what our parser made of the file that the present text comes from; None where there is no file."""
    latest = interview.readings.select_related("source").defer("spans", "facts", "changes")
    return latest.first()


@permanent
def source(request, dated, slug):
    """The file as received, as a plain-text download; 403 with the reason where its publisher reserves that."""
    found = find_interview(dated=dated, slug=slug, reader=request.user)
    reading = reading_of(found)
    if reading and not reading.source.redistribute:
        return render(request, "withheld.html", {"interview": found, "source": reading.source}, status=403)
    if reading is None or not reading.source.path.is_file():
        raise Http404("No file is kept for this interview.")
    content_type = f"text/plain; charset={charset_of(reading)}"
    file = reading.source.path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{slug}.txt", content_type=content_type)


def charset_of(reading):
    """The encoding under the name that browsers know: cp1252 is windows-1252, a byte-order mark is no encoding."""
    return re.sub("^cp(?=125)", "windows-", reading.encoding.lower().removesuffix("-sig"))
