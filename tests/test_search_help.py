import re
from urllib.parse import parse_qs, urlsplit

import pytest

from interviews.search.index.upkeep import reindex
from interviews.search.language.lexing import FIELDS
from interviews.search.language.query import parse
from interviews.search.language.tree import terms_of
from interviews.views.help import groups_of_forms

from archive_factory import make_country, make_interview, mention
from pages_factory import links_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    """Answers that mention three countries, by one speaker to one outlet."""
    countries = [make_country("MT", "Malta"), make_country("CV", "Cabo Verde"), make_country("IT", "Italy")]
    for place, year in enumerate((2019, 2017, 2018), start=1):
        interview = make_interview([("Malta and Cabo Verde?", "Malta, Cabo Verde and Italy.")], date=f"{year}-05-01")
        mention(interview.turns.get(number="a1"), *countries[:place])
    reindex()


def typed():
    return [form.typed for _, forms in groups_of_forms() for form in forms]


def test_examples_are_made_of_what_most_answers_have(archive):
    examples = typed()
    for example in (
        'Malta "Cabo Verde"',
        "country:Malta",
        'speaker:"Ilan Moreau"',
        'outlet:"Harbour Post"',
        "year:2017..2019",
    ):
        assert example in examples, examples


def test_examples_of_an_archive_find_answers(archive, client):
    links = [link for link in links_of(client.get("/search/help/")) if "Malta" in link and "about" not in link]
    assert len(links) > 5
    assert {"No answers" in words_of(client.get(link)) for link in links if "-" not in link} == {False}


@pytest.mark.parametrize("has_index", [True, False])
def test_empty_archive_gets_plain_examples(client, has_index):
    if has_index:
        reindex()
    assert "country:Italy" in typed()
    assert client.get("/search/help/").status_code == 200


def test_every_field_and_every_sign_has_an_example_that_is_understood(archive):
    examples = typed()
    assert {name for example in examples for name in re.findall(r"([a-z]+):", example)} == set(FIELDS)
    for sign in ('"', "*", "~", " OR ", "-", "(", "NEAR/"):
        assert any(sign in example for example in examples)
    for example in examples:
        query = parse(example)
        assert query.notices == ()
        assert list(terms_of(query.node))


def test_examples_lead_to_the_searches_that_they_show(archive, client):
    links = links_of(client.get("/search/help/"))
    queries = [parse_qs(urlsplit(link).query)["q"][0] for link in links if link.startswith("/search/?q=")]
    assert queries == typed()


def test_help_is_reached_from_about_and_where_nothing_is_found(client, archive):
    assert "/search/help/" in links_of(client.get("/about/"))
    assert "/search/help/" in links_of(client.get("/search/?q=nowhere"))
