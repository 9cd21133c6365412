"""From conditions to Whoosh's query objects."""

import datetime

from whoosh.query import And, DateRange, Every, Not, NullQuery, Or, Query, Term
from whoosh.query import FuzzyTerm as WhooshFuzzyTerm
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Prefix as WhooshPrefix

from .analysis import exact, stem
from .conditions import (
    AllOf,
    AnyOf,
    Between,
    Carries,
    Condition,
    Everything,
    Near,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)

FACETS = ("country", "speaker", "outlet", "language")


def compile_condition(condition: Condition) -> Query:
    """Return Whoosh's query for a condition."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            kind = And if isinstance(condition, AllOf) else Or
            return kind([compile_condition(part) for part in parts])
        case Without(part):
            return Not(compile_condition(part))
        case Near(left, right):
            return And([compile_condition(left), compile_condition(right)])
        case Carries(facet, values) if facet in FACETS:
            return Or([Term(facet, value) for value in sorted(values)])
        case Between(column, first, last):
            ends = (day and datetime.datetime.fromordinal(max(1, day)) for day in (first, last))
            return DateRange(column, *ends)
    return _words(condition)


def _words(condition):
    is_title = getattr(condition, "part", None) is Part.TITLE
    field, form = ("title", stem) if is_title else ("exact", exact)
    match condition:
        case Word(text):
            return Term("title" if is_title else "text", stem(text))
        case Phrase(words) if len(words) > 1:
            return WhooshPhrase(field, [form(word) for word in words])
        case Phrase(words):
            return Term(field, form(words[0]))
        case Prefix(text):
            return WhooshPrefix(field, form(text))
        case Similar(text):
            return WhooshFuzzyTerm(field, form(text))
    return Every() if condition == Everything() else NullQuery
