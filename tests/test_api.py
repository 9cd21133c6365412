"""The interface for programs: what it finds, page by page, and what it refuses."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interviews.api.interface import api
from interviews.api.schemas import EntityRecord, Hit, InterviewRecord, TurnRecord
from interviews.models import Alias, Entity, Interview, Source, Turn
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import add_source, words_of

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=365)


@pytest.fixture(autouse=True)
def talks():
    libya = make_country("LY", "Libya")
    talks = make_interview([("And Libya?", "The corridor holds."), ("And you?", None)], slug="talks", date="2017-05-06")
    mention(talks.turns.get(number="q1"), libya)
    make_interview(slug="others", speaker="Livia Ödegaard", outlet="Lighthouse Weekly", language="fr", kind="briefing")
    reindex()
    return talks


def get(client, path, status=200, **parameters):
    response = client.get(f"/api/{path}", parameters)
    assert (response.status_code, response["Content-Type"]) == (status, "application/json"), response.content
    return response.json()


def slugs(client, **parameters):
    return [each["url"].split("/")[-2] for each in get(client, "interviews", **parameters)["items"]]


def name_of(kind, name):
    return Entity.objects.get(kind=kind, name=name).identifier


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["talks", "others"]),
        ({"from": "2018-01-01"}, ["others"]),
        ({"to": "2018-01-01"}, ["talks"]),
        ({"kind": "briefing"}, ["others"]),
        ({"language": "fr"}, ["others"]),
        ({"country": "LY"}, ["talks"]),
        ({"country": "QQ"}, []),
        ({"changed_since": "2199-01-01T00:00:00Z"}, []),
        ({"changed_since": "1999-01-01T00:00:00+02:00"}, ["talks", "others"]),
    ],
)
def test_interviews_are_found_by_their_facts(client, parameters, found):
    assert slugs(client, **parameters) == found


def test_interviews_are_found_by_who_answers_and_who_asks(client):
    assert slugs(client, speaker=name_of("person", "Ilan Moreau")) == ["talks"]
    assert slugs(client, outlet=name_of("outlet", "Lighthouse Weekly").urn) == ["others"]


def test_interviews_whose_words_changed_since_are_found(client, talks):
    Interview.objects.update(changed_at=LONG_AGO)
    Turn.objects.exclude(interview=talks).update(changed_at=LONG_AGO)
    assert slugs(client, changed_since=(LONG_AGO + datetime.timedelta(1)).isoformat()) == ["talks"]


def test_answers_are_found_by_speaker_outlet_interview_and_what_they_or_their_questions_speak_of(client, talks):
    for name, value in {
        "speaker": name_of("person", "Ilan Moreau"),
        "outlet": name_of("outlet", "Harbour Post"),
        "interview": talks.identifier,
    }.items():
        numbers = [each["number"] for each in get(client, "answers", **{name: value})["items"]]
        assert numbers == (["a1"] if name == "speaker" else ["a1", "q2"]), name
    (answer,) = get(client, "answers", entity=name_of("country", "Libya"))["items"]
    assert answer["text"] == "The corridor holds."


def test_entities_are_found_by_kind_name_and_codes(client, talks):
    Alias.objects.create(entity=Entity.objects.get(iso_code="LY"), text="Great Jamahiriya")
    for parameters in ({"iso": "LY"}, {"kind": "country", "name": "jamahir"}):
        assert [each["name"] for each in get(client, "entities", **parameters)["items"]] == ["Libya"]


def test_records_are_those_of_the_pages(client, talks):
    told = get(client, f"interviews/{talks.identifier}")
    twin = client.get("/interviews/2017/05/06/talks.json").json()
    assert told == {name: twin[name] for name in told}
    said = get(client, f"interviews/{talks.identifier}/turns")["items"]
    assert said == twin["turns"]
    assert get(client, f"interviews/{talks.identifier}/turns/a1") == said[1]


def test_records_hold_what_the_document_says(client, talks):
    add_source(talks)
    for path, schema in {
        "interviews": InterviewRecord,
        "answers": TurnRecord,
        f"interviews/{talks.identifier}/turns": TurnRecord,
        "entities": EntityRecord,
        "search": Hit,
    }.items():
        items = get(client, path)["items"]
        assert items
        for item in items:
            assert schema.model_validate(item, strict=True)


def test_pages_follow_each_other_to_the_end_whatever_comes_meanwhile(client):
    for number in range(5):
        make_interview(slug=f"more-{number}")
    page = get(client, "interviews", limit=3, kind="interview")
    seen = [each["id"] for each in page["items"]]
    Interview.objects.filter(slug="talks").update(kind="briefing")
    make_interview(slug="last")
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [each["id"] for each in page["items"]]
    assert len(seen) == len(set(seen)) == 7


def test_search_finds_what_the_page_finds_page_by_page(client):
    for _ in range(25):
        make_interview([("And the sea?", "Deep.")])
    reindex()
    page = get(client, "search", q="deep")
    assert page["found"] == 25
    seen = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += page["items"]
    assert len({hit["id"] for hit in seen}) == 25


def test_search_says_what_it_did_not_understand(client):
    assert get(client, "search", year="soon")["notices"]


@pytest.mark.parametrize("path", ["interviews?limit=1", "answers?limit=1"])
def test_a_cursor_of_another_query_is_refused_in_words(client, path):
    following = client.get(f"/api/{path}").json()["next"]
    cursor = following.partition("cursor=")[2]
    refused = client.get(f"/api/entities?cursor={cursor}")
    assert refused.status_code == 400
    assert "another query" in refused.json()["error"]
    assert (
        client.get(f"{following}&fields=title" if "interviews" in path else f"{following}&fields=text").status_code
        == 200
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("interviews?limit=1000000000000", 422),
        ("interviews?limit=0", 422),
        ("interviews?cursor=MTIz", 400),
        ("search?cursor=x", 400),
        ("interviews?fields=secret", 400),
        ("answers?country=LY", 400),
        ("interviews/00000000-0000-0000-0000-000000000000/turns?page=2", 404),
        ("interviews?from=yesterday", 422),
        ("interviews?changed_since=0001-01-01T00:00:00%2B14:00", 422),
        ("entities?name=%00", 200),
        ("interviews/x", 422),
        ("interviews/00000000-0000-0000-0000-000000000000", 404),
        ("entities/00000000-0000-0000-0000-000000000000", 404),
        ("nothing", 404),
    ],
)
def test_what_is_asked_amiss_is_refused_as_data(client, path, status):
    response = client.get(f"/api/{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert status == 200 or response.json()["status"] == status


def test_fields_choose_what_comes(client):
    (first, _) = get(client, "interviews", fields="title,kind")["items"]
    assert set(first) == {"id", "type", "url", "title", "kind"}


def test_what_was_withdrawn_says_when_and_why_and_drafts_are_not_there(client, talks):
    own = f"interviews/{talks.identifier}"
    Interview.objects.filter(pk=talks.pk).update(status="withdrawn", status_reason="The publisher asked for it.")
    for path in (own, f"{own}/turns", f"{own}/turns/a1"):
        assert get(client, path, status=410)["reason"] == "The publisher asked for it."
    Interview.objects.filter(pk=talks.pk).update(status="draft")
    for path in (own, f"{own}/turns", f"{own}/turns/a1"):
        get(client, path, status=404)


def test_what_readers_may_not_see_is_in_no_list(client, talks):
    Interview.objects.filter(pk=talks.pk).update(status="draft")
    make_entity("person", "Nobody Named")
    reindex()
    for path in ("interviews", "answers", "entities?kind=person", "entities?kind=outlet", "search"):
        told = client.get(f"/api/{path}").content.decode()
        assert not [words for words in ("corridor", "talks", "Ilan Moreau", "Harbour Post", "Nobody") if words in told]


def test_text_that_may_not_be_passed_on_is_withheld(client, talks):
    add_source(talks, licence="For readers only.")
    Source.objects.update(redistribute=False)
    for path in ("answers", f"interviews/{talks.identifier}/turns", f"interviews/{talks.identifier}/turns/a1"):
        told = client.get(f"/api/{path}").content.decode()
        assert "For readers only." in told
        assert "corridor" not in told


def test_a_turn_that_was_joined_to_another_leads_there(client, talks):
    turn = talks.turns.get(number="q2")
    turn.status, turn.moved_to = "moved", talks.turns.get(number="q1")
    turn.save()
    response = client.get(f"/api/interviews/{talks.identifier}/turns/q2?fields=text")
    assert response.status_code == 301
    assert response["Location"] == f"/api/interviews/{talks.identifier}/turns/q1?fields=text"


def test_an_entity_that_was_merged_is_known_by_its_former_name(client):
    former = make_entity("country", "Lybia")
    Entity.objects.filter(pk=former.pk).update(merged_into=Entity.objects.get(iso_code="LY"))
    assert get(client, f"entities/{former.identifier}")["name"] == "Libya"


def test_long_records_make_short_pages(client):
    make_interview([("And the sea?", "Deep. " * 40_000) for _ in range(6)], slug="long")
    page = get(client, "answers", limit=100)
    assert 1 <= len(page["items"]) < 8
    assert page["next"]


def test_what_did_not_change_is_not_sent_again_and_head_is_answered(client):
    tag = client.get("/api/interviews")["ETag"]
    assert client.get("/api/interviews", headers={"If-None-Match": tag}).status_code == 304
    assert client.head("/api/interviews").status_code == 200


def test_pages_of_any_site_may_ask_with_a_condition(client):
    asking = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    response = client.options("/api/interviews", headers=asking)
    assert (response.status_code, response["Access-Control-Allow-Headers"]) == (204, "If-None-Match")


def test_interface_is_only_for_reading(client):
    assert client.post("/api/interviews").status_code == 405


@pytest.mark.parametrize("path", ["interviews", "answers", "entities", "search"])
def test_long_pages_ask_no_more(client, path, django_assert_max_num_queries):
    get(client, path)
    with CaptureQueriesContext(connection) as asked:
        get(client, path)
    for number in range(6):
        mention(make_interview(speaker=f"Person {number}").turns.get(number="a1"), make_country("LY", "Libya"))
    reindex()
    with django_assert_max_num_queries(len(asked) + 4):
        get(client, path)


def test_page_describes_every_endpoint_and_loads_nothing_from_elsewhere(client):
    response = client.get("/api/")
    words = words_of(response)
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        assert path in words
        assert methods["get"]["description"] in words
    assert "https://" not in response.content.decode()
