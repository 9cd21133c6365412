"""The text of an interview to take away."""

from functools import partial

from django.conf import settings
from django.http import HttpResponse

from interviews.records import of_one
from interviews.texts import as_markdown, as_plain_text, as_tei, facts_of

from .formats import root_of
from .permanence import find_interview, permanent

# form: (end of the file's name, media type, what writes it)
WRITERS = {
    "txt": ("txt", "text/plain; charset=utf-8", as_plain_text),
    "md": ("md", "text/markdown; charset=utf-8; variant=CommonMark", as_markdown),
    "tei": ("xml", "application/tei+xml; charset=utf-8", as_tei),
}


def text_as(form, request, dated, slug):
    """The transcript as a file."""
    suffix, media_type, write = WRITERS[form]
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    turns = interview.turns.current().with_voices().select_related("reply_to").with_tags()
    facts = facts_of(interview, root=root_of(request), archive=settings.ARCHIVE_NAME)
    response = HttpResponse(write(facts, of_one(interview, turns)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{suffix}"'
    return response


FORMS = {form: partial(text_as, form) for form in WRITERS}


@permanent
def text(request, dated, slug):
    """The plain text under the address that it once had."""
    return text_as("txt", request, dated, slug)
