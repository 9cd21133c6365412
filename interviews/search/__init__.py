"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .finding import facet_counts, search
from .helping import Help, help_with
from .naming import Suggestion
from .page import Facet, FacetValue, Hit, Page, page_as_json
from .request import Request
from .suggesting import GROUPS, suggestions

__all__ = [
    "GROUPS",
    "Facet",
    "FacetValue",
    "Help",
    "Hit",
    "Page",
    "Request",
    "Suggestion",
    "facet_counts",
    "help_with",
    "page_as_json",
    "search",
    "suggestions",
]
