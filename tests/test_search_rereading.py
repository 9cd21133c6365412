"""Words that stand elsewhere than where they were looked for, offered where nothing is found."""

import pytest

from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import links_and_words, total_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    """Two briefings by a spokesperson, one of them on the Sea Council, which nothing is tagged with."""
    make_entity("organisation", "Sea Council")
    make_interview(title="Briefing by the Spokesperson", date="2018-05-06")
    talks = make_interview(
        [("And the Sea Council? Who is it?", "It meets in Molavia."), ("And the fleet?", "It sails.")],
        title="Spokesperson on the fleet",
        date="2019-05-06",
    )
    mention(talks.turns.get(number="q2"), make_country("MX", "Molavia"))
    reindex()


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("Spokesperson", "In titles of interviews: 3 answers for title:Spokesperson"),
        ("spokesperson+briefing", "In titles of interviews: 1 answer for title:(spokesperson briefing)"),
        ('"by+the+spokesperson"', 'In titles of interviews: 1 answer for title:"by the spokesperson"'),
        ("spokesperson+speaker:moreau", "In titles of interviews: 3 answers for title:spokesperson speaker:moreau"),
        ("spokesperson+-briefing&year=2019", "In titles of interviews: 2 answers for title:spokesperson -briefing"),
        ("about:council", "As plain words: 1 answer for council"),
        ('about:"sea+council"', 'As plain words: 1 answer for "sea council"'),
        ("country:(fleet+OR+council)", "As plain words: 2 answers for fleet OR council"),
        ("WHO+IS+IT", "In small letters: 1 answer for who is it"),
        ('"WHO+is+it"+OR+unicorn', 'In small letters: 1 answer for "who is it" OR unicorn'),
        ('"council+sea"', "In any form and order: 1 answer for council sea"),
        ('"sail"+-who', "In any form and order: 1 answer for sail -who"),
        ("council+NEAR+meeting", "In any form and order: 1 answer for council meeting"),
        ("about:council+molavia", "As plain words: 1 answer for council molavia"),
    ],
)
def test_words_that_stand_elsewhere_are_offered_there(client, archive, query, line):
    response = client.get(f"/search/?q={query}")
    page = words_of(response)
    assert "No answers" in page
    assert line in page
    label = line.partition(": ")[2]
    links = [link for link, text in links_and_words(response) if text == label]
    assert label.startswith(f"{total_of(client, links[0])} answer")


@pytest.mark.parametrize("query", ["fleet", "unicorn", "UNICORN", "WHO+-IT", "speaker:unicorn", "-spokesperson"])
def test_nothing_is_offered_where_something_is_found_or_nothing_would_be(client, archive, query):
    page = words_of(client.get(f"/search/?q={query}"))
    assert "In titles" not in page
    assert "As plain words" not in page
    assert "In small letters" not in page
