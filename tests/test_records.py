"""Pages as data: `?format=json` of interviews and turns."""

import pytest

from interviews.models import Interview

from archive_factory import make_interview
from pages_factory import add_source

pytestmark = pytest.mark.django_db
ADDRESS = "/interviews/2019/12/05/talks/"


@pytest.fixture(autouse=True)
def talks():
    return make_interview([("And Libya?", "Near.\n\nItaly is nearer."), ("And you?", None)], slug="talks")


def as_json(client, address):
    response = client.get(address, {"format": "json"})
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def test_an_interview_as_data_holds_every_word_of_its_turns(client):
    turns = as_json(client, ADDRESS)["turns"]
    assert [turn["text"] for turn in turns] == ["And Libya?", "Near.\n\nItaly is nearer.", "And you?"]


def test_a_turn_is_known_by_the_same_name_alone_and_in_its_interview(client):
    inside = next(turn for turn in as_json(client, ADDRESS)["turns"] if turn["number"] == "a1")
    assert as_json(client, f"{ADDRESS}a1/")["id"] == inside["id"]


def test_a_name_for_programs_outlives_a_corrected_address(client):
    before = as_json(client, f"{ADDRESS}a1/")["id"]
    Interview.objects.filter(slug="talks").update(slug="better-talks")
    assert as_json(client, "/interviews/2019/12/05/better-talks/a1/")["id"] == before


def test_text_that_may_not_be_passed_on_is_withheld_and_says_why(client, talks):
    add_source(talks, redistribute=False, licence="For readers only.")
    found = as_json(client, ADDRESS)
    assert "For readers only." in found["withheld"]
    assert {turn["text"] for turn in found["turns"]} == {None}


def test_an_interview_as_data_asks_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        as_json(client, ADDRESS)


def test_a_form_that_a_page_does_not_have_is_404_and_names_those_that_it_has(client):
    response = client.get(ADDRESS, {"format": "exe"})
    assert response.status_code == 404
    assert "format=json" in response.content.decode()
