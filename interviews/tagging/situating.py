"""In which country an interview was given, as far as the name of its place says."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from .gazetteer import load_gazetteer
from .registry import load_registry
from .words import folded


@lru_cache(maxsize=10_000)
def country_of(place: str) -> str:
    """Return the ISO 3166 code of the country in which a place lies, '' where its name does not tell.

    A part of the name that is a country (“Tripoli, Lebanon”) counts before one that is a city (“The Kremlin, Moscow”).
    Two countries tell nothing, nor does a phrase that the masks know (“Atlanta, Georgia”), nor a place that the data
    files give to no state (“Jerusalem”).
    """
    whole = f" {folded(place)} "
    countries, cities, masks = _known()
    if any(f" {mask} " in whole for mask in masks):
        return ""
    parts = [folded(part) for part in re.split("[,;()/–]", place)]
    for known in (countries, cities):
        if codes := {known[part] for part in parts if known.get(part)}:
            return codes.pop() if len(codes) == 1 else ""
    return ""


@cache
def _known():
    """{folded name: code} of countries and of places, '' for what lies in none or is several; the folded masks."""
    gazetteer = load_gazetteer()
    countries, capitals, places = defaultdict(set), defaultdict(set), defaultdict(set)
    for country in gazetteer.countries.values():
        for name in {name for language in gazetteer.languages for name in country.names_in(language)}:
            countries[folded(name)].add(country.code)
        for name in (*country.metonyms, *country.capitals):
            capitals[folded(name)].add(country.code)
    for declared in (gazetteer.ambiguous, gazetteer.shared):
        for name, codes in ((name, codes) for forms in declared.values() for name, codes in forms.items()):
            countries[folded(name)].update(codes)
    for place in load_registry().known:
        if place.kind == "place":
            for _, name in place.names:
                places[folded(name)].add(place.country)
    masks = [folded(mask) for masks in gazetteer.masks.values() for mask in masks]
    return _of_one(countries), _of_one(capitals) | _of_one(places), masks


def _of_one(known):
    return {name: min(codes) if len(codes) == 1 else "" for name, codes in known.items() if name}
