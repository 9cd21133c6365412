"""The facets of a result set: which of their values are shown, how they are called, how many hits have them."""

import heapq
from collections.abc import Iterable, Mapping

from interviews.search.language.request import Request

from .labels import FACETS, LENGTHS, Labels
from .page import Facet, FacetValue

SHOWN = 8
# Facets whose values have an order of their own and are all shown; the others show the most frequent.
ORDERED = ("year", "month", "length")
LISTED = tuple(name for name in FACETS if name not in ("about", "interview"))


def most_frequent(counts: Mapping[str, int], number: int) -> list[str]:
    """Return so many values, most hits first; equal ones in the order of their codes or slugs."""
    return heapq.nsmallest(number, counts, key=lambda value: (-counts[value], value))


def months_of(request: Request, counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts of the months of the one year that was chosen, by itself or by its months; else none."""
    years = {value[:4] for facet in ("year", "month") for value in request.chosen(facet)}
    return {month: count for month, count in counts.items() if {month[:4]} == years}


def shown_values(name: str, counts: Mapping[str, int], request: Request) -> list[str]:
    """Return the values of a facet to show; what was chosen or left out is always among them, though none has it."""
    frequent = list(counts) if name in ORDERED else most_frequent(counts, SHOWN)
    return list(dict.fromkeys([*frequent, *request.chosen(name), *request.excluded(name)]))


def facet_of(name: str, values: Iterable[str], counts: Mapping[str, int], *, request: Request, labels: Labels) -> Facet:
    """Return a facet with these values in the order of readers: time and length as they run, else most hits first.

    `counts` tell of all values, also those that are not shown.
    """
    chosen, excluded = request.chosen(name), request.excluded(name)
    shown = [
        FacetValue(value, labels.label(name, value), counts.get(value, 0), value in chosen, value in excluded)
        for value in values
    ]
    lengths = list(LENGTHS)
    if name == "length":
        shown.sort(key=lambda value: lengths.index(value.value))
    elif name in ORDERED:
        shown.sort(key=lambda value: value.value, reverse=True)
    else:
        shown.sort(key=lambda value: (-value.count, value.label.casefold(), value.value))
    return Facet(name, FACETS[name], tuple(shown), len(counts))
