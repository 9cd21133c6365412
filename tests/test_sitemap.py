"""The sitemap lists what readers may find, and nothing else."""

import re

import pytest

from interviews.models import Turn
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = pytest.mark.django_db


def locations(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/xml"
    return re.findall("<loc>(.*?)</loc>", response.content.decode())


def everything(client):
    return [location for section in locations(client, "/sitemap.xml") for location in locations(client, section)]


@pytest.fixture
def talks():
    talks = make_interview([("And Libya?", "It is near."), ("And then?", None)], statements=["Good afternoon."])
    mention(talks.turns.get(number="q1"), make_country("LY", "Libya"))
    return talks


def test_sitemap_lists_pages_interviews_answers_and_entities(client, talks):
    reindex()
    found = set(everything(client))
    paths = [talks.get_absolute_url(), "/", "/about/", "/countries/libya/", "/people/ilan-moreau/"]
    paths += [talks.turns.get(number=number).get_absolute_url() for number in ("a1", "q2", "s1")]
    assert {f"http://testserver{path}" for path in paths} < found
    assert f"http://testserver{talks.turns.get(number='q1').get_absolute_url()}" not in found


def test_every_address_of_the_sitemap_is_a_page(client, talks):
    reindex()
    assert {client.get(location).status_code for location in everything(client)} == {200}


def test_sitemap_leaves_out_drafts_and_what_is_not_spoken_of(client, talks):
    make_country("IT", "Italy")
    draft = make_interview(status="draft", speaker="Draft Person", outlet="Draft Post")
    merged = make_entity("person", "Ilan Morau")
    merged.merged_into = make_entity("person", "Ilan Moreau")
    merged.save()
    reindex()
    found = " ".join(everything(client))
    for absent in ("italy", "draft", draft.slug + "/", "ilan-morau/"):
        assert absent not in found


def test_sitemap_tells_when_an_answer_changed(client, talks):
    Turn.objects.filter(number="a1").update(changed_at="2026-03-02T12:00Z")
    html = client.get("/sitemap-answers.xml").content.decode()
    assert f"{talks.turns.get(number='a1').get_absolute_url()}</loc><lastmod>2026-03-02</lastmod>" in html


def test_outlet_that_asks_at_a_press_conference_is_in_the_sitemap(client, talks):
    talks.participations.filter(part="interviewer").update(outlet=make_entity("outlet", "Radio Meridian"))
    assert "http://testserver/outlets/radio-meridian/" in locations(client, "/sitemap-entities.xml")


def test_sitemap_without_an_index_still_lists_who_speaks(client, talks):
    found = locations(client, "/sitemap-entities.xml")
    assert "http://testserver/people/ilan-moreau/" in found
    assert "http://testserver/countries/libya/" not in found


def test_unknown_section_is_not_found(client):
    assert client.get("/sitemap-nothing.xml").status_code == 404
