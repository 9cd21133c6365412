"""Which spellings in the texts a word of a query finds, and what is marked there."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from interviews.search import Request, search
from interviews.search.index.upkeep import reindex
from interviews.search.text.analysis import words

from archive_factory import make_interview

pytestmark = pytest.mark.django_db


def marked(query):
    """What is marked in the answers that a query finds, in the order of the archive."""
    parameters = QueryDict(mutable=True)
    parameters.update({"q": query, "sort": "oldest"})
    hits = search(Request.from_query(parameters)).hits
    return [" ".join(re.findall("<mark>(.*?)</mark>", unescape(hit.snippet))) for hit in hits]


def keep(*answers):
    """Keep an archive of these answers, one an interview."""
    for answer in answers:
        make_interview([("And?", answer)])
    reindex()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("US", ["U.S.", "US", "US"]),
        ("U.S.", ["U.S.", "US", "US"]),
        ("u.s.", ["U.S.", "US", "US"]),
        ("us", ["U.S.", "us US", "us", "US"]),
        ('"US ferries"', ["U.S. ferries", "US ferries"]),
        ('"us ferries"', ["U.S. ferries", "US ferries", "us ferries"]),
        ("US-led", ["US LED"]),
        ("US NEAR/1 ferries", ["U.S. ferries", "US ferries"]),
        ("ferries -US", ["ferries"]),
    ],
)
def test_acronym_in_capitals_is_not_the_word_in_small_letters(query, found):
    keep(
        "The U.S. ferries are late.",
        "Give us the US ferries.",
        "Let us ferries run.",
        "LED BY NOBODY, US LED THE TALKS.",
    )
    assert marked(query) == found


def test_text_in_capitals_is_found_by_acronym_and_word():
    keep("WHO WILL START IT?", "Who will start it?", "The WHO begins.")
    assert marked("who") == ["WHO", "Who", "WHO"]
    assert marked("WHO") == ["WHO", "WHO"]
    assert marked("who starting") == ["WHO START", "Who start"]


def test_title_holds_an_acronym_as_an_acronym():
    make_interview([("And?", "Ferries run.")], title="Us and them")
    make_interview([("And?", "Ferries sail.")], title="Talks with the US")
    reindex()
    assert marked("title:US ferries") == ["Ferries"]
    assert marked("US ferries") == ["Ferries"]
    assert len(marked("title:us")) == 2


PROLIFERATION = ["nonproliferation", "non proliferation", "non proliferation"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nonproliferation", PROLIFERATION),
        ("non-proliferation", PROLIFERATION),
        ("non proliferation", PROLIFERATION),
        ("in:answer nonproliferation", PROLIFERATION),
        ("nonproliferation NEAR/1 lasts", PROLIFERATION),
        ('"nonproliferation lasts"', PROLIFERATION[:1]),
        ('"non-proliferation lasts"', PROLIFERATION[1:]),
    ],
)
def test_word_is_found_joined_with_a_hyphen_and_apart(query, found):
    keep(
        "Nonproliferation lasts.", "Non-proliferation lasts.", "Non proliferation lasts.", "Proliferation lasts. None."
    )
    assert [" ".join(words(each)).lower().replace("lasts", "").strip() for each in marked(query)] == found


@pytest.mark.parametrize(
    ("queries", "answers"),
    [
        (["G20", "G-20", "G 20"], ["The G20 meets.", "The G-20 meets.", "The G 20 meets."]),
        (["S-300s", "S300s"], ["S300s are sold.", "S-300s are sold."]),
        (
            ["co-operation", "cooperation", "cooperate", "co operation"],
            ["Cooperation.", "Co-operation.", "Co operation."],
        ),
        (["anti-Iranian", "antiIranian", "anti Iranian"], ["Anti-Iranian talk.", "Antiiranian talk.", "Anti Iranian."]),
        (["ceasefire", "cease-fire", "cease-fires"], ["A ceasefire.", "A cease-fire.", "To cease fire."]),
        (
            ["70000", "70,000", "70.000", "70 000", '"70,000"'],
            ["About 70000 came.", "About 70,000 came.", "About 70.000 came."],
        ),
        (["1000000", "1,000,000"], ["It cost 1000000.", "It cost 1,000,000.", "It cost 1 000 000."]),
        (["12500", "12 500"], ["About 12500.", "About 12\u00a0500.", "About 12,500.", "About 12 500."]),
        (["percent", "per cent"], ["Two percent.", "Two per cent."]),
        (["peacekeeper", "peace-keepers"], ["A peacekeeper.", "Two peace-keepers.", "Peace keepers."]),
    ],
)
def test_each_spelling_finds_the_others(queries, answers):
    keep(*answers, "The ferry runs.")
    for query in queries:
        assert len(marked(query)) == len(answers), query


def test_short_words_in_a_row_are_not_another_word():
    keep("It may be late.", "They go in to port.", "He is not able to come.")
    for query in ("maybe", "into", "notable", "become"):
        assert marked(query) == []


def test_title_may_hold_a_word_in_another_spelling():
    make_interview([("And?", "Ferries run.")], title="On non-proliferation")
    make_interview([("And?", "Ferries sail.")], title="On nonproliferation")
    reindex()
    for query in ("ferries nonproliferation", "ferries non-proliferation", "ferries non proliferation"):
        assert len(marked(query)) == 2, query
    assert marked("nonproliferation") == []


def test_number_is_not_found_by_its_parts_nor_a_fraction_by_a_number():
    keep("About 70,000 came.", "It grew by 2,5 per cent.", "It was on 12.03.2014.", "The year 2014, 200 ships.")
    assert marked("70") == marked("000") == marked("25") == marked("2014200") == []
    assert marked("2014") == ["2014", "2014"]
    assert marked('"2,5"') == ["2,5"]


@pytest.mark.parametrize("query", ["it's", "it’s", '"it\'s"', "IT'S", "it's late"])
def test_contraction_is_looked_for_as_it_is_written(query):
    keep("It’s late.", "Now it's late.", "It is late, and its crew too.")
    assert len(marked(query)) == 2
    assert {words(found)[0].lower().replace("’", "'") for found in marked(query)} == {"it's"}


def test_first_word_of_a_contraction_finds_it_too():
    keep("That’s late.", "That is late.")
    assert marked("that") == ["That’s", "That"]
