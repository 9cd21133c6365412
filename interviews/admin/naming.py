"""How curators say which entity, or interview, they mean: by its name, with suggestions while they type."""

import re

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.forms.widgets import Script
from django.http import JsonResponse
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.text import capfirst

from interviews.models import Alias, Entity, Interview

SUGGESTED = 12
LEAST_LETTERS = 2
LONGEST = 400
NUMBERED = re.compile(r"\((?:[^()]*, )?no\. (\d{1,18})\)\s*$")


def described(entity):
    """Return what tells an entity from others of its name: kind, country, what it is, whether only texts name it."""
    source = "" if entity.verified else "nobody has vouched for it"
    facts = [entity.get_kind_display().lower(), entity.country and entity.country.name, entity.note, source]
    return ", ".join(filter(None, facts))


def numbered(entity):
    """Return an entity as words that mean no other: “Georgia (country, no. 12)”."""
    return f"{entity.name} ({entity.get_kind_display().lower()}, no. {entity.pk})"


def numbered_interview(interview):
    """Return an interview as words that mean no other: “Talks at the harbour (2019-03-05, no. 12)”."""
    title = interview.title[: LONGEST // 2]
    return f"{title} ({interview.dated.replace('/', '-') or 'no date'}, no. {interview.pk})"


class NameInput(forms.TextInput):
    """A box with suggestions while one types; without script what was typed is looked up."""

    opens = ""

    class Media:
        js = [Script("js/names.js", type="module")]

    def render(self, name, value, attrs=None, renderer=None):
        """Return the box, and in the forms of the admin a link to the row that it holds."""
        box = super().render(name, value, attrs, renderer)
        held = NUMBERED.search(str(value or "")) if self.opens else None
        if not held:
            return box
        address = reverse(f"admin:{self.opens}_change", args=[held[1]])
        return format_html('{} <a href="{}">Open<span class="visually-hidden"> {}</span></a>', box, address, value)


class NamedField(forms.CharField):
    """The name of a row, or what is suggested; becomes the row.

    Of a subclass: `suggestions` names the view that suggests, `numbered` writes a row so that no other is meant, and
    `meant_by` returns the rows that words may mean.
    """

    widget = NameInput

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST, **kwargs})
        address = reverse_lazy(f"admin:interviews_{self.suggestions}")
        self.widget.attrs |= {"data-names": address, "autocomplete": "off", "class": "vTextField"}

    def prepare_value(self, value):
        row = self.row(value)
        return self.numbered(row) if row else value

    def has_changed(self, initial, data):
        row = self.row(initial)
        return (self.numbered(row) if row else "") != " ".join((data or "").split())

    def row(self, value):
        """Return the row that a form holds, itself or by its key; None for words and nothing."""
        held = value if isinstance(value, Model) else None
        return self.model.objects.filter(pk=value).first() if isinstance(value, int) else held

    def clean(self, value):
        value = " ".join(super().clean(value).split())
        if not value:
            return None
        found = list(self.meant_by(value)[:SUGGESTED])
        if len(found) == 1:
            return found[0]
        if found:
            named = "; ".join(map(self.numbered, found))
            raise forms.ValidationError(f"Several bear this name: {named}. Write one so.")
        raise forms.ValidationError(self.unknown.format(value))


class EntityField(NamedField):
    """The name of an entity, or one of its other names; `kind`: of this kind only."""

    model = Entity
    suggestions = "entity_names"
    numbered = staticmethod(numbered)

    def __init__(self, *, kind="", **kwargs):
        super().__init__(**kwargs)
        self.kind = kind
        self.unknown = (
            f"{f'No {kind}' if kind else 'Nothing'} is called “{{}}”. Choose what is suggested, or create it first."
        )
        if kind:
            self.widget.attrs["data-kind"] = kind

    def meant_by(self, words):
        return meant_by(words, self.kind)


class InterviewField(NamedField):
    """The title of an interview, or words of it."""

    model = Interview
    suggestions = "interview_titles"
    numbered = staticmethod(numbered_interview)
    unknown = "No interview is called “{}”. Choose what is suggested."

    def meant_by(self, words):
        if number := NUMBERED.search(words):
            return Interview.objects.filter(pk=number[1])
        called = Interview.objects.filter(title__iexact=words)
        return called if called.exists() else Interview.objects.filter(title__icontains=words)


class ChosenByName:
    """Forms of the admin in which entities and interviews are chosen by name, of the kind that their column allows."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        row = db_field.related_model if db_field.many_to_one else None
        if row not in (Entity, Interview):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        said = {"label": capfirst(db_field.verbose_name), "required": not db_field.blank}
        said["help_text"] = db_field.help_text
        if row is Interview:
            field = InterviewField(**said)
        else:
            field = EntityField(kind=db_field.get_limit_choices_to().get("kind", ""), **said)
        field.widget.opens = row._meta.label_lower.replace(".", "_")
        return field


class LabelledRows(forms.BaseInlineFormSet):
    """Rows of a table: each box says to a screen reader what the head of its column says to others."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label


def meant_by(words, kind=""):
    """Return the entities that these words mean: one by its number, else all that bear the name."""
    live = suggested_from(kind)
    if number := NUMBERED.search(words):
        return live.filter(pk=number[1])
    exactly = live.filter(bearing("exact", words))
    return exactly if exactly.exists() else live.filter(bearing("iexact", words))


def suggested_from(kind):
    """Return the entities that can be meant, of a kind where it is one."""
    live = Entity.objects.live().select_related("country")
    return live.of_kind(kind) if kind in Entity.Kind.values else live


def bearing(lookup, words):
    """Return the condition that the name or another name of an entity is like these words."""
    aliases = Alias.objects.filter(**{f"text__{lookup}": words}).values("entity")
    return Q(**{f"name__{lookup}": words}) | Q(pk__in=aliases)


def names_view(request):
    """Return the entities whose names begin with, else hold, what is typed, as JSON. `?kind=`: of one kind only."""
    if not request.user.has_perm("interviews.view_entity"):
        raise PermissionDenied
    typed, found = typed_in(request), {}
    for lookup in ("istartswith", "icontains") if len(typed) >= LEAST_LETTERS else ():
        named = suggested_from(request.GET.get("kind")).filter(bearing(lookup, typed))
        found |= dict.fromkeys(named.order_by("-verified", "name")[: SUGGESTED - len(found)])
    return suggestions((numbered(entity), described(entity)) for entity in found)


def titles_view(request):
    """Return the interviews whose titles hold what is typed, the newest first, as JSON."""
    if not request.user.has_perm("interviews.view_interview"):
        raise PermissionDenied
    typed = typed_in(request)
    called = (
        Interview.objects.filter(title__icontains=typed) if len(typed) >= LEAST_LETTERS else Interview.objects.none()
    )
    found = called.select_related("outlet").newest_first()[:SUGGESTED]
    return suggestions((numbered_interview(each), str(each.outlet or "")) for each in found)


def typed_in(request):
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]


def suggestions(found):
    """Answer with suggestions: (what is written, what tells it from others) of each."""
    return JsonResponse({"names": [{"value": value, "label": label} for value, label in found]})
