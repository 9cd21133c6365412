"""What other searches would find, and which words the texts have: what help with a search is made of."""

from collections.abc import Iterator

from .finding import asked_by
from .found import Found
from .query import parse
from .request import Request
from .resolving import resolve
from .snapshot import current_snapshot


def found_by(request: Request) -> Found:
    """Return what a request finds. Raises IndexUnavailableError."""
    return current_snapshot().find(asked_by(request, resolve(parse(request.query))))


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
