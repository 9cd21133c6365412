"""One turn under its permalink: an answer with its question, a question with its answers, a statement."""

from collections import Counter

from django.shortcuts import render

from interviews.citing.metadata import linked_data
from interviews.citing.panel import panel_of
from interviews.records import of_one, turn_record, turn_stub, version_record, withheld_reason
from interviews.search import related_to
from interviews.tagging.tags import marks_of
from interviews.versions import versions_of

from .cited import as_it_stood, cited_page, reworded_since, version_asked_for
from .formats import also_as, root_of
from .neighbours import neighbours, rank_of
from .passages import chosen_words, passage_page
from .permanence import find_turn, moved_permanently, permanent
from .sources import reading_of
from .spoken_of import spoken_of
from .switches import hides, remembers_switches


def turn_as_json(request, dated, slug, number):
    """One turn with its question, or with its answers, in the version and with the passage that are named."""
    found, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    elsewhere, version = passage_page(request, found, place), None
    if not elsewhere:
        version, elsewhere = version_asked_for(request, found)
    if not (elsewhere or version) and place != found:
        elsewhere = moved_permanently(request, place.get_absolute_url())
    return elsewhere or read_record(found, version or versions_of(found)[0], place, root_of(request))


def read_record(turn, version, place, root):
    """The record of a turn as it stood in a version, where it is now, its answers, and the words that were named."""
    withheld = withheld_reason(turn.interview, version)
    named = turn.passage and {
        "start": turn.passage[0],
        "end": turn.passage[1],
        "words": None if withheld else version.text[slice(*turn.passage)],
    }
    replies = of_one(turn.interview, turn.replies.current().order_by("position"))
    return (
        turn_record(as_it_stood(turn, version), root)
        | version_record(version)
        | {
            "text": None if withheld else version.text,
            "withheld": withheld or None,
            "stands_at": turn_stub(place, root),
            "passage": named or None,
            "replies": [turn_stub(reply, root) for reply in replies],
        }
    )


@permanent
@also_as(json=turn_as_json)
@remembers_switches
def turn(request, dated, slug, number):
    """One turn. Where it was merged into another its address leads there; where it was withdrawn it says why.

    `?v=` shows the words that were cited, though they were changed or merged since; `&passage=` marks some of them.
    """
    found, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    if elsewhere := passage_page(request, found, place) or cited_page(request, found):
        return elsewhere
    if place != found:
        return moved_permanently(request, place.get_absolute_url())
    page = turn_page(found.interview, found)
    page |= cited(request, found, chosen_words(request, found, page["versions"][0], found))
    asked = {"names_hidden": hides(request, "names"), "reworded_since": reworded_since(request, found)}
    return render(request, "turn.html", page | asked)


def cited(request, turn, chosen):
    """What the page of a turn, or of words of it, shows to be cited, and what programs read of it."""
    panel = panel_of(request, turn, passage=chosen and chosen.passage)
    return {"cite": panel, "linked_data": linked_data(panel.reference, turn=turn), "chosen": chosen}


def turn_page(interview, turn):
    """What the page of a turn shows: the exchange it belongs to and its neighbours."""
    question = question_of(turn)
    replies = list(question.replies.current().for_reading()) if question else []
    exchange = exchange_around(turn, question=question, replies=replies)
    return {
        "interview": interview,
        "turn": turn,
        "what": "this remark" if turn.kind == "moderator" else f"this {turn.get_kind_display().lower()}",
        "asked": question or turn,
        "voices": voices_of(turn),
        "exchange": exchange,
        "other_answers": [reply for reply in replies if reply != turn] if turn != question else [],
        "spoken_of": spoken_of(exchange),
        "rank": rank_of(turn),
        "speaker": speaker_of(turn),
        "neighbours": neighbours(turn, question=question, answered=bool(replies)),
        "related": related_to([part.pk for part in (turn, *replies)], subjects_of(turn, exchange)),
        "reading": reading_of(interview),
        "versions": versions_of(turn),
    }


def voices_of(turn):
    """Who the page's title names: the speaker where one is known, and the outlet that asked."""
    speaker = turn.participation and turn.participation.person
    return [str(entity) for entity in (speaker, turn.outlet) if entity]


def speaker_of(turn):
    """The participation of who speaks; of several labels of one person one that states the office. None for nobody."""
    voice = turn.participation
    if voice is None or voice.person is None:
        return voice
    return next((other for other in turn.interview.voices(voice.part) if other.person == voice.person), voice)


def subjects_of(turn, exchange):
    """How often an exchange names what its speaker speaks of, by its value in the facet "about"; of a question {}.

    Neither who speaks nor the country that is spoken for is a subject.
    """
    person = turn.participation and turn.participation.person
    if person is None or turn.kind == "question":
        return {}
    named = (mark.entity for part in exchange for mark in marks_of(part))
    return Counter(f"{each.kind}:{each.slug}" for each in named if each.pk not in (person.pk, person.country_id))


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
