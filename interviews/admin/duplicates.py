"""Entries that may be one and the same, side by side: merged, or told apart for ever."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from interviews.models import Entity, Mention
from interviews.tagging.telling_apart import possible_duplicates, tell_apart

SHOWN = 25


class ApartForm(forms.Form):
    """Two entries that are two."""

    one = forms.ModelChoiceField(Entity.objects.live())
    other = forms.ModelChoiceField(Entity.objects.live())
    reason = forms.CharField(required=False, max_length=1000)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("one") and cleaned["one"] == cleaned.get("other"):
            raise forms.ValidationError("This is one and the same entry.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries, with what tells a curator which it is."""

    entity: Entity
    mentions: int
    interviews: int
    names: list[str]

    @property
    def weight(self):
        """What makes one of two stay in a merge: the data files know it, somebody vouches for it, it is named more."""
        return bool(self.entity.key), self.entity.verified, self.mentions


def duplicates_view(request):
    """Show the pairs that may be one, of a kind where `?kind=` names it; remember which are two."""
    if not request.user.has_perm("interviews.change_entity"):
        raise PermissionDenied
    if request.method == "POST":
        return told(request)
    found, kind = possible_duplicates(), request.GET.get("kind", "")
    kinds = kinds_of(found)
    wanted = [each for each in found if kind not in Entity.Kind.values or kinds[each.pair] == kind]
    context = {
        **site.each_context(request),
        "title": "Possible duplicates",
        "opts": Entity._meta,
        "rows": rows_of(wanted[:SHOWN]),
        "total": len(wanted),
        "kind": kind,
        "kinds": [(value, label) for value, label in Entity.Kind.choices if value in kinds.values()],
    }
    return TemplateResponse(request, "admin/interviews/entity/duplicates.html", context)


def kinds_of(found):
    """Return {pair: the kind of its entities}."""
    kinds = dict(Entity.objects.live().values_list("pk", "kind")) if found else {}
    return {each.pair: kinds[each.pair[0]] for each in found}


def rows_of(found):
    """Return (suggestion, the entry that would stay, the other) of a few suggestions."""
    keys = {key for each in found for key in each.pair}
    entities = Entity.objects.filter(pk__in=keys).select_related("country").prefetch_related("aliases")
    mentions = dict(counts(keys, "pk"))
    interviews = dict(counts(keys, "turn__interview"))
    sides = {e.pk: Side(e, mentions.get(e.pk, 0), interviews.get(e.pk, 0), other_names(e)) for e in entities}
    rows = [(each, [sides[key] for key in each.pair]) for each in found if set(each.pair) <= sides.keys()]
    return [(each, *sorted(pair, key=lambda side: side.weight, reverse=True)) for each, pair in rows]


def other_names(entity):
    """Return what an entity is called besides its name; one that several languages have once."""
    return [name for name in dict.fromkeys(alias.text for alias in entity.aliases.all()) if name != entity.name]


def counts(keys, what):
    """Return (key of an entity, how many different of something its mentions have)."""
    mentions = Mention.objects.counting().filter(entity__in=keys).order_by()
    return mentions.values("entity").annotate(count=Count(what, distinct=True)).values_list("entity", "count")


def told(request):
    """Remember that two entries are two."""
    form = ApartForm(request.POST)
    if not form.is_valid():
        messages.error(request, problem_of(form))
    else:
        act = tell_apart(by=request.user, **form.cleaned_data)
        undo = reverse("admin:interviews_curation_undo", args=[act.pk])
        done = '“<bdi>{}</bdi>” and “<bdi>{}</bdi>” are two, and suggested no more. <a href="{}">Undo</a>'
        messages.success(request, format_html(done, act.entity, act.other, undo))
    return redirect("admin:interviews_entity_duplicates")


def problem_of(form):
    return " ".join(form.non_field_errors()) or "One of the two is not here any more."
