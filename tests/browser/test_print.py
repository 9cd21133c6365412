"""On paper: the words and where they are from, nothing to click."""

import pytest
from playwright.sync_api import expect

from archive_factory import make_interview


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
