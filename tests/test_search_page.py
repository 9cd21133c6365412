"""The search page: what it says was found, what can be chosen and taken away, and its JSON twin."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from interviews.models import Entity
from interviews.search import Request, search
from interviews.search.engine.snapshot import Snapshot
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import links_of, title_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


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
    said = "2 answers by Ilan Moreau that mention Egypt or Libya in English, January 2017 to June 2019, with ceasefire"
    assert said in words_of(response)
    assert title_of(response).startswith(said)


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


def test_hit_shows_the_title_where_only_that_has_some_of_the_words(client):
    make_interview([("And Libya?", "It is <near>.")], title="Interview of Ana Roy & The Libya Post")
    reindex()
    response = client.get("/search/?q=roy+libya")
    assert "1 answer with roy and libya" in words_of(response)
    assert "In the title: Interview of Ana Roy & The Libya Post" in words_of(response)
    in_title = "Interview of Ana <mark>Roy</mark> &amp; The <mark>Libya</mark> Post"
    assert in_title in response.content.decode()
    (hit,) = client.get("/search/?q=roy+libya&format=json").json()["hits"]
    assert (hit["title"], hit["matches"]) == (in_title, 1)
    (named,) = client.get("/search/?q=title:roy&format=json").json()["hits"]
    assert named["title"] == "Interview of Ana <mark>Roy</mark> &amp; The Libya Post"


def test_title_is_not_shown_where_the_text_has_all_words(client):
    make_interview([("And Libya?", "It is near.")], title="Interview on Libya")
    reindex()
    assert "In the title" not in words_of(client.get("/search/?q=libya"))
    assert client.get("/search/?q=libya&format=json").json()["hits"][0]["title"] is None


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


def test_matching_words_of_question_and_answer_are_marked_and_counted(client, archive):
    html = client.get("/search/?q=libya+OR+ceasefire").content.decode()
    assert "What of <mark>Libya</mark>?</a></h2>" in html
    assert "The <mark>ceasefire</mark> holds." in html
    assert "<span>2 matches</span>" in html


def test_long_question_is_headed_by_the_words_that_were_looked_for(client):
    make_interview(
        [("It was a long and cold winter. " * 20 + "What of the ferry? " + "It was long. " * 20, "It sails.")]
    )
    reindex()
    assert "What of the <mark>ferry</mark>?" in client.get("/search/?q=ferry").content.decode()


def test_question_is_not_shortened_where_words_would_be_missing_that_the_answer_lacks(client):
    asked = "The ferry was late. " + "It was a long and cold winter. " * 20 + "What of the harbour?"
    make_interview([(asked, "It sails, and the harbour is open.")])
    reindex()
    page = client.get("/search/?q=ferry+harbour").content.decode()
    assert "The <mark>ferry</mark> was late." in page
    assert "What of the <mark>harbour</mark>?" in page


@pytest.fixture
def briefings():
    """Two briefings: one with three answers about ships, one with a single one; in an index."""
    ships = [
        ("And the fleet?", "Ships, ships, ships."),
        ("And the rest?", "One of the ships sails."),
        ("Any left?", "Ships are."),
    ]
    several = make_interview(ships, slug="several")
    make_interview([("At all?", "A few ships.")], date="2018-01-01", slug="single")
    reindex()
    return several


def test_further_answers_of_an_interview_are_folded_under_its_best(client, briefings):
    response = client.get("/search/?q=ships")
    page = words_of(response)
    assert "4 answers with ships" in page
    assert "Interviews 1 to 2 of 2, each with its best answer" in page
    assert page.count("More from this interview (2)") == 1
    assert "And the rest?" not in page
    assert "/search/?q=ships&interview=2019/12/05/several" in links_of(response)


def test_single_result_of_a_page_is_no_range(client, briefings):
    assert "One interview, with its best answer" in words_of(client.get("/search/?q=ships&from=2019"))


def test_one_interview_is_not_folded(client, briefings):
    page = words_of(client.get("/search/?q=ships&interview=2019/12/05/several"))
    assert "3 answers" in page
    assert all(question in page for question in ("And the fleet?", "And the rest?", "Any left?"))
    assert "More from this interview" not in page


@pytest.mark.parametrize("order", ["newest", "oldest", "longest"])
def test_only_relevance_folds(client, briefings, order):
    page = words_of(client.get(f"/search/?q=ships&sort={order}"))
    assert "And the rest?" in page
    assert "More from this interview" not in page


def test_value_of_a_facet_is_a_link_that_chooses_it(client, archive):
    response = client.get("/search/?q=ceasefire&country=LY")
    assert "/search/?q=ceasefire&country=EG&country=LY" in links_of(response)


@pytest.fixture
def conference(archive):
    """A talk in Cairo by a person of Italy to an outlet of Egypt, who speaks of people, NATO and an agreement."""
    italy, egypt = make_country("IT", "Italy"), make_country("EG", "Egypt")
    talks = make_interview([("And the rest?", "It rests.")], speaker="Ada Roth", outlet="Nile Post", place="Cairo")
    Entity.objects.filter(slug="ada-roth").update(country=italy)
    Entity.objects.filter(slug="nile-post").update(country=egypt)
    spoken_of = [("person", "Petra Lind"), ("organisation", "NATO"), ("document", "Danube Accords")]
    mention(talks.turns.get(number="a1"), make_country("LY", "Libya"), *(make_entity(*each) for each in spoken_of))
    reindex()
    return talks


def test_four_countries_of_an_answer_are_four_facets_with_clear_names(client, conference):
    facets = client.get("/search/?q=rests&format=json").json()["facets"]
    names = ("country", "speaker_country", "outlet_country", "interview_country")
    assert [[each["label"] for each in facets[name]] for name in names] == [["Libya"], ["Italy"], ["Egypt"], ["Egypt"]]
    filters = filters_of(client.get("/search/?q=rests"))
    for label in ("Country discussed", "Speaker’s country", "Outlet’s country", "Country of the interview"):
        assert label in filters
    said = "1 answer by speakers of Italy given to outlets of Egypt given in Egypt that mentions Libya"
    chosen = "/search/?country=LY&outlet_country=EG&speaker_country=IT&interview_country=EG"
    assert said in words_of(client.get(chosen))


def test_what_is_spoken_of_is_a_facet_of_its_kind(client, conference):
    filters = filters_of(client.get("/search/?q=rests"))
    assert "Person spoken of 1 to choose from Petra Lind not 1" in filters
    assert "Document or format 1 to choose from Danube Accords not 1" in filters
    assert "1 answer that mentions Petra Lind and NATO" in words_of(
        client.get("/search/?person=petra-lind&organisation=nato")
    )


def test_facet_that_nothing_found_has_is_not_shown(client, conference):
    assert "Event spoken of" not in filters_of(client.get("/search/?q=rests"))


def test_facet_that_is_rarely_used_is_folded_until_a_value_is_chosen(client, conference):
    folded = '<details>\n      <summary><h2 class="label" id="filter-organisation">'
    assert folded in client.get("/search/?q=rests").content.decode()
    chosen = client.get("/search/?q=rests&organisation=nato").content.decode()
    assert folded.replace("<details>", "<details open>") in chosen


@pytest.mark.parametrize("kind", ["person:petra-lind", "organisation:nato", "country:libya"])
def test_address_of_what_is_spoken_of_without_its_kind_as_a_facet_goes_on_working(client, conference, kind):
    response = client.get(f"/search/?about={kind}&q=rests")
    assert "1 answer that mentions" in words_of(response)


@pytest.mark.parametrize("query", ["person:lind", "organisation:nato", 'document:"danube accords"', "about:nato"])
def test_field_of_each_kind_finds_what_is_spoken_of(client, conference, query):
    found = client.get("/search/", {"q": query, "format": "json"}).json()
    assert (found["total"], found["notices"]) == (1, [])


def test_value_of_a_facet_can_be_left_out_and_taken_back(client, archive):
    assert "/search/?q=ceasefire&country=-LY" in links_of(client.get("/search/?q=ceasefire"))
    response = client.get("/search/?q=ceasefire&country=-LY")
    assert "2 answers that do not mention Libya" in words_of(response)
    assert "What of Libya?" not in words_of(response)
    assert re.search(r'<li class="out"><a href="/search/\?q=ceasefire"[^>]*>Libya</a>', response.content.decode())


def test_value_without_a_hit_is_hidden_but_a_chosen_one_is_kept(client, archive):
    assert "Italy" not in filters_of(client.get("/search/?q=ceasefire&year=2017"))
    assert "Italy not 0" in filters_of(client.get("/search/?q=ceasefire&year=2017&country=IT"))


def test_everything_chosen_can_be_taken_away(client, archive):
    links = links_of(client.get("/search/?q=ceasefire&country=LY&from=2017"))
    for remaining in ("country=LY&from=2017-01-01", "q=ceasefire&from=2017-01-01", "q=ceasefire&country=LY"):
        assert f"/search/?{remaining}" in links


def test_filters_count_what_is_chosen(client, archive):
    assert "Filters, 3 chosen" in words_of(client.get("/search/?q=ceasefire&country=LY&country=-EG&from=2017"))
    assert "Filters Year" in words_of(client.get("/search/?q=ceasefire"))


def test_years_are_bars_that_choose_a_year(client, archive):
    response = client.get("/search/?q=ceasefire")
    assert "<title>2017: 1 answer</title>" in response.content.decode()
    assert "/search/?q=ceasefire&year=2017" in links_of(response)


def test_chosen_year_without_a_hit_does_not_stretch_the_bars(client, archive):
    make_interview([("And the fleet?", "It sails.")], date="1950-05-06")
    reindex()
    html = client.get("/search/?q=ceasefire&year=1950").content.decode()
    assert "1950:" not in html
    assert 'class="reach" x="16.67%" width="8.33%"' in html


def test_chosen_year_opens_its_months(client, archive):
    assert "Answers by month" not in client.get("/search/?q=ceasefire").content.decode()
    response = client.get("/search/?q=ceasefire&year=2017")
    assert "<title>May 2017: 1 answer</title>" in response.content.decode()
    assert "/search/?q=ceasefire&year=2017&month=2017-05" in links_of(response)


def test_range_of_years_is_chosen_by_two_lists_that_know_the_archive(client, archive):
    html = client.get("/search/?q=gulls&from=2018&to=2018-07-14").content.decode()
    first, last = re.findall(r"<select name=.*?</select>", html)
    assert re.findall(r'value="([^"]*)"( selected)?', first) == [
        ("", ""),
        ("2018", " selected"),
        ("2017", ""),
        ("2019", ""),
    ]
    assert '<option value="2018-07-14" selected>14 July 2018</option>' in last


def test_forms_hand_on_what_is_chosen_beside_them(client, archive):
    html = client.get("/search/?q=ceasefire&country=LY&year=2017&from=2017").content.decode()
    search, years, days, *_ = re.findall(r"<form\b.*?</form>", html, flags=re.DOTALL)
    hidden = [re.findall(r'type="hidden" name="(\w+)"', form) for form in (search, years, days)]
    assert hidden == [["country", "year", "from"], ["q", "country"], ["q", "country", "year"]]


def test_order_can_be_chosen_and_relevance_needs_words(client, archive):
    assert "/search/?q=ceasefire&sort=longest" in links_of(client.get("/search/?q=ceasefire"))
    assert "Sort newest oldest longest" in words_of(client.get("/search/"))


@pytest.fixture
def many():
    """45 answers in an index."""
    make_interview([("And?", f"Ceasefire number {number}.") for number in range(45)])
    reindex()


def test_pages_lead_through_all_answers_and_back(client, many):
    address, said, shown = "/search/?q=ceasefire&sort=oldest", [], []
    while address:
        response = client.get(address)
        said += re.findall(r"Answers \d+ to \d+ of \d+", words_of(response))
        shown += re.findall(r"number</mark>|number (\d+)\.", response.content.decode())
        address = step(response, "next")
    assert said == ["Answers 1 to 20 of 45", "Answers 21 to 40 of 45", "Answers 41 to 45 of 45"]
    assert shown == [str(number) for number in range(45)]
    response = client.get(step(response, "prev"))
    assert "Answers 21 to 40 of 45" in words_of(response)
    response = client.get(step(response, "prev"))
    assert "Answers 1 to 20 of 45" in words_of(response)
    assert step(response, "prev") is None


def test_single_answer_of_the_last_page_is_no_range(client):
    make_interview([("And?", f"Ceasefire number {number}.") for number in range(21)])
    reindex()
    assert "Answer 21 of 21" in words_of(client.get("/search/?page=2"))


def test_pages_by_relevance_lead_through_every_interview_once(client):
    for number in range(25):
        twice = [("And?", f"Ceasefire of {1900 + number}."), ("And so?", "No ceasefire, they said at last.")]
        make_interview(twice, date=f"{1900 + number}-01-01")
    reindex()
    first = client.get("/search/?q=ceasefire")
    assert "Interviews 1 to 20 of 25, each with its best answer" in words_of(first)
    second = client.get(step(first, "next"))
    assert "Interviews 21 to 25 of 25" in words_of(second)
    shown = re.findall(r"ceasefire</mark> of (\d+)\.", (first.content + second.content).decode(), flags=re.IGNORECASE)
    assert sorted(shown) == [str(1900 + number) for number in range(25)]
    assert step(second, "next") is None
    assert words_of(client.get(step(second, "prev"))) == words_of(first)
    assert words_of(client.get("/search/?q=ceasefire&page=2")) == words_of(second)


def test_pages_stay_where_they_are_while_answers_come_in(client, many):
    following = step(client.get("/search/?q=ceasefire&sort=newest"), "next")
    make_interview([("New?", "Ceasefire number 99.")], date="2024-01-01")
    reindex()
    page = words_of(client.get(following))
    assert "Answers 22 to 41 of 46" in page
    assert "number 20." in page
    assert "number 19." not in page


def test_numbered_pages_of_old_addresses_go_on_working(client, many):
    assert "Answers 21 to 40 of 45" in words_of(client.get("/search/?q=ceasefire&sort=oldest&page=2"))
    beyond = words_of(client.get("/search/?q=ceasefire&sort=oldest&page=99"))
    assert "There are only 3 pages: this is the last." in beyond
    assert "Answers 41 to 45 of 45" in beyond


def test_cursor_of_nothing_is_the_first_page(client, many):
    page = words_of(client.get("/search/?q=ceasefire&sort=oldest&after=nowhere"))
    assert "Answers 1 to 20 of 45" in page


def test_notices_are_shown(client, archive):
    page = words_of(client.get("/search/?q=ceasefire&from=never&sort=colour&country=XX"))
    assert "“never” is no date" in page
    assert "3 answers with ceasefire" in page


def test_filters_without_anything_to_choose_are_not_shown(client, archive):
    assert "Filters" not in words_of(client.get("/search/?q=zebra"))
    assert "From year" in words_of(client.get("/search/?q=zebra&from=2017"))
    assert "From year" in words_of(client.get("/search/?q=ceasefire"))


def test_search_that_ran_out_of_time_says_so(client, archive, monkeypatch):
    find = Snapshot.find
    monkeypatch.setattr(Snapshot, "find", lambda snapshot, asked, **limit: find(snapshot, asked, seconds=-1))
    assert "This search takes long: 0 of 6 answers were looked through" in words_of(client.get("/search/?q=ceasefire"))


def test_no_results_help_further(client, archive):
    response = client.get("/search/?q=unicorn&country=LY")
    assert response.status_code == 200
    assert title_of(response).startswith("No answers that mention Libya, with unicorn")
    assert "/search/?q=unicorn" in links_of(response)


def test_address_of_a_search_has_one_canonical_form(client, archive):
    html = client.get("/search/?country=LY&q=ceasefire&country=EG&page=1").content.decode()
    assert 'rel="canonical" href="http://testserver/search/?q=ceasefire&amp;country=EG&amp;country=LY"' in html


@pytest.fixture
def outlets():
    """Twelve outlets with an answer each, the last of them with two, in an index."""
    for number in range(12):
        make_interview([("And the sea?", "It is deep.")] * (1 + number // 11), outlet=f"Café {number:02}")
    reindex()


def test_long_facet_shows_its_most_frequent_values_and_leads_to_all(client, outlets):
    response = client.get("/search/?q=deep&outlet=cafe-10")
    filters = filters_of(response)
    assert re.findall(r"Café (\d+)", filters) == [
        "11",
        "00",
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "10",
    ]
    assert "Find in all 12" in filters
    assert "/search/facets/outlet/?q=deep&outlet=cafe-10" in links_of(response)


def test_all_values_of_a_facet_can_be_searched_and_sorted_and_lead_back(client, outlets):
    response = client.get("/search/facets/outlet/?q=deep")
    page = words_of(response)
    assert "13 answers with deep Outlet" in page
    assert "12 names in these answers" in page
    assert page.index("Café 11 not 2") < page.index("Café 00 not 1")
    assert "/search/?q=deep&outlet=cafe-03" in links_of(response)
    assert "/search/?q=deep&outlet=-cafe-03" in links_of(response)
    by_name = words_of(client.get("/search/facets/outlet/?q=deep&order=name"))
    assert by_name.index("Café 00") < by_name.index("Café 11")
    found = words_of(client.get("/search/facets/outlet/?q=deep&find=CAFE+1"))
    assert "2 names with “CAFE 1” of 12" in found
    assert "Café 11" in found
    assert "Café 03" not in found


def test_list_of_a_facet_has_pages(client):
    for number in range(101):
        make_interview([("And the sea?", "It is deep.")], outlet=f"Post {number:03}")
    reindex()
    response = client.get("/search/facets/outlet/?q=deep&order=name")
    assert "Page 1 of 2" in words_of(response)
    assert "Post 100" in words_of(client.get(step(response, "next")))


def test_unknown_facet_has_no_list(client, archive):
    assert client.get("/search/facets/colour/").status_code == 404


def test_list_of_a_facet_as_json(client, outlets):
    found = client.get("/search/facets/outlet/?q=deep&format=json").json()
    assert len(found["values"]) == 12
    value = {"value": "cafe-11", "label": "Café 11", "count": 2, "selected": False, "excluded": False}
    assert found["values"][0] == value


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
        "after=1.2.3.4",
        "before=%00&after=9.9.9.9",
        "length=enormous&kind=&about=:&month=2019-13&interview=..%2F..",
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
    assert client.get("/search/facets/country/").status_code == 503


def test_json_without_an_index_is_an_error(client):
    make_interview()
    response = client.get("/search/?q=ceasefire&format=json")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert list(response.json()) == ["status", "error"]


def test_same_search_as_json(client, archive):
    response = client.get("/search/?q=ceasefire&country=LY&format=json")
    assert response["Content-Type"] == "application/json"
    found = response.json()
    assert (found["total"], found["page"], found["complete"]) == (1, 1, True)
    [hit] = found["hits"]
    assert (hit["countries"], hit["date"], hit["matches"], hit["more"]) == (["LY"], "2017-05-06", 1, 0)
    assert hit["snippet"] == "The <mark>ceasefire</mark> holds."
    assert client.get(hit["url"]).status_code == 200
    chosen = {"value": "LY", "label": "Libya", "count": 1, "selected": True, "excluded": False}
    assert chosen in found["facets"]["country"]


def test_search_asks_the_database_three_things_at_most(archive, django_assert_max_num_queries):
    request = Request.from_query(QueryDict("q=ceasefire&country=LY&country=EG&sort=newest"))
    search(request)
    with django_assert_max_num_queries(3):
        assert search(request).total == 2


def test_page_of_twenty_hits_is_light(client):
    for year in range(1990, 2015):
        make_interview(
            [("What of the ships? " * 5, "The ships sail. " * 60)], date=f"{year}-05-06", outlet=f"Post {year}"
        )
    reindex()
    assert len(client.get("/search/?q=ships").content) < 80_000
    for text in ("制", "a\u0301", "😀 ", '-"x" '):
        assert len(client.get("/search/", {"q": "ships OR " + text * 1_000}).content) < 200_000


def filters_of(response):
    """The words of the filters."""
    return words_of(response).split("Filters", 1)[1].split("Sort", 1)[0]


def step(response, direction):
    """The address of the page before or after a page of results; None where there is none."""
    link = re.search(f'rel="{direction}" href="([^"]*)"', response.content.decode())
    return link and unescape(link[1])
