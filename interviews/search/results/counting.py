"""What other searches would find, told in words, and which words the texts have: what help with a search is made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from interviews.search.engine.found import Found
from interviews.search.engine.patience import OutOfTimeError, Patience
from interviews.search.engine.snapshot import current_snapshot, one_snapshot
from interviews.search.language.describing import Description, describe
from interviews.search.language.known import names_looked_up_once
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.resolving import resolve

from .finding import asked_by

_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def one_look(seconds: float) -> Iterator[None]:
    """Let all counts in the block be of one state of the index and of the names, and take so many seconds together.

    Raises IndexUnavailableError.
    """
    with one_snapshot(), names_looked_up_once():
        former = _patience.set(Patience(seconds))
        try:
            yield
        finally:
            _patience.reset(former)


def found_by(request: Request) -> Found:
    """Return all that a request finds. Raises IndexUnavailableError, and OutOfTimeError where that takes too long."""
    patience = _patience.get() or Patience()
    if patience.share(1) > 0:
        asked = asked_by(request, resolve(parse(request.query)))
        found = current_snapshot().find(asked, seconds=patience.share(1))
        if found.is_complete:
            return found
    raise OutOfTimeError


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
