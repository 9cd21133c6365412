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
        (
            b'Norway\n{"document": 1, "turn": 1, "text": "x", "date": "2020-13-01"}',
            "Line 2: date '2020-13-01' is no day",
        ),
        (b'{"document": 1, "turn": 1, "text": "x", "date": 2020}', "Line 1: date 2020 is no day such as 2009-02-28"),
        (b'{"document": 1, "turn": 1, "text": "x", "language": "Klingon"}', "Line 1: language 'Klingon' is no code"),
    ],
)
def test_bad_line_is_named(tag, data, complaint):
    with pytest.raises(CommandError, match=complaint):
        tag.bytes(data)


def test_language_without_names_is_told_and_read_as_english(tag):
    told = io.StringIO()
    line = {"document": "a", "turn": 1, "text": "We spoke of Norway.", "language": "sw"}
    assert tag(line, stderr=told)[0]["countries"] == ["NO"]
    assert told.getvalue() == "No names are known in the language 'sw': its texts are read as English.\n"


@pytest.fixture
def scores(shared, tmp_path, tag):
    """Return what the shared scorer prints of a gold file: {kind: {"P": 1.0, "R": ..}}, how many turns are exact."""

    def score(gold, *parsed):
        scorer, facts = shared / "tagging" / "score.py", shared / "tagging" / gold
        command = [sys.executable, scorer, "texts", facts, *parsed]
        texts = subprocess.run(command, capture_output=True, check=True).stdout
        tagged = tmp_path / "tagged.jsonl"
        tagged.write_text("\n".join(json.dumps(line) for line in tag.bytes(texts)))
        command = [sys.executable, scorer, "score", facts, tagged]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.findall(r"^(\w+) P (\S+) R (\S+) F1 (\S+)", printed, re.MULTILINE)
        exact = int(re.search(r"exact (\d+)/", printed)[1])
        return {kind: {"P": float(p), "R": float(r), "F1": float(f1)} for kind, p, r, f1 in found}, exact

    return score


@pytest.mark.corpus
def test_tags_of_the_seeds_are_right(shared, tmp_path, scores, capsys):
    seeds = sorted((shared / "corpus").glob("seed-*.txt"))
    assert len(seeds) == 2
    call_command("inspect", *seeds, json=True)
    parsed = tmp_path / "parsed.jsonl"
    parsed.write_text(capsys.readouterr().out)
    found, _ = scores("gold-seeds.json", parsed)
    assert found["countries"]["P"] >= 0.98
    assert found["countries"]["R"] >= 0.98
    least = {"persons": 0.95, "organisations": 0.90, "places": 0.92, "documents": 0.92, "events": 0.85}
    assert not {kind: found[kind]["F1"] for kind, bound in least.items() if found[kind]["F1"] < bound}


@pytest.mark.corpus
def test_tags_of_the_press_calls_are_right(scores):
    found, _ = scores("gold-press-calls.json")
    assert found["countries"]["P"] >= 0.97
    assert found["countries"]["R"] >= 0.97
    assert not {kind: found[kind]["F1"] for kind in found if found[kind]["F1"] < 0.85}


@pytest.mark.corpus
def test_traps_are_seen(scores):
    _, exact = scores("country-traps.json")
    assert exact >= 55
