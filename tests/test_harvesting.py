"""OAI-PMH, harvested by an independent library and asked by hand."""

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from oaipmh_scythe import Scythe

from interviews.harvesting import records
from interviews.models import Interview

from archive_factory import make_country, make_interview, mention
from pages_factory import add_source

OAI = "{http://www.openarchives.org/OAI/2.0/}"
LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


def moment(day):
    return datetime.datetime(2026, 3, day, 12, 30, 15, tzinfo=datetime.UTC)


@pytest.fixture
def talks(db):
    """Five interviews, changed on five days of March; the last was withdrawn, a sixth is a draft nobody saw."""
    for day in range(1, 6):
        talks = make_interview([("And Libya?", "Near.")], title=f"Talks {day} & <more>", slug=f"talks-{day}")
        change(talks, day, published_at=timezone.now())
    change(talks, 5, status="withdrawn", status_reason="In error.")
    make_interview(status="draft", slug="draft")
    return Interview.objects.get(slug="talks-1")


def change(interview, day, **facts):
    Interview.objects.filter(pk=interview.pk).update(changed_at=moment(day), **facts)


def ask(client, **arguments):
    response = client.get("/oai/", arguments)
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def error_of(client, **arguments):
    return ask(client, **arguments).find(f"{OAI}error").get("code")


def days_of(answer):
    return [int(stamp.text[8:10]) for stamp in answer.iter(f"{OAI}datestamp")]


@pytest.mark.browser
def test_library_harvests_every_record_page_by_page(talks, live_server, monkeypatch):
    monkeypatch.setattr(records, "PAGE_RECORDS", 2)
    with Scythe(f"{live_server.url}/oai/") as harvester:
        found = list(harvester.list_records(metadata_prefix="oai_dc", ignore_deleted=False))
        assert [record.header.datestamp[:10] for record in found] == [f"2026-03-0{day}" for day in range(1, 6)]
        assert [record.header.deleted for record in found] == [False, False, False, False, True]
        assert found[0].metadata["title"] == ["Talks 1 & <more>"]
        assert harvester.identify().protocolVersion == "2.0"
        assert [each.metadataPrefix for each in harvester.list_metadata_formats()] == ["oai_dc"]


def test_record_holds_what_catalogues_want(client, talks):
    mention(talks.turns.get(number="a1"), make_country("LY", "Libya"))
    add_source(talks, licence="CC BY 4.0")
    answer = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=talks.identifier.urn)
    told = [(each.tag.rpartition("}")[2], each.text) for each in answer.iter() if "purl.org" in each.tag]
    assert told == [
        ("type", "interview"),
        ("title", "Talks 1 & <more>"),
        ("creator", "Moreau, Ilan"),
        ("date", "2019-12-05"),
        ("identifier", "http://testserver/interviews/2019/12/05/talks-1/"),
        ("language", "en"),
        ("publisher", "Diplomatic Interview Archive"),
        ("type", "Text"),
        ("contributor", "Harbour Post"),
        ("rights", "CC BY 4.0"),
        ("subject", "Libya"),
    ]


def test_lists_go_on_with_tokens_to_their_end(client, talks, monkeypatch):
    monkeypatch.setattr(records, "PAGE_RECORDS", 2)
    answer, days = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc"), []
    for given in (0, 2, 4):
        days += days_of(answer)
        token = answer.find(f".//{OAI}resumptionToken")
        assert (token.get("cursor"), token.get("completeListSize")) == (str(given), "5")
        if token.text:
            answer = ask(client, verb="ListIdentifiers", resumptionToken=token.text)
    assert (days, token.text) == ([1, 2, 3, 4, 5], None)


def test_what_changes_during_a_harvest_comes_at_its_end(client, talks, monkeypatch):
    monkeypatch.setattr(records, "PAGE_RECORDS", 2)
    token = ask(client, **LIST).find(f".//{OAI}resumptionToken").text
    change(talks, 9)
    assert days_of(ask(client, verb="ListRecords", resumptionToken=token)) == [3, 4]


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ({"from": "2026-03-03"}, [3, 4, 5]),
        ({"until": "2026-03-02"}, [1, 2]),
        ({"from": "2026-03-02T12:30:15Z", "until": "2026-03-03T12:30:15Z"}, [2, 3]),
        ({"from": "2026-03-02T12:30:16Z", "until": "2026-03-03T12:30:14Z"}, None),
    ],
)
def test_harvest_of_a_span_has_what_changed_in_it(client, talks, span, days):
    answer = ask(client, **LIST, **span)
    if days is None:
        assert answer.find(f"{OAI}error").get("code") == "noRecordsMatch"
    else:
        assert days_of(answer) == days


def test_withdrawn_interview_is_deleted_without_a_word_of_it(client, talks):
    withdrawn = Interview.objects.get(slug="talks-5")
    answer = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=withdrawn.identifier.urn)
    assert answer.find(f".//{OAI}header").get("status") == "deleted"
    assert answer.find(f".//{OAI}metadata") is None


def test_draft_that_nobody_saw_is_no_record(client, talks):
    draft = Interview.objects.get(slug="draft")
    assert (
        error_of(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=draft.identifier.urn) == "idDoesNotExist"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "ListEverything"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "from": "2026-03-01"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({**LIST, "from": "99999-01-01"}, "badArgument"),
        ({**LIST, "from": "2026-02-30"}, "badArgument"),
        ({**LIST, "from": "9999-12-31", "until": "9999-12-31"}, "noRecordsMatch"),
        ({**LIST, "from": "2026-03-01", "until": "2026-03-01T00:00:00Z"}, "badArgument"),
        ({**LIST, "from": "2026-03-02", "until": "2026-03-01"}, "badArgument"),
        ({**LIST, "set": "all"}, "noSetHierarchy"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "made up"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "\x00\x0b<&"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "urn:uuid:1"}, "idDoesNotExist"),
    ],
)
def test_bad_request_is_answered_with_its_error(client, talks, arguments, code):
    assert error_of(client, **arguments) == code


def test_token_of_one_verb_is_none_of_another(client, talks, monkeypatch):
    monkeypatch.setattr(records, "PAGE_RECORDS", 2)
    token = ask(client, **LIST).find(f".//{OAI}resumptionToken").text
    assert error_of(client, verb="ListIdentifiers", resumptionToken=token) == "badResumptionToken"


def test_harvester_may_post_its_arguments(client, talks):
    answer = client.post("/oai/", LIST)
    assert days_of(ElementTree.fromstring(answer.content)) == [1, 2, 3, 4, 5]  # noqa: S314 - our own


def test_empty_archive_says_so(client, db):
    assert error_of(client, **LIST) == "noRecordsMatch"
    assert ask(client, verb="Identify").findtext(f".//{OAI}earliestDatestamp") == "1970-01-01T00:00:00Z"


def test_page_of_records_asks_a_fixed_number_of_queries(client, talks, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        ask(client, **LIST)
