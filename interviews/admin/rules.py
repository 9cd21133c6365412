"""Rules of curators: made after a look at what they would change, and removed so."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from interviews.evidence import marked_sentence
from interviews.models import Mention, Rule
from interviews.models.curation import Verdict
from interviews.tagging import rules
from interviews.wording import counted

from .acts import asked_back, reason_given
from .display import CuratorFilter, ReadOnly, change_link
from .keys import is_key
from .naming import EntityField
from .telling import rule_told, scope_of

MEANINGS = [
    (Verdict.CONFIRM, "They are this entity, wherever they stand as a name by themselves"),
    (Verdict.REPLACE, "They are this entity, where the tagger marks them as another"),
    (Verdict.REJECT, "They are not this entity (without one: no name at all)"),
]


class RuleForm(forms.Form):
    """A rule; `about` is the mention that gave the reason, whose interview and speaker can be its scope."""

    surface = forms.CharField(max_length=300, label="Words", help_text="Exactly as they stand in the texts.")
    verdict = forms.ChoiceField(choices=MEANINGS, widget=forms.RadioSelect, label="What they mean")
    entity = EntityField(required=False)
    scope = forms.ChoiceField(choices=[("", "Everywhere")], required=False, widget=forms.RadioSelect, label="Where")
    speaker = EntityField(required=False, label="Only said by", help_text="A person; empty: by anybody.")
    reason = forms.CharField(required=False, max_length=1000, widget=forms.TextInput(attrs={"size": 60}))
    previewed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)

    def __init__(self, data=None, *, about=None):
        initial = {"surface": about.surface, "entity": about.entity, "verdict": Verdict.CONFIRM} if about else {}
        super().__init__(data, initial={"scope": ""} | initial)
        self.interview = about and about.turn.interview
        self.person = about and about.turn.participation and about.turn.participation.person
        self.fields["scope"].choices = self.scopes()
        self.fields["verdict" if about else "surface"].widget.attrs["autofocus"] = not self.is_bound
        del self.fields["speaker" if about else "scope"]

    def scopes(self):
        """Return the scopes to choose from, as (key, words)."""
        scopes = [("", "Everywhere")]
        if self.interview:
            scopes.append(("interview", f"In this interview: {self.interview}"))
        if self.person:
            scopes.append(("speaker", f"Wherever {self.person} speaks"))
            scopes.append(("both", f"Where {self.person} speaks in this interview"))
        return scopes

    def clean(self):
        cleaned = super().clean()
        speaker = cleaned.get("speaker")
        if speaker and speaker.kind != "person":
            self.add_error("speaker", f"{speaker} is no person.")
        is_to_be_named = cleaned.get("verdict") in (Verdict.CONFIRM, Verdict.REPLACE)
        if is_to_be_named and not cleaned.get("entity") and not self.errors:
            self.add_error("entity", "Say which entity it is.")
        return cleaned

    def rule(self):
        """Return the rule that was written, not saved."""
        said = {"scope": "", "speaker": None} | self.cleaned_data
        return Rule(
            surface=said["surface"],
            verdict=said["verdict"],
            entity=said["entity"],
            interview=self.interview if said["scope"] in ("interview", "both") else None,
            speaker=self.person if said["scope"] in ("speaker", "both") else said["speaker"],
            reason=said["reason"],
        )


def fingerprint(rule):
    """Return what must be the same in a preview and in what is saved."""
    what = ("interview_id", "speaker_id", "entity_id", "verdict", "surface")
    return " ".join(str(getattr(rule, name)) for name in what)


def add_rule_view(request):
    """Show what a rule would change, and make it when that was seen."""
    if not request.user.has_perm("interviews.add_rule"):
        raise PermissionDenied
    about = mention_asked_for(request)
    form = RuleForm(request.POST or None, about=about)
    back = asked_back(request) or reverse("admin:interviews_rule_changelist")
    preview = None
    if form.is_valid():
        rule = form.rule()
        was_seen = form.cleaned_data["previewed"] == fingerprint(rule)
        if "save" in request.POST and was_seen and saved(request, rule):
            return redirect(back)
        preview = rules.preview(rule)
        form.data = form.data.copy()
        form.data["previewed"] = fingerprint(rule)
    context = {
        **site.each_context(request),
        "title": "Make a rule",
        "opts": Rule._meta,
        "form": form,
        "about": about,
        "sentence": about and marked_sentence(about.turn.text, about),
        **previewed(preview),
        "back": back,
    }
    return TemplateResponse(request, "admin/interviews/rule/add.html", context)


def mention_asked_for(request):
    key = request.GET.get("mention", "")
    about = Mention.objects.select_related("entity", "turn__interview", "turn__participation__person")
    return about.filter(pk=key).first() if is_key(key) else None


def saved(request, rule):
    """Save a rule, and say so; say why where it cannot be."""
    try:
        rules.save(rule, by=request.user)
    except ValueError as problem:
        messages.error(request, str(problem))
        return False
    done = "The rule holds: {}. Undo it in the history whenever you like."
    messages.success(request, format_html(done, rule_told(rule)))
    return True


def previewed(preview):
    """Return what a template shows of a preview."""
    if preview is None:
        return {"preview": None}
    lists = [("added", "Readers would see", preview.added, preview.examples_added)]
    lists += [("removed", "Readers would see no more", preview.removed, preview.examples_removed)]
    examples = [
        (what, words, count, [(turn, mark, marked_sentence(turn.text, mark)) for turn, mark in found])
        for what, words, count, found in lists
        if count
    ]
    return {"preview": preview, "examples": examples}


def remove_rule_view(request, pk):
    """Show what it would change to remove a rule, and remove it when that is confirmed."""
    if not request.user.has_perm("interviews.delete_rule"):
        raise PermissionDenied
    rule = get_object_or_404(Rule.objects.select_related("entity", "interview", "speaker"), pk=pk)
    if request.method == "POST":
        rules.remove(rule, by=request.user, reason=reason_given(request))
        messages.success(request, format_html("Removed: {}.", rule_told(rule)))
        return redirect("admin:interviews_rule_changelist")
    context = {
        **site.each_context(request),
        "title": "Remove the rule",
        "opts": Rule._meta,
        "rule": rule,
        "told": rule_told(rule),
        **previewed(rules.preview_removal(rule)),
    }
    return TemplateResponse(request, "admin/interviews/rule/remove.html", context)


@admin.register(Rule)
class RuleAdmin(ReadOnly, admin.ModelAdmin):
    """Rules are made and removed on pages that show what that changes; what a rule says is never edited."""

    list_display = ["surface", "verdict", "entity", "scope", "mention_count", "reason", "by", "at"]
    list_filter = ["verdict", "entity__kind", ("by", CuratorFilter)]
    list_select_related = ["entity", "interview", "speaker", "by"]
    search_fields = ["surface", "entity__name", "reason"]
    list_per_page = 50
    fields = ["says", "entity_link", "mention_count", "reason", "by", "at"]
    change_form_template = "admin/interviews/rule/change_form.html"

    def has_add_permission(self, request):
        return request.user.has_perm("interviews.add_rule")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count=Count("mentions"))

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("add/", view(add_rule_view), name="interviews_rule_add"),
            path("<int:pk>/remove/", view(remove_rule_view), name="interviews_rule_remove"),
        ]
        return own + super().get_urls()

    @admin.display(description="It says")
    def says(self, rule):
        return rule_told(rule)

    @admin.display(description="Holds")
    def scope(self, rule):
        return scope_of(rule)

    @admin.display(description="Entity")
    def entity_link(self, rule):
        return change_link(rule.entity) if rule.entity else "-"

    @admin.display(description="Changes", ordering="count")
    def mention_count(self, rule):
        return counted(rule.count, "mention")
