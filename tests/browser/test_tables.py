"""Tables of names and possible duplicates in a browser: looked at and decided by keyboard, on a phone too."""

import pytest
from playwright.sync_api import expect

from interviews.models import Curation, Entity
from interviews.tagging.registry import COLUMNS
from interviews.tagging.sheets import as_csv

from archive_factory import make_entity
from desk import faults

ROWS = [{"kind": "person", "name": "Ana Velt", "aliases": "A. Velt"}, {"kind": "person", "name": "Ilan Moreau"}]


def choose(page, site, *rows):
    page.goto(f"{site}/admin/interviews/entity/import/")
    content = as_csv(COLUMNS, [dict.fromkeys(COLUMNS, "") | row for row in rows]).encode()
    page.get_by_label("Table").set_input_files({"name": "names.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Look at it").press("Enter")


def check(page):
    assert faults(page) == []
    wide = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    assert page.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 120))") == []


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_table_is_looked_at_and_imported_by_keyboard(curator, site, width):
    curator.set_viewport_size({"width": width, "height": 844})
    choose(curator, site, ROWS[0], {"kind": "ship", "name": "x" * 400})
    expect(curator.get_by_role("heading", name="2 problems")).to_be_visible()
    check(curator)
    choose(curator, site, *ROWS)
    expect(curator.get_by_role("heading", name="Nothing was changed yet")).to_be_visible()
    check(curator)
    curator.get_by_role("button", name="Import these 2 rows").press("Enter")
    expect(curator.get_by_text("2 added, 0 changed")).to_be_visible()
    assert Entity.objects.filter(slug__in=["ana-velt", "ilan-moreau"], verified=True).count() == 2


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_possible_duplicates_are_told_apart_by_keyboard(curator, site, width):
    for name in ("Ilan Moreau", "I. Moreau", "Ana Velt", "Velt, Ana"):
        make_entity("person", name)
    curator.set_viewport_size({"width": width, "height": 844})
    curator.goto(f"{site}/admin/interviews/entity/duplicates/")
    check(curator)
    curator.get_by_role("button", name="Not the same (Ilan Moreau and I. Moreau)").press("Enter")
    expect(curator.get_by_text("suggested no more")).to_be_visible()
    assert Curation.objects.get().act == "differ"
    curator.get_by_role("link", name="The same: look at the merge").press("Enter")
    expect(curator.get_by_role("heading", name="What the merge would do")).to_be_visible()
