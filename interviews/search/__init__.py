"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .facets import LISTED
from .finding import all_values, facet_counts, search
from .page import Facet, FacetValue, Hit, Page, facet_as_json, page_as_json
from .request import Request

__all__ = [
    "LISTED",
    "Facet",
    "FacetValue",
    "Hit",
    "Page",
    "Request",
    "all_values",
    "facet_as_json",
    "facet_counts",
    "page_as_json",
    "search",
]
