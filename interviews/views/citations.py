"""Citations as files, which programs for bibliographies read."""

from django.http import Http404, HttpResponse

from interviews.addresses import present_place_of
from interviews.citing.panel import FILE_FORMATS, cited_in

from .permanence import GoneError, find_interview, moved_permanently, permanent


@permanent
def citation(request, dated, slug, suffix, number=None):
    """The citation of an interview or of one turn as BibTeX, RIS or CSL-JSON; it lasts as the page's address does."""
    if suffix not in FILE_FORMATS:
        raise Http404("Citations come as BibTeX (.bib), RIS (.ris) and CSL-JSON (.json).")
    found = interview = find_interview(dated=dated, slug=slug, reader=request.user)
    if number:
        turn = interview.turns.for_reading().filter(number=number).first()
        if turn is None:
            raise Http404("This interview has no such question or answer.")
        found = present_place_of(turn)
        if found.status != "current":
            raise GoneError(interview, found)
        if found != turn:
            return moved_permanently(request, f"{found.get_absolute_url()}citation.{suffix}")
        found.interview = interview
    return file_of(cited_in(request, found), FILE_FORMATS[suffix])


def file_of(reference, file_format):
    """The reference as a file to keep, named for what it cites."""
    name = f"{reference.key}.{file_format.suffix}"
    response = HttpResponse(file_format.write(reference), content_type=f"{file_format.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
