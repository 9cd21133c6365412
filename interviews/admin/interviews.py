"""Interviews: their facts, who takes part, their turns in the running order, and whether readers may see them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from interviews import addresses
from interviews.models import Interview, Participation
from interviews.search.index import record_changes
from interviews.tagging.link import tag_turns
from interviews.tagging.tags import tags_of

from .display import beginning, change_link, moment, table
from .meanwhile import MeanwhileForm

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


class WithdrawForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "cols": 80}), label="Reason, for the readers")


class ParticipationInline(admin.TabularInline):
    model = Participation
    fields = ["label", "part", "person", "office", "outlet"]
    readonly_fields = ["label"]
    autocomplete_fields = ["person", "outlet"]
    extra = 0
    can_delete = False
    verbose_name_plural = "Who takes part"

    def has_add_permission(self, request, obj=None):
        """Those who speak come from the text."""
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "outlet")


@admin.register(Interview)
class InterviewAdmin(admin.ModelAdmin):
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
    autocomplete_fields = ["outlet", "translation_of"]
    readonly_fields = ["sample", "address", "received_as", "running_order"]
    fieldsets = [
        (None, {"fields": ["title", "kind", ("date", "date_precision"), "time", "place", "language", "outlet"]}),
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
        return super().get_queryset(request).with_counts().newest_first()

    def view_on_site(self, interview):
        return interview.get_absolute_url() if interview.is_published else None

    @admin.display(description="Date", ordering="date")
    def date_as_known(self, interview):
        return interview.dated.replace("/", "-")

    @admin.display(description="Exchanges", ordering="question_count")
    def exchanges(self, interview):
        return interview.question_count

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
        if obj.is_published:
            obj.published_at = obj.published_at or timezone.now()
        super().save_model(request, obj, form, change)
        if former.date and ADDRESS & set(form.changed_data):
            addresses.remember(interview=obj, former_path=former.get_absolute_url())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "language" in form.changed_data:
            tag_turns(form.instance.turns.current().select_related("interview"))
        record_changes(form.instance.turns.values_list("pk", flat=True))

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        undated = [interview for interview in queryset if interview.date is None]
        for interview in undated:
            self.message_user(request, f"“{interview}” has no date: give it one first.", messages.ERROR)
        self.set_status(request, queryset.filter(date__isnull=False), Interview.Status.PUBLISHED, "")

    @admin.action(description="Withdraw, with a reason", permissions=["change"])
    def withdraw(self, request, queryset):
        form = WithdrawForm(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            self.set_status(request, queryset, Interview.Status.WITHDRAWN, form.cleaned_data["reason"])
            return redirect(request.get_full_path())
        return TemplateResponse(
            request,
            "admin/interviews/interview/withdraw.html",
            {
                **self.admin_site.each_context(request),
                "title": "Withdraw",
                "form": form,
                "interviews": queryset,
                "list_url": reverse("admin:interviews_interview_changelist"),
                "opts": self.opts,
            },
        )

    @transaction.atomic
    def set_status(self, request, interviews, status, reason):
        """Give interviews a status, tell the search index and note it in their history."""
        interviews = list(interviews)
        for interview in interviews:
            interview.status, interview.status_reason = status, reason
            if interview.is_published:
                interview.published_at = interview.published_at or timezone.now()
            interview.save(update_fields=["status", "status_reason", "published_at"])
            record_changes(interview.turns.values_list("pk", flat=True))
            self.log_change(request, interview, f"{status.label}. {reason}".strip())
        if interviews:
            self.message_user(request, f"{status.label}: {len(interviews)}.", messages.SUCCESS)
