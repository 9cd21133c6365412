"""The archive's addresses, all built from facts, none from database keys."""

from django.urls import path, re_path, register_converter

from interviews import sitemaps
from interviews.converters import DatedConverter, TurnNumberConverter
from interviews.views import entities, errors, home, interviews, pages, search, sources, turns

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
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("interviews/", interviews.interview_list, name="interview-list"),
    path("interviews/<dated:dated>/", interviews.interview_list, name="interview-archive"),
    path("interviews/<dated:dated>/<slug:slug>/", interviews.interview, name="interview"),
    path("interviews/<dated:dated>/<slug:slug>/source/", sources.source, name="source"),
    path("interviews/<dated:dated>/<slug:slug>/<number:number>/", turns.turn, name="turn"),
    path("countries/", entities.country_list, name="country-list"),
    path("people/", entities.person_list, name="person-list"),
    path("outlets/", entities.outlet_list, name="outlet-list"),
    *(
        path(f"{folder}/<slug:slug>/", entities.entity, {"kind": kind}, name=kind)
        for kind, folder in ENTITY_PAGES.items()
    ),
    path("about/", pages.about, name="about"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.section, name="sitemap-section"),
    re_path("^interviews/.+/$", errors.former_address),
]
