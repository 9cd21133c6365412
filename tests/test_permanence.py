"""Permanent addresses lead to the thing itself, to where it has moved, or to the reason why it is gone."""

import pytest

from interviews.addresses import remember
from interviews.models import FormerAddress, Interview

from archive_factory import make_entity, make_interview
from ingesting import ingest
from pages_factory import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks():
    return make_interview([("What next?", "Talks."), ("And then?", "Rest.")], slug="harbour-post")


def test_addresses_are_built_from_date_outlet_and_number(client, talks):
    assert talks.turns.get(number="a2").get_absolute_url() == "/interviews/2019/12/05/harbour-post/a2/"
    assert client.get("/interviews/2019/12/05/harbour-post/a2/").status_code == 200


@pytest.mark.parametrize(
    ("precision", "date", "address"),
    [("month", "1987-11-01", "/interviews/1987/11/slug/"), ("year", "1987-01-01", "/interviews/1987/slug/")],
)
def test_address_goes_as_far_as_the_date_is_known(client, precision, date, address):
    talks = make_interview(date=date, date_precision=precision, slug="slug")
    assert talks.get_absolute_url() == address
    assert client.get(address).status_code == 200
    assert client.get(f"{address}a1/").status_code == 200
    assert client.get("/interviews/1987/11/01/slug/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/interviews/2019/12/05/nobody/",
        "/interviews/2019/12/05/harbour-post/a9/",
        "/interviews/2019/12/05/harbour-post/x1/",
        "/interviews/2019/12/05/harbour-post/a1/b2/",
        "/interviews/2019/13/05/harbour-post/",
        "/interviews/2019/02/31/harbour-post/",
        "/interviews/0000/harbour-post/",
        "/interviews/2019/02/31/",
        "/interviews/9999999/",
        "/interviews/%00/",
        "/countries/atlantis/",
    ],
)
def test_address_that_was_never_given_out_is_not_found(client, talks, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("part", ["", "a2/", "source/"])
def test_forgotten_slash_is_added(client, talks, part):
    address = f"/interviews/2019/12/05/harbour-post/{part}"
    response = client.get(address.removesuffix("/"))
    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("part", ["", "a2/"])
def test_former_address_redirects_in_one_hop(client, talks, part):
    former = talks.get_absolute_url()
    talks.slug = "harbour-gazette"
    talks.save()
    remember(interview=talks, former_path=former)
    response = client.get(f"{former}{part}?from=feed")
    assert response.status_code == 301
    assert response["Location"] == f"/interviews/2019/12/05/harbour-gazette/{part}?from=feed"
    assert client.get(response["Location"]).status_code == 200


def test_former_address_of_a_turn_that_moved_too_redirects_in_one_hop(client, talks):
    former = talks.get_absolute_url()
    talks.turns.filter(number="a2").update(status="moved", moved_to=talks.turns.get(number="a1"))
    talks.slug = "harbour-gazette"
    talks.save()
    remember(interview=talks, former_path=former)
    assert client.get(f"{former}a2/")["Location"] == "/interviews/2019/12/05/harbour-gazette/a1/"


def test_former_address_of_a_form_that_is_no_longer_used_redirects(client, talks):
    remember(interview=talks, former_path="/interviews/old/style/42/")
    assert client.get("/interviews/old/style/42/")["Location"] == talks.get_absolute_url()


def test_moved_turn_redirects_to_where_its_words_are_now_in_one_hop(client, talks):
    first, second = talks.turns.get(number="a1"), talks.turns.get(number="a2")
    third = talks.turns.create(number="a3", position=9, kind="answer", text="Rest.", status="moved", moved_to=second)
    talks.turns.filter(pk=second.pk).update(status="moved", moved_to=first)
    response = client.get(third.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, first.get_absolute_url())


def test_turn_that_moved_to_a_withdrawn_one_is_gone_and_says_why(client, talks):
    first, second = talks.turns.get(number="a1"), talks.turns.get(number="a2")
    talks.turns.filter(pk=first.pk).update(status="moved", moved_to=second)
    talks.turns.filter(pk=second.pk).update(status="withdrawn", status_reason="It was not his answer.")
    response = client.get(first.get_absolute_url())
    assert response.status_code == 410
    assert "It was not his answer." in words_of(response)


def test_turns_that_moved_in_a_circle_are_gone(client, talks):
    first, second = talks.turns.get(number="a1"), talks.turns.get(number="a2")
    talks.turns.filter(pk=first.pk).update(status="moved", moved_to=second)
    talks.turns.filter(pk=second.pk).update(status="moved", moved_to=first)
    assert client.get(first.get_absolute_url()).status_code == 410


def test_withdrawn_turn_is_gone_and_says_when_and_why(client, talks):
    turn = talks.turns.get(number="a2")
    talks.turns.filter(pk=turn.pk).update(
        status="withdrawn", status_reason="It was not his answer.", changed_at="2026-03-02T12:00Z"
    )
    response = client.get(turn.get_absolute_url())
    assert response.status_code == 410
    assert "Answer 2 was withdrawn On 2 March 2026 : It was not his answer." in words_of(response)
    assert "Rest." not in words_of(response)


@pytest.mark.parametrize("part", ["", "a2/", "source/"])
def test_withdrawn_interview_is_gone_with_all_its_turns_and_says_why(client, talks, part):
    talks.status, talks.status_reason = "withdrawn", "The publisher asked for it."
    talks.save()
    response = client.get(f"{talks.get_absolute_url()}{part}")
    assert response.status_code == 410
    assert "The publisher asked for it." in words_of(response)
    assert "Rest." not in words_of(response)
    cited = f"http://testserver{talks.get_absolute_url()}{part.removesuffix('source/')}"
    assert cited in words_of(response).partition("What was cited")[2]


@pytest.mark.parametrize("part", ["", "a2/", "source/"])
def test_draft_is_not_found_by_readers(client, talks, part):
    talks.status = "draft"
    talks.save()
    assert client.get(f"{talks.get_absolute_url()}{part}").status_code == 404
    assert talks.title not in words_of(client.get("/interviews/"))


@pytest.mark.parametrize("part", ["", "a2/", "source/", "history/"])
def test_interview_that_was_taken_back_says_so_and_no_more(client, talks, part):
    talks.status, talks.published_at = "draft", "2026-03-02T12:00Z"
    talks.save()
    response = client.get(f"{talks.get_absolute_url()}{part}")
    assert response.status_code == 404
    assert "The interview that stood here was taken back, to be worked on." in words_of(response)
    assert talks.title not in words_of(response)


@pytest.mark.parametrize("part", ["", "a2/"])
def test_draft_is_previewed_by_staff_and_marked_as_such(admin_client, talks, part):
    talks.status, talks.status_reason = "draft", "The speaker is not certain."
    talks.save()
    response = admin_client.get(f"{talks.get_absolute_url()}{part}")
    assert response.status_code == 200
    assert "Draft. Only staff see this page. The speaker is not certain." in words_of(response)


def test_merged_entity_redirects_to_the_one_it_was_merged_into(client):
    kept, merged = make_entity("outlet", "Harbour Post"), make_entity("outlet", "Harbor Post")
    merged.merged_into = kept
    merged.save()
    response = client.get(merged.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def test_address_that_is_gone_is_not_given_again(texts):
    FormerAddress.objects.create(path="/interviews/2019/03/05/il-molo/", gone_reason="It was withdrawn.")
    ingest(texts("ferry.txt"))
    assert Interview.objects.get().slug == "il-molo-2"
