"""Words are selected, their link and quotation copied, and the link opened again, with and without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from interviews.models import Turn

from archive_factory import make_country, make_interview, propose

ADDRESS = "/interviews/2019/12/05/harbour-post/"
LONG = "\n\n".join(
    f"Paragraph {count} speaks of the ferry, of the harbour and of Libya as ever." for count in range(40)
)
TEXT = f"The ferry runs to Libya every day.\n\nBoth banks pay for the ferry, as ever.\n\n{LONG}\n\nAt last it rains."
ARABIC = "العبّارة تعمل منذ يوم الاثنين.\n\nأربع سفن، وستصل البقية في الربيع."
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SELECT = """([first, from, last, to]) => {
  const textIn = (id) => document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT).nextNode();
  document.getSelection().setBaseAndExtent(textIn(first), from, textIn(last), to);
}"""


@pytest.fixture
def archive(transactional_db):
    talks = make_interview([("Is the ferry running?", TEXT), ("And then?", "Then there is rest.")], slug="harbour-post")
    propose(talks.turns.get(number="a1"), make_country("LY", "Libya"), confidence=100)
    make_interview([("ماذا عن العبّارة؟", ARABIC)], slug="al-marfa", language="ar", speaker="سامي الحداد")


@pytest.fixture
def reader(archive, site, context, page):
    """A page whose clipboard can be read."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.set_viewport_size(WIDE)
    return page


@pytest.fixture
def reader_without_script(archive, site, browser):
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    yield context.new_page()
    context.close()


def tools(page, name="answer 1"):
    return page.get_by_role("group", name=f"Selected words of {name}")


def copied(page, button, name="answer 1"):
    tools(page, name).get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_link_to_words_selected_with_the_mouse_opens_the_answer_with_them_marked(reader, site, reader_without_script):
    reader.goto(site + ADDRESS)
    box = reader.locator("#a1-p2").bounding_box()
    reader.mouse.move(box["x"] + 1, box["y"] + 15)
    reader.mouse.down()
    reader.mouse.move(box["x"] + 120, box["y"] + 15, steps=4)
    reader.mouse.up()
    selected = reader.evaluate("String(document.getSelection())").strip()
    link = copied(reader, "Copy link")
    assert re.fullmatch(rf"{site}{ADDRESS}a1/\?v=[0-9a-f]{{8}}&passage=Both%20.*#:~:text=Both%20.*", link)
    for page in (reader, reader_without_script):
        page.goto("about:blank")
        page.goto(link)
        expect(page.locator("#passage")).to_contain_text(selected)
        expect(page.locator("#passage")).to_be_in_viewport()


def test_quotation_of_words_selected_with_the_keyboard_is_copied_with_the_keyboard(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/")
    reader.locator("#a1-p2").dblclick(position={"x": 5, "y": 15})
    for _ in range(6):
        reader.keyboard.press("Shift+ArrowRight")
    expect(tools(reader)).to_be_visible()
    reader.keyboard.press("Tab")
    expect(tools(reader).get_by_role("button", name="Copy link")).to_be_focused()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_have_text("Copied")
    quotation = reader.evaluate("navigator.clipboard.readText()")
    assert quotation.startswith("“Both banks”\nIlan Moreau, “")
    assert "&passage=Both%20banks." in quotation
    reader.keyboard.press("Escape")
    expect(tools(reader)).to_be_hidden()


def test_keyboard_goes_on_from_the_tools(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/")
    reader.evaluate(SELECT, ["a1-p2", 0, "a1-p2", 10])
    expect(tools(reader)).to_be_visible()
    for _ in range(4):
        reader.keyboard.press("Tab")
    expect(tools(reader).get_by_role("button", name="Copy link")).not_to_be_focused()
    expect(tools(reader).get_by_role("button", name="Copy quotation")).not_to_be_focused()


def test_words_across_paragraphs_and_a_marked_name_are_marked_again(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/")
    reader.evaluate(SELECT, ["a1-p1", 10, "a1-p2", 10])
    reader.goto(copied(reader, "Copy link"))
    expect(reader.locator("mark.passage")).to_have_text(["runs to Libya every day.", "Both banks"])
    expect(reader.locator("mark.passage").get_by_role("link", name="Libya")).to_be_visible()
    expect(reader.get_by_role("textbox", name="Link to the marked words")).to_have_value(
        re.compile("runs%20to%20Libya%20every,Both%20banks$")
    )


def test_selection_across_turns_is_a_link_to_words_of_the_first_and_says_so(reader, site):
    reader.goto(site + ADDRESS)
    reader.evaluate(SELECT, ["a1-p43", 3, "q2-p1", 6])
    expect(tools(reader)).to_contain_text("Only the words of answer 1")
    assert copied(reader, "Copy link").endswith("#:~:text=last%20it%20rains%2E")


def test_words_of_a_question_and_no_words_at_all(reader, site):
    reader.goto(site + ADDRESS)
    reader.evaluate(SELECT, ["q2-p1", 0, "q2-p1", 3])
    assert f"{ADDRESS}q2/?v=" in copied(reader, "Copy link", "question 2")
    reader.evaluate("document.activeElement.blur(), document.getSelection().removeAllRanges()")
    expect(reader.get_by_role("group", name="Selected words")).to_be_hidden()
    reader.get_by_role("heading", level=1).dblclick()
    reader.wait_for_timeout(300)
    expect(reader.get_by_role("group", name="Selected words")).to_be_hidden()


def test_words_from_right_to_left_are_linked_quoted_and_marked(reader, site, reader_without_script):
    reader.goto(site + ADDRESS.replace("harbour-post", "al-marfa"))
    reader.evaluate(SELECT, ["a1-p1", 9, "a1-p2", 8])
    quotation = copied(reader, "Copy quotation")
    assert quotation.startswith("«تعمل منذ يوم الاثنين.\n\nأربع سفن»\n")
    link = re.search(r"http://\S+", quotation)[0].removesuffix(".")
    for page in (reader, reader_without_script):
        page.goto("about:blank")
        page.goto(link)
        expect(page.locator("mark.passage")).to_have_text(["تعمل منذ يوم الاثنين.", "أربع سفن"])


@pytest.mark.parametrize(
    "words",
    ["At last it rains.", "Paragraph 38 speaks … At last", "Paragraph 39 speaks of the ferry, of the harbour and of"],
)
def test_browser_itself_finds_the_words_that_a_link_ends_with(reader_without_script, site, words):
    page = reader_without_script
    page.goto(f"{site}{ADDRESS}a1/")
    page.get_by_text("Link to words of this answer").click()
    page.get_by_label("Words of this answer").fill(words)
    page.get_by_role("button", name="Link to them").click()
    expect(page.locator("mark.passage").last).to_be_in_viewport()
    fragment = page.get_by_role("textbox", name="Link to the marked words").input_value().partition("#")[2]
    page.goto("about:blank")
    page.goto(f"{site}{ADDRESS}a1/#{fragment}")
    expect(page.locator("mark.passage")).to_have_count(0)
    expect(page.get_by_text(words.partition(" … ")[0])).to_be_in_viewport()


def test_page_opens_at_the_marked_words_without_a_fragment_too(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/?passage=At%20last")
    expect(reader.locator("#passage")).to_be_in_viewport()


def test_without_script_words_are_typed_and_the_page_has_their_link_and_quotation(reader_without_script, site):
    page = reader_without_script
    page.goto(f"{site}{ADDRESS}a1/")
    page.get_by_text("Link to words of this answer").click()
    page.get_by_label("Words of this answer").fill("both banks pay")
    page.get_by_role("button", name="Link to them").click()
    expect(page.locator("#passage")).to_have_text("Both banks pay")
    expect(page.get_by_role("textbox", name="Link to the marked words")).to_have_value(
        re.compile("#:~:text=Both%20banks%20pay$")
    )
    expect(page.locator("#quotation")).to_contain_text("“Both banks pay”")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_copied_quotation_of_the_page_is_the_one_of_the_toolbar(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/")
    reader.evaluate(SELECT, ["a1-p2", 0, "a1-p2", 10])
    beside = copied(reader, "Copy quotation")
    reader.goto(f"{site}{ADDRESS}a1/?passage=Both%20banks")
    reader.get_by_role("button", name="Copy quotation").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")
    assert reader.evaluate("navigator.clipboard.readText()") == beside


def test_words_by_hand_copied_across_paragraphs_hold_no_pilcrow(reader, site):
    reader.goto(f"{site}{ADDRESS}a1/")
    reader.evaluate(SELECT, ["a1-p1", 15, "a1-p2", 10])
    assert reader.evaluate("String(document.getSelection())").split() == [
        "to",
        "Libya",
        "every",
        "day.",
        "Both",
        "banks",
    ]


@pytest.mark.parametrize(
    ("below", "anchor", "said"),
    [
        ("", "a2-p9", "There is no paragraph 9 in answer 2; here is answer 2."),
        ("", "a99", "There is no answer 99 on this page. Look for it at its own address"),
        ("a1/", "a1-p99", "There is no paragraph 99 in answer 1; here is answer 1."),
    ],
)
def test_anchor_that_is_not_there_is_told_quietly(reader, site, below, anchor, said):
    reader.goto(f"{site}{ADDRESS}{below}#{anchor}")
    expect(reader.locator("#missing")).to_have_text(said)
    expect(reader.locator("#missing")).to_be_in_viewport()


@pytest.mark.parametrize("anchor", ["a1-p2", "a2", "", "%zz", "content"])
def test_of_anchors_that_are_there_nothing_is_told(reader, site, anchor):
    reader.goto(f"{site}{ADDRESS}#{anchor}")
    reader.wait_for_timeout(100)
    expect(reader.locator("#missing")).to_have_count(0)


def test_words_are_copied_where_the_page_may_not_write_to_the_clipboard(reader, site):
    reader.add_init_script("delete Navigator.prototype.clipboard")
    reader.goto(site + ADDRESS)
    reader.evaluate(SELECT, ["a1-p2", 0, "a1-p2", 10])
    tools(reader).get_by_role("button", name="Copy quotation").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")
    reader.get_by_role("combobox", name="Search all answers").press("Control+v")
    expect(reader.get_by_role("combobox", name="Search all answers")).to_have_value(re.compile("^“Both banks”"))


def test_text_that_changed_while_the_page_was_open_is_not_quoted_wrongly(reader, site):
    reader.goto(site + ADDRESS)
    Turn.objects.filter(number="a1", text=TEXT).update(text=TEXT.replace("Both", "All the"))
    reader.evaluate(SELECT, ["a1-p2", 0, "a1-p2", 10])
    tools(reader).get_by_role("button", name="Copy link").click()
    expect(reader.get_by_role("status")).to_have_text("The text was changed since. Load the page again.")


def test_tools_beside_selected_words_are_accessible(reader, site):
    reader.goto(site + ADDRESS)
    reader.evaluate(SELECT, ["a1-p43", 3, "q2-p1", 6])
    expect(tools(reader)).to_be_visible()
    assert Axe().run(reader).response["violations"] == []


def test_tools_stand_within_a_narrow_screen(reader, site):
    reader.set_viewport_size(PHONE)
    reader.goto(site + ADDRESS)
    reader.evaluate(SELECT, ["a1-p2", 0, "a1-p2", 10])
    expect(tools(reader)).to_be_in_viewport(ratio=1)
