"""Questions, answers and other turns: their text can be corrected, their tags decided."""

import re

from django import forms
from django.contrib import admin
from django.urls import path
from django.utils.html import format_html

from interviews.ingest.conflicts import agree_by_hand
from interviews.models import Answer, Decision, Interview, Participation, Question, Revision, Turn
from interviews.search.index.upkeep import record_changes
from interviews.tagging import curate
from interviews.tagging.following import follow
from interviews.tagging.link import retag_interviews

from .display import beginning, change_link, moment, sentence_around, table
from .meanwhile import MeanwhileForm
from .naming import ChosenByName, LabelledRows
from .running_order import address_of_turn
from .turn_names import turn_names_view

CORRECTED = ("source_text", admin.EmptyFieldListFilter)


class TextField(forms.CharField):
    """The text of a turn: a browser's line ends made plain, paragraphs parted by one empty line."""

    widget = forms.Textarea(attrs={"rows": 20, "cols": 100})

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return re.sub(r"\n[^\S\n]*(?:\n[^\S\n]*)+", "\n\n", text)


class TurnForm(MeanwhileForm):
    text = TextField(help_text="An empty line parts two paragraphs. What stood here before is kept as a revision.")
    why = forms.CharField(
        label="Why the text is changed",
        required=False,
        widget=forms.TextInput(attrs={"size": 100}),
        help_text="Readers see it in the history of these words.",
    )

    class Meta:
        labels = {"participation": "Speaker"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "participation" in self.fields:
            voices = Participation.objects.filter(interview=self.instance.interview_id)
            self.fields["participation"].queryset = voices.select_related("person", "outlet")


class DecisionForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        verdict, entity, other = (cleaned.get(name) for name in ("verdict", "entity", "replacement"))
        if verdict == Decision.Verdict.REPLACE and not other:
            self.add_error("replacement", "Say which entity it is.")
        elif verdict == Decision.Verdict.REPLACE and other == entity:
            self.add_error("replacement", "This is the same entity; confirm it instead.")
        elif verdict != Decision.Verdict.REPLACE and other:
            self.add_error("replacement", "Only where it is another.")
        return cleaned


class DecisionFormSet(LabelledRows):
    def clean(self):
        super().clean()
        decided = set()
        for form in self.forms:
            entity = getattr(form, "cleaned_data", {}).get("entity")
            if form in self.deleted_forms:
                continue
            if entity in decided:
                form.add_error("entity", f"{entity} is decided twice here; keep one of the two.")
            decided.add(entity)
        decided.discard(None)


class DecisionInline(ChosenByName, admin.TabularInline):
    model = Decision
    form = DecisionForm
    formset = DecisionFormSet
    fields = ["entity", "verdict", "replacement", "reason", "by", "at"]
    readonly_fields = ["by", "at"]
    extra = 0
    verbose_name = "decision"
    verbose_name_plural = "What curators decided (add a tag by hand: confirm it)"

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self.may_save(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_save(request)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_save(request)

    def may_save(self, request):
        """Whether this page can be saved; who may only decide does so on the page of the names in the turn."""
        return request.user.has_perm("interviews.change_turn")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(surface="").select_related("entity", "replacement", "by")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["widget"] = forms.TextInput(attrs={"size": 30})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "verdict":
            field.initial = Decision.Verdict.CONFIRM
        return field


@admin.register(Turn)
class TurnAdmin(admin.ModelAdmin):
    form = TurnForm
    list_display = ["number", "beginning", "interview_link", "speaker_name", "status"]
    list_filter = ["kind", "status", "courtesy", CORRECTED, "interview__language"]
    search_fields = ["text", "interview__title"]
    list_select_related = ["interview", "participation__person", "participation__outlet"]
    list_per_page = 50
    ordering = ["-interview__date", "interview", "position"]
    fields = [
        "interview_link",
        ("number", "status"),
        "kind_link",
        "question",
        "participation",
        "text",
        "why",
        ("courtesy", "continues"),
        "source_text",
        "former_texts",
        "marked",
        "seen_at",
    ]
    readonly_fields = [
        "interview_link",
        "number",
        "kind",
        "kind_link",
        "status",
        "question",
        "source_text",
        "former_texts",
        "marked",
    ]
    inlines = [DecisionInline]
    change_form_template = "admin/interviews/turn/change_form.html"

    def get_urls(self):
        names = path("<int:pk>/names/", self.admin_site.admin_view(turn_names_view), name="interviews_turn_names")
        return [*([names] if self.model is Turn else []), *super().get_urls()]

    def has_add_permission(self, request):
        """Turns come from texts."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A turn's address is for ever."""
        return False

    def get_fields(self, request, obj=None):
        """The kind leads to where it is changed whoever may change it."""
        may_change = request.user.has_perm("interviews.change_interview")
        return [name if name != "kind_link" or may_change else "kind" for name in super().get_fields(request, obj)]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("interview", "participation__person")

    def view_on_site(self, turn):
        return turn.get_absolute_url() if turn.interview.is_published else None

    @admin.display(description="Text")
    def beginning(self, turn):
        return beginning(turn.text)

    @admin.display(description="Interview", ordering="interview")
    def interview_link(self, turn):
        return change_link(turn.interview)

    @admin.display(description="Speaker")
    def speaker_name(self, turn):
        return turn.speaker_name

    @admin.display(description="Kind")
    def kind_link(self, turn):
        return format_html('{} (<a href="{}">change it</a>)', turn.get_kind_display(), address_of_turn(turn))

    @admin.display(description="Answers")
    def question(self, turn):
        question = turn.reply_to
        return change_link(question, f"{question.number}: {beginning(question.text)}") if question else "-"

    @admin.display(description="Former texts")
    def former_texts(self, turn):
        revisions = turn.revisions.select_related("replaced_by", "reading__source")
        rows = ([moment(r.replaced_at), r.text, r.replaced_by or r.reading or "-", r.reason] for r in revisions)
        return table(["Until", "Text", "Replaced by", "Why"], rows) if revisions else "-"

    @admin.display(description="What the tagger marked")
    def marked(self, turn):
        mentions = turn.mentions.select_related("entity", "turn")
        rows = ([sentence_around(m), change_link(m.entity), m.get_level_display()] for m in mentions)
        return table(["In its sentence", "Speaks of", "Level"], rows) if mentions else "Nothing."

    def save_model(self, request, obj, form, change):
        former = Turn.objects.get(pk=obj.pk)
        corrected = former.text != obj.text
        obj.source_text = "" if obj.text == former.as_read else former.as_read
        super().save_model(request, obj, form, change)
        Interview.objects.filter(pk=obj.interview_id).update(kept_by_curator=True)
        retagged = set()
        if corrected:
            Revision.of(former, replaced_by=request.user, reason=form.cleaned_data["why"]).save()
            follow({obj.pk: [obj]}, {obj.pk: former.text})
            retagged = retag_interviews([obj.interview_id])
        agree_by_hand(obj.interview, by=request.user)
        record_changes(sorted({obj.pk, *retagged}))

    def save_formset(self, request, form, formset, change):
        if formset.model is not Decision:
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)
        moved = [decision for decision, changed in formset.changed_objects if "entity" in changed]
        curate.withdraw([*formset.deleted_objects, *moved], by=request.user)
        for decision in (*formset.new_objects, *(decision for decision, _ in formset.changed_objects)):
            facts = {name: getattr(decision, name) for name in ("turn", "entity", "verdict", "replacement", "reason")}
            curate.decide(**facts, by=request.user)
        return None


@admin.register(Question)
class QuestionAdmin(TurnAdmin):
    list_filter = ["status", "courtesy", CORRECTED, "interview__language"]


@admin.register(Answer)
class AnswerAdmin(TurnAdmin):
    list_filter = ["status", CORRECTED, "interview__language"]
