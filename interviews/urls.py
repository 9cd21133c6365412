"""The archive's addresses, all built from facts, none from database keys."""

from django.urls import path, re_path, register_converter
from django.views.decorators.http import require_safe

from interviews import sitemaps
from interviews.converters import DatedConverter, TurnNumberConverter
from interviews.views import (
    citations,
    concordance,
    entities,
    entity_lists,
    errors,
    formats,
    frequency,
    harvesting,
    help,
    history,
    home,
    interviews,
    pages,
    passages,
    search,
    sources,
    speakers,
    suggestions,
    texts,
    turns,
)

register_converter(DatedConverter, "dated")
register_converter(TurnNumberConverter, "number")

app_name = "interviews"
ENTITY_PAGES = {
    "country": "countries",
    "person": "people",
    "outlet": "outlets",
    "organisation": "organisations",
    "place": "places",
    "document": "documents",
    "event": "events",
}


def page(route, view, *args, **kwargs):
    """A page to read: it answers GET and HEAD; other methods get 405."""
    return path(route, require_safe(view), *args, **kwargs)


urlpatterns = [
    page("", home.home, name="home"),
    page("search/", search.search, name="search"),
    page("search/concordance/", concordance.concordance, name="concordance"),
    page("search/frequency/", frequency.frequency, name="frequency"),
    page("search/speakers/", speakers.speakers, name="search_speakers"),
    page("search/facets/<slug:name>/", search.facet, name="search-facet"),
    page("search/help/", help.search_help, name="search-help"),
    page("search/suggest/", suggestions.suggestions, name="search-suggest"),
    page("interviews/", interviews.interview_list, name="interview-list"),
    page("interviews/<dated:dated>/", interviews.interview_list, name="interview-archive"),
    page("interviews/<dated:dated>/<slug:slug>/", interviews.interview, name="interview"),
    page("interviews/<dated:dated>/<slug:slug>/source/", sources.source, name="source"),
    page("interviews/<dated:dated>/<slug:slug>/source/file/", sources.source_file, name="source-file"),
    page("interviews/<dated:dated>/<slug:slug>/text/", texts.text, name="interview-text"),
    page("interviews/<dated:dated>/<slug:slug>/history/", history.interview_history, name="interview-history"),
    page(
        "interviews/<dated:dated>/<slug:slug>/citation.<slug:suffix>",
        citations.interview_citation,
        name="interview-citation",
    ),
    page("interviews/<dated:dated>/<slug:slug>/<number:number>/", turns.turn, name="turn"),
    page(
        "interviews/<dated:dated>/<slug:slug>/<number:number>/citation.<slug:suffix>",
        citations.turn_citation,
        name="turn-citation",
    ),
    page("interviews/<dated:dated>/<slug:slug>/<number:number>/history/", history.turn_history, name="turn-history"),
    page("interviews/<dated:dated>/<slug:slug>/<number:number>/passage/", passages.passage, name="passage"),
    page("people/", entity_lists.person_list, name="person-list"),
    page("outlets/", entity_lists.outlet_list, name="outlet-list"),
    *(
        page(f"{folder}/", entity_lists.entity_list, {"kind": kind}, name=f"{kind}-list")
        for kind, folder in ENTITY_PAGES.items()
        if kind not in ("person", "outlet")
    ),
    *(
        page(f"{folder}/<slug:slug>/", entities.entity, {"kind": kind}, name=kind)
        for kind, folder in ENTITY_PAGES.items()
    ),
    *(
        page(f"{folder}/<slug:slug>/feed/", entities.feed, {"kind": kind}, name=f"{kind}-feed")
        for kind, folder in ENTITY_PAGES.items()
    ),
    page("about/", pages.about, name="about"),
    page("robots.txt", pages.robots, name="robots"),
    path("oai/", harvesting.harvesting, name="oai"),
    page("opensearch.xml", pages.opensearch, name="opensearch"),
    page("favicon.ico", pages.favicon, name="favicon"),
    page("sitemap.xml", sitemaps.index, name="sitemap"),
    page("sitemap-<section>.xml", sitemaps.section, name="sitemap-section"),
    re_path("^interviews/.+/$", require_safe(errors.former_address)),
    re_path(rf"^(?P<page>.+)\.(?P<form>{'|'.join(formats.NAMES)})$", require_safe(formats.suffixed), name="suffixed"),
]
