"""The names in one turn: what its words mean now, and some of its words given a meaning by hand."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from interviews.models import Entity, Turn
from interviews.tagging import curate
from interviews.tagging.creating import KnownAlreadyError, NotAnEntityError, create
from interviews.tagging.places import occurrence_at, places_of
from interviews.tagging.tags import marks_of
from interviews.wording import counted

from .acts import asked_back
from .display import change_link
from .naming import EntityField, described, numbered
from .review import check_curator

KINDS = [("", "Choose its kind"), *(choice for choice in Entity.Kind.choices if choice[0] != Entity.Kind.COUNTRY)]


class NamesForm(forms.Form):
    """Words of a turn, and what they are: an entity that is known, or a new one."""

    words = forms.CharField(
        max_length=300,
        required=False,
        help_text="As they stand in the text; or select them there. Empty: the whole turn, for a known entity.",
    )
    occurrence = forms.IntegerField(
        min_value=1, max_value=100_000, initial=1, label="Which of them", help_text="1: where they stand first."
    )
    known = EntityField(required=False, label="They are", help_text="An entity of the archive. Empty: a new one.")
    kind = forms.ChoiceField(choices=KINDS, required=False, label="Kind of the new one")
    name = forms.CharField(max_length=300, required=False, label="Its name", help_text="Empty: these words.")
    wikidata = forms.RegexField(r"^Q[1-9]\d{0,10}$", required=False, help_text="e.g. Q38, only where surely known.")
    note = forms.CharField(max_length=300, required=False, label="What it is", help_text="In one line.")
    reason = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args, turn, **kwargs):
        super().__init__(*args, **kwargs)
        self.turn = turn
        self.fields["known"].widget.attrs["autofocus"] = bool(self.initial)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("known") and not cleaned.get("kind") and not self.errors:
            self.add_error("kind", "Say which entity it is, or choose the kind of a new one.")
        if not cleaned.get("words") and not cleaned.get("known") and not self.errors:
            self.add_error("words", "A new entity is made of words of the text.")
        if cleaned.get("words") and cleaned.get("occurrence"):
            places = list(places_of(self.turn.text, cleaned["words"]))
            if len(places) < cleaned["occurrence"]:
                self.add_error("words", f"The text has these words {counted(len(places), 'time')}.")
            else:
                cleaned["start"] = places[cleaned["occurrence"] - 1]
        return cleaned


def turn_names_view(request, pk):
    """Show the text of a turn with its names, and give words of it a meaning."""
    check_curator(request)
    turn = get_object_or_404(Turn.objects.select_related("interview", "participation__person").with_tags(), pk=pk)
    form = NamesForm(request.POST or None, turn=turn, initial=selection_of(request, turn))
    if form.is_valid() and (done := given(request, turn, form)):
        messages.success(request, done)
        return redirect(asked_back(request) or request.path)
    context = {
        **site.each_context(request),
        "title": "Names in the turn",
        "opts": Turn._meta,
        "turn": turn,
        "form": form,
        "marks": [(turn.text[mark.start : mark.end], mark, described(mark.entity)) for mark in marks_of(turn)],
    }
    return TemplateResponse(request, "admin/interviews/turn/names.html", context)


def selection_of(request, turn):
    """Return the words that a link speaks of by their place in the text."""
    start, end = (request.GET.get(name, "") for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal() and len(start) < 9 and len(end) < 9):
        return {}
    words = turn.text[int(start) : int(end)]
    return {"words": words, "occurrence": occurrence_at(turn.text, words, int(start))} if words else {}


def given(request, turn, form):
    """Give words their meaning, and return what was done; None, and an error of the form, where it cannot be."""
    said = form.cleaned_data
    if known := said["known"]:
        words = said["words"]
        about = {"surface": words, "occurrence": said["occurrence"]} if words else {}
        curate.confirm(turn=turn, entity=known, **about, by=request.user, reason=said["reason"])
        return f"“{words}” is {known} here." if words else f"The turn speaks of {known}."
    if not request.user.has_perm("interviews.add_entity"):
        raise PermissionDenied
    facts = {name: said[name] for name in ("kind", "name", "wikidata", "note", "reason")}
    try:
        entity = create(
            turn=turn, start=said["start"], end=said["start"] + len(said["words"]), by=request.user, **facts
        )
    except KnownAlreadyError as known:
        form.data = form.data.copy()
        form.data["known"] = numbered(known.entity)
        form.add_error("known", str(known))
        return None
    except NotAnEntityError as problem:
        form.add_error("words", str(problem))
        return None
    return format_html("Created: {}. The archive is being searched for it.", change_link(entity))
