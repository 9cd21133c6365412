"""One feed in Atom (RFC 4287): what is in it is known by names that last, and changes only with its words."""

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from interviews.search.language.request import cleaned

MOST = 50  # entries
LONGEST_TITLE = 160
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Feed(Atom1Feed):
    """A feed that was changed when its newest entry was, and never because it is asked for."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)


def feed_with(entries, *, title, name, link, address):
    """Return the response. `name` is what the feed is known by, `link` its page, `address` its own; all are whole."""
    feed = Feed(
        title=cleaned(f"{title} · {settings.ARCHIVE_NAME}"),
        link=link,
        description="",
        language="en",
        author_name=settings.ARCHIVE_NAME,
        feed_url=address,
        feed_guid=name,
    )
    for entry in entries:
        feed.add_item(**entry)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entry_with(*, title, link, name, summary, author, published, updated):
    """Return an entry; `summary` is HTML."""
    return {
        "title": cleaned(title),
        "link": link,
        "unique_id": name,
        "description": cleaned(summary),
        "author_name": cleaned(author) or settings.ARCHIVE_NAME,
        "pubdate": published,
        "updateddate": max(published, updated) if updated else published,
    }
