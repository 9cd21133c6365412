"""Reading a long interview: contents, the sheet of a phone, switches, keys, two versions; with script and without."""

import re

import pytest
from playwright.sync_api import expect

from archive_factory import make_interview

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LONG = "The ferries sail again from the northern port, and the dam holds. " * 12


@pytest.fixture
def talks(transactional_db):
    talks = make_interview(
        [(f"What of ferry number {number}, Minister?", LONG) for number in range(1, 31)], slug="talks", title="Talks"
    )
    talks.turns.filter(number="q12").update(courtesy=True)
    talks.turns.filter(number="a12").update(courtesy=True)
    return talks


@pytest.fixture
def reader(talks, site, page):
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}{talks.get_absolute_url()}")
    return page


@pytest.fixture
def on_phone(talks, site, page):
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}{talks.get_absolute_url()}")
    return page


@pytest.fixture
def without_script(talks, site, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}{talks.get_absolute_url()}")
    yield page
    context.close()


def contents(page):
    return page.get_by_role("navigation", name="Contents")


def focused_turn(page):
    return page.evaluate("document.activeElement.closest('.turn')?.id")


def test_contents_stand_beside_the_text_and_mark_where_the_reader_is(reader):
    expect(contents(reader).get_by_role("link")).to_have_count(29)
    reader.locator("#a20").evaluate("turn => turn.scrollIntoView()")
    here = contents(reader).locator("[aria-current]")
    expect(here).to_have_attribute("href", "#q20")
    box, frame = here.bounding_box(), contents(reader).bounding_box()
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    assert box["y"] + box["height"] <= reader.viewport_size["height"]
    reader.locator("#a2").evaluate("turn => turn.scrollIntoView()")
    expect(here).to_have_attribute("href", "#q2")


def test_contents_lead_to_a_question_by_keyboard(reader):
    contents(reader).get_by_role("link", name="What of ferry number 25, Minister?").focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("#q25$"))
    expect(reader.locator("#q25")).to_be_in_viewport()


def test_on_a_phone_contents_are_a_sheet_that_closes_when_something_is_chosen(on_phone):
    expect(contents(on_phone)).to_be_hidden()
    on_phone.get_by_role("button", name="Contents").click()
    expect(contents(on_phone)).to_be_visible()
    contents(on_phone).get_by_role("link", name="What of ferry number 9, Minister?").click()
    expect(contents(on_phone)).to_be_hidden()
    expect(on_phone).to_have_url(re.compile("#q9$"))
    expect(on_phone.locator("#q9 .number a")).to_be_focused()


def test_sheet_is_closed_by_escape_and_gives_the_focus_back(on_phone):
    on_phone.get_by_role("button", name="Contents").focus()
    on_phone.keyboard.press("Enter")
    on_phone.keyboard.press("Tab")
    expect(contents(on_phone).get_by_role("button", name="Close")).to_be_focused()
    on_phone.keyboard.press("Escape")
    expect(contents(on_phone)).to_be_hidden()
    expect(on_phone.get_by_role("button", name="Contents")).to_be_focused()


def test_without_script_the_sheet_opens_leads_on_and_closes_by_its_button(without_script):
    expect(contents(without_script)).to_be_hidden()
    without_script.get_by_role("button", name="Contents").click()
    contents(without_script).get_by_role("link", name="What of ferry number 9, Minister?").click()
    expect(without_script).to_have_url(re.compile("#q9$"))
    contents(without_script).get_by_role("button", name="Close").click()
    expect(contents(without_script)).to_be_hidden()
    expect(without_script.get_by_role("button", name="Keys")).to_be_hidden()


def test_hidden_courtesies_stay_hidden_and_an_address_into_them_opens_them(without_script, site, talks):
    without_script.get_by_role("button", name="Hide courtesies and moderators (2)").click()
    courtesy = without_script.locator("#q12")
    expect(courtesy).to_be_hidden()
    expect(without_script.get_by_text("2 turns hidden: Q12, A12")).to_be_visible()
    without_script.goto(f"{site}{talks.get_absolute_url()}#q12")
    expect(courtesy).to_be_visible()


def test_keys_lead_from_question_to_question_and_the_focus_goes_along(reader):
    for key, number in (("j", "q1"), ("j", "q2"), ("j", "q3"), ("k", "q2")):
        reader.keyboard.press(key)
        assert focused_turn(reader) == number
        expect(reader.locator(f"#{number}")).to_be_in_viewport()
    outline = reader.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_keys_begin_where_the_reader_is(reader):
    reader.locator("#a20").evaluate("turn => turn.scrollIntoView({behavior: 'instant'})")
    reader.keyboard.press("k")
    assert focused_turn(reader) == "q20"
    reader.keyboard.press("j")
    assert focused_turn(reader) == "q21"


def test_slash_searches_and_letters_typed_there_are_no_keys(reader):
    reader.keyboard.press("/")
    expect(reader.get_by_role("combobox", name="Search all answers")).to_be_focused()
    reader.keyboard.type("jk?/")
    expect(reader.get_by_role("combobox", name="Search all answers")).to_have_value("jk?/")
    expect(reader.get_by_role("dialog")).to_have_count(0)


def test_keys_with_a_modifier_are_left_to_the_browser(reader):
    reader.keyboard.press("Alt+j")
    reader.keyboard.press("Control+k")
    assert focused_turn(reader) is None


def test_keys_are_told_by_a_question_mark_and_switched_off_for_good(reader):
    reader.keyboard.press("?")
    expect(reader.get_by_role("dialog", name="Keys")).to_be_visible()
    reader.get_by_label("Use these keys").uncheck()
    reader.get_by_role("button", name="Close").click()
    reader.keyboard.press("j")
    assert focused_turn(reader) is None
    reader.reload()
    reader.keyboard.press("?")
    expect(reader.get_by_role("dialog")).to_have_count(0)
    reader.get_by_role("button", name="Keys").click()
    reader.get_by_label("Use these keys").check()
    reader.keyboard.press("Escape")
    reader.keyboard.press("k")
    assert focused_turn(reader) == "q30"


@pytest.mark.parametrize("screen", [WIDE, PHONE])
def test_versions_stand_side_by_side_or_on_a_phone_one_below_the_other(transactional_db, site, page, screen):
    english = make_interview([("What is next?", "Talks are.")])
    arabic = make_interview([("ماذا بعد؟", "محادثات.")], language="ar", slug="arabic", translation_of=english)
    page.set_viewport_size(screen)
    page.goto(f"{site}{arabic.get_absolute_url()}?beside=en")
    here, there = page.locator("#a1").bounding_box(), page.locator("#en-a1").bounding_box()
    if screen == WIDE:
        assert abs(here["y"] - there["y"]) < 2
        assert here["x"] + here["width"] <= there["x"]
        assert page.locator("#a1 .number").bounding_box()["x"] > here["x"] + here["width"] / 2
    else:
        assert here["y"] + here["height"] <= there["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
