"""The words of a search that finds nothing, read otherwise: in titles, in small letters, a name as plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import Match

from interviews.search.language.known import KINDS
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import All, Field, Phrase, Without, Word, joined, parts_of, terms_of
from interviews.search.results.counting import found_by
from interviews.search.text.analysis import WORD

# The fields of words that stand in texts; "" is none.
WRITTEN = ("", "title")


@dataclass(frozen=True, slots=True)
class Rereading:
    """The search `request` finds `count` answers: with its words in "title" or "small" letters, a name in "text"."""

    place: str
    request: Request
    count: int


def rereadings(request: Request) -> tuple[Rereading, ...]:
    """Return the searches for the same words elsewhere that find something. Raises IndexUnavailableError."""
    read = [(place, str(joined(All, parts))) for place, parts in _otherwise(request.query)]
    read.append(("small", _in_small_letters(request.query)))
    others = ((place, request.changed(query=query)) for place, query in read)
    found = (Rereading(place, other, found_by(other).total) for place, other in others)
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


def _in_small_letters(query):
    """A query with its words in capitals as anybody else writes them: some of these, like WHO, are acronyms alone."""
    written = (term for field, term in terms_of(parse(query).node) if field in WRITTEN)
    words = (word for term in written if isinstance(term, Word | Phrase) for word in WORD.finditer(query, *term.span))
    for word in sorted(words, key=Match.start, reverse=True):
        if word[0].isupper():
            query = query[: word.start()] + word[0].lower().replace(".", "") + query[word.end() :]
    return query
