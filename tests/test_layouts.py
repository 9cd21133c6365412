"""Golden pairs: each text under tests/layouts/ with the reviewed account of it.

UPDATE_GOLDEN=1 pytest tests/test_layouts.py writes the accounts anew; the diff is the review.
"""

import json
import os
from pathlib import Path

import pytest

from interviews.ingest.account import as_object
from interviews.ingest.layouts import LAST_RESORT, LAYOUTS
from interviews.ingest.read import read_transcript

GOLDEN = Path(__file__).parent / "layouts"
TEXTS = sorted(GOLDEN.glob("*/*.txt"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_text_reads_as_reviewed(text):
    account = json.loads(json.dumps(as_object(read_transcript(text.read_bytes()), text.name)))
    reviewed = text.with_suffix(".json")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        reviewed.write_text(json.dumps(account, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert account == json.loads(reviewed.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_text_is_explained_by_the_layout_of_its_folder(text):
    assert read_transcript(text.read_bytes()).layout == text.parent.name


def test_every_layout_has_golden_pairs():
    names = {layout.__name__.rpartition(".")[2] for layout in (*LAYOUTS, LAST_RESORT)}
    assert {path.parent.name for path in TEXTS} == names | {"none"}
