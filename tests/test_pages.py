"""The front page, the lists, and what every page has."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from interviews.models import Entity
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import links_of, title_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    """Two interviews, one of them about Italy, and an index of them."""
    older = make_interview([("What of Italy?", "Italy is near.")], date="2017-03-02", title="Talks in spring")
    make_interview(statements=["Good afternoon."], title="Talks in winter", slug="harbour-post")
    mention(older.turns.get(number="a1"), make_country("IT", "Italy"))
    reindex()
    return older


def every_page(interview):
    """One address of each type of page that shows something."""
    answer = interview.turns.get(number="a1")
    names = ("home", "search", "interview-list", "country-list", "person-list", "outlet-list", "about")
    return [
        *(reverse(f"interviews:{name}") for name in names),
        "/interviews/2017/",
        "/interviews/2017/03/",
        interview.get_absolute_url(),
        answer.get_absolute_url(),
        answer.reply_to.get_absolute_url(),
        *(entity.get_absolute_url() for entity in Entity.objects.all()),
    ]


def test_every_page_has_one_heading_a_title_and_a_description_of_its_own(client, archive):
    titles, descriptions = set(), set()
    pages = every_page(archive)
    for address in pages:
        html = (response := client.get(address)).content.decode()
        assert response.status_code == 200, address
        assert len(re.findall("<h1[ >]", html)) == 1, address
        titles.add(title_of(response))
        descriptions.add(re.search('<meta name="description" content="([^"]+)"', html)[1])
    assert len(titles) == len(descriptions) == len(pages)


def test_every_page_has_an_absolute_canonical_address(client, archive):
    for address in every_page(archive):
        assert f'<link rel="canonical" href="http://testserver{address}">' in client.get(address).content.decode()


def test_every_page_obeys_the_strict_content_security_policy(client, archive):
    for address in every_page(archive):
        response = client.get(address)
        assert "default-src 'self'" in response["Content-Security-Policy"]
        html = response.content.decode()
        data = r'type="application/ld\+json"'  # which browsers do not run
        assert not re.search(rf"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=| {data}>)", html), address


def test_every_link_of_every_page_leads_somewhere(client, archive):
    links = {link for address in every_page(archive) for link in links_of(client.get(address))}
    inner = {link.partition("#")[0] for link in links if link.startswith("/")}
    assert len(inner) > 20
    assert {link for link in inner if client.get(link).status_code != 200} == set()


def test_home_tells_what_is_in_the_archive(client, archive):
    page = words_of(client.get("/"))
    assert "3 answers from 2 interviews with foreign ministers and diplomats, 2017 to 2019." in page


def test_home_bars_and_their_table_lead_to_the_answers_of_the_year(client, archive):
    response = client.get("/")
    assert links_of(response).count("/search/?year=2017") == 2
    assert "<title>2019: 2 answers</title>" in response.content.decode()


def test_home_ranks_the_countries_that_answers_speak_of(client, archive):
    response = client.get("/")
    assert "Italy 1" in words_of(response)
    assert "/countries/italy/" in links_of(response)


def test_home_lists_the_newest_interviews_first(client, archive):
    page = words_of(client.get("/"))
    assert 0 < page.index("Talks in winter") < page.index("Talks in spring")


def test_home_of_an_empty_archive_says_so(client):
    assert "No interviews have been added yet." in words_of(client.get("/"))


def test_home_without_an_index_leaves_the_countries_out(client):
    make_interview([("What of Italy?", "Italy is near.")])
    response = client.get("/")
    assert response.status_code == 200
    assert "1 answer from 1 interview" in words_of(response)
    assert "Countries most discussed" not in words_of(response)


def test_about_leads_to_the_help_of_the_search(client):
    assert "/search/help/" in links_of(client.get("/about/"))


def test_interviews_are_listed_by_year_month_and_day(client, archive):
    for address, heading in [
        ("/interviews/2017/", "Interviews of 2017"),
        ("/interviews/2017/03/", "Interviews of March 2017"),
        ("/interviews/2017/03/02/", "Interviews of 2 March 2017"),
    ]:
        page = words_of(client.get(address))
        assert heading in page
        assert "Talks in spring" in page
        assert "Talks in winter" not in page


def test_list_of_a_year_counts_its_months(client, archive):
    response = client.get("/interviews/2017/")
    assert "2017 1 March 1" in words_of(response)
    assert "/interviews/2017/03/" in links_of(response)


def test_period_without_interviews_is_not_found(client, archive):
    assert client.get("/interviews/1950/").status_code == 404


def test_long_lists_have_pages(client):
    for _ in range(26):
        make_interview([("And?", "So.")])
    first, second = client.get("/interviews/"), client.get("/interviews/?page=2")
    assert "Page 1 of 2" in words_of(first)
    assert "?page=2" in links_of(first)
    assert "Page 2 of 2" in words_of(second)
    assert 'href="http://testserver/interviews/?page=2"' in second.content.decode()


@pytest.mark.parametrize("number", ["-1", "x", "999999999"])
def test_odd_page_numbers_give_a_page(client, archive, number):
    assert client.get("/interviews/", {"page": number}).status_code == 200


def test_sample_archive_says_so_on_every_page(client, archive):
    assert "Sample archive" not in words_of(client.get("/about/"))[:200]
    make_interview(sample=True)
    for address in every_page(archive):
        assert "Sample archive: the people and the words on its pages are invented." in words_of(client.get(address))


def test_page_that_does_not_exist_offers_a_search(client):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "Nothing has this address" in words_of(response)
    assert 'role="search"' in response.content.decode()


def test_request_for_another_host_is_refused_and_no_mistake_of_ours(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "This was not taken" in response.content.decode()


def test_server_error_page_needs_neither_database_nor_request(django_db_blocker):
    from interviews.views.errors import server_error

    with django_db_blocker.block():
        response = server_error(None)
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_pages_are_only_for_reading(client, archive, method):
    for address in [*every_page(archive), "/robots.txt", "/sitemap.xml", "/interviews/old/style/"]:
        response = client.generic(method, address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), address


def test_head_of_a_page_is_answered(client, archive):
    assert client.head(archive.get_absolute_url()).status_code == 200


def test_forged_form_is_refused_on_a_page_of_ours():
    response = Client(enforce_csrf_checks=True).post("/about/")
    assert response.status_code == 403
    assert "This page is not open to you What you sent came without the token" in words_of(response)


def test_robots_keep_out_of_filters_and_find_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /search/?\n" in response.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()


def test_favicon_is_found_where_browsers_ask_for_it(client):
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.svg"
