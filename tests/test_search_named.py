"""Whom and what the words of a search are said to name, each with the search for it."""

import pytest

from interviews.search.index.upkeep import reindex

from archive_factory import make_corridor, make_country, make_interview, mention
from pages_factory import links_and_words, total_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    make_corridor()
    reindex()


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("moreau", "Ilan Moreau is a speaker: 4 answers by this speaker"),
        ("Ilan+Moreau", "Ilan Moreau is a speaker: 4 answers by this speaker"),
        ("harbour+post", "Harbour Post is an outlet: 4 answers to its questions"),
        ("ливия", "Libya is a country: 2 answers about it"),
        ("Libyan+corridor", "Libya is a country: 2 answers about it with corridor"),
        ("corridor+moreau+nothing", "Ilan Moreau is a speaker: 2 answers by this speaker with corridor and nothing"),
        ("libya+speaker:moreau", "Libya is a country: 2 answers about it by Ilan Moreau"),
        ("libya+year:2017+-fleet", "Libya is a country: 1 answer about it in 2017, without fleet"),
        ("libya&year=2017", "Libya is a country: 1 answer about it"),
        ("mor", "Ilan Moreau is a speaker: 4 answers by this speaker"),
        ("corridor+mor", "Ilan Moreau is a speaker: 4 answers by this speaker with corridor"),
        ("grai", "grain corridor is a phrase: 6 answers with it"),
    ],
)
def test_page_says_whom_or_what_words_name_and_leads_to_that_search(client, archive, query, line):
    response = client.get(f"/search/?q={query}")
    assert line in words_of(response)
    label = line.partition(": ")[2]
    link = next(link for link, text in links_and_words(response) if text == label)
    assert total_of(client, link) == int(label.split()[0])


@pytest.mark.parametrize("query", ["corridor", "-mor", "unicorn", '"libya"', "-libya", "year:2017", "libya&country=LY"])
def test_page_says_nothing_where_no_bare_word_names_anything_new(client, archive, query):
    assert " is a " not in words_of(client.get(f"/search/?q={query}"))


def test_longest_name_counts(client):
    south, north = make_country("SX", "South Molavia"), make_country("NX", "Molavia")
    mention(make_interview().turns.get(number="q1"), south, north)
    reindex()
    page = words_of(client.get("/search/?q=south+molavia"))
    assert "South Molavia is a country" in page
    assert " Molavia is a country" not in page.replace("South Molavia", "")
