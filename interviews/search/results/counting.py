"""What other searches would find, told in words, and which words the texts have: what help with a search is made of."""

from collections.abc import Iterator

from interviews.search.engine.found import Found
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.language.describing import Description, describe
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.resolving import resolve

from .finding import asked_by


def found_by(request: Request) -> Found:
    """Return what a request finds. Raises IndexUnavailableError."""
    return current_snapshot().find(asked_by(request, resolve(parse(request.query))))


def query_described(request: Request, *, total: int) -> Description:
    """Return the description of the query of a request, without its filters, that finds `total` answers."""
    query = parse(request.query)
    return describe(Request(request.query), query, resolve(query).meanings, lambda _, value: value, total=total)


def frequency(form: str) -> int:
    """Return in how many answers an exact form stands."""
    return current_snapshot().frequency(form)


def forms_from(beginning: str) -> Iterator[str]:
    """Yield the exact forms of the texts that begin so, some of them more than once."""
    for segment in current_snapshot().segments:
        yield from segment.forms_from("text", beginning)


def has_form(form: str) -> bool:
    """Whether some text has this exact form."""
    return any(segment.has_form("text", form) for segment in current_snapshot().segments)
