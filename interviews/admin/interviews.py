"""Interviews: their facts, who takes part, their turns in the running order, and whether readers may see them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db.models import Count, Prefetch
from django.urls import path
from django.utils.html import format_html

from interviews import addresses
from interviews.ingest.conflicts import agree_by_hand
from interviews.ingest.mends import with_mend
from interviews.models import Interview, Participation, Turn
from interviews.search.index.upkeep import record_changes
from interviews.tagging import link
from interviews.tagging.tags import tags_of

from .display import beginning, cells, change_link, list_link, moment, table
from .meanwhile import MeanwhileForm
from .naming import ChosenByName, LabelledRows, titles_view
from .preview import preview_view, source_view
from .publishing import (
    UNDATED,
    change_status,
    hiding_problems,
    note_publication,
    obstacles,
    open_reasons,
    publish_view,
    settle,
    withdraw_view,
)
from .running_order import turns_view
from .waiting import open_conflicts, open_problems

ADDRESS = {"slug", "date", "date_precision"}


class InterviewForm(MeanwhileForm):
    """The facts of an interview, checked in words that a curator understands."""

    source_url = forms.URLField(
        label="Source address", max_length=1000, required=False, assume_scheme="https", widget=AdminURLFieldWidget
    )

    class Meta:
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "cols": 90}),
            "status_reason": forms.Textarea(attrs={"rows": 2, "cols": 90}),
        }

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug.isdigit():
            raise forms.ValidationError("Digits alone would read as a date; add a word.")
        return slug

    def clean(self):
        cleaned = super().clean()
        date, precision, status = (cleaned.get(name) for name in ("date", "date_precision", "status"))
        if date and precision:
            cleaned["date"] = first_day(date, precision)
        if status == Interview.Status.PUBLISHED and not date and "date" not in self.errors:
            self.add_error("date", "A published interview has a date. Give one, or leave it a draft.")
        if status == Interview.Status.WITHDRAWN and not cleaned.get("status_reason"):
            self.add_error("status_reason", "Say why it is withdrawn: readers will see it.")
        if self.instance.pk and cleaned.get("translation_of") == self.instance:
            self.add_error("translation_of", "An interview is no translation of itself.")
        self.check_address(cleaned)
        return cleaned

    def check_address(self, cleaned):
        """An address that once led to another interview is never given a new meaning."""
        facts = {name: cleaned[name] for name in ADDRESS if name in cleaned}
        if len(facts) == len(ADDRESS) and not addresses.is_free(Interview(pk=self.instance.pk, **facts), facts["slug"]):
            self.add_error("slug", "Another interview of that date has, or had, this address; choose another.")


def first_day(date, precision):
    """Return the day that the archive stores: of a month or a year its first."""
    return {"day": date, "month": date.replace(day=1), "year": date.replace(month=1, day=1)}[precision]


class ParticipationForm(forms.ModelForm):
    """Somebody who takes part: under a label of the text, or named by a curator where the text has none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "label" in self.fields:
            self.fields["label"].disabled = True

    def clean(self):
        """Name a new voice; one of the text keeps its label, be it none: by that the next version knows it again."""
        cleaned = super().clean()
        if self.instance.pk:
            return cleaned
        cleaned["label"] = cleaned.get("label") or str(cleaned.get("person") or cleaned.get("outlet") or "")
        if not cleaned["label"]:
            raise forms.ValidationError("Say who this is: a person, an outlet, or the label that the text uses.")
        return cleaned


class ParticipationFormSet(LabelledRows):
    """The voices of one interview: two under one label differ in their part."""

    def clean(self):
        """Compare with what is stored, too: rows are saved one by one, so that two cannot exchange their parts."""
        stored = self.instance.participations.values_list("part", "label", "pk")
        taken = {(part, label): key for part, label, key in stored}
        for form in self.forms:
            part, label = (form.cleaned_data.get(name) for name in ("part", "label")) if form.is_valid() else ("", "")
            if part and taken.setdefault((part, label), form.instance.pk or form) not in (form.instance.pk, form):
                as_part = Participation.Part(part).label.lower()
                form.add_error("part", f"“{label}” takes part as {as_part} already; choose another part or label.")


class ParticipationInline(ChosenByName, admin.TabularInline):
    model = Participation
    form = ParticipationForm
    formset = ParticipationFormSet
    fields = ["label", "part", "person", "office", "outlet"]
    extra = 0
    can_delete = False
    verbose_name = "voice"
    verbose_name_plural = "Who takes part"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "outlet")


@admin.register(Interview)
class InterviewAdmin(ChosenByName, admin.ModelAdmin):
    form = InterviewForm
    list_display = ["title", "date_as_known", "outlet", "language", "status", "exchanges"]
    list_filter = [
        "status",
        "kind",
        "language",
        "date_precision",
        "sample",
        ("outlet", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["outlet"]
    search_fields = ["title", "slug", "outlet__name", "participations__person__name", "participations__label"]
    date_hierarchy = "date"
    list_per_page = 50
    readonly_fields = ["waiting", "sample", "address", "received_as", "running_order"]
    fieldsets = [
        (None, {"fields": ["waiting"]}),
        ("What", {"fields": ["title", "kind", ("date", "date_precision"), "time", "place", "language", "outlet"]}),
        ("Address and status", {"fields": ["slug", "address", "status", "status_reason", "sample", "seen_at"]}),
        ("Where it comes from", {"fields": ["source_url", "translation_of", "received_as"]}),
        ("Questions and answers", {"fields": ["running_order"]}),
    ]
    inlines = [ParticipationInline]
    actions = ["publish", "withdraw"]

    def has_add_permission(self, request):
        """Interviews come from texts."""
        return False

    def has_delete_permission(self, request, obj=None):
        """An interview's address is for ever: it is withdrawn, with a reason."""
        return False

    def get_queryset(self, request):
        """With its questions, read for those of a page only: to count those of all takes a second."""
        questions = Turn.objects.current().filter(kind="question", courtesy=False).only("interview")
        listed = Prefetch("turns", questions, to_attr="questions_asked")
        return super().get_queryset(request).newest_first().prefetch_related(listed)

    def get_urls(self):
        pages = {"preview": preview_view, "source": source_view, "publish": publish_view, "turns": turns_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"interviews_interview_{name}")
            for name, view in pages.items()
        ]
        titles = path("titles/", self.admin_site.admin_view(titles_view), name="interviews_interview_titles")
        return [titles, *own, *super().get_urls()]

    def view_on_site(self, interview):
        """Its page; none while a form that was refused holds no date."""
        return interview.get_absolute_url() if interview.is_published and interview.date else None

    @admin.display(description="Date", ordering="date")
    def date_as_known(self, interview):
        return interview.dated.replace("/", "-")

    @admin.display(description="Exchanges")
    def exchanges(self, interview):
        return len(interview.questions_asked)

    @admin.display(description="Waits for you")
    def waiting(self, interview):
        is_draft = interview.status == Interview.Status.DRAFT
        told = (with_mend(reason, at_desk=True) for reason in open_reasons(interview))
        reasons = [*obstacles(interview), *told] if is_draft else []
        problems = open_problems().filter(reading__interview=interview)
        conflicts = open_conflicts().filter(interview=interview)
        links = [list_link(interview, problems, "open problem"), list_link(interview, conflicts, "open conflict")]
        return format_html('<ul class="waiting">{}</ul>', cells("<li>{}</li>", [*reasons, *links]))

    @admin.display(description="Address")
    def address(self, interview):
        if not interview.date:
            return "None yet: it has no date."
        return format_html("{} (when it changes, this one leads to the new one for ever)", interview.get_absolute_url())

    @admin.display(description="Texts received")
    def received_as(self, interview):
        readings = interview.readings.select_related("source").annotate(problem_total=Count("problems"))
        rows = ([change_link(r.source), change_link(r, r.layout), r.problem_total, moment(r.read_at)] for r in readings)
        return table(["Text", "Read as", "Problems", "Read"], rows) if readings else "-"

    @admin.display(description="In running order")
    def running_order(self, interview):
        turns = interview.turns.order_by("position").for_reading()
        rows = (
            [
                change_link(turn, turn.number),
                turn.get_kind_display() if turn.status == "current" else turn.get_status_display(),
                turn.speaker_name,
                beginning(turn.text),
                ", ".join(map(str, tags_of(turn))),
            ]
            for turn in turns
        )
        return table(["Turn", "Kind", "Speaker", "Text", "Tags"], rows)

    def save_model(self, request, obj, form, change):
        former = Interview.objects.get(pk=obj.pk)
        if obj.is_published and not former.is_published:
            note_publication(obj, by=request.user)
        obj.kept_by_curator = True
        super().save_model(request, obj, form, change)
        if obj.date and not former.date:
            settle(hiding_problems(obj).filter(code=UNDATED), by=request.user)
        if former.date and ADDRESS & set(form.changed_data):
            addresses.remember(interview=obj, former_path=former.get_absolute_url())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        agree_by_hand(form.instance, by=request.user)
        if link.SETTING & set(form.changed_data) or any(formset.has_changed() for formset in formsets):
            link.retag_interviews([form.instance.pk])
        record_changes(form.instance.turns.values_list("pk", flat=True))

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        possible = []
        for interview in queryset:
            forbidding = obstacles(interview)
            if forbidding:
                self.message_user(request, f"“{interview}” stays as it is. {' '.join(forbidding)}", messages.ERROR)
            else:
                possible.append(interview)
        change_status(request, possible, Interview.Status.PUBLISHED)

    @admin.action(description="Withdraw, with a reason", permissions=["change"])
    def withdraw(self, request, queryset):
        return withdraw_view(request, queryset)
