"""The archive of the samples, link by link: no page or anchor is missing, and all HTML is as the standard has it."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from interviews.search.index.upkeep import reindex

from crawling import crawled, inner_links, is_html, type_of
from ingesting import ingest

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
    return crawled(client, "/", *NO_RESULTS, most_of_a_type=MOST_OF_A_TYPE)


def faults_of_html(response):
    parser = html5lib.HTMLParser()
    parser.parse(response.content)
    return [(place, name) for place, name, _ in parser.errors]


def faults_of_outline(response):
    """What a screen reader would miss: the one title, a level between two headings, the name of a region."""
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    skipped = [f"h{after} after h{before}" for before, after in pairwise(levels) if after > before + 1]
    regions = list(regions_of(tree))
    alike = [region for region, count in Counter(regions).items() if count > 1]
    unnamed = [region for region in regions if region[0] in ("nav", "aside") and not region[1]]
    wrong = [] if levels.count(1) == 1 and levels[0] == 1 else [f"headings {levels}"]
    wrong += [] if [kind for kind, _ in regions].count("main") == 1 else ["no main, or several"]
    wrong += [] if "search" in [kind for kind, _ in regions] else ["nowhere to search"]
    return wrong + skipped + alike + unnamed


def regions_of(tree):
    """(kind, what names it) of each region."""
    for element in tree.iter():
        kind = element.get("role") or element.tag
        if kind in ("main", "nav", "search", "aside"):
            yield kind, element.get("aria-label") or element.get("aria-labelledby")


def test_every_link_leads_somewhere_and_every_page_is_valid_and_has_an_outline(pages):
    assert len({type_of(address) for address in pages}) > 50
    assert {address: response.status_code for address, response in pages.items() if response.status_code != 200} == {}
    valid = {address: faults_of_html(response) for address, response in pages.items() if is_html(response)}
    assert {address: faults for address, faults in valid.items() if faults} == {}
    outlines = {address: faults_of_outline(pages[address]) for address in valid}
    assert {address: faults for address, faults in outlines.items() if faults} == {}
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
    assert (faults_of_html(response), faults_of_outline(response)) == ([], [])
