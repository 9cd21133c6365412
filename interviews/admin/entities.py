"""Entities and their other names."""

from django import forms
from django.contrib import admin
from django.urls import reverse

from interviews.models import Alias, Entity, FormerAddress, Turn
from interviews.search.index.upkeep import record_changes
from interviews.tagging.creating import USES, remove

ADDRESS_TAKEN = "Another entry had this address once; its old links lead there. Choose another."


class EntityForm(forms.ModelForm):
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
    fields = ["text", "language", "kind"]
    extra = 0
    verbose_name_plural = "Other names (the tagger reads its own data files)"


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    form = EntityForm
    list_display = ["name", "kind", "iso_code", "country", "merged_into"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["country", "merged_into"]
    search_fields = ["name", "aliases__text", "=iso_code", "=wikidata"]
    ordering = ["kind", "name"]
    autocomplete_fields = ["country"]
    fields = ["kind", "name", "slug", "iso_code", "wikidata", "country", "merged_into"]
    inlines = [AliasInline]

    def get_readonly_fields(self, request, obj=None):
        """The kind is part of the address, and a merge is more than a field."""
        return ["kind", "merged_into"] if obj else ["merged_into"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        """Only what nothing refers to may go; there is no deleting in bulk."""
        return obj is not None and super().has_delete_permission(request, obj) and not is_used(obj)

    def save_model(self, request, obj, form, change):
        former = Entity.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if former and former.name != obj.name:
            # Texts go on using the former name: it still means this entity.
            obj.aliases.get_or_create(text=former.name, language="", defaults={"kind": Alias.Kind.FORMER})
        if former and (former.slug, former.iso_code) != (obj.slug, obj.iso_code):
            move_address(former, obj)
            record_changes(Turn.objects.naming([obj.pk]))

    def delete_model(self, request, obj):
        remove(obj, by=request.user)


def is_used(entity):
    """Whether turns, interviews or other entities refer to an entity."""
    return any(getattr(entity, name).exists() for name in ("mentions", *USES))


def move_address(former, entity):
    """Let the former address of an entity lead to its present one for ever."""
    FormerAddress.objects.filter(path=entity.get_absolute_url(), entity=entity).delete()
    if former.slug != entity.slug:
        FormerAddress.objects.update_or_create(path=former.get_absolute_url(), defaults={"entity": entity})
