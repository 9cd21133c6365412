"""What facet values are called. The index knows slugs and codes; their names come from the database."""

from collections.abc import Iterable

from django.utils.translation import get_language_info

from interviews.models import Entity

FACETS = {"country": "Country", "year": "Year", "speaker": "Speaker", "outlet": "Outlet", "language": "Language"}


def labels_of(facet: str, values: Iterable[str]) -> dict[str, str]:
    """Return value -> label, in at most one query. A value that nobody knows is its own label."""
    values = list(values)
    labels = {value: value for value in values}
    if facet == "language":
        labels |= {code: language_name(code) for code in values}
    elif facet == "country":
        labels |= dict(Entity.objects.filter(iso_code__in=values).values_list("iso_code", "name"))
    elif facet in ("speaker", "outlet"):
        kind = Entity.Kind.PERSON if facet == "speaker" else Entity.Kind.OUTLET
        labels |= dict(Entity.objects.of_kind(kind).filter(slug__in=values).values_list("slug", "name"))
    return labels


def language_name(code: str) -> str:
    """Return a language's English name, or its code where Django knows no name."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return code
