"""From Haystack's strings to conditions: Whoosh's parser takes them apart, what the parts mean is said here.

The parser is given no schema, so that bounds, names with commas and words come as they were written.
"""

import datetime
from calendar import monthrange
from itertools import chain

from haystack.exceptions import SearchBackendError
from whoosh import query
from whoosh.qparser import FuzzyTermPlugin, QueryParser

from interviews.search.engine.conditions import (
    SHORTEST_PREFIX,
    AllOf,
    AnyOf,
    Between,
    Carries,
    Condition,
    Everything,
    Nothing,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)
from interviews.search.index.schema import FACETS, NUMBERS
from interviews.search.text.analysis import words

MATCH_ALL = "*:*"
# Whoosh's parser takes time with the square of a word's length.
LONGEST_STRING = 5_000
TEXTS = {
    "text": Part.TEXT,
    "content": Part.TEXT,
    "question": Part.QUESTION,
    "answer": Part.ANSWER,
    "title": Part.TITLE,
}
DAYS = ("date", "last_day")
COLUMNS = {"django_id": "turn", "year": "date"}


def translate(text: str) -> Condition:
    """Return the condition that a string in Whoosh's syntax means.

    Raises NotImplementedError for what the archive does not look for, SearchBackendError for a field it does not have
    and for what Whoosh's parser cannot read.
    """
    if text.strip() in ("", "*", MATCH_ALL):
        return Everything()
    if len(text) > LONGEST_STRING:
        raise SearchBackendError(f"A search has at most {LONGEST_STRING:,} characters.")
    parser = QueryParser("text", None)
    parser.add_plugin(FuzzyTermPlugin())
    try:
        # Not normalised: Whoosh would make "match all and x" a match-all.
        return _condition(parser.parse(text, normalize=False))
    except (IndexError, RecursionError) as error:  # of Whoosh's parser: “NOT AND x”, hundreds of brackets
        raise SearchBackendError(f"This cannot be read: {text[:100]}") from error


def text_condition(text: str, part: Part = Part.TEXT) -> Condition:
    """Return the condition for one word as somebody wrote it; one that is joined of several is a phrase (S-300)."""
    found = tuple(words(text))
    if not found:
        return Everything()
    return Word(found[0], part) if len(found) == 1 else Phrase(found, part)


def _condition(node):
    if getattr(node, "boost", 1) != 1:
        raise NotImplementedError("No word of a search weighs more than others.")
    match node:
        case query.And():
            return _all_of(map(_condition, node.subqueries))
        case query.Or():
            return AnyOf(tuple(map(_condition, node.subqueries)))
        case query.Not():
            return Without(_condition(node.query))
        case query.AndNot():
            return _all_of((_condition(node.a), Without(_condition(node.b))))
    return Everything() if isinstance(node, query.Every) or node == query.NullQuery else _in_field(node)


def _all_of(conditions):
    """One after the other in one list: a filter after a filter means what both mean in one."""
    parts = (part.parts if isinstance(part, AllOf) else (part,) for part in conditions)
    return AllOf(tuple(chain.from_iterable(parts)))


def _in_field(node):
    if not isinstance(node, query.Term | query.Phrase | query.Prefix | query.FuzzyTerm | query.TermRange):
        raise NotImplementedError(f"The archive cannot look for {node}.")
    name = node.fieldname
    if name in TEXTS:
        return _in_text(node, TEXTS[name])
    if isinstance(node, query.TermRange):
        return _in_range(name, node.start, node.end, is_after=node.startexcl, is_before=node.endexcl)
    if not isinstance(node, query.Term | query.Phrase):
        raise NotImplementedError(f"The values of {name} are looked for whole.")
    value = " ".join(node.words) if isinstance(node, query.Phrase) else node.text
    if name == "id":
        return _in_range("turn", value.rpartition(".")[2], value.rpartition(".")[2])
    if name == "django_ct":
        return Everything() if value == "interviews.turn" else Nothing()
    return Carries(name, frozenset([value])) if name in FACETS and name != "year" else _in_range(name, value, value)


def _in_text(node, part):
    match node:
        case query.Term():
            return text_condition(node.text, part)
        case query.Phrase():
            found = tuple(words(" ".join(node.words)))
            return Phrase(found, part) if found else Everything()
        case query.Prefix() if len(node.text) >= SHORTEST_PREFIX:
            return Prefix(node.text, part)
        case query.FuzzyTerm():
            return Similar(node.text, part)
    raise NotImplementedError(f"Beginnings of words have at least {SHORTEST_PREFIX} letters, words no range: {node}.")


def _in_range(name, start, end, *, is_after=False, is_before=False):
    """Numbers and days between two, None for open; a year or a month stands for its days."""
    column = COLUMNS.get(name, name)
    if column not in NUMBERS:
        raise SearchBackendError(f"There is no field “{name}” with numbers or days.")
    try:
        first, last = (text and _extent(column, text) for text in (start, end))
    except ValueError:
        return Nothing()
    return Between(
        column, first and (first[1] + 1 if is_after else first[0]), last and (last[0] - 1 if is_before else last[1])
    )


def _extent(column, text):
    """The first and the last number that a text means."""
    if column not in DAYS:
        return int(text), int(text)
    digits = "".join(filter(str.isdigit, text))[:8]
    year, month, day = int(digits[:4]), int(digits[4:6] or 0), int(digits[6:8] or 0)
    first = datetime.date(year, month or 1, day or 1)
    last = datetime.date(year, month or 12, day or monthrange(year, month or 12)[1])
    return first.toordinal(), last.toordinal()
