"""The search page: what it says was found, what can be chosen and taken away, and its JSON twin."""

import pytest

from interviews.search.index import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import links_of, title_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """Three answers with “ceasefire”, of Libya, Egypt and Italy, from 2017 to 2019, in an index."""
    for year, country in ((2017, ("LY", "Libya")), (2018, ("EG", "Egypt")), (2019, ("IT", "Italy"))):
        talks = make_interview(
            [(f"What of {country[1]}?", "The ceasefire holds."), ("And the sea?", "It is deep.")],
            date=f"{year}-05-06",
            outlet=f"Post of {year}",
        )
        mention(talks.turns.get(number="q1"), make_country(*country))
    reindex()


def test_sentence_says_what_was_found(client, archive):
    response = client.get(
        "/search/?q=ceasefire&country=EG&country=LY&from=2017&to=2019-06&speaker=ilan-moreau&language=en"
    )
    assert (
        "2 answers by Ilan Moreau that mention Egypt or Libya in English, January 2017 to June 2019,"
        " containing ceasefire"
    ) in words_of(response)
    assert title_of(response).startswith("2 answers by Ilan Moreau that mention Egypt or Libya")


def test_empty_search_browses_everything_newest_first(client, archive):
    page = words_of(client.get("/search/"))
    assert "6 answers" in page
    assert page.index("What of Italy?") < page.index("What of Libya?")


def test_hit_shows_question_speaker_outlet_date_and_countries_and_leads_to_the_answer(client, archive):
    response = client.get("/search/?q=ceasefire&country=LY")
    assert "What of Libya? Ilan Moreau Post of 2017 6 May 2017 The ceasefire holds. Libya" in words_of(response)
    assert "<mark>ceasefire</mark>" in response.content.decode()
    answer = next(link for link in links_of(response) if link.endswith("/a1/"))
    assert "The ceasefire holds." in words_of(client.get(answer))


def test_statement_and_unanswered_question_are_named_as_such(client):
    make_interview([("Will it hold?", None)], statements=["It is a fine day."])
    reindex()
    page = words_of(client.get("/search/"))
    assert "Will it hold? Question, not answered" in page
    assert "It is a fine day. Statement Ilan Moreau" in page


def test_statement_is_headed_by_its_words(client):
    make_interview([], statements=["It is a fine day.", "The talks went well."])
    reindex()
    html = client.get("/search/").content.decode()
    assert ">It is a fine day.</a></h2>" in html
    assert ">The talks went well.</a></h2>" in html


def test_unanswered_question_is_not_said_by_its_label(client):
    make_interview([("Will it hold?", None)], outlet=None)
    reindex()
    assert "Will it hold? Question, not answered 5 December 2019" in words_of(client.get("/search/"))


def test_value_of_a_facet_is_a_link_that_chooses_it(client, archive):
    response = client.get("/search/?q=ceasefire&country=LY")
    assert "?q=ceasefire&country=EG&country=LY" in links_of(response)


def test_everything_chosen_can_be_taken_away(client, archive):
    links = links_of(client.get("/search/?q=ceasefire&country=LY&from=2017"))
    for remaining in ("country=LY&from=2017-01-01", "q=ceasefire&from=2017-01-01", "q=ceasefire&country=LY"):
        assert f"/search/?{remaining}" in links


def test_filters_count_what_is_chosen(client, archive):
    assert "Filters, 3 chosen" in words_of(client.get("/search/?q=ceasefire&country=LY&country=EG&from=2017"))
    assert "Filters Country" in words_of(client.get("/search/?q=ceasefire"))


def test_years_are_bars_that_choose_a_year(client, archive):
    response = client.get("/search/?q=ceasefire")
    assert 'aria-label="2017: 1 answer"' in response.content.decode()
    assert "?q=ceasefire&year=2017" in links_of(response)


def test_chosen_year_without_a_hit_does_not_stretch_the_bars(client, archive):
    make_interview([("And the fleet?", "It sails.")], date="1950-05-06")
    reindex()
    response = client.get("/search/?q=ceasefire&year=1950")
    assert 'class="reach" x="16.667%" width="8.333%"' in response.content.decode()
    assert "1950 0" in words_of(response)


def test_forms_hand_on_what_is_chosen_beside_them(client, archive):
    html = client.get("/search/?q=ceasefire&country=LY&from=2017").content.decode()
    assert html.count('<input type="hidden" name="country" value="LY">') == 2
    assert html.count('<input type="hidden" name="q" value="ceasefire">') == 1
    assert html.count('<input type="hidden" name="from" value="2017-01-01">') == 1
    assert 'name="from" value="2017-01-01"' in html


def test_order_can_be_chosen_and_relevance_needs_words(client, archive):
    assert "/search/?q=ceasefire&sort=oldest" in links_of(client.get("/search/?q=ceasefire"))
    browsing = words_of(client.get("/search/"))
    assert "Sort newest oldest" in browsing


def test_results_have_pages(client):
    make_interview([("And?", f"Ceasefire number {number}.") for number in range(45)])
    reindex()
    response = client.get("/search/?q=ceasefire&page=2")
    assert "Page 2 of 3" in words_of(response)
    assert "/search/?q=ceasefire" in links_of(response)
    assert "/search/?q=ceasefire&page=3" in links_of(response)


def test_notices_are_shown(client, archive):
    page = words_of(client.get("/search/?q=ceasefire&from=never&sort=colour&country=XX"))
    assert "“never” is no date" in page
    assert "3 answers containing ceasefire" in page


def test_no_results_help_further(client, archive):
    response = client.get("/search/?q=unicorn&country=LY")
    assert response.status_code == 200
    assert "No answers that mention Libya, containing unicorn" in words_of(response)
    assert "/search/?q=unicorn" in links_of(response)


def test_address_of_a_search_has_one_canonical_form(client, archive):
    html = client.get("/search/?country=LY&q=ceasefire&country=EG&page=1").content.decode()
    assert 'rel="canonical" href="http://testserver/search/?q=ceasefire&amp;country=EG&amp;country=LY"' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%22ceasefire",
        "q=*",
        "q=%00",
        "q=%FF",
        "q=" + "word+" * 2000,
        "q=(((",
        "q=<script>alert(1)</script>",
        "page=-1",
        "page=1000000000",
        "country=%00&year=x&speaker=nobody&outlet=&language=zz",
        "from=2019-02-31&to=0000",
        "sort=%22",
        "format=xml",
    ],
)
def test_whatever_a_reader_types_gives_a_page(client, archive, query):
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_without_an_index_is_unavailable_and_does_not_say_that_nothing_was_found(client):
    make_interview()
    response = client.get("/search/?q=ceasefire")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "This page is not ready just now" in words_of(response)
    assert "No answers" not in words_of(response)
    assert "/search/?q=ceasefire" in links_of(response)


def test_json_without_an_index_is_an_error(client):
    make_interview()
    response = client.get("/search/?q=ceasefire&format=json")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert list(response.json()) == ["error"]


def test_same_search_as_json(client, archive):
    response = client.get("/search/?q=ceasefire&country=LY&format=json")
    assert response["Content-Type"] == "application/json"
    found = response.json()
    assert (found["total"], found["page"]) == (1, 1)
    assert found["hits"][0]["countries"] == ["LY"]
    assert client.get(found["hits"][0]["url"]).status_code == 200
    assert {"value": "LY", "label": "Libya", "count": 1, "selected": True} in found["facets"]["country"]
