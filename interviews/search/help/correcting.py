"""“Did you mean”: the query with its unknown words spelt as the archive spells them, where that finds something."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, product

import numpy as np

from interviews.search.language.known import KINDS
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import Phrase, Word, terms_left_out, terms_of
from interviews.search.results.counting import forms_from, found_by, frequency, has_form
from interviews.search.text.analysis import WORD, exact

from .names import current_names
from .spelling import can_be_misspelt, one_slip_from, two_slips_from

MOST = 3
MOST_WORDS = 4  # that are corrected in one query
MOST_SPELLINGS = 4  # tried of each word
MOST_TRIED = 12
# How many times more frequent a word must be to be thought of though it takes one slip more.
WORTH_OF_A_SLIP = 100
# A spelling that is so much less likely than the best is a leap: movement for goverment.
LEAST_SHARE = 0.01
# Two slips make other words, too (engagement of enlargement): they are thought of for names and what many answers have.
MANY_ANSWERS = 0.01
# The fields whose values are words or names; "" is none.
FIELDS = ("", "title", *KINDS)


@dataclass(frozen=True, slots=True)
class Correction:
    """A search whose query has other words in some places, and how many answers it finds."""

    request: Request
    count: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word to stand in a query instead of the characters [start, end); the likelier, the higher `likelihood`."""

    start: int
    end: int
    word: str
    likelihood: float


def respelt(request: Request) -> list[Request]:
    """Return the searches with a query in other spellings: where some word is unknown, or nothing found.

    The likeliest come first. Unknown words are corrected together; where all are known, but never found together, one
    at a time, save those to be left out: any other word there would find something. Nobody has looked yet whether they
    find anything. Raises IndexUnavailableError.
    """
    is_found = found_by(request).total > 0
    places = list(_places(request.query, fields=[""] if is_found else FIELDS))
    unknown = [place for place in places if _is_unknown(place[2])][:MOST_WORDS]
    if is_found and not unknown:
        return []
    if unknown:
        # A word that no other is like stays as it is, and does not hinder the rest.
        spellings = list(filter(None, (_spellings(*place) for place in unknown)))
        choices = list(product(*spellings)) if spellings else []
    else:
        wanted = _but_left_out(places, request.query)[:MOST_WORDS]
        choices = [(spelling,) for place in wanted for spelling in _likelier(*place)]
    choices.sort(key=lambda spellings: -math.prod(spelling.likelihood for spelling in spellings))
    others = (_corrected(request, _needed(request, spellings)) for spellings in choices[:MOST_TRIED])
    return list(dict.fromkeys(others))


def corrections(request: Request, others: Iterable[Request]) -> tuple[Correction, ...]:
    """Return the first MOST of the others that find something, and else than the search itself and those before."""
    return tuple(islice(_finding(request, others), MOST))


def _finding(request, others) -> Iterator[Correction]:
    known = {found_by(request).mask.tobytes()}
    for other in others:
        found = found_by(other)
        documents = found.mask.tobytes()
        if found.total and documents not in known:
            known.add(documents)
            yield Correction(other, found.total)


def _places(query, fields) -> Iterator[tuple[int, int, str]]:
    """The words of a query that can be misspelt, in any of these fields, with their characters [start, end)."""
    for field, term in terms_of(parse(query).node):
        if field in fields and isinstance(term, Word | Phrase):
            for match in WORD.finditer(query, *term.span):
                if can_be_misspelt(exact(match[0])):
                    yield match.start(), match.end(), match[0]


def _but_left_out(places, query):
    spans = [term.span for term in terms_left_out(parse(query).node)]
    return [place for place in places if not any(start <= place[0] < end for start, end in spans)]


def _is_unknown(word):
    """Whether no name has it, and no text in whatever inflection."""
    form = exact(word)
    return not (form in current_names().words or has_form(form) or found_by(Request(query=word)).total)


def _spellings(start, end, word) -> list[Spelling]:
    """The likeliest spellings of a word: frequent ones, ones of few slips, and what an unknown word begins."""
    folded = exact(word)
    named = current_names().words
    begun = _begun_by(folded, named)
    near = one_slip_from(folded) - begun
    near = {form for form in near if form in named or has_form(form)}
    # Few slips are made in the first letter, and of those only one is thought of.
    far = {*two_slips_from(folded, chain(forms_from(folded[0]), named))} - begun - near - {folded}
    many = MANY_ANSWERS * found_by(Request()).total
    far = {form for form in far if form in named or frequency(form) >= many}
    likelihoods = {
        other: (frequency(other) + named[other]) / WORTH_OF_A_SLIP**slips
        for slips, others in ((0, begun), (1, near), (2, far))
        for other in others
    }
    best = sorted(likelihoods, key=lambda other: (-likelihoods[other], other))[:MOST_SPELLINGS]
    best = [other for other in best if likelihoods[other] >= LEAST_SHARE * likelihoods[best[0]]]
    return [Spelling(start, end, _in_case_of(word, other), likelihoods[other]) for other in best]


def _begun_by(folded, named):
    """The words of texts and names that an unknown word is the beginning of."""
    if folded in named or has_form(folded):
        return set()
    return {*forms_from(folded), *(name for name in named if name.startswith(folded))}


def _likelier(start, end, word):
    """The spellings of a known word that are likelier than itself."""
    return [each for each in _spellings(start, end, word) if each.likelihood > frequency(exact(word))]


def _needed(request, spellings):
    """The spellings but for those without which the same is found: in unicorn OR sanctoins, that of unicorn."""
    found = found_by(_corrected(request, spellings))
    for spelling in spellings if found.total else ():
        fewer = [each for each in spellings if each is not spelling]
        if np.array_equal(found_by(_corrected(request, fewer)).mask, found.mask):
            spellings = fewer
    return spellings


def _in_case_of(word, other):
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def _corrected(request, spellings):
    query = request.query
    for spelling in sorted(spellings, key=lambda each: -each.start):
        query = query[: spelling.start] + spelling.word + query[spelling.end :]
    return request.changed(query=query)
