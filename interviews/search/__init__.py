"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .engine.patience import PAGE_LIMIT, Patience
from .engine.snapshot import is_damaged
from .help.helping import Help, help_with
from .help.naming import Suggestion
from .help.suggesting import GROUPS, suggestions
from .language.request import Request
from .overviews.concordance import PAGE_LINES, concordance_as_json, concordance_of
from .overviews.frequency import MOST_QUERIES, PERIODS, frequency_as_json, frequency_of
from .overviews.profile import PAGE_ANSWERS, Profile, Ranking, profile_of
from .overviews.related import Related, related_to
from .overviews.who_says import PAGE_SPEAKERS, speakers_as_json, speakers_of
from .results.facet_values import all_values
from .results.facets import LISTED
from .results.finding import facet_counts, search
from .results.page import Facet, FacetValue, Hit, Page, facet_as_json, page_as_json
from .results.result_sets import ResultSet, everything, turns_of, turns_of_interviews

__all__ = [
    "GROUPS",
    "LISTED",
    "MOST_QUERIES",
    "PAGE_ANSWERS",
    "PAGE_LIMIT",
    "PAGE_LINES",
    "PAGE_SPEAKERS",
    "PERIODS",
    "Facet",
    "FacetValue",
    "Help",
    "Hit",
    "Page",
    "Patience",
    "Profile",
    "Ranking",
    "Related",
    "Request",
    "ResultSet",
    "Suggestion",
    "all_values",
    "concordance_as_json",
    "concordance_of",
    "everything",
    "facet_as_json",
    "facet_counts",
    "frequency_as_json",
    "frequency_of",
    "help_with",
    "is_damaged",
    "page_as_json",
    "profile_of",
    "related_to",
    "search",
    "speakers_as_json",
    "speakers_of",
    "suggestions",
    "turns_of",
    "turns_of_interviews",
]
