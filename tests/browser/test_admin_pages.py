"""The curators' desk in a browser: nothing is blocked, nothing runs over the edge, a keyboard is enough."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from interviews.models import Conflict, Interview, Reading, Source, Turn

from ingesting import TEXT, UNDATED, ingest

LONG_WORD = "Wintersteinburg" * 12


@pytest.fixture(autouse=True)
def drafts(transactional_db, texts):
    """An undated draft with problems, and a published interview that a curator and a new version disagree about."""
    ingest(texts("undated.txt", UNDATED.replace("Who pays for", f"{LONG_WORD}, who pays for")))
    path = texts("ferry.txt", TEXT.replace("ferry", "café").encode("cp1252"))
    ingest(path)
    interview = Interview.objects.get(date__isnull=False)
    Interview.objects.filter(pk=interview.pk).update(title=f"Cafés of {LONG_WORD}")
    path.write_bytes(TEXT.replace("ferry", "café").replace("Foreign Minister", "Minister", 1).encode("cp1252"))
    ingest(path)
    Reading.objects.first().problems.create(code="odd_line", line=3, message="This line is odd.", severity="note")


def test_draft_is_set_right_and_published_with_the_keyboard_alone(curator, site):
    draft = Interview.objects.get(date=None)
    curator.goto(site + reverse("admin:interviews_interview_turns", args=[draft.pk]))
    curator.get_by_label("Kind of q1").focus()
    curator.keyboard.type("Stat")
    curator.get_by_label("Kind of a1").focus()
    curator.keyboard.type("Stat")
    curator.keyboard.press("Tab")
    curator.keyboard.press("Tab")
    curator.keyboard.press("Enter")
    expect(curator.get_by_text("numbered anew.", exact=False).first).to_be_visible()
    curator.goto(site + reverse("admin:interviews_interview_change", args=[draft.pk]))
    curator.get_by_label("Date:", exact=True).fill("2019-04-01")
    curator.keyboard.press("Enter")
    expect(curator.get_by_text("was changed successfully")).to_be_visible()
    curator.goto(site + reverse("admin:interviews_interview_publish", args=[draft.pk]))
    curator.get_by_role("button", name="Publish").press("Enter")
    expect(curator.get_by_text("Published: 1.")).to_be_visible()
    assert Turn.objects.filter(interview=draft).order_by("position").first().number == "s1"


def test_speaker_is_suggested_in_a_row_that_was_just_added(curator, site):
    draft = Interview.objects.get(date=None)
    curator.goto(site + reverse("admin:interviews_interview_change", args=[draft.pk]))
    rows = draft.participations.count()
    curator.get_by_role("button", name="Add another Voice").press("Enter")
    person = curator.locator(f"#id_participations-{rows}-person")
    person.press_sequentially("Runa So")
    suggested = curator.locator(f"datalist#{person.get_attribute('list')} option")
    expect(suggested).to_have_attribute("value", re.compile(r"Runa Solberg \(person, no\. \d+\)"))
    person.fill(suggested.get_attribute("value"))
    curator.get_by_label("Part", exact=True).nth(rows).select_option("moderator")
    curator.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(curator.get_by_text("was changed successfully")).to_be_visible()
    assert draft.participations.get(part="moderator").person.name == "Runa Solberg"


def test_several_texts_are_added_in_the_browser(curator, site, texts):
    paths = [texts("third.txt", TEXT.replace("5 March", "6 April").replace("ferry", "tram")), texts("empty.txt", "")]
    curator.goto(site + reverse("admin:interviews_source_add"))
    curator.get_by_label("Files").set_input_files(paths)
    curator.get_by_role("button", name="Add").click()
    expect(curator.get_by_role("heading", level=2)).to_have_text("1 created, 0 updated, 0 unchanged, 1 refused")
    assert Source.objects.filter(name="third.txt").exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_sides_of_a_conflict_of_long_words_are_seen_and_told_apart(curator, site, width):
    long = "https://ministry.example/" + "ferries-" * 60
    Conflict.objects.update(curated=long, received=f"{long}and")
    curator.set_viewport_size({"width": width, "height": 900})
    curator.goto(site + reverse("admin:interviews_conflict_changelist"))
    for side, head in (("curators", "The curator’s"), ("files", "The file’s")):
        cell = curator.locator(f"#result_list td.field-{side}").first
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= width
        if width == 390:
            assert cell.evaluate("each => getComputedStyle(each, '::before').content") == f'"{head}"'
