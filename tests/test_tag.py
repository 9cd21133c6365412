"""`manage.py tag`, and how well it does on the gold facts."""

import io
import json
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def tag(monkeypatch, capsys):
    """Feed lines to `manage.py tag` and return what it prints, read as JSON."""

    def run(*lines, **options):
        data = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        return run_bytes(data.encode(), **options)

    def run_bytes(data, **options):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        call_command("tag", **options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    run.bytes = run_bytes
    return run


def test_plain_line_is_a_document_of_one_turn(tag):
    (printed,) = tag("Italy wrote to Norway.")
    assert printed["countries"] == ["IT", "NO"]
    assert printed["entities"][1] == {
        "kind": "country",
        "key": "NO",
        "name": "Norway",
        "surface": "Norway",
        "start": 15,
        "end": 21,
        "level": "named",
        "confidence": 98,
    }


def test_turns_of_one_document_are_read_together_and_printed_in_order(tag):
    printed = tag(
        {"document": "a", "turn": "1", "text": "Our dialogue with Oslo goes on."},
        {"document": "b", "turn": "1", "text": "Our dialogue with Oslo goes on."},
        {"document": "a", "turn": 2, "text": "Norway is near."},
    )
    assert [(p["document"], p["turn"], p["countries"]) for p in printed] == [
        ("a", "1", ["NO"]),
        ("b", "1", []),
        ("a", 2, ["NO"]),
    ]


def test_language_stands_in_the_line_or_in_the_option(tag):
    line = {"document": "a", "turn": 1, "text": "Норвегии"}
    assert [p["countries"] for p in tag(line, line | {"document": "b", "language": "ru"})] == [[], ["NO"]]
    assert tag(line, language="ru")[0]["countries"] == ["NO"]


def test_empty_input_prints_nothing(tag):
    assert tag("", "  ") == []


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b'Norway\n{"document": 1', "Line 2 begins like JSON but is none"),
        (b'{"document": "a", "text": "x"}', "Line 1 must have a document, a turn and a text"),
        (b'{"document": "a", "turn": 1, "text": 5}', "Line 1 must have a document, a turn and a text"),
        (b"Norway \xff", "Line 1 is no UTF-8"),
    ],
)
def test_bad_line_is_named(tag, data, complaint):
    with pytest.raises(CommandError, match=complaint):
        tag.bytes(data)


def scores(shared, tmp_path, tag, gold, *parsed):
    """Tag the texts of a gold file; return precision and recall of countries, and the number of exact turns."""
    scorer, gold = shared / "tagging" / "score.py", shared / "tagging" / gold
    texts = subprocess.run([sys.executable, scorer, "texts", gold, *parsed], capture_output=True, check=True).stdout
    tagged = tmp_path / "tagged.jsonl"
    tagged.write_text("\n".join(json.dumps(line) for line in tag.bytes(texts)))
    printed = subprocess.run(
        [sys.executable, scorer, "score", gold, tagged], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"countries P (\S+) R (\S+) .*exact (\d+)/", printed)
    return float(found[1]), float(found[2]), int(found[3])


@pytest.mark.corpus
def test_countries_of_the_seeds_are_right(shared, tmp_path, tag, capsys):
    seeds = sorted((shared / "corpus").glob("seed-*.txt"))
    assert len(seeds) == 2
    call_command("inspect", *seeds, json=True)
    parsed = tmp_path / "parsed.jsonl"
    parsed.write_text(capsys.readouterr().out)
    precision, recall, _ = scores(shared, tmp_path, tag, "gold-seeds.json", parsed)
    assert precision >= 0.98
    assert recall >= 0.98


@pytest.mark.corpus
def test_countries_of_unseen_press_calls_are_right(shared, tmp_path, tag):
    precision, recall, _ = scores(shared, tmp_path, tag, "gold-press-calls.json")
    assert precision >= 0.97
    assert recall >= 0.97


@pytest.mark.corpus
def test_traps_are_seen(shared, tmp_path, tag):
    *_, exact = scores(shared, tmp_path, tag, "country-traps.json")
    assert exact >= 55
