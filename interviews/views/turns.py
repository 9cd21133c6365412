"""One turn under its permalink: an answer with its question, a question with its answers, a statement."""

from django.http import Http404
from django.shortcuts import render

from interviews.addresses import present_place_of
from interviews.citing.citation import sentences_of
from interviews.versions import versions_of

from .cited import cited_page, reworded_since
from .permanence import GoneError, find_interview, moved_permanently, permanent
from .sources import reading_of
from .spoken_of import spoken_of
from .switches import hides, remembers_switches


@permanent
@remembers_switches
def turn(request, dated, slug, number):
    """One turn. Where it was merged into another its address leads there; where it was withdrawn it says why.

    `?v=` shows the words that were cited, though they were changed or merged since.
    """
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    found = interview.turns.for_reading().filter(number=number).first()
    if found is None:
        raise Http404("This interview has no such question or answer.")
    place = present_place_of(found)
    if place.status != "current":
        raise GoneError(place.interview, place, cited=found)
    found.interview = interview
    if cited := cited_page(request, found):
        return cited
    if place != found:
        return moved_permanently(request, place.get_absolute_url())
    page = turn_page(interview, found, url=request.build_absolute_uri(request.path))
    chosen = {"names_hidden": hides(request, "names"), "reworded_since": reworded_since(request, found)}
    return render(request, "turn.html", page | chosen)


def turn_page(interview, turn, *, url):
    """What the page of a turn shows: the exchange it belongs to, its neighbours, its link and citation."""
    turn.interview = interview
    question = question_of(turn)
    replies = list(question.replies.current().for_reading()) if question else []
    before, after = neighbours(turn, others=others_like(turn, answered=bool(replies)))
    exchange = exchange_around(turn, question=question, replies=replies)
    return {
        "interview": interview,
        "turn": turn,
        "asked": question or turn,
        "voices": voices_of(turn),
        "exchange": exchange,
        "other_answers": [reply for reply in replies if reply != turn] if turn != question else [],
        "spoken_of": spoken_of(exchange),
        "before": before,
        "after": after,
        "answer_count": interview.turns.current().answers().filter(courtesy=False).count(),
        "reading": reading_of(interview),
        "url": url,
        "versions": versions_of(turn),
        "citation": sentences_of(turn, url=url),
    }


def voices_of(turn):
    """Who the page's title names: the speaker where one is known, and the outlet that asked."""
    speaker = turn.participation and turn.participation.person
    return [str(entity) for entity in (speaker, turn.outlet) if entity]


def question_of(turn):
    """The question that a turn asks or answers, as far as it still stands; None for a statement."""
    if turn.kind == "question":
        return turn
    return turn.reply_to if turn.reply_to and turn.reply_to.status == "current" else None


def exchange_around(turn, *, question, replies):
    """The turns that the page prints: a question with all its answers, an answer with its question."""
    if turn == question:
        return [turn, *replies]
    return [question, turn] if question else [turn]


def others_like(turn, *, answered):
    """What a reader goes through from here: from an answered question the questions, else all that stands alone."""
    turns = turn.interview.turns.current().select_related("interview", "reply_to")
    if turn.kind == "question" and answered:
        return turns.filter(kind="question", courtesy=False)
    return turns.standing_alone()


def neighbours(turn, *, others):
    """The nearest of `others` before and after a turn in the running order; None at either end."""
    before = others.filter(position__lt=turn.position).order_by("position").last()
    after = others.filter(position__gt=turn.position).order_by("position").first()
    return before, after
