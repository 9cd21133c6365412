"""The words that somebody cited: a turn under `?v=`, as it stood when it had them."""

from copy import copy
from urllib.parse import urlencode

from django.shortcuts import redirect, render

from interviews.addresses import present_place_of
from interviews.citing.panel import panel_of
from interviews.models import Turn
from interviews.records import turn_stub
from interviews.reworded import reworded
from interviews.versions import NAME, Version, standing_at, turns_named, version_named, versions_of

from .formats import refusal, root_of
from .passages import chosen_words
from .switches import hides


def cited_page(request, turn):
    """Return the answer to a request that names a version of a turn; None where the turn's own page is the answer.

    That is so where no version is named, or the present one. A former version is shown as it stood; a name of other
    length or capitals leads to the proper one; what the turn never said is not found, in so many words.
    """
    version, elsewhere = version_asked_for(request, turn)
    if version is None or version.is_current:
        return elsewhere
    return render(request, "version.html", former_page(request, turn, version))


def version_asked_for(request, turn):
    """Return (the version that a request names or None, the answer where it names none, or one by another name)."""
    name = request.GET.get("v", "").strip()
    if not name:
        return None, None
    version = version_named(turn, name)
    if version is None:
        return None, unknown_page(request, turn, name)
    if name != version.short:
        return None, redirect(f"{request.path}?{urlencode(request.GET.dict() | {'v': version.short})}")
    return version, None


def reworded_since(request, turn):
    """Return when the question was reworded with which an answer was cited by its present version; None else."""
    if not request.GET.get("v") or turn.reply_to is None:
        return None
    since, asked_since = versions_of(turn)[0].since, versions_of(turn.reply_to)[0].since
    return asked_since if asked_since and (since is None or asked_since > since) else None


def former_page(request, turn, version):
    """What the page of a former version shows: the exchange as it stood, and what has changed since."""
    place = present_place_of(turn)
    former = as_it_stood(turn, version)
    chosen = chosen_words(request, former, version, place)
    exchange = [each for each in exchange_then(turn, version) if each.pk != turn.pk]
    exchange.insert(1 if turn.kind == Turn.Kind.ANSWER and exchange else 0, former)
    return {
        "interview": turn.interview,
        "turn": former,
        "version": version,
        "exchange": exchange,
        "place": place,
        "difference": reworded(version.text, place.text),
        "asked_otherwise": any(each.is_former for each in exchange if each.pk != turn.pk),
        "cite": panel_of(request, former, version=version, passage=chosen and chosen.passage),
        "names_hidden": hides(request, "names"),
        "chosen": chosen,
    }


def exchange_then(turn, version):
    """Yield the question of an answer, or the answers to a question, as they stood when this version was replaced."""
    others = turn.replies.for_reading().order_by("position") if turn.kind == Turn.Kind.QUESTION else [turn.reply_to]
    for other in others:
        if other and other.status != Turn.Status.WITHDRAWN and (then := standing_at(other, version.until)):
            yield as_it_stood(other, then)


def as_it_stood(turn, version: Version):
    """Return a turn with the words of one version; names are marked in the present words only."""
    standing = copy(turn)
    standing.is_former = not version.is_current
    if standing.is_former:
        standing.text, standing.fetched_mentions, standing.fetched_decisions = version.text, [], []
    return standing


def unknown_page(request, turn, name):
    """Say that a turn never had such a version, and where one may go from here."""
    versions, elsewhere = versions_of(turn), turns_named(turn.interview, name)
    context = {
        "interview": turn.interview,
        "turn": turn,
        "name": name,
        "is_name": bool(NAME.fullmatch(name.lower())),
        "versions": versions,
        "elsewhere": elsewhere,
    }
    facts = {
        "versions": [version.short for version in versions],
        "stands_at": [turn_stub(each, root_of(request)) for each in elsewhere],
    }
    return refusal(request, "no_version.html", context, status=404, error="It never had this version.", **facts)
