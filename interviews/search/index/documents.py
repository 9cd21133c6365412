"""What a document takes from its turn, from the question that the turn answers, and from their interview."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from interviews.models import Entity, Interview, Turn
from interviews.tagging.situating import country_of
from interviews.tagging.tags import tags_of

# The kinds of what is spoken of that are facets of their own, by slug; countries are one by code.
KINDS = (Entity.Kind.PERSON, Entity.Kind.ORGANISATION, Entity.Kind.PLACE, Entity.Kind.DOCUMENT, Entity.Kind.EVENT)
MULTIPLE = ("about", "country", *KINDS)


@dataclass(frozen=True, slots=True)
class Document:
    """What the index holds of one turn.

    texts: those named "question", "answer" and "title", in the language of the interview. values: facet -> values,
    all but the length. numbers: those that are no counts of words. stored: what lists of results print.
    """

    language: str
    texts: dict[str, str]
    values: dict[str, list[str]]
    numbers: dict[str, int]
    stored: dict


def document_of(turn: Turn) -> Document:
    """Return the document of a turn, which should come from `Turn.objects.for_indexing()`."""
    interview, person = turn.interview, turn.participation and turn.participation.person
    entities = _entities_of(turn)
    outlet = turn.outlet
    texts = {"question": question_of(turn), "answer": answer_of(turn), "title": interview.title}
    values = {
        "about": [f"{entity.kind}:{entity.slug}" for entity in entities],
        "country": [entity.iso_code for entity in entities if entity.kind == Entity.Kind.COUNTRY and entity.iso_code],
        **{str(kind): [entity.slug for entity in entities if entity.kind == kind] for kind in KINDS},
        "interview": [f"{interview.dated}/{interview.slug}"],
        "interview_country": _filled(country_of(interview.place)),
        "kind": [interview.kind],
        "language": _filled(interview.language),
        "month": [f"{interview.date:%Y-%m}"] if interview.date_precision != Interview.Precision.YEAR else [],
        "outlet": [outlet.slug] if outlet else [],
        "outlet_country": _country_of(outlet),
        "speaker": [person.slug] if person else [],
        "speaker_country": _country_of(person),
        "year": [f"{interview.date:%Y}"],
    }
    numbers = {
        "date": interview.date.toordinal(),
        "last_day": last_day_of(interview).toordinal(),
        "interview": interview.pk,
        "turn": turn.pk,
        "position": turn.position,
    }
    shown = {
        "turn": turn.pk,
        "number": turn.number,
        "turn_kind": turn.kind,
        "voice": turn.voice,
        "outlet_name": str(outlet or ""),
        "dated": interview.dated,
        "date": interview.date,
        "position": turn.position,
    }
    single = {name: next(iter(found), "") for name, found in values.items() if name not in MULTIPLE}
    return Document(interview.language, texts, values, numbers, texts | values | single | shown)


def question_of(turn: Turn) -> str:
    """Return the text of the question that stands above a turn, or of the turn itself if it is one; else ''."""
    if turn.kind == Turn.Kind.QUESTION:
        return turn.text
    question = turn.reply_to
    return question.text if question and question.status == Turn.Status.CURRENT else ""


def answer_of(turn: Turn) -> str:
    """Return the text of an answer or a statement, '' for an unanswered question."""
    return "" if turn.kind == Turn.Kind.QUESTION else turn.text


def last_day_of(interview: Interview) -> datetime.date:
    """Return the last day on which an interview may have been given, as far as its date is known."""
    if interview.date_precision == Interview.Precision.DAY:
        return interview.date
    year, month = interview.date.year, interview.date.month
    if interview.date_precision == Interview.Precision.YEAR:
        month = 12
    return datetime.date(year, month, monthrange(year, month)[1])


def _filled(value):
    return [value] if value else []


def _country_of(entity):
    """The code of the country that a person represents or an outlet is at home in, as far as known."""
    country = entity and entity.country
    return _filled(country and country.iso_code)


def _entities_of(turn):
    """What a turn and the question it answers are tagged with, each once."""
    question = turn.reply_to
    return dict.fromkeys([*(tags_of(question) if question else ()), *tags_of(turn)])
