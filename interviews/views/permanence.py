"""What a permanent address leads to: the thing itself, where it has moved, or the reason why it is gone."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect

from interviews.addresses import former_address_above, present_place_of, redirect_for
from interviews.citing import chicago, phrases
from interviews.citing.panel import cited_in
from interviews.models import Interview
from interviews.records import entity_stub, interview_stub, turn_stub

from .formats import refusal, root_of


class GoneError(Exception):
    """An interview, or one turn of it, was withdrawn; `cited` is what was asked for, which may be part of it."""

    def __init__(self, interview, turn=None, *, cited=None):
        super().__init__((turn or interview).status_reason)
        self.interview = interview
        self.turn = turn
        self.cited = cited or turn or interview


class HiddenError(Http404):
    """An interview that readers could see is a draft again."""


class WithheldError(Exception):
    """The file of an interview may not be passed on."""

    def __init__(self, interview, source):
        super().__init__(source.licence)
        self.interview = interview
        self.source = source


def permanent(view):
    """Let a view's addresses last: former ones redirect in one hop (301), what was withdrawn answers 410.

    A file that may not be passed on answers 403 with the reason.
    """

    @wraps(view)
    def lasting(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except GoneError as gone:
            return gone_page(request, gone)
        except HiddenError:
            return hidden_page(request)
        except WithheldError as withheld:
            return withheld_page(request, withheld)
        except Http404:
            target = redirect_for(request.path, follows_words=not request.GET.get("v"))
            if target:
                return moved_permanently(request, target)
            former, _ = former_address_above(request.path)
            if former and former.gone_reason:
                return removed_page(request, former)
            raise

    return lasting


def gone_page(request, gone):
    """Say that an interview or a turn was withdrawn, when and why, and how it was cited, without its words."""
    reference = cited_in(request, gone.cited, names_version=False)
    cited, withdrawn = chicago.bibliography(reference), gone.turn or gone.interview
    root = root_of(request)
    return refusal(
        request,
        "410.html",
        {"interview": gone.interview, "turn": gone.turn, "citation": phrases.html(cited)},
        status=410,
        error="This was withdrawn.",
        reason=withdrawn.status_reason or None,
        since=withdrawn.changed_at.date().isoformat(),
        withdrawn=turn_stub(gone.turn, root) if gone.turn else interview_stub(gone.interview, root),
        citation=phrases.plain(cited),
    )


def hidden_page(request):
    """Say that an interview is a draft again."""
    error = "The interview that stood here was taken back, to be worked on."
    return refusal(request, "404.html", {"is_hidden": True}, status=404, error=error)


def withheld_page(request, withheld):
    """Say that the publisher of an interview does not let its file be passed on."""
    context = {"interview": withheld.interview, "source": withheld.source}
    error = "The publisher of this text has not allowed its file to be passed on."
    facts = {"reason": withheld.source.licence or None, "publisher_url": withheld.source.origin_url or None}
    return refusal(request, "withheld.html", context, status=403, error=error, **facts)


def removed_page(request, former):
    """Say when and why what had an address was removed from the archive."""
    facts = {"reason": former.gone_reason, "since": former.since.date().isoformat()}
    error = "What stood here was removed."
    return refusal(request, "410.html", {"former": former}, status=410, error=error, **facts)


def unnamed_page(request, entity):
    """Say that nothing which readers may see names an entity any more."""
    error = "No interview that readers may see names this any more."
    return refusal(
        request,
        "410.html",
        {"entity": entity},
        status=410,
        error=error,
        withdrawn=entity_stub(entity, root_of(request)),
    )


def moved_permanently(request, target):
    """Redirect for ever, with the query string as it was."""
    query = request.META.get("QUERY_STRING")
    return redirect(f"{target}?{query}" if query else target, permanent=True)


def find_interview(*, dated, slug, reader, number=None):
    """Return the interview at an address; `number` is that of the turn which is asked for.

    Raises Http404, HiddenError or GoneError where a reader may not see it.
    """
    found = Interview.objects.filter(date=dated.first_day, date_precision=dated.precision, slug=slug)
    interview = found.select_related("outlet__country").with_speakers().first()
    if interview is None or (interview.status == "draft" and not sees_drafts(reader)):
        was_seen = interview and interview.published_at
        raise HiddenError if was_seen else Http404("No interview has this address.")
    if interview.status == "withdrawn":
        raise GoneError(interview, cited=interview.turns.filter(number=number).first())
    return interview


def find_turn(*, dated, slug, number, reader):
    """Return (turn, place): the turn at an address, and the current one that it is, or that it was moved into.

    Raises Http404, and GoneError where what a reader may see was withdrawn.
    """
    interview = find_interview(dated=dated, slug=slug, reader=reader, number=number)
    turn = interview.turns.for_reading().filter(number=number).first()
    if turn is None:
        raise Http404("This interview has no such question or answer.")
    turn.interview = interview
    place = present_place_of(turn)
    if place.status != place.Status.CURRENT:
        raise GoneError(place.interview, place, cited=turn)
    return turn, place


def sees_drafts(reader):
    """Drafts are for staff who may view interviews in the admin; whoever may change them may view them."""
    rights = ("interviews.view_interview", "interviews.change_interview")
    return reader.is_staff and any(map(reader.has_perm, rights))
