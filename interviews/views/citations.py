"""Citations as files, which programs for bibliographies read."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse

from interviews.citing.panel import FILE_FORMATS, cited_in
from interviews.passages import PassageError, find, readings
from interviews.versions import version_named

from .cited import unknown_page
from .permanence import find_interview, find_turn, moved_permanently, permanent


@permanent
def interview_citation(request, dated, slug, suffix):
    """The citation of an interview as BibTeX, RIS or CSL-JSON."""
    file_format = format_of(suffix)
    return file_of(cited_in(request, find_interview(dated=dated, slug=slug, reader=request.user)), file_format)


@permanent
def turn_citation(request, dated, slug, number, suffix):
    """The citation of one turn, of its version `v` and the words that `passage` names, where the address has them."""
    file_format = format_of(suffix)
    turn, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    name = request.GET.get("v", "").strip()
    version = version_named(turn, name) if name else None
    if name and version is None:
        return unknown_page(request, turn, name)
    if version is None and place != turn:
        return moved_permanently(request, f"{place.get_absolute_url()}citation.{suffix}")
    passage = passage_asked_for(request, version.text if version else turn.text)
    return file_of(cited_in(request, turn, version=version, passage=passage), file_format)


def format_of(suffix):
    """Return the format of a file. Raises Http404 for one that there is not."""
    if suffix not in FILE_FORMATS:
        raise Http404("Citations come as BibTeX (.bib), RIS (.ris) and CSL-JSON (.json).")
    return FILE_FORMATS[suffix]


def passage_asked_for(request, text):
    """Return the words of a text that a request names, or None. Raises Http404 where they never stood there."""
    try:
        passages = readings(request.META.get("QUERY_STRING", ""))
    except PassageError as error:
        raise BadRequest(str(error)) from error
    if not passages:
        return None
    for passage in passages:
        if find(text, passage):
            return passage
    raise Http404("The words that this link names do not stand there.")


def file_of(reference, file_format):
    """The reference as a file to keep, named for what it cites."""
    response = HttpResponse(file_format.write(reference), content_type=f"{file_format.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{file_format.suffix}"'
    return response
