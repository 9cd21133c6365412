"""What to leave out of a search that finds nothing, or little: one part of its query or one filter, with its count."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from interviews.search.language.describing import Chip
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import Field, In, Without, parts_of, terms_of
from interviews.search.results.counting import found_by, query_described

from .correcting import Correction, corrections, respelt

MOST_PARTS = 8  # of a query that are left out or looked for alone


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The search `request` finds `count` answers: all that was asked but what is `dropped`, in words."""

    dropped: str
    request: Request
    count: int


@dataclass(frozen=True, slots=True)
class Apart:
    """One part of a query, alone under the same filters, in words: the search `request` finds `count` answers.

    Where it finds none as it was typed, it is spelt otherwise if that helps.
    """

    part: str
    request: Request
    count: int


def relaxations(request: Request, chips: Sequence[Chip]) -> tuple[Relaxation, ...]:
    """Return the searches without one thing that was asked for that find more than this one, the most fitting first.

    `chips` are those things; the values of a facet, alternatives of each other, are one. All filters together are
    offered where more is found than without any single one. Nothing leads to the whole archive, nor to all of it but
    what is excluded. Raises
    IndexUnavailableError.
    """
    total = found_by(request).total
    found = [_found_without(dropped, other) for dropped, other in _with_one_thing_less(request, chips)]
    unfiltered = _found_without("all filters", request.changed(choices=(), since=None, until=None))
    without_a_filter = [each.count for each in found if each.request.query == request.query]
    if unfiltered.count > max(without_a_filter, default=unfiltered.count):
        found.append(unfiltered)
    useful = (each for each in found if each.count > total and _wants_something(each.request))
    # The rarer a word, the more it tells of what is meant: what keeps the rare ones is first. So a filter is left out
    # before any word, and a frequent word before a rare one; of equals the search that finds most is first.
    return tuple(sorted(useful, key=lambda each: (-_rarity(each.request.query), -each.count)))


def _wants_something(request):
    is_chosen = any(not value.startswith("-") for _, value in request.choices)
    return bool(is_chosen or request.since or request.until or _wanted_parts(request.query))


def _wanted_parts(query):
    """The parts of a query but for exclusions, each where it was looked for."""
    node = parse(query).node
    parts = [part for part in parts_of(node) if not isinstance(part, Without)]
    return [replace(node, node=part) if isinstance(node, In) and _has_words(part) else part for part in parts]


def _has_words(part):
    return any(field == "" for field, _ in terms_of(part))


def _rarity(query):
    """How much the words wanted by a query tell, each by its inverse document frequency."""
    parts = (part for part in _wanted_parts(query) if not isinstance(part, Field))
    counts = [found_by(Request(query=str(part))).total for part in parts]
    return sum(math.log(found_by(Request()).total / max(1, count)) for count in counts)


def _found_without(dropped, other):
    return Relaxation(dropped, other, found_by(other).total)


def parts_apart(request: Request) -> tuple[Apart, ...]:
    """Return what each wanted part of a query of several finds alone, in their order. Raises IndexUnavailableError."""
    parts = _wanted_parts(request.query)[:MOST_PARTS]
    alone = [request.changed(query=str(part)) for part in parts]
    return tuple(map(_best_spelt, alone)) if len(alone) > 1 else ()


def _best_spelt(alone):
    count = found_by(alone).total
    spelt = () if count else corrections(alone, respelt(alone))
    best = spelt[0] if spelt else Correction(alone, count)
    chip, *_ = query_described(best.request, total=best.count).chips
    return Apart(chip.words, best.request, best.count)


def _with_one_thing_less(request, chips) -> Iterator[tuple[str, Request]]:
    parts = [chip for chip in chips if chip.request.query != request.query]
    values = [chip for chip in chips if chip.request.choices != request.choices]
    dates = [chip for chip in chips if chip not in parts and chip not in values]
    yield from ((chip.words, chip.request) for chip in [*parts[:MOST_PARTS], *dates])
    for facet, of_facet in groupby(values, key=partial(_dropped_facet, request)):
        kept = [choice for choice in request.choices if choice[0] != facet]
        yield " or ".join(chip.words for chip in of_facet), request.changed(choices=tuple(kept))


def _dropped_facet(request, chip):
    return next(facet for facet, value in request.choices if (facet, value) not in chip.request.choices)
