"""The archive of the samples, link by link: no page or anchor is missing, and all HTML is as the standard has it."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin

import html5lib
import pytest

from interviews.search.index.upkeep import reindex

from ingesting import ingest
from pages_factory import links_of

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
# Of one type of page so many are looked at: from a search a thousand others are one choice away.
MOST_OF_A_TYPE = 12
HOME = "/interviews/2009/10/22/the-harbour-courier/"
# What is told where something is not there, with the status it is told with.
REFUSALS = {
    "/nothing/": 404,
    f"{HOME}a3/?v=00000000": 404,
    f"{HOME}a3/?passage=unicorn": 404,
    f"{HOME}a3/?passage=%2D,": 400,
    f"{HOME}a99/": 404,
}
NO_RESULTS = ("/search/?q=unicorn", "/search/?q=%22sea%22+OR+&country=XX")


@pytest.fixture
def pages(client):
    """{address: response} of what can be reached from the front page of the samples."""
    ingest(FIXTURES)
    reindex()
    seen, types, waiting = {}, Counter(), ["/", *NO_RESULTS]
    while waiting:
        address = waiting.pop()
        if address in seen or types[type_of(address)] == MOST_OF_A_TYPE:
            continue
        types[type_of(address)] += 1
        seen[address] = response = client.get(address)
        if response.streaming:
            response.getvalue()  # read to its end: closing it here would close the connection to PostgreSQL
        elif is_html(response):
            waiting += reversed([link.partition("#")[0] for link in inner_links(address, response)])
    return seen


def type_of(address):
    """The address without what names one interview, one turn, one entity, or one search."""
    path, _, query = address.partition("?")
    path = re.sub(r"(?<=/interviews/)[0-9/]+[^/]+/", "", path)
    path = re.sub(r"(?<=/)[qasmd][0-9]+[b-z]*(?=/)", "number", path)
    return re.sub(r"^(/(?!interviews|search)\w+/)[^/]+/", r"\1", path), bool(query)


def inner_links(address, response):
    absolute = (urljoin(address, link) for link in links_of(response))
    return [link for link in absolute if link.startswith("/") and not link.startswith("/static/")]


def is_html(response):
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def faults_of_html(response):
    parser = html5lib.HTMLParser()
    parser.parse(response.content)
    return [(place, name) for place, name, _ in parser.errors]


def test_every_link_leads_somewhere_and_every_page_is_valid(pages):
    assert len({type_of(address) for address in pages}) > 50
    assert {address: response.status_code for address, response in pages.items() if response.status_code != 200} == {}
    valid = {address: faults_of_html(response) for address, response in pages.items() if is_html(response)}
    assert {address: faults for address, faults in valid.items() if faults} == {}
    anchors = {address: set(re.findall(r'\sid="([^"]+)"', pages[address].content.decode())) for address in valid}
    lead_nowhere = {
        link
        for address in valid
        for link in inner_links(address, pages[address])
        for page, _, anchor in [link.partition("#")]
        if anchor and ":~:" not in anchor and page in anchors and unquote(anchor) not in anchors[page]
    }
    assert lead_nowhere == set()


@pytest.mark.parametrize(("address", "status"), REFUSALS.items())
def test_what_is_not_there_is_told_on_a_valid_page(client, address, status):
    ingest(FIXTURES / "2009-fisheries-harbour-courier.txt", FIXTURES / "source.toml")
    response = client.get(address)
    assert response.status_code == status
    assert faults_of_html(response) == []
