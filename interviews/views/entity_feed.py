"""The newest answers by or about an entity, as an Atom feed (RFC 4287)."""

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator

from interviews.search.language.request import cleaned
from interviews.wording import shortened_question

from .entity_page import LONGEST_HEADING, evidence_for, in_words, turns_of

LONGEST_SUMMARY = 60  # words


def feed_of(request, side):
    """Return the feed of the answers of a page. What is withdrawn leaves it; an answer is known by its permalink."""
    absolute = request.build_absolute_uri
    feed = Atom1Feed(
        title=cleaned(f"{in_words(side.profile.description)} · {settings.ARCHIVE_NAME}"),
        link=absolute(side.address(side.asked)),
        description="",
        language="en",
        author_name=settings.ARCHIVE_NAME,
        feed_url=absolute(request.get_full_path()),
        feed_guid=absolute(side.address(side.asked)),
    )
    for turn in turns_of(side.profile):
        feed.add_item(**entry_of(side, turn, absolute(turn.get_absolute_url())))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entry_of(side, turn, address):
    """An answer as an entry: its question, the sentence or the words that say why it is here, and its two dates."""
    interview = turn.interview
    said = "".join(evidence_for(turn, side.entity)) if side.said == "of" else ""
    given = datetime.datetime.combine(interview.date, interview.time or datetime.time(), datetime.UTC)
    return {
        "title": cleaned(shortened_question((turn.reply_to or turn).text, LONGEST_HEADING)),
        "link": address,
        "unique_id": address,
        "description": cleaned(said or escape(Truncator(turn.text).words(LONGEST_SUMMARY))),
        "author_name": cleaned(turn.voice) or settings.ARCHIVE_NAME,
        "pubdate": given,
        "updateddate": max(turn.changed_at, interview.changed_at),
    }
