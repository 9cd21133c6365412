"""What facets and their values are called. The index knows slugs and codes; their names come from the database."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from interviews.models import Entity, Interview
from interviews.search.language.known import KINDS as KINDS_OF_FACETS
from interviews.wording import language_name

from .asking import Asking

# Facet -> its name, in the order in which readers see them.
FACETS = {
    "year": "Year",
    "month": "Month",
    "country": "Country discussed",
    "person": "Person spoken of",
    "organisation": "Organisation spoken of",
    "place": "Place spoken of",
    "document": "Document or format",
    "event": "Event spoken of",
    "speaker": "Speaker",
    "speaker_country": "Speaker’s country",
    "outlet": "Outlet",
    "outlet_country": "Outlet’s country",
    "interview_country": "Country of the interview",
    "language": "Language",
    "kind": "Kind of interview",
    "length": "Length",
    "about": "Spoken of",
    "interview": "Interview",
}
LENGTHS = {
    "short": "under 100 words",
    "medium": "100 to 299 words",
    "long": "300 to 999 words",
    "very-long": "1,000 words or more",
}
KIND_NAMES = dict(Interview.Kind.choices)
# The facets whose values are entities of one kind, and which.
KINDS = {facet: kinds[0] for facet, kinds in KINDS_OF_FACETS.items() if len(kinds) == 1}


class Named(NamedTuple):
    """What a country, person, outlet or other entity is called, and the address of its page."""

    label: str
    url: str


class Labels:
    """The names of the given values of facets, looked up in at most two queries; unknown ones are their own names.

    `known` are those that were looked up before, by facet and value; what `asking` is told it remembers.
    """

    def __init__(
        self,
        values: Mapping[str, Iterable[str]],
        known: Mapping[tuple[str, str], str] = MappingProxyType({}),
        asking: Asking | None = None,
    ):
        self._known = known
        self._named = _named(
            {_kind_and_key(facet, value) for facet in ("about", *KINDS) for value in values.get(facet, ())},
            asking or Asking(),
        )
        self._titles = _titles(values.get("interview", ()))

    def label(self, facet: str, value: str) -> str:
        """Return what readers call a value of a facet."""
        if facet == "language":
            return language_name(value)
        if facet == "length":
            return LENGTHS.get(value, value)
        if facet == "kind":
            return KIND_NAMES.get(value, value)
        if facet == "month":
            return _month(value)
        if facet == "interview":
            return self._titles.get(value, value)
        named = self.named(facet, value)
        return named.label if named else self._known.get((facet, value), value)

    def named(self, facet: str, value: str) -> Named | None:
        """Return name and address of a country, person, outlet or other entity; None for one that nobody knows."""
        return self._named.get(_kind_and_key(facet, value))


def _kind_and_key(facet, value):
    kind, _, key = value.partition(":") if facet == "about" else (KINDS.get(facet), "", value)
    return kind, key


def _named(wanted, asking):
    """{(kind, slug or, of countries, also the code): Named}, in one query."""
    if not wanted:
        return {}
    kinds, keys = ({each[place] for each in wanted} for place in (0, 1))
    codes = {key for key in keys if key.isupper()}
    called = Q(kind__in=kinds, slug__in=keys - codes) | Q(kind=Entity.Kind.COUNTRY, iso_code__in=codes)
    found = Entity.objects.filter(called).order_by().values_list("kind", "slug", "iso_code", "name")
    named = {}
    for kind, slug, code, name in asking.rows(found):
        named[kind, slug] = Named(name, f"{_folder(kind)}{slug}/")
        if code:
            named[kind, code] = named[kind, slug]
    return named


@cache
def _folder(kind):
    return reverse(f"interviews:{kind}", kwargs={"slug": "x"}).removesuffix("x/")


def _titles(paths):
    """{2019/12/05/talks: the title of that interview}, in one query."""
    if not paths:
        return {}
    slugs = {path.rpartition("/")[2] for path in paths}
    return {
        f"{interview.dated}/{interview.slug}": interview.title for interview in Interview.objects.filter(slug__in=slugs)
    }


@lru_cache(maxsize=2_000)
def _month(value):
    try:
        return date_format(datetime.date.fromisoformat(f"{value}-01"), "F Y")
    except ValueError:
        return value
