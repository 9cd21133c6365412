"""All values of one facet that the hits of a search have, to find some among many."""

from dataclasses import dataclass

from interviews.search.language.describing import Description
from interviews.search.language.request import Request

from .facets import facet_of
from .labels import Labels
from .page import Facet
from .result_sets import cut_short, result_set, usable_snapshot


@dataclass(frozen=True, slots=True)
class FacetValues:
    """A facet with every value of a result set, which `description` tells; chosen ones too that no hit has."""

    description: Description
    facet: Facet
    notices: tuple[str, ...]


def all_values(request: Request, name: str) -> FacetValues | None:
    """Return every value of a facet, most hits first; None while no index is usable."""
    snapshot = usable_snapshot()
    if snapshot is None:
        return None
    results = result_set(snapshot, request)
    counts = results.found.counts(name)
    values = {*counts, *request.chosen(name), *request.excluded(name)}
    facet = facet_of(name, values, counts, request=request, labels=Labels({name: values}))
    return FacetValues(results.description, facet, (*results.notices, *cut_short(results.found.examined, snapshot)))
