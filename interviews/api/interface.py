"""The endpoints of the interface. Each answers GET and HEAD."""

from functools import partial
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from interviews import search as engine
from interviews.addresses import present_place_of
from interviews.listing.answers import share_interviews
from interviews.records import entity_record, interview_record, know_rights, of_one, turn_record
from interviews.views.errors import unavailable
from interviews.views.formats import as_json, root_of
from interviews.views.permanence import GoneError, gone_page
from interviews.views.search_head import identified

from . import finding
from .asking import Fields, OfAnswers, OfEntities, OfInterviews, OfSearch, Paged
from .cursors import CursorError, place_of
from .paging import AskedError, Rows, fields_asked, next_url, one_of, page_of, picked
from .schemas import (
    Entities,
    EntityRecord,
    Hit,
    Hits,
    InterviewRecord,
    Interviews,
    Refusal,
    TurnRecord,
    Turns,
)

ASKED_AMISS = {400: Refusal, 422: Refusal}
MISSING = {404: Refusal, 410: Refusal}

api = NinjaAPI(
    title="The archive as data",
    version="1",
    description="Read-only. Every answer is JSON, the same records as the pages give with ?format=json.",
    urls_namespace="api",
    docs_url=None,
)


@api.get("/interviews", response={200: Interviews} | ASKED_AMISS, summary="Interviews", operation_id="interviews")
def interviews(request, asked: Query[OfInterviews]):
    """All published interviews that were asked for, in the order in which they came here."""
    rows = Rows(finding.interviews_found(asked), InterviewRecord, interview_record, know_rights)
    return page_of(request, rows, asked)


@api.get(
    "/interviews/{id}",
    response={200: InterviewRecord} | ASKED_AMISS | MISSING,
    summary="One interview",
    operation_id="interview",
)
def interview(request, id: UUID, asked: Query[Fields]):
    """The facts of an interview."""
    found = finding.interview_named(id)
    return one_of(request, interview_record(found, root_of(request)), InterviewRecord, asked)


@api.get(
    "/interviews/{id}/turns",
    response={200: Turns} | ASKED_AMISS | MISSING,
    summary="The turns of an interview",
    operation_id="turns",
)
def turns(request, id: UUID, asked: Query[Paged]):
    """Everything that is said in an interview, in its order."""
    found = finding.interview_named(id)
    said = found.turns.current().for_reading()
    prepare = partial(_share, found)
    return page_of(request, Rows(said, TurnRecord, turn_record, prepare, key="position"), asked)


@api.get(
    "/interviews/{id}/turns/{number}",
    response={200: TurnRecord, 301: None} | ASKED_AMISS | MISSING,
    summary="One turn",
    operation_id="turn",
)
def turn(request, id: UUID, number: str, asked: Query[Fields]):
    """A question, an answer or whatever else has this number. Where it was joined to another, that one (301)."""
    found = finding.interview_named(id)
    said = found.turns.for_reading().filter(number=number).first() if number.isalnum() else None
    if said is None:
        raise Http404("This interview has no such question or answer.")
    said.interview = found
    place = present_place_of(said)
    if place.status != "current":
        raise GoneError(found, place, cited=said)
    if place != said:
        path = request.path.removesuffix(number) + place.number
        query = request.META["QUERY_STRING"]
        return redirect(f"{path}?{query}" if query else path, permanent=True)
    return one_of(request, turn_record(said, root_of(request)), TurnRecord, asked)


@api.get("/answers", response={200: Turns} | ASKED_AMISS, summary="Answers", operation_id="answers")
def answers(request, asked: Query[OfAnswers]):
    """Answers, statements and unanswered questions of all interviews, in the order in which they came here."""
    return page_of(request, Rows(finding.answers_found(asked), TurnRecord, turn_record, share_interviews), asked)


@api.get("/entities", response={200: Entities} | ASKED_AMISS, summary="Entities", operation_id="entities")
def entities(request, asked: Query[OfEntities]):
    """Countries, people, outlets and whatever else the archive speaks of."""
    return page_of(request, Rows(finding.entities_found(asked), EntityRecord, entity_record), asked)


@api.get(
    "/entities/{id}",
    response={200: EntityRecord, 404: Refusal} | ASKED_AMISS,
    summary="One entity",
    operation_id="entity",
)
def entity(request, id: UUID, asked: Query[Fields]):
    """What is known of an entity; of one that was merged into another, that of the other."""
    return one_of(request, entity_record(finding.entity_named(id), root_of(request)), EntityRecord, asked)


@api.get("/search", response={200: Hits, 503: Refusal} | ASKED_AMISS, summary="Search", operation_id="search")
def search(request, asked: Query[OfSearch]):
    """What the search page finds, by the same parameters, twenty answers a page."""
    wanted = fields_asked(request, asked, Hit)
    page = engine.search(_request_of(request, place_of(asked.cursor, request)))
    if not page.is_available:
        return unavailable(request)
    data = engine.page_as_json(page)
    return as_json(
        {
            "found": page.total,
            "complete": page.is_complete,
            "notices": data["notices"],
            "items": [picked(hit, wanted) for hit in identified(data["hits"], root_of(request))],
            "next": next_url(request, page.after) if page.after else None,
        }
    )


def _request_of(request, after):
    """The search that is asked for, from a place in its order on."""
    query = request.GET.copy()
    for name in ("page", "before", "after"):
        query.pop(name, None)
    if after:
        query["after"] = after
    return engine.Request.from_query(query)


def _share(found, rows):
    """Let the turns of one interview share it."""
    list(of_one(found, rows))


@api.exception_handler(ValidationError)
def not_understood(request, error):
    """Say which parameter was not understood, and why."""
    told = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors)
    return as_json({"status": 422, "error": told}, status=422)


@api.exception_handler(CursorError)
@api.exception_handler(AskedError)
def asked_amiss(request, error):
    return as_json({"status": 400, "error": str(error)}, status=400)


@api.exception_handler(GoneError)
def withdrawn(request, error):
    return gone_page(request, error)


@api.exception_handler(Http404)
def not_there(request, error):
    return as_json({"status": 404, "error": str(error)}, status=404)
