"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .facets import LISTED
from .finding import all_values, facet_counts, search
from .helping import Help, help_with
from .naming import Suggestion
from .page import Facet, FacetValue, Hit, Page, facet_as_json, page_as_json
from .request import Request
from .suggesting import GROUPS, suggestions

__all__ = [
    "GROUPS",
    "LISTED",
    "Facet",
    "FacetValue",
    "Help",
    "Hit",
    "Page",
    "Request",
    "Suggestion",
    "all_values",
    "facet_as_json",
    "facet_counts",
    "help_with",
    "page_as_json",
    "search",
    "suggestions",
]
