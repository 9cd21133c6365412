"""The answers of a search that the archive took in last: an old interview that is new here is news."""

from django.db.models import Max
from django.utils.html import escape
from django.utils.text import Truncator

from interviews import search as engine
from interviews.models import Interview, Turn
from interviews.records import know_rights, withheld_reason
from interviews.wording import shortened_question

from .atom import LONGEST_TITLE, MOST, entry_with, feed_with

LONGEST_SUMMARY = 60  # words


def feed_of_answers(asked, *, name, page, address, root, evidence=None):
    """Return the feed of what a search finds; None while no index is usable.

    `name` is what the feed is known by, `page` and `address` are the paths of its page and its own below `root`;
    `evidence(turn)` gives the HTML that says why an answer is there, '' for its first words.
    """
    results = engine.everything(asked)
    if results is None:
        return None
    turns = newest_turns(results)
    know_rights([turn.interview for turn in turns])
    entries = [entry_of(turn, root, evidence(turn) if evidence else "") for turn in turns]
    title = "".join(words for words, _ in results.description.sentence)
    return feed_with(entries, title=title, name=name, link=root + page, address=root + address)


def newest_turns(results):
    """The answers of the interviews that were published here last, in the order of each transcript."""
    latest = Interview.objects.published().order_by("-published_at", "-pk").values_list("pk", flat=True)
    keys = engine.turns_of_interviews(results, latest.iterator(), most=MOST)
    changed = Turn.objects.published().for_reading().annotate(reworded_at=Max("revisions__replaced_at"))
    found = changed.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def entry_of(turn, root, evidence):
    """An answer as an entry: its question, the words that say why it is here, and when it came and was reworded.

    Of a text that may not be passed on it is the question alone.
    """
    withheld = withheld_reason(turn.interview)
    said = evidence or escape(Truncator(turn.text).words(LONGEST_SUMMARY))
    return entry_with(
        title=shortened_question((turn.reply_to or turn).text, LONGEST_TITLE),
        link=root + turn.get_absolute_url(),
        name=turn.identifier.urn,
        summary=escape(withheld) if withheld else said,
        author=turn.voice,
        published=turn.interview.published_at or turn.interview.changed_at,
        updated=turn.reworded_at,
    )
