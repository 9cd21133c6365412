"""The search box while one types: a combobox for the keyboard and for touch, and a plain form without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from interviews.models import Entity
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def archive(transactional_db):
    talks = make_interview(
        [("What of Libya?", "It is near."), ("And then?", "Later.")], speaker="Livia Ek", date="2019-05-06"
    )
    mention(talks.turns.get(number="q1"), make_country("LY", "Libya"))
    Entity.objects.filter(slug="harbour-post").update(name="Lib <b>Post</b>")
    reindex()


@pytest.fixture
def box(archive, site, page):
    """The search box of the front page."""
    page.goto(site)
    return page.get_by_role("combobox", name="Search all answers")


@pytest.fixture
def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_typing_opens_groups_of_suggestions_as_plain_text(box, page, options):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("li")
    expect(options).to_have_text(["Livia Ek2", "Lib <b>Post</b>2", "Libya1"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("group", name="Speakers").get_by_role("option")).to_have_count(1)
    expect(page.get_by_text("3 suggestions")).to_be_attached()


def test_arrows_choose_and_enter_follows(box, page, options):
    box.press_sequentially("li")
    expect(options).to_have_count(3)
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?country=LY$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 answer")


def test_enter_without_a_choice_searches_for_what_was_typed(box, page, options):
    box.press_sequentially("later")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=later$"))


def test_escape_closes_and_keeps_what_was_typed(box, options):
    box.press_sequentially("li")
    expect(options).to_have_count(3)
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("li")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_leaving_the_box_closes_the_list(box, options):
    box.press_sequentially("li")
    expect(options).to_have_count(3)
    box.press("Tab")
    expect(options).to_have_count(0)


def test_suggestion_can_be_tapped(archive, site, browser):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/search/?country=LY")
    page.get_by_role("combobox", name="Search all answers").press_sequentially("liv")
    page.get_by_role("option", name="Livia Ek").tap()
    expect(page).to_have_url(re.compile(r"/search/\?country=LY&speaker=livia-ek$"))
    context.close()


def test_late_answer_to_what_is_no_longer_typed_is_not_shown(box, page, options):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/suggest/?q=li", hold)
    with page.expect_request("**/suggest/?q=li"):
        box.press_sequentially("li")
    box.press_sequentially("via")
    expect(options).to_have_text(["Livia Ek2"])
    held[0].fulfill(json={"groups": []})
    page.wait_for_timeout(100)
    expect(options).to_have_text(["Livia Ek2"])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_open_list_is_accessible_and_fits(archive, site, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/search/")
    box = page.get_by_role("combobox", name="Search all answers")
    box.press_sequentially("li")
    box.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_script_the_box_is_a_plain_search(archive, site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    box = page.get_by_role("searchbox", name="Search all answers")
    box.fill("libya")
    box.press("Enter")
    expect(page.get_by_role("link", name="1 answer about it")).to_be_visible()
    context.close()
