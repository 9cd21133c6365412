"""Every page as data: the same address with `?format=json`, or with .json for its last stroke."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from interviews.models import Interview, Source, Turn
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import add_source

pytestmark = pytest.mark.django_db
TALKS = "/interviews/2019/12/05/talks/"
SPAN = [[0, 9, "turn", "q1"]]
# The name of every page -> an address of it.
PAGES = {
    "home": "/",
    "search": "/search/?q=comes",
    "concordance": "/search/concordance/?q=comes",
    "frequency": "/search/frequency/?q=comes",
    "search_speakers": "/search/speakers/?q=comes",
    "search-facet": "/search/facets/speaker/",
    "search-help": "/search/help/",
    "search-suggest": "/search/suggest/?q=Lib",
    "interview-list": "/interviews/",
    "interview-archive": "/interviews/2019/12/",
    "interview": TALKS,
    "source": f"{TALKS}source/",
    "interview-history": f"{TALKS}history/",
    "turn": f"{TALKS}a1/",
    "turn-history": f"{TALKS}a1/history/",
    "person-list": "/people/",
    "outlet-list": "/outlets/",
    "country-list": "/countries/",
    "organisation-list": "/organisations/",
    "place-list": "/places/",
    "document-list": "/documents/",
    "event-list": "/events/",
    "person": "/people/ilan-moreau/",
    "outlet": "/outlets/harbour-post/",
    "country": "/countries/libya/",
    "organisation": "/organisations/united-nations/",
    "place": "/places/crimea/",
    "document": "/documents/new-start/",
    "event": "/events/yalta-conference/",
    "about": "/about/",
}
# What is no page but a file, or leads elsewhere.
FILES = {
    *("source-file", "interview-text", "interview-citation", "turn-citation", "passage", "suffixed"),
    *("robots", "opensearch", "favicon", "sitemap", "sitemap-section", "oai", None),
    *(f"{kind}-feed" for kind in ("country", "person", "outlet", "organisation", "place", "document", "event")),
}


@pytest.fixture(autouse=True)
def talks():
    talks = make_interview([("And Libya?", "It comes near.\n\nItaly is nearer."), ("And you?", None)], slug="talks")
    mention(talks.turns.get(number="a1"), make_country("LY", "Libya"))
    add_source(talks, licence="CC BY 4.0")
    talks.readings.update(spans=SPAN, facts={"turns": {"q1": {}}})
    reindex()
    return talks


def told(client, address, **parameters):
    response = client.get(address, {"format": "json"} | parameters)
    assert response["Content-Type"] == "application/json"
    return response.json()


def names():
    """The names of all addresses of the archive itself."""
    (patterns,) = (each.url_patterns for each in get_resolver().url_patterns if each.namespace == "interviews")
    return {each.name for each in patterns if isinstance(each, URLPattern)}


def test_every_page_is_known_here_as_a_page_or_as_a_file():
    assert names() == set(PAGES) | FILES


def twin_of(client, name):
    return client.get(f"{PAGES[name]}{'&' if '?' in PAGES[name] else '?'}format=json")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_twin_that_it_names_and_that_pages_of_any_site_may_read(client, name):
    page, twin = client.get(PAGES[name]), twin_of(client, name)
    assert (twin.status_code, twin["Content-Type"]) == (page.status_code, "application/json")
    assert twin["Access-Control-Allow-Origin"] == "*"
    is_page = page.status_code == 200 and "html" in page["Content-Type"]
    assert is_page == ('<link rel="alternate" type="application/json" href="/' in page.content.decode())


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("/interviews/2019/12/05/talks.json", f"{TALKS}?format=json"),
        ("/interviews/2019/12/05/talks/a1.json", f"{TALKS}a1/?format=json"),
        ("/search.json?q=comes", "/search/?q=comes&format=json"),
        ("/search.csv?q=comes", "/search/?q=comes&format=csv"),
        ("/countries/libya.json", "/countries/libya/?format=json"),
        ("/interviews/2019.json", "/interviews/2019/?format=json"),
        ("/index.json", "/?format=json"),
    ],
)
def test_the_form_may_stand_for_the_last_stroke(client, short, long):
    one, other = client.get(short), client.get(long)
    assert one.status_code == 200
    assert b"".join(one) == b"".join(other)


def test_a_former_address_leads_to_the_present_one_in_the_same_form(client, talks):
    client.get(TALKS)
    turn = talks.turns.get(number="a1")
    turn.status, turn.moved_to = Turn.Status.MOVED, talks.turns.get(number="q1")
    turn.save()
    response = client.get("/interviews/2019/12/05/talks/a1.json")
    assert (response.status_code, response["Location"]) == (301, f"{TALKS}q1/?format=json")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_what_was_withdrawn_tells_programs_when_and_why_but_not_its_words(client):
    Interview.objects.update(status="withdrawn", status_reason="The publisher asked for it.")
    response = client.get(f"{TALKS}a1/?format=json")
    assert response.status_code == 410
    gone = response.json()
    assert (gone["reason"], gone["since"]) == (
        "The publisher asked for it.",
        str(datetime.datetime.now(datetime.UTC).date()),
    )
    assert "Harbour Post" in gone["citation"]
    assert "comes near" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/nothing.json", "/interviews/2019/12/05/none.json", "/countries/none.json", f"{TALKS}a9/?format=json"],
)
def test_what_was_never_there_is_404_as_data(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response.json()["error"]


def test_a_draft_is_404_as_data(client):
    Interview.objects.update(status="draft", published_at=datetime.datetime.now(datetime.UTC))
    response = client.get("/interviews/2019/12/05/talks.json")
    assert (response.status_code, response.json()["status"]) == (404, 404)
    assert "worked on" in response.json()["error"]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_readers_may_not_see_is_in_no_twin(client, status):
    Interview.objects.update(status=status)
    reindex()
    own = ("interview", "turn", "source", "turn-history", "interview-history")
    told = {name: twin_of(client, name).content.decode() for name in PAGES}
    assert not [name for name in told if "It comes near" in told[name]]
    assert not [name for name in told if "/talks/" in told[name] and name not in own]


@pytest.mark.parametrize("below", ["", "a1/", "a1/history/", "a1/?v={version}", "a1/?passage=comes%20near"])
def test_text_that_may_not_be_passed_on_is_in_no_twin(client, talks, below):
    version = told(client, f"{TALKS}a1/")["version"]
    Source.objects.update(redistribute=False, licence="For readers only.")
    address = f"{TALKS}{below}".format(version=version)
    response = client.get(f"{address}{'&' if '?' in address else '?'}format=json", follow=True)
    assert response.status_code == 200
    assert "For readers only." in response.content.decode()
    assert "comes near" not in response.content.decode()


def test_a_file_that_may_not_be_passed_on_is_403_as_data(client, talks):
    Source.objects.update(redistribute=False, licence="For readers only.")
    response = client.get(f"{TALKS}source/?format=json")
    assert (response.status_code, response.json()["reason"]) == (403, "For readers only.")


def test_a_turn_comes_in_the_version_that_was_cited(client, talks):
    before = told(client, f"{TALKS}a1/")
    turn = talks.turns.get(number="a1")
    turn.revisions.create(text=turn.text, sha256=turn.revisions.model.digest(turn.text))
    turn.text = "It comes late."
    turn.save()
    cited = told(client, f"{TALKS}a1/", v=before["version"])
    assert (cited["text"], cited["id"]) == (before["text"], before["id"])
    assert cited["until"]
    assert told(client, f"{TALKS}a1/")["text"] == "It comes late."


def test_a_turn_tells_where_the_words_of_a_passage_stand(client):
    response = client.get(f"{TALKS}a1/?passage=comes%20near&format=json", follow=True)
    assert response.json()["passage"] == {"start": 3, "end": 13, "words": "comes near"}


@pytest.mark.parametrize(("query", "status"), [("passage=,,,", 400), ("passage=unsaid", 404), ("v=00000000", 404)])
def test_words_and_versions_that_never_were_are_told_as_data(client, query, status):
    response = client.get(f"{TALKS}a1/?{query}&format=json")
    assert (response.status_code, response.json()["status"]) == (status, status)


def test_hits_have_the_names_of_their_turns(client):
    (hit, *_) = told(client, "/search/", q="comes")["hits"]
    assert hit["id"] == told(client, f"{TALKS}a1/")["id"]
    assert hit["url"] == f"http://testserver{TALKS}a1/"


def test_pages_of_a_list_lead_to_each_other(client):
    for number in range(30):
        make_interview(slug=f"more-{number}")
    first = told(client, "/interviews/")
    second = client.get(first["next"]).json()
    assert (first["previous"], second["next"]) == (None, None)
    assert len({each["id"] for each in (*first["interviews"], *second["interviews"])}) == 31
    assert client.get(second["previous"]).json() == first


def test_a_twin_that_did_not_change_is_not_sent_again(client):
    tag = client.get(f"{TALKS}?format=json")["ETag"]
    response = client.get(f"{TALKS}?format=json", headers={"If-None-Match": tag})
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize("name", PAGES)
def test_twins_of_long_lists_ask_no_more(client, name, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as asked:
        twin_of(client, name)
    for number in range(6):
        mention(make_interview(speaker=f"Person {number}").turns.get(number="a1"), make_country("LY", "Libya"))
    reindex()
    with django_assert_max_num_queries(len(asked) + 4):
        twin_of(client, name)
