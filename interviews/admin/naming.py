"""How curators say which entity they mean: by its name, with suggestions while they type, or as one is suggested."""

import re

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.urls import reverse_lazy

from interviews.models import Alias, Entity

SUGGESTED = 12
LEAST_LETTERS = 2
NUMBERED = re.compile(r"\((?:[^()]*, )?no\. (\d{1,18})\)\s*$")


def described(entity):
    """Return what tells an entity from others of its name: kind, country, what it is, whether only texts name it."""
    source = "" if entity.verified else "nobody has vouched for it"
    facts = [entity.get_kind_display().lower(), entity.country and entity.country.name, entity.note, source]
    return ", ".join(filter(None, facts))


def numbered(entity):
    """Return an entity as words that mean no other: “Georgia (country, no. 12)”."""
    return f"{entity.name} ({entity.get_kind_display().lower()}, no. {entity.pk})"


class EntityField(forms.CharField):
    """The name of an entity, or one of its other names, or what is suggested; becomes the entity."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 400, **kwargs})
        self.widget.attrs |= {"data-names": reverse_lazy("admin:interviews_entity_names"), "autocomplete": "off"}

    def prepare_value(self, value):
        return numbered(value) if isinstance(value, Entity) else value

    def clean(self, value):
        value = " ".join(super().clean(value).split())
        if not value:
            return None
        found = list(meant_by(value)[:SUGGESTED])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(f"Several bear this name: {'; '.join(map(numbered, found))}. Write one so.")
        raise forms.ValidationError(f"Nothing is called “{value}”. Choose what is suggested, or create it first.")


def meant_by(words):
    """Return the entities that these words mean: one by its number, else all that bear the name."""
    live = Entity.objects.live().select_related("country")
    if number := NUMBERED.search(words):
        return live.filter(pk=number[1])
    exactly = live.filter(bearing("exact", words))
    return exactly if exactly.exists() else live.filter(bearing("iexact", words))


def bearing(lookup, words):
    """Return the condition that the name or another name of an entity is like these words."""
    aliases = Alias.objects.filter(**{f"text__{lookup}": words}).values("entity")
    return Q(**{f"name__{lookup}": words}) | Q(pk__in=aliases)


def names_view(request):
    """Return the entities whose names begin with, else hold, what is typed, as JSON."""
    if not request.user.has_perm("interviews.view_entity"):
        raise PermissionDenied
    typed = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    found = {}
    for lookup in ("istartswith", "icontains") if len(typed) >= LEAST_LETTERS else ():
        live = Entity.objects.live().filter(bearing(lookup, typed)).select_related("country")
        found |= dict.fromkeys(live.order_by("-verified", "name")[: SUGGESTED - len(found)])
    suggestions = [{"value": numbered(entity), "label": described(entity)} for entity in found]
    return JsonResponse({"names": suggestions})
