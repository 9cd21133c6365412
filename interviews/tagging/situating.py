"""In which country an interview was given, as far as the name of its place says."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from .gazetteer import load_gazetteer
from .names import folded


@lru_cache(maxsize=10_000)
def country_of(place: str) -> str:
    """Return the ISO 3166 code of the country in which a place lies, '' where its name does not tell.

    A part of the name that is a country (“Munich, Germany”) counts before one that is a capital (“the
    Kremlin, Moscow”). Two countries tell nothing, nor does a phrase that the masks know (“Atlanta, Georgia”).
    """
    whole = f" {folded(place)} "
    countries, capitals, masks = _known()
    if any(f" {mask} " in whole for mask in masks):
        return ""
    parts = [folded(part) for part in re.split("[,;()/–]", place)]
    for known in (countries, capitals):
        if codes := {known[part] for part in parts if part in known}:
            return codes.pop() if len(codes) == 1 else ""
    return ""


@cache
def _known():
    """{folded name: code} of countries and of capitals, without names of several; and the folded masks of all."""
    gazetteer = load_gazetteer()
    countries, capitals = defaultdict(set), defaultdict(set)
    for country in gazetteer.countries.values():
        for name in {name for language in gazetteer.languages for name in country.names_in(language)}:
            countries[folded(name)].add(country.code)
        for name in (*country.metonyms, *country.capitals):
            capitals[folded(name)].add(country.code)
    for declared in (gazetteer.ambiguous, gazetteer.shared):
        for name, codes in ((name, codes) for forms in declared.values() for name, codes in forms.items()):
            countries[folded(name)].update(codes)
    masks = [folded(mask) for masks in gazetteer.masks.values() for mask in masks]
    return _of_one(countries), _of_one(capitals), masks


def _of_one(known):
    return {name: min(codes) for name, codes in known.items() if name and len(codes) == 1}
