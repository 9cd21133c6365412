"""Entities and their other names."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse

from interviews.models import Alias, Curation, Entity, FormerAddress
from interviews.tagging.creating import USES, remove
from interviews.tagging.editing import follow_edit, follow_names
from interviews.tagging.history import record
from interviews.tagging.retagging import find_elsewhere

from .acts import RELATED, history_table
from .duplicates import duplicates_view
from .merges import merge_view
from .naming import names_view
from .tables import export_view, import_view

ADDRESS_TAKEN = "Another entry had this address once; its old links lead there. Choose another."


class EntityForm(forms.ModelForm):
    reason = forms.CharField(required=False, max_length=1000, label="Why, if you like", help_text="For its history.")

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        kind = self.instance.kind or self.data.get("kind")
        if kind in Entity.Kind.values:
            former = FormerAddress.objects.filter(path=reverse(f"interviews:{kind}", kwargs={"slug": slug})).first()
            if former and (former.entity is None or former.entity != self.instance):
                raise forms.ValidationError(ADDRESS_TAKEN)
        return slug


class AliasInline(admin.TabularInline):
    model = Alias
    fields = ["text", "language", "kind", "origin"]
    readonly_fields = ["origin"]
    extra = 0
    verbose_name_plural = "Other names"


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    form = EntityForm
    list_display = ["name", "kind", "note", "iso_code", "country", "verified", "merged_into"]
    list_filter = ["kind", "verified", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["country", "merged_into"]
    search_fields = ["name", "aliases__text", "=iso_code", "=wikidata"]
    ordering = ["kind", "name"]
    autocomplete_fields = ["country"]
    facts = ["kind", "name", "note", "slug", "iso_code", "wikidata", "country", "verified", "merged_into"]
    inlines = [AliasInline]

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("duplicates/", view(duplicates_view), name="interviews_entity_duplicates"),
            path("import/", view(import_view), name="interviews_entity_import"),
            path("export/<str:name>/", view(export_view), name="interviews_entity_export"),
            path("names/", view(names_view), name="interviews_entity_names"),
            path("<int:pk>/merge/", view(merge_view), name="interviews_entity_merge"),
        ]
        return own + super().get_urls()

    def get_fields(self, request, obj=None):
        may_change = obj is None or self.has_change_permission(request, obj)
        return [*self.facts, *(["reason"] if may_change else []), *(["acts"] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        """The kind is part of the address, and a merge is more than a field."""
        return ["kind", "merged_into", "acts"] if obj else ["merged_into"]

    @admin.display(description="History")
    def acts(self, entity):
        acts = Curation.objects.filter(Q(entity=entity) | Q(other=entity)).select_related(*RELATED)
        return history_table(acts) if acts.exists() else "Nobody has changed it here."

    def get_changeform_initial_data(self, request):
        """Who makes an entity by hand vouches for it."""
        return {"verified": True} | super().get_changeform_initial_data(request)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        """Only what nothing refers to may go; there is no deleting in bulk."""
        return obj is not None and super().has_delete_permission(request, obj) and not is_used(obj)

    def save_model(self, request, obj, form, change):
        former = Entity.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        reason = form.cleaned_data["reason"]
        if former:
            follow_edit(former, obj, by=request.user, reason=reason)
        else:
            detail = {"name": obj.name, "decision": None}
            record(Curation.Act.CREATE, by=request.user, reason=reason, entity=obj, detail=detail)
            find_elsewhere([obj.name] if obj.verified else [])

    def save_formset(self, request, form, formset, change):
        given = formset.save(commit=False)
        taken = list(Alias.objects.filter(pk__in=[alias.pk for alias in (*given, *formset.deleted_objects)]))
        formset.save()
        if given or taken:
            reason = form.cleaned_data["reason"]
            follow_names(form.instance, by=request.user, reason=reason, added=given, removed=taken)

    def delete_model(self, request, obj):
        remove(obj, by=request.user)


def is_used(entity):
    """Whether turns, interviews or other entities refer to an entity."""
    return any(getattr(entity, name).exists() for name in ("mentions", *USES))
