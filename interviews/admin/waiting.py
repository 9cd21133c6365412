"""What waits for a curator: open problems of readings, open conflicts, drafts."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect

from interviews.models import Conflict, Interview, Reading, ReadingProblem

from .keys import is_key


def problems():
    """Return the problems of what was read last of each interview, but for those that were withdrawn."""
    readings = Reading.objects.filter(interview=OuterRef("reading__interview")).order_by("-read_at", "-pk")
    present = ReadingProblem.objects.exclude(reading__interview__status=Interview.Status.WITHDRAWN)
    return present.filter(reading=Subquery(readings.values("pk")[:1]))


def open_problems():
    return problems().filter(settled_at=None)


def open_conflicts():
    return Conflict.objects.filter(settled_at=None).exclude(interview__status=Interview.Status.WITHDRAWN)


class StateFilter(admin.SimpleListFilter):
    """Shows what is open, unless something else is asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("settled", "Settled"), ("all", "All")]

    def choices(self, changelist):
        _, *others = super().choices(changelist)
        without = changelist.get_query_string(remove=[self.parameter_name])
        return [{"selected": self.value() is None, "query_string": without, "display": "Open"}, *others]

    def queryset(self, request, queryset):
        is_open = {None: True, "settled": False}.get(self.value())
        return queryset if is_open is None else queryset.filter(settled_at__isnull=is_open)


class OneInterviewFilter(admin.SimpleListFilter):
    """Names the interview that a list was opened for, with the way back to all."""

    title = "interview"
    parameter_name = "interview"
    lookup = "interview"

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name, "")
        chosen = Interview.objects.filter(pk=chosen) if is_key(chosen) else ()
        return [(str(interview.pk), interview.title) for interview in chosen]

    def queryset(self, request, queryset):
        known = {key for key, _ in self.lookup_choices}
        return queryset.filter(**{self.lookup: self.value()}) if self.value() in known else queryset


class Settling:
    """A list whose actions can be taken on the page of one row too; `reopening` names those for settled rows."""

    change_form_template = "admin/interviews/settling.html"
    reopening = ()

    def has_settle_permission(self, request):
        return request.user.has_perm(f"interviews.change_{self.opts.model_name}")

    def fits(self, action, row):
        """Whether an action can be taken on a row as it is."""
        return (action in self.reopening) == bool(row.settled_at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        choices = self.get_action_choices(request, default_choices=[])
        fitting = [(action, words) for action, words in choices if row and self.fits(action, row)]
        return super().change_view(request, object_id, form_url, {"choices": fitting} | (extra_context or {}))

    def response_action(self, request, queryset):
        """From the page of one row the way leads back to the list of what is open."""
        response = super().response_action(request, queryset)
        is_done = isinstance(response, HttpResponseRedirect) and "of_one_row" in request.POST
        return HttpResponseRedirect(request.path) if is_done else response
