"""The words of a search that finds nothing, read otherwise: those of texts in titles, a name as plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from interviews.search.language.known import KINDS
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import All, Field, Without, joined, parts_of, terms_of
from interviews.search.results.counting import found_by


@dataclass(frozen=True, slots=True)
class Rereading:
    """The search `request` finds `count` answers: with its words in "title" or, what was a name, in "text"."""

    place: str
    request: Request
    count: int


def rereadings(request: Request) -> tuple[Rereading, ...]:
    """Return the searches for the same words elsewhere that find something. Raises IndexUnavailableError."""
    read = [(place, request.changed(query=str(joined(All, parts)))) for place, parts in _otherwise(request.query)]
    found = (Rereading(place, other, found_by(other).total) for place, other in read)
    return tuple(each for each in found if each.count)


def _otherwise(query) -> Iterator[tuple[str, list]]:
    parts = parts_of(parse(query).node)
    of_words = [part for part in parts if _is_of_words(part)]
    if of_words:
        yield "title", [Field("title", joined(All, of_words)), *(part for part in parts if part not in of_words)]
    for part in parts:
        if isinstance(part, Field) and part.name in KINDS:
            yield "text", [each.node if each is part else each for each in parts]


def _is_of_words(part):
    return not isinstance(part, Without) and all(field == "" for field, _ in terms_of(part))
