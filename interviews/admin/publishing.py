"""Whether readers may see an interview: what stands in the way, and what follows when a curator decides."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from interviews.models import Interview, ReadingProblem
from interviews.search.index.upkeep import record_changes

from .display import change_link
from .meanwhile import CHANGED_MEANWHILE
from .rights import interview_for
from .waiting import open_conflicts, open_problems

NO_DATE = "It has no date: give it one first, for the date is part of its address."
UNDATED, DUPLICATE = "no_date", "possible_duplicate"
NO_TURN = "Nothing in it is spoken: there is no question, answer or statement."


class WithdrawForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "cols": 80}), label="Reason, for the readers")


def obstacles(interview) -> list[str]:
    """Return what forbids to publish an interview, in words; nothing where it may be published."""
    missing = [] if interview.date else [NO_DATE]
    return missing if interview.turns.current().exists() else [*missing, NO_TURN]


def hiding_problems(interview):
    """Return the open problems of an interview that hide it until somebody has looked."""
    return open_problems().filter(reading__interview=interview, severity=ReadingProblem.Severity.DRAFT)


def open_reasons(interview):
    """Return the open problems that keep an interview hidden, beside what `obstacles` says of its date."""
    return hiding_problems(interview).exclude(code=UNDATED)


def settle(problems, *, by):
    """Settle those of these problems that are open -> their number. Their interviews are the curator's to publish."""
    Interview.objects.filter(readings__problems__in=problems.filter(settled_at=None)).update(kept_by_curator=True)
    return problems.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=by)


def is_hidden_by_its_problems(interview) -> bool:
    """Tell whether an interview is a draft for reasons that its readings gave, and for no curator's own."""
    reasons = set(interview.status_reason.splitlines())
    given = ReadingProblem.objects.filter(reading__interview=interview).values_list("message", flat=True)
    return interview.status == Interview.Status.DRAFT and bool(reasons) and reasons <= set(given)


@transaction.atomic
def set_status(interviews, status, *, reason="", by):
    """Give interviews a status and tell the search index. To publish settles the problems that kept them hidden."""
    for interview in interviews:
        interview.status, interview.status_reason = status, reason
        if interview.is_published:
            note_publication(interview, by=by)
        interview.save(update_fields=["status", "status_reason", "published_at", "changed_at"])
        record_changes(interview.turns.values_list("pk", flat=True))


def change_status(request, interviews, status, *, reason=""):
    """Give interviews a status in the name of a user: it stands in their history, and a message says so."""
    interviews = list(interviews)
    set_status(interviews, status, reason=reason, by=request.user)
    for interview in interviews:
        site.get_model_admin(Interview).log_change(request, interview, f"{status.label}. {reason}".strip())
    if interviews:
        messages.success(request, f"{status.label}: {len(interviews)}.")


def note_publication(interview, *, by):
    """Note since when readers see an interview. Who publishes it has looked at what kept it hidden."""
    interview.published_at = interview.published_at or timezone.now()
    settle(hiding_problems(interview), by=by)


def withdraw_view(request, interviews, *, form_url=""):
    """Ask for the reason, then withdraw: readers who follow a link will read it. `form_url`: the list that does so."""
    form = WithdrawForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        interviews = list(interviews)
        change_status(request, interviews, Interview.Status.WITHDRAWN, reason=reason)
        tell_copies(request, interviews)
        return redirect(request.get_full_path())
    context = {
        **site.each_context(request),
        "title": "Withdraw",
        "form": form,
        "interviews": interviews,
        "form_url": form_url,
        "list_url": reverse("admin:interviews_interview_changelist"),
        "opts": Interview._meta,
    }
    return TemplateResponse(request, "admin/interviews/interview/withdraw.html", context)


def tell_copies(request, interviews):
    """Tell of the drafts that wait because their words stand in one of these interviews."""
    for interview in (each for each in interviews if each.date):
        copies = open_problems().filter(code=DUPLICATE, message__contains=interview.get_absolute_url())
        for problem in copies.select_related("reading__interview"):
            told = "The draft “{}” holds most of its words: withdraw or publish that, too."
            messages.warning(request, format_html(told, change_link(problem.reading.interview)))


def publish_view(request, pk):
    """Show what stands in the way of publishing a draft, and publish it when that is confirmed."""
    interview = interview_for(request, pk, "change")
    forbidding = obstacles(interview)
    if request.method == "POST" and request.POST.get("seen_at") != interview.changed_at.isoformat():
        messages.error(request, CHANGED_MEANWHILE)
    elif request.method == "POST" and not forbidding:
        change_status(request, [interview], Interview.Status.PUBLISHED)
        return redirect(reverse("admin:interviews_interview_change", args=[pk]))
    context = {
        **site.each_context(request),
        "title": "Publish",
        "opts": Interview._meta,
        "interview": interview,
        "obstacles": forbidding,
        "reasons": open_reasons(interview),
        "conflict_count": open_conflicts().filter(interview=interview).count(),
    }
    return TemplateResponse(request, "admin/interviews/interview/publish.html", context)
