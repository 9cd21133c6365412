"""The one door to the search engine: `search(request) -> Page`, and counts. Nothing else knows Haystack or Whoosh."""

from .finding import facet_counts, search
from .page import Facet, FacetValue, Hit, Page, page_as_json
from .request import Request

__all__ = ["Facet", "FacetValue", "Hit", "Page", "Request", "facet_counts", "page_as_json", "search"]
