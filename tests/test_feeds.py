"""Feeds of searches and interviews, as a feed reader reads them."""

import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from interviews.models import Interview, Revision
from interviews.search.index.upkeep import reindex

from archive_factory import make_interview
from pages_factory import add_source, links_of

pytestmark = pytest.mark.django_db
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def feed_of(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    return feed


@pytest.fixture
def talks():
    """Two interviews, of which the older one came last."""
    now = timezone.now()
    for slug, date, arrived in (("new", "2024-05-06", now), ("old", "1987-03-12", now + datetime.timedelta(hours=1))):
        talks = make_interview([("And Libya?", f"Libya was {slug}.")], slug=slug, date=date)
        Interview.objects.filter(pk=talks.pk).update(published_at=arrived)
    reindex()
    return talks


def test_search_tells_of_answers_in_the_order_in_which_they_came(client, talks):
    feed = feed_of(client, "/search/?q=Libya&format=atom")
    assert [entry.summary for entry in feed.entries] == ["Libya was old.", "Libya was new."]
    assert feed.entries[0].link == f"http://testserver{talks.get_absolute_url()}a1/"


def test_entry_keeps_its_name_whatever_becomes_of_its_address(client, talks):
    name = feed_of(client, "/search/?q=Libya&format=atom").entries[0].id
    Interview.objects.filter(pk=talks.pk).update(slug="corrected")
    assert feed_of(client, "/search/?q=Libya&format=atom").entries[0].id == name


def test_entry_is_updated_by_a_new_version_and_by_nothing_else(client, talks):
    before = feed_of(client, "/search/?q=Libya&format=atom").entries[0].updated
    talks.turns.get(number="a1").save()
    assert feed_of(client, "/search/?q=Libya&format=atom").entries[0].updated == before
    replaced_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    Revision.of(talks.turns.get(number="a1"), replaced_at=replaced_at).save()
    feed = feed_of(client, "/search/?q=Libya&format=atom")
    assert feed.entries[0].updated == feed.feed.updated == "2099-01-01T00:00:00+00:00"


def test_feed_that_did_not_change_is_not_sent_again(client, talks):
    first = client.get("/search/?q=Libya&format=atom")
    assert client.get("/search/?q=Libya&format=atom", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_feed_of_nothing_yet_is_a_feed_and_stays_the_same(client, talks):
    feed = feed_of(client, "/search/?q=unicorn&format=atom")
    assert (feed.entries, feed.feed.updated) == ([], "1970-01-01T00:00:00+00:00")


def test_pages_name_their_feeds(client, talks):
    assert "/search/?q=Libya&format=atom" in links_of(client.get("/search/?q=Libya"))
    assert "?format=atom" in links_of(client.get("/interviews/"))


@pytest.mark.parametrize(("address", "titles"), [("/interviews/", ["old", "new"]), ("/interviews/2024/", ["new"])])
def test_interviews_are_told_of_as_they_were_published(client, talks, address, titles):
    make_interview(status="draft", slug="draft")
    feed = feed_of(client, f"{address}?format=atom")
    assert [entry.link.split("/")[-2] for entry in feed.entries] == titles


def test_words_that_may_not_be_passed_on_are_in_no_feed(client, talks):
    add_source(talks, redistribute=False, licence="For readers only.")
    entry = feed_of(client, "/search/?q=Libya&format=atom").entries[0]
    assert "Libya was" not in entry.summary
    assert "For readers only." in entry.summary


def test_feed_without_an_index_comes_later(client):
    assert client.get("/search/?q=Libya&format=atom").status_code == 503


def test_feed_asks_a_fixed_number_of_queries(client, talks, django_assert_max_num_queries):
    make_interview([("Libya?", f"Libya, {number}.") for number in range(40)], slug="long")
    reindex()
    with django_assert_max_num_queries(16):
        assert len(feed_of(client, "/search/?q=Libya&format=atom").entries) == 42


def test_browser_learns_how_to_search_the_archive(client):
    assert (
        'type="application/opensearchdescription+xml" href="/opensearch.xml"' in client.get("/about/").content.decode()
    )
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    description = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
    templates = [url.get("template") for url in description.findall(f"{OPENSEARCH}Url")]
    assert {client.get(each.replace("{searchTerms}", "sea")).status_code for each in templates} <= {200, 503}
    assert "http://testserver/search/?q={searchTerms}" in templates


def test_browser_is_given_suggestions_as_it_wants_them(client, talks):
    typed, words, descriptions, addresses = client.get("/search/suggest/?q=Ilan&format=opensearch").json()
    assert (typed, words[0], descriptions[0]) == ("Ilan", "Ilan Moreau", "2 answers")
    assert client.get(addresses[0]).status_code == 200
