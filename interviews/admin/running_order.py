"""The turns of one interview, a hundred on a page: the kind of each, who speaks, which question it answers."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from interviews.ingest.conflicts import agree_by_hand
from interviews.ingest.renumber import renumber
from interviews.models import Interview, Turn
from interviews.search.index.upkeep import record_changes

from .meanwhile import CHANGED_MEANWHILE
from .rights import interview_for

WRITTEN = ["kind", "participation", "reply_to", "changed_at"]
ON_A_PAGE = 100


class TurnRow(forms.Form):
    """What a curator sets of one turn. `answers` is the number of a question before it."""

    kind = forms.ChoiceField(choices=Turn.Kind.choices)
    speaker = forms.ChoiceField(required=False)
    answers = forms.CharField(required=False, max_length=12, widget=forms.TextInput(attrs={"size": 5}))

    def __init__(self, data, *, turn, voices):
        asked = turn.reply_to.number if turn.reply_to else ""
        initial = {"kind": turn.kind, "speaker": str(turn.participation_id or ""), "answers": asked}
        super().__init__(data, prefix=f"turn-{turn.pk}", initial=initial, use_required_attribute=False)
        self.turn = turn
        self.fields["speaker"].choices = voices
        for name, what in (("kind", "Kind"), ("speaker", "Speaker"), ("answers", "Question answered")):
            self.fields[name].widget.attrs["aria-label"] = f"{what} of {turn.number}"
        self.fields["answers"].widget.attrs["list"] = "questions"

    def said(self):
        """Return the kind and the key of the voice, or None, that the curator chose."""
        return self.cleaned_data["kind"], int(self.cleaned_data["speaker"] or 0) or None

    def question(self, questions):
        """Return the question that this turn answers, of those before it; None and an error where it is not clear.

        Where nothing new is said and the question is none any more, it is the nearest before.
        """
        named = self.cleaned_data["answers"].strip().lower()
        is_new = named and "answers" in self.changed_data
        found = questions.get(named) or (None if is_new else nearest(questions))
        if found is None:
            named = f"No question {named}" if named else "No question"
            self.add_error("answers", f"{named} stands before it. Choose one, or make it a statement.")
        return found


class StandingRow:
    """A turn of another page: it stays what it is, but for a question that is none any more."""

    errors = ()

    def __init__(self, turn):
        self.turn = turn

    def said(self):
        return self.turn.kind, self.turn.participation_id

    def question(self, questions):
        found = questions.get(self.turn.reply_to and self.turn.reply_to.number) or nearest(questions)
        if found is None:
            named = self.turn.number
            self.errors = (f"No question would stand before {named}, on another page. Make that a statement first.",)
        return found


def nearest(questions):
    return next(reversed(questions.values()), None)


class SeenForm(forms.Form):
    seen_at = forms.CharField(widget=forms.HiddenInput)


def turns_view(request, pk):
    """Show the current turns of an interview as a form, and set what was changed in it."""
    interview = interview_for(request, pk, "change")
    if not request.user.has_perm("interviews.change_turn"):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    with transaction.atomic():
        seen_at = state_of(Interview.objects.select_for_update().get(pk=pk))
        shown = page_of(interview, request.GET.get("page"))
        rows = rows_of(interview, shown, data)
        if data is not None and data.get("seen_at") != seen_at:
            messages.error(request, CHANGED_MEANWHILE)
        elif data is not None and are_valid(rows):
            renamed = set_kinds(interview, rows)
            agree_by_hand(interview, by=request.user)
            site.get_model_admin(Interview).log_change(request, interview, "Set kinds and speakers of turns.")
            messages.success(request, saved_message(interview, renamed))
            return redirect(address_of(interview, data.get("page", shown.number)))
        for problem in (each for row in rows if isinstance(row, StandingRow) for each in row.errors):
            messages.error(request, problem)
    reading = interview.readings.select_related("source").first()
    context = {
        **site.each_context(request),
        "title": "Kinds and speakers of its turns",
        "opts": Interview._meta,
        "interview": interview,
        "rows": [row for row in rows if isinstance(row, TurnRow)],
        "questions": [row.turn for row in rows if row.turn.kind == Turn.Kind.QUESTION],
        "shown": shown,
        "source": reading and reading.source,
        "label": interview.participations.exclude(label="").values_list("label", flat=True).first(),
        "seen": SeenForm(data, initial={"seen_at": seen_at}),
    }
    return TemplateResponse(request, "admin/interviews/interview/turns.html", context)


def address_of(interview, page):
    return f"{reverse('admin:interviews_interview_turns', args=[interview.pk])}?{urlencode({'page': page})}"


def address_of_turn(turn):
    """Return the address of the page that has a row for this turn."""
    before = turn.interview.turns.current().filter(position__lt=turn.position).count()
    return address_of(turn.interview, before // ON_A_PAGE + 1)


def page_of(interview, number):
    """Return a page of the current turns in their order; the nearest page where there is none of this number."""
    turns = interview.turns.current().select_related("reply_to", "participation").order_by("position")
    return Paginator(turns, ON_A_PAGE).get_page(number)


def state_of(interview):
    """Return what changes with every change of an interview or its turns."""
    latest = interview.turns.aggregate(at=Max("changed_at"))["at"]
    return f"{interview.changed_at.isoformat()} {latest and latest.isoformat()}"


def rows_of(interview, shown, data):
    """Return a row for each current turn in order, those of the shown page as forms."""
    voices = [("", "nobody")] + [
        (str(voice.pk), f"{voice} ({voice.label})" if voice.label != str(voice) else str(voice))
        for voice in interview.participations.model.objects.filter(interview=interview).select_related(
            "person", "outlet"
        )
    ]
    before, after = shown.start_index() - 1, shown.end_index()
    return [
        TurnRow(data, turn=turn, voices=voices) if before <= at < after else StandingRow(turn)
        for at, turn in enumerate(shown.paginator.object_list)
    ]


def are_valid(rows):
    """Whether all rows are right, each for itself and in their order; sets `answered` of each."""
    if any(row.errors for row in rows):
        return False
    questions = {}
    for row in rows:
        kind, _ = row.said()
        row.answered = row.question(questions) if kind == Turn.Kind.ANSWER else None
        if kind == Turn.Kind.QUESTION:
            questions[row.turn.number] = row.turn
    return not any(row.errors for row in rows)


def set_kinds(interview, rows):
    """Write what the rows say -> {former number: number}. Of an interview never published numbers are given anew."""
    changed = []
    for row in rows:
        said = (*row.said(), row.answered)
        turn = row.turn
        if said != (turn.kind, turn.participation_id, turn.reply_to):
            turn.kind, turn.participation_id, turn.reply_to = said
            turn.changed_at = timezone.now()
            changed.append(turn)
    if not changed:
        return {}
    Turn.objects.bulk_update(changed, WRITTEN)
    renamed = {} if interview.published_at else renumber(interview)
    interview.kept_by_curator = True
    interview.save(update_fields=["kept_by_curator", "changed_at"])
    record_changes(interview.turns.values_list("pk", flat=True))
    return renamed


def saved_message(interview, renamed):
    if interview.published_at:
        return "Saved. Readers know the numbers of its turns: they stay."
    return "Saved, and the turns are numbered anew." if renamed else "Saved."
