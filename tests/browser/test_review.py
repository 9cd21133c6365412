"""The curators' review of names in a browser: by keyboard, on a phone, without script; the search follows."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from interviews.models import Decision, Entity, Rule
from interviews.search.index.upkeep import reindex

from archive_factory import make_entity, make_interview, propose

REVIEW = reverse("admin:interviews_mention_review")


@pytest.fixture(autouse=True)
def mentions(transactional_db):
    """Jordan in ten answers: the tagger is sure enough of it in every one, and no more."""
    jordan = make_entity("country", "Jordan", iso_code="JO")
    make_entity("person", "Ella Jordan")
    Entity.objects.update(verified=True)
    talks = [
        make_interview([("Who called?", f"It was Jordan, on day {day}.")], date=f"2020-01-{day:02}", slug=f"day-{day}")
        for day in range(1, 11)
    ]
    found = [propose(each.turns.get(number="a1"), jordan, confidence=60) for each in talks]
    reindex()
    return found


@pytest.fixture
def said(curator):
    """What the page says of what was done."""
    return curator.locator("#said")


def test_ten_names_are_decided_by_keyboard_and_the_facets_follow(curator, site, said):
    curator.goto(f"{site}/search/?country=JO")
    expect(curator.get_by_role("heading", level=1)).to_contain_text("10 answers")
    curator.goto(site + REVIEW)
    for key, words in [("c", "Confirmed")] * 4 + [("r", "Rejected")] * 4 + [("1", "“Jordan” is “Ella Jordan”")] * 2:
        expect(curator.locator(".name:focus")).to_have_count(1)
        curator.keyboard.press(key)
        expect(said).to_contain_text(words)
        expect(curator.locator(".name[aria-busy=true]")).to_have_count(0)
    expect(curator.locator(".name.is-done")).to_have_count(10)
    expect(curator.locator("#further")).to_be_focused()
    assert Decision.objects.count() == 10
    curator.goto(f"{site}/search/?q=day")
    for facet, value in (("Country discussed", "Jordan"), ("Person", "Ella Jordan")):
        choice = curator.locator(".facet", has_text=facet).locator("li", has_text=value)
        expect(choice).to_contain_text("4" if value == "Jordan" else "2")
    curator.goto(f"{site}/search/?country=JO")
    expect(curator.get_by_role("heading", level=1)).to_contain_text("4 answers")


def test_keys_move_undo_and_explain(curator, site, said):
    curator.goto(site + REVIEW)
    names = curator.locator(".name")
    expect(names.nth(0)).to_be_focused()
    curator.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    curator.keyboard.press("k")
    expect(names.nth(0)).to_be_focused()
    curator.keyboard.press("r")
    expect(names.nth(1)).to_be_focused()
    expect(names.nth(0)).to_contain_text("Rejected: “Jordan” is not “Jordan”.")
    curator.keyboard.press("z")
    expect(said).to_have_text("Undone. Rejected: “Jordan” is not “Jordan”.")
    expect(names.nth(0)).to_be_focused()
    expect(names.nth(0).get_by_role("button", name="Confirm")).to_be_visible()
    assert not Decision.objects.exists()
    curator.keyboard.press("?")
    expect(curator.get_by_text("Undo what you did last", exact=True)).to_be_visible()


def test_another_entity_is_typed_and_its_letters_are_no_keys(curator, site, said):
    make_entity("person", "Rosa Carrick")
    Entity.objects.update(verified=True)
    curator.goto(site + REVIEW)
    curator.keyboard.press("o")
    curator.keyboard.type("rosa")
    expect(curator.locator("datalist option").first).to_contain_text("person")
    curator.keyboard.type(" carrick")
    curator.keyboard.press("Enter")
    expect(said).to_have_text("“Jordan” is “Rosa Carrick”, not “Jordan”.")
    assert Decision.objects.get().replacement.name == "Rosa Carrick"


def test_quicker_curator_is_named_and_can_be_overruled(curator, site, said, mentions, django_user_model):
    curator.goto(site + REVIEW)
    other = django_user_model.objects.create_user("Second")
    newest = mentions[-1]
    about = {"turn": newest.turn, "entity": newest.entity, "surface": "Jordan", "occurrence": 1}
    Decision.objects.create(**about, verdict="reject", by=other)
    curator.keyboard.press("c")
    expect(said).to_contain_text("Second was quicker")
    expect(curator.locator(".name").first).to_contain_text("Second was quicker")
    curator.keyboard.press("c")
    expect(said).to_contain_text("Confirmed")
    assert Decision.objects.get().verdict == "confirm"


def test_rule_is_made_from_the_queue_by_keyboard(curator, site):
    curator.goto(site + REVIEW)
    curator.keyboard.press("u")
    curator.get_by_label("They are not this entity", exact=False).press("Space")
    curator.get_by_role("button", name="Preview what it changes").press("Enter")
    expect(curator.get_by_text("10 names less in 10 turns", exact=False)).to_be_visible()
    curator.get_by_role("button", name="Save the rule").press("Enter")
    expect(curator.get_by_text("Nothing waits here.")).to_be_visible()
    assert Rule.objects.get().verdict == "reject"


def test_words_are_selected_in_the_text_to_make_an_entity(curator, site, mentions):
    curator.goto(site + reverse("admin:interviews_turn_names", args=[mentions[0].turn_id]))
    curator.locator("#text").evaluate(
        """text => { const range = document.createRange(); range.setStart(text.firstChild, 7);
        range.setEnd(text.firstChild, 13); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    expect(curator.get_by_role("textbox", name="Words")).to_have_value("Jordan")
    expect(curator.get_by_role("status")).to_have_text("Selected: “Jordan”")


def test_review_works_without_script(admin_client, mentions, browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": admin_client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    page.goto(site + REVIEW)
    page.get_by_role("button", name="Reject").first.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Rejected: “Jordan”")
    page.get_by_role("button", name="Undo").first.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Undone.")
    expect(page.locator(".name")).to_have_count(10)
    context.close()
