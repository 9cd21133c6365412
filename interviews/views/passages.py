"""Words that a link names: marked on the page of their turn, found for those who choose or type them."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import redirect

from interviews.citing.chicago import note
from interviews.citing.panel import cited_in
from interviews.citing.phrases import html, plain
from interviews.passages import LONGEST, Passage, PassageError, find, locate, passage_for, readings, whole_words
from interviews.quoting import quoted
from interviews.versions import version_named, versions_of

from .formats import in_same_form, refusal
from .permanence import find_turn, moved_permanently, permanent


@dataclass(frozen=True, slots=True)
class Chosen:
    """Words of one version of a turn: their shortest name, the link to them, and what a quotation of them is made of.

    `version` is its short hash. `quoted` has the words in quotation marks, `citation` is HTML, `quotation` the text of
    both. `today` is the address where the words still stand; '' where they do not.
    """

    passage: Passage
    version: str
    words: str
    link: str
    quoted: str
    citation: str
    quotation: str
    today: str


def passage_page(request, turn, place):
    """Let a turn know which of its words the request names; return the answer where that is another page, else None.

    The words are sought in the version that the request names, else in today's; of a turn that was moved to another
    `place` first there. Where they stand only in another version, the answer leads to it; where they never stood, it
    says so (404), as it says why a link is none (400).
    """
    try:
        passages = readings(request.META.get("QUERY_STRING", ""))
    except PassageError as error:
        return missing_page(request, turn, problem=error, status=400)
    name = request.GET.get("v", "").strip()
    named = version_named(turn, name) if name else None
    if not passages or (name and not named) or (not name and place != turn and _standing(place.text, passages)):
        return None
    versions = versions_of(turn)
    shown = named or (versions[0] if place == turn else None)
    for version in sorted(versions, key=lambda version: version != shown):
        if found := _standing(version.text, passages):
            passage, turn.passage = found
            is_here = version == shown and name in ("", version.short)
            return None if is_here else redirect(in_same_form(request, _address(turn, version, passage)))
    return missing_page(request, turn)


def chosen_words(request, turn, version, place):
    """Return the words that a turn knows to be named, as they stand in a version of it; None where there are none."""
    return _chosen(request, turn, version, place, turn.passage) if turn.passage else None


@permanent
def passage(request, dated, slug, number):
    """The link to words of a turn: those that a reader typed lead to it, those that one selected get it as JSON.

    `words` are typed; `start` and `end` are characters of a text that has, from `start`, the `words` selected, or as
    many of them as fit into an address.
    """
    turn, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    words = request.GET.get("words", "").strip()[:LONGEST]
    if "start" in request.GET:
        return _selected(request, turn, place, words)
    if not words:
        return redirect(f"{turn.get_absolute_url()}#words")
    if place != turn:
        return moved_permanently(request, f"{place.get_absolute_url()}passage/")
    return _typed(request, turn, words)


def missing_page(request, turn, *, problem="", words="", status=404):
    """Say that words never stood in a turn, or why a link names none, and where one may go from here."""
    context = {"interview": turn.interview, "turn": turn, "problem": problem, "sought": words}
    error = str(problem) or "These words never stood there."
    return refusal(request, "no_passage.html", context, status=status, error=error)


def _typed(request, turn, words):
    for version in versions_of(turn):
        if found := locate(version.text, words):
            passage = passage_for(version.text, *found, above=_above(turn))
            return redirect(f"{_address(turn, version, passage)}#passage")
    return missing_page(request, turn, words=words)


def _selected(request, turn, place, words):
    try:
        start, end = int(request.GET["start"]), int(request.GET["end"])
    except (KeyError, ValueError):
        return JsonResponse({"error": "No words were chosen."}, status=400)
    texts = (version for version in versions_of(turn) if version.text[max(0, start) : max(0, end)].startswith(words))
    version = next(texts, None)
    if version is None:
        return JsonResponse({"error": "The text was changed since. Load the page again."}, status=404)
    try:
        chosen = _chosen(request, turn, version, place, whole_words(version.text, start, end))
    except PassageError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"words": chosen.words, "link": chosen.link, "quotation": chosen.quotation})


def _chosen(request, turn, version, place, stretch):
    words = version.text[slice(*stretch)]
    passage = passage_for(version.text, *stretch, above=_above(turn))
    address = request.build_absolute_uri(turn.get_absolute_url())
    link = f"{address}?{_query(version, passage)}#:~:text={passage}"
    citation = note(cited_in(request, turn, version=version, passage=passage))
    said = quoted(words, turn.interview.language)
    text = f"{said}\n{plain(citation)}"
    return Chosen(passage, version.short, words, link, said, html(citation), text, _today(place, words))


def _today(place, words):
    """The address where words of any version stand in today's text, all of them; '' where they do not."""
    found = find(place.text, Passage(words))
    if not found:
        return ""
    return _address(place, versions_of(place)[0], passage_for(place.text, *found, above=_above(place)))


def _standing(text, passages):
    """Return (passage, place) of the first of several readings of a link that a text has; None where it has none."""
    found = ((passage, find(text, passage)) for passage in passages)
    return next((each for each in found if each[1]), None)


def _above(turn):
    """What stands above a turn on its page."""
    question = turn.reply_to.text if turn.reply_to else ""
    return f"{turn.interview.title}\n\n{question}" if question else turn.interview.title


def _address(turn, version, passage):
    return f"{turn.get_absolute_url()}?{_query(version, passage)}"


def _query(version, passage):
    return f"v={version.short}&passage={passage}"
