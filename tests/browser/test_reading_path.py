"""What a reader does: search, choose, read, copy a link and come back by it."""

import re

import pytest
from playwright.sync_api import expect

from interviews.models import Interview
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from ingesting import ingest

RIGHT_TO_LEFT = """مقابلة وزير الخارجية سامي الحداد مع صحيفة المرفأ
14 مارس 2019

سؤال: ماذا عن العبّارة؟

سامي الحداد: العبّارة تعمل منذ يوم الاثنين.

سؤال: كم سفينة؟

سامي الحداد: أربع سفن، وستصل البقية في الربيع.
"""
COPIED_MARKUP = """navigator.clipboard.read()
    .then(([copied]) => copied.getType("text/html")).then((markup) => markup.text())"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def archive(transactional_db):
    for year, country in ((2017, ("LY", "Libya")), (2018, ("EG", "Egypt")), (2019, ("IT", "Italy"))):
        talks = make_interview(
            [(f"What of {country[1]}?", f"The ceasefire of {year} holds."), ("And the sea?", "It is deep.")],
            date=f"{year}-05-06",
            slug="harbour-post",
        )
        mention(talks.turns.get(number="q1"), make_country(*country))
    reindex()


@pytest.fixture
def reader(archive, site, context, page):
    """A page whose clipboard can be read."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.set_viewport_size(WIDE)
    return page


def test_reader_searches_chooses_two_countries_and_comes_back_by_the_copied_link(reader, site):
    reader.goto(site)
    reader.get_by_role("combobox", name="Search all answers").fill("ceasefire")
    reader.get_by_role("button", name="Search").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("3 answers with ceasefire")

    filters = reader.get_by_role("complementary", name="Filters")
    filters.get_by_role("link", name="Libya, 1 answer").click()
    filters.get_by_role("link", name="Egypt, 1 answer").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("2 answers that mention Egypt or Libya, with ceasefire")

    reader.get_by_role("link", name="What of Libya?").click()
    expect(reader).to_have_url(f"{site}/interviews/2017/05/06/harbour-post/a1/")
    reader.get_by_role("button", name="Copy link").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")

    link = reader.evaluate("navigator.clipboard.readText()")
    reader.goto("about:blank")
    reader.goto(link)
    expect(reader.get_by_text("The ceasefire of 2017 holds.")).to_be_visible()


def test_citation_is_copied_too(reader, site):
    reader.goto(f"{site}/interviews/2017/05/06/harbour-post/a1/")
    reader.get_by_role("radio", name="MLA 9").check()
    reader.get_by_role("button", name="Copy citation: MLA 9").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")
    citation = reader.evaluate("navigator.clipboard.readText()")
    assert citation.startswith("Moreau, Ilan. “Interview")
    assert ".” Interview by Harbour Post. Diplomatic Interview Archive, version " in citation
    assert "<i>Diplomatic Interview Archive</i>" in reader.evaluate(COPIED_MARKUP)


def test_filters_are_one_closed_disclosure_on_a_phone_and_simply_there_on_a_wide_screen(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire&country=LY&country=EG")
    libya = reader.get_by_role("complementary", name="Filters").get_by_role("link", name="Libya, 1 answer")
    expect(libya).to_be_visible()
    reader.set_viewport_size(PHONE)
    expect(libya).to_be_hidden()
    reader.get_by_text("Filters, 2 chosen").click()
    expect(libya).to_be_visible()


def test_bars_choose_a_year_and_then_a_month_with_the_keyboard(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire")
    reader.get_by_role("link", name="2018: 1 answer").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("1 answer in 2018, with ceasefire")
    reader.get_by_role("link", name="May 2018: 1 answer").focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}/search/?q=ceasefire&year=2018&month=2018-05")


def test_range_of_years_is_chosen_from_lists_and_a_country_left_out_with_the_keyboard(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire")
    reader.get_by_label("From year").select_option("2018")
    reader.get_by_role("button", name="Show").first.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("2 answers since 2018, with ceasefire")
    leaving_out = reader.get_by_role("link", name="not Italy")
    leaving_out.focus()
    assert leaving_out.evaluate("link => getComputedStyle(link).opacity") == "1"
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text(
        "1 answer that does not mention Italy, since 2018, with ceasefire"
    )


def test_keyboard_leads_past_the_filters(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire")
    reader.get_by_role("link", name="Skip the filters").focus()
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Answers", exact=True)).to_be_focused()


def test_point_of_a_year_leads_to_its_answers_by_keyboard(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire")
    reader.get_by_role("link", name="Over time").click()
    reader.get_by_role("link", name="May 2018, ceasefire: 1 answer", exact=False).focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}/search/?q=ceasefire&month=2018-05")
    expect(reader.get_by_role("link", name="What of Egypt?")).to_be_visible()


def test_matches_stand_below_each_other_on_a_wide_screen_and_in_their_text_on_a_phone(reader, site):
    reader.goto(f"{site}/search/?q=ceasefire OR deep")
    reader.get_by_role("link", name="In context").click()
    matches = reader.locator(".concordance mark")
    starts = [match.bounding_box()["x"] for match in matches.all()]
    assert len(starts) == 6
    assert max(starts) - min(starts) < 1
    assert min(starts) > 300
    reader.set_viewport_size(PHONE)
    assert all(match.bounding_box()["x"] < 100 for match in matches.all())


def test_first_key_leads_past_the_head_of_the_page(reader, site):
    reader.goto(f"{site}/about/")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to the content")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("#content$"))
    expect(reader.get_by_role("main")).to_be_focused()


def test_without_script_the_link_can_be_selected_and_no_button_promises_more(archive, site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/interviews/2017/05/06/harbour-post/a1/")
    expect(page.get_by_label("Link to this answer")).to_have_value(
        re.compile(f"^{re.escape(page.url)}[?]v=[0-9a-f]{{8}}$")
    )
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_role("radio", name="APA 7").check()
    expect(page.get_by_text("Moreau, I. (2017, May 6).")).to_be_visible()
    expect(page.locator("#chicago-1")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_the_exchange_before_unfolds_in_place(archive, site, browser, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/interviews/2017/05/06/harbour-post/a2/")
    before = page.get_by_role("region", name="In the interview")
    expect(before.get_by_text("The ceasefire of 2017 holds.")).to_be_hidden()
    before.get_by_text("Read answer 1 here").focus()
    page.keyboard.press("Enter")
    expect(before.get_by_text("The ceasefire of 2017 holds.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    before.get_by_role("link", name="Before What of Libya?").click()
    expect(page).to_have_url(f"{site}/interviews/2017/05/06/harbour-post/a1/")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_source_from_right_to_left_has_its_line_numbers_beside_it_and_its_heads_above_it(
    transactional_db, page, site, texts, width
):
    ingest(texts("tram.txt", RIGHT_TO_LEFT))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + Interview.objects.get().get_absolute_url() + "source/")
    number, text = (page.locator(f".original {part}").first.bounding_box() for part in (".line", "pre"))
    assert number["x"] >= text["x"] + text["width"] or number["y"] + number["height"] <= text["y"]
    head = page.get_by_text("As received", exact=True)
    assert not head.is_visible() or head.bounding_box()["x"] > width / 2


def test_names_in_the_text_are_switched_off_by_keyboard_and_stay_so(reader, site):
    reader.goto(f"{site}/interviews/2017/05/06/harbour-post/#a2")
    marked = reader.get_by_role("article", name="Transcript").get_by_role("link", name="What of Libya?")
    expect(marked).to_have_class("entity is-country")
    reader.get_by_role("button", name="Do not mark names in the text").focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}/interviews/2017/05/06/harbour-post/#a2")
    expect(marked).to_have_count(0)
    reader.goto(f"{site}/interviews/2017/05/06/harbour-post/a1/")
    expect(reader.locator(".speech .entity")).to_have_count(0)
    reader.get_by_role("button", name="Mark names in the text").click()
    expect(reader.locator(".speech .entity")).to_have_count(1)
