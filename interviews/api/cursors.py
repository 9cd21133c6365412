"""Cursors: where the next page of a query begins. They are signed, and hold for that query alone."""

import hashlib

from django.core import signing

SALT = "interviews.api.cursors"
# What does not change which rows a query finds, nor their order.
ELSE = ("cursor", "limit", "fields")


class CursorError(ValueError):
    """What was given is no cursor of the query."""


def cursor_at(place, request):
    """Return the cursor behind a place in the rows of a request: a number, or the words of the search engine."""
    return signing.dumps([_query(request), place], salt=SALT)


def place_of(cursor, request):
    """Return the place that a cursor names; None for ''. Raises CursorError for what is none, or of another query."""
    if not cursor:
        return None
    try:
        query, place = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise CursorError("This is no cursor of this archive. Take the address in `next` as it stands.") from error
    if query != _query(request):
        raise CursorError("This cursor belongs to another query. Leave it out to begin this one.")
    return place


def _query(request):
    """A short name of what a request asks for."""
    asked = sorted((name, value) for name, values in request.GET.lists() if name not in ELSE for value in values)
    return hashlib.sha256(repr((request.path, asked)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
