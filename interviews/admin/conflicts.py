"""Where a new version of a file and a curator both changed one fact: somebody chooses."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join

from interviews.ingest.conflicts import settle, standing
from interviews.ingest.differences import compared
from interviews.models import Conflict

from .display import ReadOnly, beginning, change_link, moment
from .waiting import OneInterviewFilter, Settling, StateFilter

CHOSEN = {Conflict.Choice.CURATED: "The curator's word stays", Conflict.Choice.RECEIVED: "The file's word was taken"}


def side(conflict, own):
    """Return one side of a conflict (`own`: old | new) as HTML, what only it says marked; of agreement a few words."""
    parts = [part for part in compared(standing(conflict), conflict.received) if part[0] in (own, "kept", "omitted")]
    marked = (format_html("<mark>{}</mark>", words) if kept == own else words for kept, words in parts)
    return format_html_join(" ", "{}", ([part] for part in marked)) or "nothing"


@admin.register(Conflict)
class ConflictAdmin(Settling, ReadOnly, admin.ModelAdmin):
    list_display = ["what", "curators", "files", "about"]
    list_filter = [StateFilter, OneInterviewFilter, "field", "interview__language"]
    list_select_related = [
        "interview__outlet",
        "turn__participation__person",
        "turn__participation__outlet",
        "participation__person",
        "participation__outlet",
        "reading__source",
        "settled_by",
    ]
    list_per_page = 50
    search_fields = ["interview__title", "curated", "received"]
    ordering = ["-reading__read_at", "interview", "pk"]
    actions = ["keep_curators", "take_files"]
    fields = ["interview_link", "what", "curators", "files", "whole_curators", "whole_files", "source_link", "state"]

    def get_queryset(self, request):
        present = super().get_queryset(request).exclude(interview__status="withdrawn")
        return present.defer("reading__spans", "reading__facts", "reading__changes")

    @admin.display(description="What", ordering="field")
    def what(self, conflict):
        of = conflict.turn.number if conflict.turn else conflict.participation and conflict.participation.label
        return f"{conflict.field.replace('_', ' ')} of {of or 'the interview'}"

    @admin.display(description="The curator's")
    def curators(self, conflict):
        return side(conflict, "old")

    @admin.display(description="The file's")
    def files(self, conflict):
        return side(conflict, "new")

    @admin.display(description="The whole of the curator's", empty_value="nothing")
    def whole_curators(self, conflict):
        return standing(conflict)

    @admin.display(description="The whole of the file's", empty_value="nothing")
    def whole_files(self, conflict):
        return conflict.received

    @admin.display(description="Interview", ordering="interview__title")
    def interview_link(self, conflict):
        return change_link(conflict.interview, beginning(conflict.interview.title))

    @admin.display(description="Interview, state", ordering="interview__title")
    def about(self, conflict):
        return format_html('{}<ul class="facts"><li>{}</li></ul>', self.interview_link(conflict), self.state(conflict))

    @admin.display(description="File")
    def source_link(self, conflict):
        return change_link(conflict.reading.source)

    @admin.display(description="State", ordering="settled_at")
    def state(self, conflict):
        if not conflict.settled_at:
            return "Open"
        chosen = CHOSEN.get(conflict.choice, conflict.get_choice_display())
        return f"{chosen}: {conflict.settled_by or 'by program'}, {moment(conflict.settled_at)}"

    @admin.action(description="Keep the curator's", permissions=["settle"])
    def keep_curators(self, request, queryset):
        self.choose(request, queryset, Conflict.Choice.CURATED)

    @admin.action(description="Take the file's", permissions=["settle"])
    def take_files(self, request, queryset):
        self.choose(request, queryset, Conflict.Choice.RECEIVED)

    def choose(self, request, queryset, choice):
        """Settle what is still open, one by one: an earlier choice may have changed what the next one is about."""
        keys = list(queryset.filter(settled_at=None).order_by("reading__read_at", "pk").values_list("pk", flat=True))
        for key in keys:
            settle(Conflict.objects.get(pk=key), choice=choice, by=request.user)
        self.message_user(request, f"{CHOSEN[choice]}: {len(keys)}.", messages.SUCCESS)
