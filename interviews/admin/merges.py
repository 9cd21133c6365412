"""Two entries that are one: a look at what a merge would do, and the merge."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from interviews.models import Entity
from interviews.tagging import merging

from .keys import is_key
from .naming import EntityField, described


class MergeForm(forms.Form):
    merged = EntityField(label="The other entry", help_text="It goes into this one; its names and its address stay.")
    reason = forms.CharField(required=False, max_length=1000, widget=forms.TextInput(attrs={"size": 60}))


def merge_view(request, pk):
    """Show what it would do to merge another entity into this one, and do it. `?merged=`: the key of the other."""
    if not request.user.has_perm("interviews.change_entity"):
        raise PermissionDenied
    survivor = get_object_or_404(Entity.objects.select_related("country"), pk=pk)
    form = MergeForm(request.POST or None, initial={"merged": asked_for(request)})
    other = form.cleaned_data["merged"] if form.is_valid() else form.initial["merged"] if not form.is_bound else None
    preview = previewed(request, survivor, other) if other else None
    if preview and request.POST.get("seen") == str(other.pk):
        merging.merge(survivor=survivor, merged=other, by=request.user, reason=form.cleaned_data["reason"])
        done = "“<bdi>{}</bdi>” is “<bdi>{}</bdi>” from now on. Undo it in its history."
        messages.success(request, format_html(done, other, survivor))
        return redirect("admin:interviews_entity_change", pk)
    context = {
        **site.each_context(request),
        "title": "Merge with another",
        "opts": Entity._meta,
        "survivor": survivor,
        "other": other,
        "form": form,
        "preview": preview,
        "facts": [(entity, described(entity), entity.wikidata) for entity in (survivor, other) if entity],
        "swapped": other and f"{reverse('admin:interviews_entity_merge', args=[other.pk])}?{urlencode({'merged': pk})}",
    }
    return TemplateResponse(request, "admin/interviews/entity/merge.html", context)


def asked_for(request):
    """Return the other entity that a link names, or None."""
    key = request.GET.get("merged", "")
    return Entity.objects.select_related("country").filter(pk=key).first() if is_key(key) else None


def previewed(request, survivor, other):
    """Return what a merge would do; None, and a message, where it cannot be."""
    try:
        return merging.preview(survivor=survivor, merged=other)
    except merging.MergeError as problem:
        messages.error(request, str(problem))
        return None
