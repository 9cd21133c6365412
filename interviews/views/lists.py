"""Lists of answers as files: what a search finds, or what an entity's page lists."""

from functools import partial

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from interviews.listing import FORMS, file_of, listing_of

from .errors import unavailable
from .formats import NAMES, in_form, root_of

LONGEST_NAME = 60


def forms_of(answer):
    """Return {form: function} of the files of a page.

    `answer(request, send, ...)`, with the arguments of the view, sends a list by `send(search, address of its page)`.
    """
    return {form: partial(_answer_in, form, answer) for form in FORMS}


def files_at(address):
    """Return [(name of a form, its address), ...] of the files of the page at an address."""
    return [(NAMES[form], in_form(address, form)) for form in FORMS]


def feed_at(address):
    """Return the address of the feed of the page at an address."""
    return in_form(address, "atom")


def _answer_in(form, answer, request, *args, **kwargs):
    return answer(request, partial(list_as_file, request, form), *args, **kwargs)


def list_as_file(request, form, asked, address):
    """Stream the file; 503 while there is no index."""
    listing = listing_of(asked, address=address, root=root_of(request))
    if listing is None:
        return unavailable(request)
    response = StreamingHttpResponse(file_of(listing, form), content_type=FORMS[form].media_type)
    name = slugify(listing.words)[:LONGEST_NAME].strip("-")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
