"""What to leave out of a search that finds nothing or little, with the count of what is found then."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import links_and_words, total_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    """Nine answers on sanctions, four of them of 2018, two on medicine, one on both and on Libya."""
    make_interview([("And the sanctions?", f"Sanctions, part {part}.") for part in range(4)], date="2017-05-06")
    make_interview([("And the sanctions?", f"Foreign sanctions, part {part}.") for part in range(4)], date="2018-05-06")
    talks = make_interview(
        [("And medicine?", "It is free."), ("Medicine in Libya?", "Sanctions forbid it.")],
        date="2019-05-06",
        speaker="Livia Ek",
    )
    mention(talks.turns.get(number="q2"), make_country("LY", "Libya"))
    reindex()


def offered(client, query):
    """{what to drop: count} as the page says, in its order; each is checked against what its link finds."""
    response = client.get(f"/search/?q={query}")
    html = response.content.decode()
    ways = re.findall(r'<li><em>(.*?)</em>: <a href="(.*?)">([\d,]+) answers?</a>', html)
    for _, url, count in ways:
        assert total_of(client, url) == int(count) > total_of(client, f"/search/?q={query}")
    return {dropped.replace("&quot;", '"'): int(count) for dropped, _, count in ways}


def test_each_word_is_left_out_once_the_most_frequent_first(client, archive):
    assert list(offered(client, "free+sanctions").items()) == [("sanctions", 1), ("free", 9)]


def test_frequent_word_is_left_out_before_rare_ones_though_less_is_found(client, archive):
    make_interview([("The ferry?", "It carries foreign guests."), ("And the ferry?", "Under sanctions.")])
    reindex()
    ways = offered(client, "ferry+foreign+sanctions")
    assert list(ways.items()) == [("sanctions", 1), ("foreign", 1), ("ferry", 4)]


def test_filter_is_left_out_before_words(client, archive):
    assert list(offered(client, "foreign&speaker=livia-ek")) == ["by Livia Ek", "foreign"]


def test_nothing_leads_to_all_but_what_is_excluded(client, archive):
    assert offered(client, "free+-medicine") == {"not medicine": 1}
    assert offered(client, "free+-medicine&about=-country:ly") == {"not medicine": 1}
    assert list(offered(client, "foreign+-sanctions&speaker=livia-ek")) == ["foreign"]


def test_only_what_helps_is_said(client, archive):
    assert offered(client, "free+sanctions+medicine") == {"sanctions": 1, "free": 1}
    assert offered(client, "unicorn+medicine") == {"unicorn": 2}
    assert offered(client, "unicorn+griffin") == {}


def test_phrase_field_and_exclusion_are_left_out_whole(client, archive):
    assert offered(client, '"medicine+sanctions"+foreign') == {"“medicine sanctions”": 4}
    assert offered(client, "foreign+speaker:ek") == {"foreign": 2, "by Livia Ek": 4}
    assert offered(client, "foreign+-part") == {"not part": 4}


def test_filter_is_named_with_what_is_chosen(client, archive):
    ways = offered(client, "foreign&speaker=livia-ek")
    assert ways == {"by Livia Ek": 4, "foreign": 2}


def test_filters_are_left_out_together_where_one_is_not_enough(client, archive):
    assert offered(client, "foreign&speaker=livia-ek&year=2019") == {"all filters": 4, "foreign": 2}


def test_several_values_of_a_filter_are_left_out_together(client, archive):
    assert offered(client, "foreign&year=2017&year=2019") == {"foreign": 6, "in 2017 or in 2019": 4}


def test_value_that_is_chosen_and_left_out_at_once_is_dropped_once(client, archive):
    assert offered(client, "medicine&country=LY&country=-LY").popitem() == (
        "mentions Libya or does not mention Libya",
        2,
    )


def test_dates_are_left_out(client, archive):
    assert offered(client, "foreign&from=2019&to=2020") == {"since 2019": 4, "foreign": 2}


def test_little_is_widened_too_and_much_is_not(client, archive):
    assert offered(client, "medicine+sanctions") == {"medicine": 9, "sanctions": 2}
    assert offered(client, "sanctions") == {}


def test_search_of_one_unknown_word_does_not_lead_to_the_whole_archive(client, archive):
    assert offered(client, "unicorn") == {}


def test_parts_are_counted_apart(client, archive):
    response = client.get("/search/?q=sanctions+free+unicorn")
    assert "The parts of this search apart: sanctions 9, free 1, unicorn 0, together 0." in words_of(response)
    links = {text: link for link, text in links_and_words(response)}
    assert parse_qs(urlsplit(links["free"]).query) == {"q": ["free"]}
    assert total_of(client, links["sanctions"]) == 9


def test_misspelt_part_is_counted_as_the_archive_spells_it(client, archive):
    page = words_of(client.get("/search/?q=sanctoins+unicorn"))
    assert "The parts of this search apart: sanctions 9, unicorn 0, together 0." in page


def test_parts_are_counted_under_the_same_filters(client, archive):
    page = words_of(client.get("/search/?q=foreign+free+unicorn&year=2018"))
    assert "apart: foreign 4, free 0, unicorn 0, together 0." in page


def test_parts_are_told_in_words(client, archive):
    page = words_of(client.get('/search/?q=unicorn+speaker:ek+"foreign+sanctions"'))
    assert "apart: unicorn 0, by Livia Ek 2, “foreign sanctions” 4, together 0." in page


def test_two_words_are_not_counted_twice(client, archive):
    assert "apart" not in words_of(client.get("/search/?q=free+foreign"))


@pytest.mark.parametrize("query", ["(((", "%22unicorn", "unicorn+" * 100, "-", "unicorn+AND", "<i>unicorn</i>+free"])
def test_whatever_is_typed_gives_a_page(client, archive, query):
    response = client.get(f"/search/?q={query}")
    assert response.status_code == 200
    assert "<i>unicorn" not in response.content.decode()
