"""Small archives for tests: plain rows, without the parser and the tagger."""

import datetime
import itertools

from django.core.management.color import no_style
from django.db import connection
from django.utils.text import slugify

from interviews.models import Alias, Authority, Entity, Interview, Mention, Participation, Turn

_serial = itertools.count(1)


def forget_the_data_files():
    """Leave nothing of what every test begins with.

    PostgreSQL would ask of each row that is deleted whether another refers to it; emptying tables asks nothing.
    """
    tables = [model._meta.db_table for model in (Alias, Entity, Authority)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(statement)


def make_entity(kind, name, *, iso_code="", slug=None):
    """Return the entity of this kind and name, made if there is none."""
    slug = slug or slugify(name) or f"{kind}-{next(_serial)}"
    entity, _ = Entity.objects.get_or_create(kind=kind, slug=slug, defaults={"name": name, "iso_code": iso_code})
    return entity


def make_country(iso_code, name):
    return make_entity("country", name, iso_code=iso_code)


def make_interview(
    exchanges=(("What comes next?", "Talks come next."),),
    *,
    statements=(),
    date="2019-12-05",
    speaker="Ilan Moreau",
    outlet="Harbour Post",
    **fields,
):
    """Make a published interview of (question, answer) pairs and closing statements, and return it.

    An answer of None leaves its question unanswered, a question of None stands an answer alone. Turns are
    numbered q1, a1, q2 ..., s1 ... in their order.
    """
    number = next(_serial)
    interview = Interview.objects.create(
        **{
            "slug": f"interview-{number}",
            "title": f"Interview {number}",
            "date": date and datetime.date.fromisoformat(date),
            "language": "en",
            "outlet": make_entity("outlet", outlet) if outlet else None,
        }
        | fields
    )
    speaking = _participation(interview, "interviewee", speaker)
    asking = _participation(interview, "interviewer", None)
    position = itertools.count(1)
    for index, (asked, answered) in enumerate(exchanges, start=1):
        question = None
        if asked is not None:
            question = _turn(interview, f"q{index}", next(position), "question", asking, asked)
        if answered is not None:
            _turn(interview, f"a{index}", next(position), "answer", speaking, answered, reply_to=question)
    for index, text in enumerate(statements, start=1):
        _turn(interview, f"s{index}", next(position), "statement", speaking, text)
    return interview


def make_corridor():
    """Make interviews of two speakers with two outlets that speak of Libya, Egypt and a grain corridor."""
    libya, egypt = make_country("LY", "Libya"), make_country("EG", "Egypt")
    Alias.objects.create(entity=libya, text="Ливия", language="ru")
    Alias.objects.create(entity=libya, text="Libyan", kind="demonym")
    for year, country in ((2017, libya), (2018, libya), (2019, egypt)):
        talks = make_interview(
            [
                (f"What of {country}?", "The grain corridor holds."),
                ("And the fleet?", "Of the Grain Corridor: nothing."),
            ],
            date=f"{year}-05-06",
            outlet="Harbour Post" if year < 2019 else "Lighthouse Weekly",
            speaker="Ilan Moreau" if year < 2019 else "Livia Ödegaard",
        )
        mention(talks.turns.get(number="q1"), country)


def mention(turn, *countries):
    """Mark the whole turn as speaking of these countries."""
    for country in countries:
        place = {"start": 0, "end": len(turn.text), "surface": country.name}
        Mention.objects.create(turn=turn, entity=country, found_with=100, tagger_version="test", **place)


def propose(turn, entity, *, confidence, surface=""):
    """Let the tagger have marked the name of an entity, or other words, with this confidence."""
    surface = surface or entity.name
    start = turn.text.index(surface)
    place = {"start": start, "end": start + len(surface), "surface": surface}
    return turn.mentions.create(entity=entity, confidence=confidence, found_with=confidence, **place)


def _participation(interview, part, name):
    person = make_entity("person", name) if name else None
    label = name or "Question"
    return Participation.objects.create(interview=interview, part=part, label=label, person=person)


def _turn(interview, number, position, kind, participation, text, reply_to=None):
    return Turn.objects.create(
        interview=interview,
        number=number,
        position=position,
        kind=kind,
        participation=participation,
        text=text,
        reply_to=reply_to,
    )
