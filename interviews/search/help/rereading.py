"""The words of a search that finds nothing, read otherwise: loosely, in titles, in small letters, a name as words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from re import Match

from interviews.search.language.known import KINDS
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import (
    All,
    Any,
    Field,
    In,
    Near,
    Phrase,
    Without,
    Word,
    joined,
    parts_of,
    terms_of,
)
from interviews.search.results.counting import found_by
from interviews.search.text.analysis import WORD, words

# The fields of words that stand in texts; "" is none.
WRITTEN = ("", "title")


@dataclass(frozen=True, slots=True)
class Rereading:
    """The search `request` finds `count` answers.

    Its words stand in "any" form and order, or in the "title" or in "small" letters, or a name in the "text".
    """

    place: str
    request: Request
    count: int


def rereadings(request: Request) -> tuple[Rereading, ...]:
    """Return the searches for the same words elsewhere that find something. Raises IndexUnavailableError."""
    read = [("any", str(_loosened(parse(request.query).node) or ""))]
    read += [(place, str(joined(All, parts))) for place, parts in _otherwise(request.query)]
    read.append(("small", _in_small_letters(request.query)))
    others = ((place, request.changed(query=query)) for place, query in read)
    found = (Rereading(place, other, found_by(other).total) for place, other in others)
    return tuple(each for each in found if each.count)


def _loosened(node):
    """A tree with the words of its phrases, and those that NEAR joins, in any form and order."""
    match node:
        case Phrase(text=text):
            return joined(All, [Word(word) for word in words(text.lower())])
        case Near(left=left, right=right):
            return joined(All, [_loosened(left), _loosened(right)])
        case All(parts=parts) | Any(parts=parts):
            return joined(type(node), map(_loosened, parts))
        case In() | Field(name="title"):
            return replace(node, node=_loosened(node.node))
    return node


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
