"""Entities and their other names."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse
from django.utils.html import format_html

from interviews.models import Alias, Curation, Entity, FormerAddress
from interviews.tagging.authority import find
from interviews.tagging.creating import USES, remove
from interviews.tagging.editing import follow_edit, follow_names
from interviews.tagging.history import record
from interviews.tagging.registry import COUNTRY_CODE, NO_NAME, load_registry, problems_of_facts, problems_of_text
from interviews.tagging.retagging import find_elsewhere
from interviews.tagging.words import fold

from .acts import history_table
from .duplicates import duplicates_view
from .merges import merge_view
from .naming import ChosenByName, LabelledRows, described, names_view
from .tables import export_view, import_view
from .telling import ABOUT

ADDRESS_TAKEN = "Another entry had this address once; its old links lead there. Choose another."

RIVAL = "This is also a name of “{}” ({}); leave it there, or have it declared in ambiguous.csv of the data files."

NAMESAKE = (
    'There is <a href="{}">{}</a> ({}) of this name; give it what is missing instead. '
    "If this is another of the same name, say so below."
)


class EntityForm(forms.ModelForm):
    is_another = forms.BooleanField(
        required=False,
        label="Another of the same name",
        help_text="Where one of this kind and name is known already.",
    )
    reason = forms.CharField(required=False, max_length=1000, label="Why, if you like", help_text="For its history.")

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        kind = self.instance.kind or self.data.get("kind")
        if kind in Entity.Kind.values:
            former = FormerAddress.objects.filter(path=reverse(f"interviews:{kind}", kwargs={"slug": slug})).first()
            if former and (former.entity is None or former.entity != self.instance):
                raise forms.ValidationError(ADDRESS_TAKEN)
        return slug

    def clean_iso_code(self):
        code, kind = self.cleaned_data["iso_code"], self.instance.kind or self.data.get("kind")
        if code and (kind != Entity.Kind.COUNTRY or not COUNTRY_CODE.fullmatch(code)):
            raise forms.ValidationError("Two capital letters, of a country only.")
        return code

    def clean_wikidata(self):
        identifier = self.cleaned_data["wikidata"]
        others = Entity.objects.live().filter(wikidata=identifier).exclude(pk=self.instance.pk)
        if identifier and "wikidata" in self.changed_data and (other := others.first()):
            raise forms.ValidationError(f"That is “{other}” ({other.get_kind_display().lower()}); merge them if it is.")
        return identifier

    def clean(self):
        """What is typed here keeps the rules of tables, so that it can be taken out and brought in again."""
        cleaned = super().clean()
        cells = {name: cleaned.get(name, "") for name in ("name", "note", "slug", "wikidata")}
        facts = cells | {"kind": self.instance.kind or cleaned.get("kind"), "country": "", "aliases": ""}
        for problem in (*problems_of_text(cells), *problems_of_facts(facts, Entity.Kind.values)):
            column, _, mend = problem.partition(" ")
            if column in self.changed_data and column in cleaned:
                self.add_error(column, mend if mend[0] in "'\"" else f"It {mend}")
        self.check_namesake()
        return cleaned

    def check_namesake(self):
        """Refuse a second entry of a kind and name, unless the curator knows that there are two."""
        kind, name = self.cleaned_data.get("kind"), self.cleaned_data.get("name")
        if self.instance.pk or not kind or not name or self.cleaned_data["is_another"]:
            return
        if known := find(kind, name):
            address = reverse("admin:interviews_entity_change", args=[known.pk])
            self.add_error("name", format_html(NAMESAKE, address, known, described(known)))


class AliasForm(forms.ModelForm):
    def clean_text(self):
        text = self.cleaned_data["text"]
        for problem in problems_of_text({"It": text}):
            raise forms.ValidationError(problem)
        if NO_NAME.fullmatch(text) or ";" in text:
            raise forms.ValidationError("This is no name; give each name a row of its own.")
        return text


class AliasFormSet(LabelledRows):
    """Other names of one entity, none of which the tagger may take for another's."""

    def clean(self):
        super().clean()
        for form in self.forms:
            text, language = (form.cleaned_data.get(name) for name in ("text", "language"))
            given = form.has_changed() and text and not form.cleaned_data.get("DELETE")
            if given and (rival := rival_of(self.instance, text, language or "en")):
                form.add_error("text", RIVAL.format(rival, rival.get_kind_display().lower()))


def rival_of(entity, text, language):
    """Return another entity that the tagger may take the same words for, unless the data files declare them."""
    declared = {(each, fold(form)) for each, form in load_registry().ambiguous}
    if entity.kind == Entity.Kind.OUTLET or (language, fold(text)) in declared:
        return None
    named = Q(aliases__text=text, aliases__language__in=["", "en"] if language == "en" else [language])
    others = Entity.objects.live().filter(verified=True).exclude(kind=Entity.Kind.OUTLET).exclude(pk=entity.pk)
    return others.filter(named | Q(name=text) if language == "en" else named).first()


class AliasInline(admin.TabularInline):
    model = Alias
    form = AliasForm
    formset = AliasFormSet
    fields = ["text", "language", "kind", "origin"]
    readonly_fields = ["origin"]
    extra = 0
    verbose_name = "other name"
    verbose_name_plural = "Other names"


@admin.register(Entity)
class EntityAdmin(ChosenByName, admin.ModelAdmin):
    form = EntityForm
    list_display = ["name", "kind", "note", "iso_code", "country", "verified", "merged_into"]
    list_filter = ["kind", "verified", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["country", "merged_into"]
    search_fields = ["name", "aliases__text", "=iso_code", "=wikidata"]
    ordering = ["kind", "name"]
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
        if obj is None:
            return [*self.facts, "is_another", "reason"]
        return [*self.facts, *(["reason"] if self.has_change_permission(request, obj) else []), "acts"]

    def get_readonly_fields(self, request, obj=None):
        """The kind is part of the address, and a merge is more than a field."""
        return ["kind", "merged_into", "acts"] if obj else ["merged_into"]

    @admin.display(description="History")
    def acts(self, entity):
        acts = Curation.objects.filter(Q(entity=entity) | Q(other=entity)).select_related(*ABOUT)
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
