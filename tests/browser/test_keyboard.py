"""Reading, searching and citing with the keyboard alone, and always seeing where one is."""

import re

import pytest
from playwright.sync_api import expect

from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention

TALKS = "/interviews/2017/05/06/talks/"
# More than any page of the small archive has.
MOST_STOPS = 150
# Whether what has the focus looks otherwise than without it; a hidden radio button is shown by what follows it.
IS_SEEN = """() => {
    const one = document.activeElement;
    const look = () => JSON.stringify([one, one.nextElementSibling].filter(Boolean).map((each) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
        return [outlineStyle, outlineWidth, boxShadow];
    }));
    const focused = look();
    one.blur();
    return [one.outerHTML.slice(0, 160), focused !== look()];
}"""


@pytest.fixture
def reader(transactional_db, site, context, page):
    for country in (("LY", "Libya"), ("EG", "Egypt")):
        talks = make_interview(
            [(f"What of {country[1]}?", "The ceasefire holds."), ("And the sea?", "It is deep.")],
            date="2017-05-06" if country[0] == "LY" else "2018-05-06",
            slug="talks",
        )
        mention(talks.turns.get(number="a1"), make_country(*country))
    reindex()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def go_by_tab(page, target):
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def test_interview_is_read(reader, site):
    reader.goto(site + TALKS)
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to the content")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("main")).to_be_focused()
    go_by_tab(reader, reader.get_by_role("navigation", name="Contents").get_by_role("link", name="And the sea?"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("#q2$"))
    reader.keyboard.press("k")
    assert reader.evaluate("document.activeElement.closest('.turn').id") == "q1"
    go_by_tab(reader, reader.locator("#a1 .number a"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}{TALKS}a1/")


def test_answer_is_searched_for_a_country_chosen_and_taken_back(reader, site):
    reader.goto(site)
    go_by_tab(reader, reader.get_by_role("combobox", name="Search all answers"))
    reader.keyboard.type("ceasefire")
    reader.keyboard.press("Enter")
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_have_text("2 answers with ceasefire")
    go_by_tab(reader, reader.get_by_role("link", name="Libya, 1 answer"))
    reader.keyboard.press("Enter")
    expect(heading).to_have_text("1 answer that mentions Libya, with ceasefire")
    go_by_tab(reader, reader.get_by_role("link", name="What of Libya?"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}{TALKS}a1/")
    reader.go_back()
    expect(heading).to_have_text("1 answer that mentions Libya, with ceasefire")
    reader.go_back()
    expect(heading).to_have_text("2 answers with ceasefire")


def test_answer_is_cited(reader, site):
    reader.goto(f"{site}{TALKS}a1/")
    go_by_tab(reader, reader.get_by_role("radio", name="Chicago 17"))
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("radio", name="MLA 9")).to_be_focused()
    go_by_tab(reader, reader.get_by_role("button", name="Copy citation: MLA 9").first)
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_have_text("Copied")
    assert reader.evaluate("navigator.clipboard.readText()").startswith("Moreau, Ilan. “")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_always_seen(reader, site, scheme):
    reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    unseen = {}
    for address in ("/", TALKS, f"{TALKS}a1/", "/search/?q=ceasefire", "/search/frequency/?q=ceasefire", "/countries/"):
        reader.goto(site + address)
        stops = dict(every_stop(reader))
        assert len(stops) > 8
        unseen |= {(address, stop): seen for stop, seen in stops.items() if not seen}
    assert unseen == {}


def every_stop(page):
    """(what has the focus, whether it is seen) for each press of Tab, from the first to the last of the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop, seen = page.evaluate(IS_SEEN)
        if stop.startswith("<body"):
            return
        yield stop, seen
