"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .concordance import PAGE_LINES, concordance_as_json, concordance_of
from .facet_values import all_values
from .facets import LISTED
from .finding import facet_counts, search
from .frequency import MOST_QUERIES, PERIODS, frequency_as_json, frequency_of
from .helping import Help, help_with
from .naming import Suggestion
from .page import Facet, FacetValue, Hit, Page, facet_as_json, page_as_json
from .request import Request
from .suggesting import GROUPS, suggestions
from .who_says import PAGE_SPEAKERS, speakers_as_json, speakers_of

__all__ = [
    "GROUPS",
    "LISTED",
    "MOST_QUERIES",
    "PAGE_LINES",
    "PAGE_SPEAKERS",
    "PERIODS",
    "Facet",
    "FacetValue",
    "Help",
    "Hit",
    "Page",
    "Request",
    "Suggestion",
    "all_values",
    "concordance_as_json",
    "concordance_of",
    "facet_as_json",
    "facet_counts",
    "frequency_as_json",
    "frequency_of",
    "help_with",
    "page_as_json",
    "search",
    "speakers_as_json",
    "speakers_of",
    "suggestions",
]
