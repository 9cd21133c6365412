"""What a dry run says is what the run then does, word by word."""

from io import StringIO

import pytest
from django.core.management import call_command

from interviews.ingest.differences import compared
from interviews.models import FormerAddress, Interview, Reading, Revision, Turn

from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db
LATER = (
    TEXT.replace("5 March", "6 March")
    .replace("as they always did", "as they have always done")
    .replace("Question: Who pays", "Question: Is it safe?\n\nRuna Solberg: Quite safe.\n\nQuestion: Who pays")
    .replace("Runa Solberg: Ask me when the second one stands.\n", "")
)


@pytest.fixture
def path(texts):
    path = texts("ferry.txt")
    ingest(path)
    path.write_text(LATER)
    return path


def printed(path, **options):
    out = StringIO()
    call_command("ingest", str(path), stdout=out, **options)
    return out.getvalue()


def test_dry_run_and_run_say_the_same(path):
    foretold = ingest(path, dry_run=True)
    assert ingest(path) == foretold
    assert Reading.objects.first().changes == foretold["files"][0]["changes"]


def test_dry_run_changes_nothing(path):
    ingest(path, dry_run=True)
    assert Interview.objects.get().get_absolute_url() == "/interviews/2019/03/05/il-molo/"
    assert Turn.objects.count() == 6
    assert not Revision.objects.exists()
    assert not FormerAddress.objects.exists()


def test_dry_run_shows_each_turn_and_its_words(path):
    text = printed(path, dry_run=True)
    assert "a2 changed … for its own half, as they {+have+} always [-did.-] {+done.+}" in text
    assert "q4 inserted {+Is it safe?+}" in text
    assert "a3 removed: its address will say so [-Ask me when the second one stands.-]" in text
    assert "date “2019-03-05” → “2019-03-06”" in text
    assert (
        "address “/interviews/2019/03/05/il-molo/” → “/interviews/2019/03/06/il-molo/”, where the old one will lead"
        in text
    )


def test_run_tells_the_changes_in_one_line(path):
    text = printed(path)
    assert "1 turn changed, 1 turn removed, 2 turns inserted" in text
    assert "{+" not in text


def test_new_file_has_nothing_to_compare(texts):
    assert ingest(texts("new.txt"))["files"][0]["changes"] == []


def test_moved_turn_is_told_by_its_new_neighbour(texts):
    path = texts("ferry.txt")
    ingest(path)
    head, *exchanges = TEXT.rstrip().split("\n\nQuestion: ")
    path.write_text("\n\nQuestion: ".join([head, exchanges[2], exchanges[0], exchanges[1]]) + "\n")
    text = printed(path, dry_run=True)
    assert "q3 moved: now the first" in text
    assert "a3 moved: now after q3" in text


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Both banks pay.", "Both banks pay.", ()),
        ("Both banks pay.", "Both shores pay.", ("Both", "-banks", "+shores", "pay.")),
        ("It pays.\n\nNow.", "It pays. Now.", ("It pays.", "-¶", "Now.")),
        ("检查员同意。", "检查员也同意。", ("检查员", "+也", "同意。")),
    ],
)
def test_words_are_compared(before, after, words):
    signs = {"old": "-", "new": "+"}
    shown = tuple(signs.get(kept, "") + text for kept, text in compared(before, after))
    assert shown == words


def test_comparison_of_two_long_texts_is_quick():
    """Every word of both is another: the worst case."""
    old, new = (" ".join(f"{letter}{n}" for n in range(60_000)) for letter in "ab")
    assert [kept for kept, _ in compared(old, new)] == ["old", "new"]
