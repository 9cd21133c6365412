"""A page costs the same number of queries whether an interview has two exchanges or twelve."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Turn
from interviews.search.help.names import current_names
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import add_source

pytestmark = pytest.mark.django_db
COUNTRIES = (("LY", "Libya"), ("EG", "Egypt"), ("IT", "Italy"))
# Address -> the most queries it may cost.
PAGES = {
    "/": 20,
    "/search/": 16,
    "/search/?q=sea&country=LY&year=2019": 20,
    "/search/concordance/?q=deep&order=before": 2,
    "/search/frequency/?q=deep&q2=sea": 2,
    "/search/speakers/?q=deep": 2,
    "/interviews/": 8,
    "/interviews/2019/": 8,
    "/interviews/2019/12/05/talks/": 24,
    "/interviews/2019/12/05/talks/text/": 12,
    "/interviews/2019/12/05/talks/source/": 10,
    "/interviews/2019/12/05/talks/a1/": 24,
    "/interviews/2019/12/05/talks/q1/": 24,
    "/interviews/2019/12/05/talks/a1/history/": 18,
    "/interviews/2019/12/05/talks/history/": 12,
    "/countries/": 16,
    "/countries/libya/": 16,
    "/people/": 5,
    "/people/ilan-moreau/": 16,
    "/outlets/": 4,
    "/outlets/harbour-post/": 16,
    "/about/": 2,
    "/sitemap-answers.xml": 4,
    "/sitemap-interviews.xml": 4,
    "/sitemap.xml": 20,
}


def fill(talks, *, exchanges):
    """Let the interview have so many exchanges more, and the archive as many more interviews."""
    countries = [make_country(*country) for country in COUNTRIES]
    answering = talks.participations.get(part="interviewee")
    for number in range(talks.turns.count(), talks.turns.count() + exchanges):
        place = {"interview": talks, "position": 2 * number}
        question = Turn.objects.create(**place, number=f"q{number}", kind="question", text="And the sea?")
        place["position"] += 1
        answer = Turn.objects.create(
            **place, number=f"a{number}", kind="answer", text="Deep.", reply_to=question, participation=answering
        )
        mention(question, *countries)
        mention(answer, *countries)
        make_interview(speaker=f"Person {number}", outlet=f"Outlet {number}")
    reindex()


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_number_of_queries_is_bounded_and_does_not_grow_with_the_archive(client):
    talks = make_interview(slug="talks")
    add_source(talks)
    fill(talks, exchanges=2)
    current_names()  # read once for many searches
    few = {address: queries_of(client, address) for address in PAGES}
    fill(talks, exchanges=10)
    many = {address: queries_of(client, address) for address in PAGES}
    assert many == few
    assert {address: count for address, count in many.items() if count > PAGES[address]} == {}


def test_related_answers_cost_two_queries_however_many_they_are(client):
    libya = make_country("LY", "Libya")
    said = "Wardens count the herring quota by lantern in the strait."
    for year in range(2010, 2020):
        interview = make_interview([("And then?", f"{said} {year}!")], date=f"{year}-12-05", slug="talks")
        mention(interview.turns.get(number="a1"), libya)
    address = "/interviews/2015/12/05/talks/a1/"
    without = queries_of(client, address)
    reindex()
    assert "Earlier, " in client.get(address).content.decode()
    assert queries_of(client, address) == without + 2
