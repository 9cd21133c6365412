"""The interviews that were published here last."""

from django.db.models import Max
from django.utils.html import escape

from interviews.models import Interview
from interviews.partial_date import PartialDate

from .atom import MOST, entry_with, feed_with


def feed_of_interviews(found, *, title, page, address, root):
    """Return the feed of some published interviews; paths below `root`, of which `page` names the feed too."""
    newest = found.order_by("-published_at", "-pk").annotate(reworded_at=Max("turns__revisions__replaced_at"))
    newest = newest.select_related("outlet").with_speakers()[:MOST]
    entries = [entry_of(interview, root) for interview in newest]
    return feed_with(entries, title=title, name=root + page, link=root + page, address=root + address)


def entry_of(interview: Interview, root):
    """An interview as an entry: its title, who speaks to whom and when."""
    speakers = ", ".join(dict.fromkeys(voice.name for voice in interview.voices("interviewee")))
    date = PartialDate.of(interview)
    facts = [speakers, str(interview.outlet or ""), date.words if date else "", interview.place]
    return entry_with(
        title=interview.title,
        link=root + interview.get_absolute_url(),
        name=interview.identifier.urn,
        summary=escape(" · ".join(fact for fact in facts if fact)),
        author=speakers,
        published=interview.published_at or interview.changed_at,
        updated=interview.reworded_at,
    )
