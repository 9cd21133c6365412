import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interviews.ingest.read import read_transcript

EXCHANGE = "Viktor Hale speaks, 4 June 2012\n\nQuestion: Why?\n\nViktor Hale: Because.\n"


def inspect(*files, **options):
    """Return (what was printed, exit status)."""
    out = StringIO()
    try:
        call_command("inspect", *map(str, files), stdout=out, **options)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def objects(*files, **options):
    printed, _ = inspect(*files, json=True, **options)
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "hale.txt"
    path.write_text(EXCHANGE, encoding="utf-8")
    return path


def test_json_tells_facts_turns_problems_and_coverage(text):
    (account,) = objects(text)
    turn = {"label": "Question", "speaker": None, "courtesy": False, "continues": False, "reply_to": None}
    assert account["turns"][0] == turn | {"number": "q1", "kind": "question", "lines": [3, 3], "paragraphs": ["Why?"]}
    facts = ("file", "title", "date", "outlet", "outlet_country", "language", "layout", "encoding")
    assert [account[name] for name in facts] == [
        str(text), "Viktor Hale speaks, 4 June 2012", "2012-06-04", None, None, "en", "colon", "UTF-8"
    ]  # fmt: skip
    assert set(account["coverage"]) == {"kept", "label", "metadata", "boilerplate"}
    assert sum(account["coverage"].values()) == len(EXCHANGE)


def test_no_database_is_asked(text, django_assert_num_queries):
    # Without the db fixture any query at all is an error.
    assert objects(text)[0]["turns"]


def test_readable_account_names_turns_speakers_and_problems(text):
    text.write_text(EXCHANGE.replace(", 4 June 2012", " to the press today"), encoding="utf-8")
    printed, status = inspect(text)
    for words in (
        "1 question, 1 answer",
        "q1",
        "Viktor Hale",
        "Because.",
        "draft: The text gives no date",
        "Characters:",
    ):
        assert words in printed
    assert status == 0


def test_bad_files_give_an_object_and_the_run_goes_on(tmp_path, text):
    empty, pdf = tmp_path / "empty.txt", tmp_path / "paper.txt"
    empty.write_bytes(b"")
    pdf.write_bytes(b"%PDF-1.7")
    accounts = objects(empty, pdf, text)
    assert [[problem["code"] for problem in account["problems"]] for account in accounts] == [
        ["empty_file"], ["binary_file"], []
    ]  # fmt: skip
    assert [len(account["turns"]) for account in accounts] == [0, 0, 2]
    assert inspect(empty, pdf, text)[1] == 0


def test_file_that_cannot_be_opened_is_told_and_fails_the_run(tmp_path, text):
    printed, status = inspect(tmp_path / "absent.txt", text, json=True)
    absent, account = map(json.loads, printed.splitlines())
    assert absent["problems"][0]["code"] == "cannot_open"
    assert account["turns"]
    assert status == 1


def test_text_without_turns_or_questions_says_so(tmp_path):
    release, remarks = tmp_path / "release.txt", tmp_path / "remarks.txt"
    release.write_text("The bridge is open, 4 June 2012. The conclusion is simple: it is shorter.\n", encoding="utf-8")
    remarks.write_text("MR HALE: Good morning.\n\nMS SOL: Good morning.\n\nMR HALE: Goodbye.\n", encoding="utf-8")
    refusals = [
        [p["code"] for p in each["problems"] if p["severity"] == "refuse"] for each in objects(release, remarks)
    ]
    assert refusals == [["no_turns"], ["no_questions"]]
    assert len(objects(remarks)[0]["turns"]) == 3


def test_statement_that_only_the_head_ascribes_is_printed_and_refused(tmp_path):
    path = tmp_path / "remarks.txt"
    path.write_text(
        "Remarks by Foreign Minister Viktor Hale, 4 June 2012\n\nGood morning.\n\nWe opened the bridge. I am glad.\n",
        encoding="utf-8",
    )
    (account,) = objects(path)
    ((kind, speaker),) = [(turn["kind"], turn["speaker"]) for turn in account["turns"]]
    assert (kind, speaker) == ("statement", "Viktor Hale")
    assert [p["code"] for p in account["problems"] if p["severity"] == "refuse"] == ["no_questions"]
    assert "to store it all the same: --statements." in inspect(path)[0].replace("\n", " ")


def test_statements_are_taken_where_they_are_asked_for():
    taken = read_transcript(b"MR HALE: Good morning.\n\nMS SOL: Good morning.\n\nMR HALE: Goodbye.\n", statements=True)
    assert taken.refusal is None
    assert read_transcript(b"The bridge is open. It is shorter.", statements=True).refusal.code == "no_turns"


def test_encoding_can_be_given(tmp_path):
    path = tmp_path / "koi8.txt"
    path.write_bytes("Вопрос: Почему?\n\nХейл: Потому что.\n".encode("koi8-r"))
    assert objects(path, encoding="koi8-r")[0]["turns"][0]["paragraphs"] == ["Почему?"]


def test_ledger_tells_what_became_of_each_stretch_and_that_none_is_missing(text):
    printed, status = inspect(text, ledger=True)
    rows = [line.split() for line in printed.splitlines()]
    assert ["3", "label", "q1", "Question:"] in rows
    assert ["3", "turn", "q1", "Why?"] in rows
    assert ["12", "turn"] in rows
    assert printed.rstrip().splitlines()[-1] == f"All {len(EXCHANGE)} characters are accounted for."
    assert status == 0


def test_ledger_shortens_long_stretches_unless_asked_for_all(text):
    middle = "The ferry sails at noon. " * 20
    text.write_text(EXCHANGE.replace("Because.", f"Because. {middle}That is all."), encoding="utf-8")
    assert middle not in " ".join(inspect(text, ledger=True)[0].split())
    assert middle in " ".join(inspect(text, ledger=True, full=True)[0].split())


def test_ledger_as_json_holds_the_whole_text(text):
    (ledger,) = objects(text, ledger=True)
    assert "".join(stretch["text"] for stretch in ledger["stretches"]) == EXCHANGE
    assert ledger["accounted"] == ledger["characters"] == len(EXCHANGE)


def test_full_without_ledger_is_refused_with_the_way_to_ask(text):
    with pytest.raises(CommandError, match="--ledger --full"):
        inspect(text, full=True)


def test_both_versions_of_a_bilingual_text_are_printed():
    path = Path(__file__).parent / "layouts" / "colon" / "bilingual-alternating.txt"
    printed, _ = inspect(path)
    assert "its translation" in printed
    assert "А рыбаки?" in printed
    (account,) = objects(path)
    assert [turn["label"] for turn in account["translation"]["turns"][:2]] == ["Вопрос", "Вера Квилл"]
    assert len(account["turns"]) == 4


def score(shared, gold, accounts, tmp_path):
    """Return the lines that the corpus's own scorer prints."""
    parsed = tmp_path / "parsed.jsonl"
    parsed.write_text(accounts, encoding="utf-8")
    command = [sys.executable, shared / "corpus" / "score.py", shared / "corpus" / gold, parsed]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(scope="session")
def corpus_accounts(shared):
    return inspect(*sorted(Path(shared, "corpus").glob("*.txt")), json=True)[0]


@pytest.mark.corpus
def test_seeds_come_out_perfectly(shared, corpus_accounts, tmp_path):
    (line,) = score(shared, "GOLD-seeds.json", corpus_accounts, tmp_path)
    assert line == ("turn F1 1.000, exact 2/2 files, date 2/2, language 2/2, outlet_country_code 2/2, paragraphs 28/28")


@pytest.mark.corpus
def test_seeds_give_title_outlet_and_boilerplate_as_counted(shared, corpus_accounts):
    gold = json.loads((shared / "corpus" / "GOLD-seeds.json").read_text(encoding="utf-8"))
    accounts = {Path(each["file"]).stem: each for each in map(json.loads, corpus_accounts.splitlines())}
    for name, facts in gold.items():
        account = accounts[name]
        assert (account["title"], account["outlet"]) == (facts["title"], facts["outlet"])
        assert account["problems"] == []
        spoken = " ".join(paragraph for turn in account["turns"] for paragraph in turn["paragraphs"])
        for dropped in facts["boilerplate"]:
            assert dropped["text"].strip(" •") not in spoken


@pytest.mark.corpus
@pytest.mark.parametrize(("gold", "least", "exact"), [("GOLD.json", 0.99, 21), ("GOLD-made.json", 0.99, 6)])
def test_corpus_reads_as_counted_by_hand(shared, corpus_accounts, tmp_path, gold, least, exact):
    line = score(shared, gold, corpus_accounts, tmp_path)[-1]
    mean, files, *facts = line.removeprefix("turn F1 ").split(", ")
    assert float(mean) >= least
    assert int(files.split()[1].split("/")[0]) >= exact
    for fact in facts[:-1]:
        right, counted = fact.split()[-1].split("/")
        assert right == counted, fact


def test_parser_needs_no_django():
    code = "import sys, interviews.ingest.read, interviews.ingest.account; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False).returncode == 0
