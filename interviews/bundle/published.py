"""The published interviews with all that readers see of them, a few at a time: rows that share what they refer to."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from interviews.models import Decision, Entity, Interview, Mention, Turn
from interviews.records import know_rights

SOME = 100  # interviews held at a time


def published() -> Iterator[list[Interview]]:
    """Yield the interviews, oldest first, so many at a time, with who speaks in them and their rights."""
    found = Interview.objects.published().order_by("date", "slug", "pk").select_related("outlet", "translation_of")
    interviews = found.with_speakers().iterator(SOME)
    while some := list(islice(interviews, SOME)):
        know_rights(some)
        yield some


def published_with_turns() -> Iterator[tuple[Interview, list[Turn]]]:
    """Yield each interview with its current turns, in their order, of which `tags_of` and `marks_of` ask no more."""
    for some in published():
        turns = turns_of(some)
        yield from ((interview, turns[interview.pk]) for interview in some)


def turns_of(interviews: list[Interview]) -> dict[int, list[Turn]]:
    """Return {key of an interview: its current turns}."""
    by_key = {interview.pk: interview for interview in interviews}
    voices = {voice.pk: voice for interview in interviews for voice in interview.participations.all()}
    rows = {turn.pk: turn for turn in Turn.objects.current().filter(interview__in=by_key).order_by("position", "pk")}
    turns = defaultdict(list)
    for turn in rows.values():
        turn.interview = by_key[turn.interview_id]
        turn.fetched_mentions, turn.fetched_decisions = [], []
        if turn.participation_id:
            turn.participation = voices[turn.participation_id]
        if turn.reply_to_id in rows:
            turn.reply_to = rows[turn.reply_to_id]
        turns[turn.interview_id].append(turn)
    give_tags(rows, list(by_key))
    return turns


class Seen(NamedTuple):
    """A mention, as far as tags ask of it: of all mentions of an archive no objects are made."""

    turn_id: int
    start: int
    end: int
    surface: str
    occurrence: int
    confidence: int
    rule_id: int | None
    entity_id: int
    entity: Entity


def give_tags(turns: dict[int, Turn], interviews: list[int]) -> None:
    """Let turns, by their keys, have what `with_tags()` fetches, by joins: of many turns it would name every key."""
    of_turns = {"turn__interview__in": interviews, "turn__status": Turn.Status.CURRENT}
    mentions = list(Mention.objects.filter(**of_turns).order_by("start", "pk").values_list(*Seen._fields[:-1]))
    named = Entity.objects.defer("said").in_bulk({entity for *_, entity in mentions})
    for row in mentions:
        seen = Seen(*row, named[row[-1]])
        turns[seen.turn_id].fetched_mentions.append(seen)
    for decision in Decision.objects.filter(**of_turns).select_related("entity", "replacement").order_by("-at", "-pk"):
        turns[decision.turn_id].fetched_decisions.append(decision)
