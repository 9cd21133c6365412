"""Problems of readings: each beside the text that it speaks of, to be settled once somebody has looked."""

import re

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from interviews.excerpt import lines_around
from interviews.ingest.mends import mend_of
from interviews.models import Interview, ReadingProblem
from interviews.provenance import source_text

from .display import ReadOnly, beginning, cells, change_link, moment
from .publishing import change_status, is_hidden_by_its_problems, obstacles, open_reasons, settle, withdraw_view
from .waiting import OneInterviewFilter, Settling, StateFilter, problems

ADDRESS = re.compile(r"/interviews/[0-9/]{4,11}[a-z0-9-]{1,120}/")
ENCODING = "guessed_encoding"
NOT_KEPT = "The bytes of this file are not kept, so its text cannot be shown."
NO_LINE = "It speaks of the whole text."
BEYOND = "The text has no such line."


class OfInterviewFilter(OneInterviewFilter):
    lookup = "reading__interview"


class StatusFilter(admin.SimpleListFilter):
    title = "interview's status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [choice for choice in Interview.Status.choices if choice[0] != Interview.Status.WITHDRAWN]

    def queryset(self, request, queryset):
        return queryset.filter(reading__interview__status=self.value()) if self.value() else queryset


class ProblemList(ChangeList):
    """Gives each problem on the page the text of its source, each source being read once."""

    def get_results(self, request):
        super().get_results(request)
        texts = {}
        for problem in self.result_list:
            if problem.line and problem.reading_id not in texts:
                texts[problem.reading_id] = source_text(problem.reading)
            problem.source_text = texts.get(problem.reading_id)


def surroundings(problem):
    """Return the lines around the one that a problem names, as HTML, that one marked."""
    if not problem.line:
        return NO_LINE
    text = problem.source_text if hasattr(problem, "source_text") else source_text(problem.reading)
    if text is None:
        return NOT_KEPT
    lines = lines_around(text, problem.line)
    rows = (("named" if number == problem.line else "near", number, line) for number, line in lines)
    shown = format_html_join("", '<li class="{}"><span>{}</span> <bdi>{}</bdi></li>', rows)
    return format_html('<ol class="excerpt">{}</ol>', shown) if lines else BEYOND


def advice(problem):
    """Return what to do about a problem, with the ways there: to the interview that it names, to another reading."""
    again = reverse("admin:interviews_reading_again", args=[problem.reading_id])
    ways = [(address, "Compare the two") for address in ADDRESS.findall(problem.message)[:1]]
    ways += [(again, "Read it again")] if problem.code == ENCODING and problem.may_be_read_again else []
    links = format_html_join(" ", '<a href="{}">{}</a>', ways)
    return format_html("{} {}", mend_of(problem, at_desk=True), links) if links else mend_of(problem, at_desk=True)


@admin.register(ReadingProblem)
class ProblemAdmin(Settling, ReadOnly, admin.ModelAdmin):
    list_display = ["message", "excerpt", "about"]
    list_filter = [
        StateFilter,
        OfInterviewFilter,
        "severity",
        StatusFilter,
        "code",
        "reading__layout",
        "reading__interview__language",
    ]
    list_select_related = ["reading__source", "reading__interview", "settled_by"]
    list_per_page = 50
    search_fields = ["message", "reading__interview__title", "reading__source__name"]
    ordering = ["-reading__read_at", "reading", "line", "pk"]
    reopening = ["open_again"]
    of_drafts = ["settle_and_publish", "withdraw_drafts"]
    actions = ["settle", *of_drafts, *reopening]
    fields = ["message", "code", "severity", "interview_link", "line", "excerpt", "state"]

    def get_queryset(self, request):
        shown = problems().annotate(may_be_read_again=Value(request.user.has_perm("interviews.add_source")))
        return shown.defer("reading__spans", "reading__facts", "reading__changes").order_by(*self.ordering)

    def get_changelist(self, request, **kwargs):
        return ProblemList

    @admin.display(description="Interview", ordering="reading__interview__title")
    def interview_link(self, problem):
        interview = problem.reading.interview
        title, status = beginning(interview.title), interview.get_status_display().lower()
        return format_html("{} ({})", change_link(interview, title), status)

    @admin.display(description="In the file, and what to do")
    def excerpt(self, problem):
        whole = reverse("admin:interviews_interview_source", args=[problem.reading.interview_id])
        words = '<p class="file">{} (<a href="{}">beside its transcript</a>)</p>{}<p class="advice">{}</p>'
        return format_html(words, change_link(problem.reading.source), whole, surroundings(problem), advice(problem))

    @admin.display(description="Interview, state", ordering="reading__interview__title")
    def about(self, problem):
        facts = [problem.get_severity_display(), self.state(problem), format_html("<code>{}</code>", problem.code)]
        return format_html('{}<ul class="facts">{}</ul>', self.interview_link(problem), cells("<li>{}</li>", facts))

    @admin.display(description="State", ordering="settled_at")
    def state(self, problem):
        if not problem.settled_at:
            return "Open"
        return f"Settled by {problem.settled_by or 'a later version'}, {moment(problem.settled_at)}"

    def fits(self, action, problem):
        is_draft = problem.reading.interview.status == Interview.Status.DRAFT
        return super().fits(action, problem) and (is_draft or action not in self.of_drafts)

    def has_publish_permission(self, request):
        return self.has_settle_permission(request) and request.user.has_perm("interviews.change_interview")

    @admin.action(description="Settle", permissions=["settle"])
    def settle(self, request, queryset):
        for interview in self.settle_all(request, queryset):
            words = "Nothing keeps {} hidden any more: {}."
            message = format_html(words, change_link(interview), publish_link(interview))
            self.message_user(request, message, messages.WARNING)

    @admin.action(description="Settle, and publish what nothing else keeps hidden", permissions=["publish"])
    def settle_and_publish(self, request, queryset):
        change_status(request, self.settle_all(request, queryset), Interview.Status.PUBLISHED)

    @admin.action(description="Withdraw the draft, with a reason", permissions=["publish"])
    def withdraw_drafts(self, request, queryset):
        drafts = Interview.objects.filter(status=Interview.Status.DRAFT, readings__problems__in=queryset).distinct()
        if drafts:
            return withdraw_view(request, drafts, form_url=reverse("admin:interviews_interview_changelist"))
        return self.message_user(request, "None of them is a problem of a draft.", messages.WARNING)

    def settle_all(self, request, queryset):
        """Settle problems -> the drafts that they kept hidden and that could be published now."""
        chosen = list(queryset.filter(settled_at=None).select_related("reading__interview"))
        count = settle(ReadingProblem.objects.filter(pk__in=[each.pk for each in chosen]), by=request.user)
        self.message_user(request, f"Settled: {count}.", messages.SUCCESS)
        hidden = {each.reading.interview: None for each in chosen if each.severity == "draft"}
        return [interview for interview in hidden if self.is_ready(request, interview)]

    def is_ready(self, request, interview):
        """Whether a draft may be published now; what else keeps it hidden is said."""
        if interview.status != Interview.Status.DRAFT:
            return False
        others = open_reasons(interview).count()
        remaining = [*obstacles(interview), *([f"{others} more of its problems keep it hidden."] if others else [])]
        if not is_hidden_by_its_problems(interview):
            remaining.append("A curator made it one.")
        if remaining:
            message = format_html("{} stays a draft. {}", change_link(interview), " ".join(remaining))
            self.message_user(request, message, messages.WARNING)
        return not remaining

    @admin.action(description="Open again", permissions=["settle"])
    def open_again(self, request, queryset):
        keys = list(queryset.exclude(settled_at=None).values_list("pk", flat=True))
        count = ReadingProblem.objects.filter(pk__in=keys).update(settled_at=None, settled_by=None)
        self.message_user(request, f"Open again: {count}. What is published stays so.", messages.SUCCESS)


def publish_link(interview):
    """Return a link to the page that publishes an interview."""
    address = reverse("admin:interviews_interview_publish", args=[interview.pk])
    return format_html('<a href="{}">publish it</a>', address)
