"""The rows of our own archive, inserted many at once, without the parser and the tagger."""

from collections.abc import Iterable
from itertools import groupby, islice
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify

from interviews import models
from interviews.tagging.establishing import load_authority

from benchmarks.search_answers import Answer, Authority

INTERVIEWS_AT_ONCE = 500


def build(folder: Path, answers: Iterable[Answer]) -> None:
    """Insert the answers into the empty database of the archive, which lies in the folder."""
    call_command("migrate", verbosity=0)
    load_authority()
    entities = _entities(Authority())
    by_interview = groupby(answers, key=lambda answer: answer.interview)
    interviews = (list(exchanges) for _, exchanges in by_interview)
    while some := list(islice(interviews, INTERVIEWS_AT_ONCE)):
        with transaction.atomic():
            _insert(some, entities)


def _entities(authority):
    """Insert who is spoken of, who speaks and who asks -> {(kind, name, or code of a country): entity}."""
    entities = {("country", entity.iso_code): entity for entity in models.Entity.objects.of_kind("country")}
    made = {("organisation", name): None for name in authority.others[0]}
    made |= {("person", voice.name): voice.country for voice in authority.speakers[0]}
    made |= {("outlet", voice.name): voice.country for voice in authority.outlets[0]}
    for (kind, name), code in made.items():
        country = entities["country", code] if code else None
        entities[kind, name] = models.Entity(kind=kind, name=name, slug=slugify(name), country=country)
    models.Entity.objects.bulk_create([entities[key] for key in made], batch_size=500)
    return entities


def _insert(interviews, entities):
    rows = [_interview(exchanges[0], entities) for exchanges in interviews]
    models.Interview.objects.bulk_create(rows)
    speaking, asking, questions, answers, mentions = [], [], [], [], []
    for interview, exchanges in zip(rows, interviews, strict=True):
        speaker = entities["person", exchanges[0].speaker.name]
        speaking.append(_participation(interview, "interviewee", speaker.name, speaker))
        asking.append(_participation(interview, "interviewer", "Question", None))
        for number, answer in enumerate(exchanges, 1):
            question = _turn(asking[-1], "question", f"q{number}", 2 * number - 1, answer.question)
            reply = _turn(speaking[-1], "answer", f"a{number}", 2 * number, answer.answer, reply_to=question)
            questions.append(question)
            answers.append(reply)
            mentions.extend(_mention(reply, mention, entities) for mention in answer.mentions)
    models.Participation.objects.bulk_create(speaking + asking)
    models.Turn.objects.bulk_create(questions)
    models.Turn.objects.bulk_create(answers)
    models.Mention.objects.bulk_create(mentions, batch_size=5_000)


def _interview(answer, entities):
    return models.Interview(
        slug=f"interview-{answer.interview}",
        title=answer.title,
        date=answer.date,
        kind=answer.kind,
        language=answer.language,
        outlet=entities["outlet", answer.outlet.name],
    )


def _participation(interview, part, label, person):
    return models.Participation(interview=interview, part=part, label=label, person=person)


def _turn(participation, kind, number, position, text, *, reply_to=None):
    return models.Turn(
        interview=participation.interview,
        participation=participation,
        kind=kind,
        number=number,
        position=position,
        text=text,
        reply_to=reply_to,
    )


def _mention(turn, mention, entities):
    entity = entities[mention.kind, mention.entity]
    surface = turn.text[mention.start : mention.end]
    place = {"start": mention.start, "end": mention.end, "surface": surface}
    return models.Mention(turn=turn, entity=entity, tagger_version="benchmark", **place)
