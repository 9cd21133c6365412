"""From the tree of a query to conditions of the engine; names in field filters are looked up in the database."""

import re

from django.db.models import Q

from interviews.addresses import latinised
from interviews.models import Entity, Interview

from . import query as language
from .analysis import words
from .conditions import AllOf, AnyOf, Carries, Condition, Everything, Nothing, Part, Phrase, Without, Word
from .labels import language_name

YEARS = re.compile(r"(\d{4})(?:\.\.(\d{4}))?")
KINDS = {"speaker": Entity.Kind.PERSON, "outlet": Entity.Kind.OUTLET, "country": Entity.Kind.COUNTRY}


def compile_query(node: language.Node | None, notices: list[str]) -> Condition:
    """Return the condition for a tree; None matches all. Names that lead nowhere are added to the notices."""
    match node:
        case None:
            return Everything()
        case language.Word(text) | language.Phrase(text):
            return _text_query(node, words(text))
        case language.Field():
            return _field_query(node, notices)
        case language.All(parts):
            return AllOf(tuple(compile_query(part, notices) for part in dict.fromkeys(parts)))
        case language.Any(parts):
            return AnyOf(tuple(compile_query(part, notices) for part in dict.fromkeys(parts)))
        case language.Without(part):
            return Without(compile_query(part, notices))
    raise TypeError(node)


def _text_query(node, found):
    if isinstance(node, language.Phrase) or len(found) > 1:
        return Phrase(tuple(found))
    return Word(found[0])


def _field_query(node, notices):
    text = node.value.text.strip(" .,;:!?*")
    if node.name == "title":
        found = tuple(words(text))
        return Phrase(found, Part.TITLE, is_inflected=True) if len(found) > 1 else Word(found[0], Part.TITLE)
    if node.name == "year":
        return _year_query(text, notices)
    values = _languages(text) if node.name == "language" else _entities(node.name, text)
    if not values:
        notices.append(f"No {node.name} “{language.shortened(text)}” is known here.")
        return Nothing()
    return Carries(node.name, frozenset(values))


def _year_query(text, notices):
    years = YEARS.fullmatch(text)
    if years is None:
        notices.append(f"“{language.shortened(text)}” is no year; write year:2019 or year:2010..2014.")
        return Nothing()
    first, last = int(years[1]), int(years[2] or years[1])
    return Carries("year", frozenset(map(str, range(first, last + 1))))


def _languages(text):
    codes = Interview.objects.published().order_by().values_list("language", flat=True).distinct()
    return [code for code in codes if text.casefold() in (code, language_name(code).casefold())]


def _entities(field, text):
    """Slugs or codes of who is so called: by the whole name, code or alias; else by some words of the name."""
    slug = latinised(text)
    named = Entity.objects.live().of_kind(KINDS[field])
    value = "iso_code" if field == "country" else "slug"
    whole = Q(slug=slug) | Q(iso_code=text.upper()) & ~Q(iso_code="") | Q(aliases__text__iexact=text)
    values = set(named.filter(whole).values_list(value, flat=True))
    if not values and slug:
        parts = set(slug.split("-"))
        similar = named.filter(slug__contains=max(parts, key=len)).values_list("name", value)
        values = {found for name, found in similar if parts <= set(latinised(name).split("-"))}
    return sorted(values - {""})
