"""The text of an interview to take away."""

from django.conf import settings
from django.http import HttpResponse

from interviews.plain_text import plain_text

from .permanence import find_interview, permanent
from .sources import reading_of


@permanent
def text(request, dated, slug):
    """The transcript as plain text, a download."""
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    reading = reading_of(interview)
    words = plain_text(
        interview,
        interview.turns.current().with_voices(),
        source=reading and reading.source,
        url=request.build_absolute_uri(interview.get_absolute_url()),
        archive=settings.ARCHIVE_NAME,
    )
    response = HttpResponse(words, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.txt"'
    return response
