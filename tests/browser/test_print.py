"""On paper: the words and where they are from, nothing to click."""

import pytest
from playwright.sync_api import expect

from archive_factory import make_interview
from pages_factory import add_source


@pytest.mark.parametrize("width", [1280, 600])
def test_printed_answer_shows_the_words_and_their_citation_without_navigation(transactional_db, site, page, width):
    talks = make_interview([("And the sea?", "It is deep."), ("And then?", "Rest.")])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}{talks.turns.get(number='a1').get_absolute_url()}")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    page.emulate_media(media="print")
    for words in ("And the sea?", "It is deep."):
        expect(page.get_by_text(words)).to_be_visible()
    citations = [citation for citation in page.locator(".citation p").all() if citation.is_visible()]
    assert [citation.inner_text().partition(" “")[0] for citation in citations] == ["Moreau, Ilan."]
    for link in page.get_by_role("navigation").or_(page.get_by_role("search")).or_(page.get_by_role("button")).all():
        expect(link).to_be_hidden()
    expect(page.get_by_role("banner")).to_have_text("Diplomatic Interview Archive", use_inner_text=True)


def test_printed_interview_has_the_address_of_every_turn_in_the_margin(transactional_db, site, page):
    talks = make_interview([("And the sea?", "It is deep."), ("And then?", "Rest.")])
    page.goto(f"{site}{talks.get_absolute_url()}")
    page.emulate_media(media="print")
    turns = page.locator(".turn").evaluate_all("all => all.map(turn => getComputedStyle(turn, '::before').content)")
    printed = ["".join(content.split('"')[1::2]).strip("\u2066\u2069") for content in turns]
    assert printed == ["…/q1/", "…/a1/", "…/q2/", "…/a2/"]
    assert page.locator("html").get_attribute("data-address").endswith(talks.get_absolute_url())


def test_printed_source_says_where_the_text_is_from_and_leads_nowhere(transactional_db, site, page):
    talks = make_interview()
    add_source(talks)
    page.goto(f"{site}{talks.get_absolute_url()}")
    page.emulate_media(media="print")
    source = page.get_by_role("region", name="Source")
    expect(source.get_by_text("SHA-256")).to_be_visible()
    assert [link.inner_text() for link in source.get_by_role("link").all() if link.is_visible()] == []
