"""Bundles that are not restored: what is wrong is told with its place, and nothing was changed."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from interviews.bundle.tables import TABLES
from interviews.models import Interview, Turn

from archive_factory import make_country, make_interview, mention
from bundles import change_about, change_rows, empty_machine, export, files_of, write_sums
from pages_factory import add_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(nothing_known, archive_data, admin_user, tmp_path):
    """A bundle, and an empty machine for it."""
    talks = make_interview([("What of Libya?", "It is near."), ("And Egypt?", "It is nearer.")])
    add_source(talks)
    mention(talks.turns.get(number="q1"), make_country("LY", "Libya"))
    folder = export(tmp_path / "bundle")
    empty_machine(archive_data)
    return folder


@pytest.fixture
def refusal(archive_data):
    """A function: it tries to restore a folder and returns why that is refused; nothing may have changed."""

    def refused(folder):
        with pytest.raises(CommandError) as error:
            call_command("import_bundle", folder)
        assert {table.name: table.model.objects.count() for table in TABLES if table.model.objects.exists()} == {}
        assert files_of(archive_data / "sources") == {}
        assert str(error.value).endswith("Nothing was changed.")
        return str(error.value)

    return refused


def source_in(bundle):
    return next(path for path in (bundle / "sources").rglob("*") if path.is_file())


def files_in(bundle):
    return ["tables/turns.jsonl", "people/answers.csv", "datapackage.json", source_in(bundle).relative_to(bundle)]


@pytest.mark.parametrize("at", range(4))
def test_a_changed_byte(bundle, refusal, at):
    path = bundle / files_in(bundle)[at]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert f"{files_in(bundle)[at]} is not what SHA256SUMS says" in refusal(bundle)


@pytest.mark.parametrize("at", range(4))
def test_a_missing_file(bundle, refusal, at):
    name = files_in(bundle)[at]
    (bundle / name).unlink()
    assert f"{name} is missing" in refusal(bundle)


@pytest.mark.parametrize("name", ["bundle.json", "SHA256SUMS"])
def test_a_bundle_that_was_not_written_to_its_end(bundle, refusal, name):
    (bundle / name).unlink()
    assert f"{name} is missing" in refusal(bundle)


def test_a_table_that_the_sums_do_not_name(bundle, refusal):
    (bundle / "tables/turns.jsonl").unlink()
    write_sums(bundle)
    assert "SHA256SUMS does not name tables/turns.jsonl" in refusal(bundle)


def test_a_source_that_the_sums_do_not_name(bundle, refusal):
    source_in(bundle).unlink()
    write_sums(bundle)
    assert "the bytes of 2019/talks.txt, is missing" in refusal(bundle)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"format": 2}, "has version 2 of the format, this software knows 1. Import it with the software that wrote"),
        ({"format": None}, "version None of the format"),
        ({"schema": "9999_the_future"}, "comes from a newer version of this software"),
        ({"kind": "public"}, "without --public"),
        ({"bundle": "recipes"}, "is not what manage.py export writes"),
        ({"tables": {"turns": {"rows": -1, "last_key": 0}}}, "how many rows"),
        ({"tables": []}, "how many rows"),
        ({"tables": {"../turns": {"rows": 1, "last_key": 1}}}, "not known here: '../turns'"),
    ],
)
def test_another_version(bundle, refusal, said, words):
    change_about(bundle, **said)
    assert words in refusal(bundle)


@pytest.mark.parametrize("content", ["", "[]", '"bundle"', "{", "[" * 100_000, "\\ud800"])
def test_a_description_that_is_none(bundle, refusal, content):
    (bundle / "bundle.json").write_text(content)
    write_sums(bundle)
    assert "bundle.json is not what manage.py export writes" in refusal(bundle)


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "sources/../../secret", "tables/.."])
def test_a_path_out_of_the_folder(bundle, refusal, name):
    (bundle.parent / "secret").write_text("secret")
    with (bundle / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  {name}\n")
    assert f"{name} leads out of the bundle" in refusal(bundle)


@pytest.mark.parametrize("line", ["nonsense", "00  x", f"{'0' * 64} *tables/x", f"{'0' * 64}  tables/x\0y"])
def test_sums_that_are_none(bundle, refusal, line):
    with (bundle / "SHA256SUMS").open("a") as sums:
        sums.write(f"{line}\n")
    assert "SHA256SUMS, line" in refusal(bundle)


@pytest.mark.parametrize("name", ["tables/turns.jsonl", "tables", "sources", "bundle.json", "SHA256SUMS"])
def test_a_link(bundle, refusal, name):
    (bundle / name).rename(bundle.parent / "elsewhere")
    (bundle / name).symlink_to(bundle.parent / "elsewhere")
    assert "links are not followed" in refusal(bundle)


def test_a_zip_bomb_is_not_unpacked(bundle, refusal, tmp_path):
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bundle.json", b"0" * 10_000_000)
    assert "unpack it first" in refusal(tmp_path / "bundle.zip")


def test_no_folder(refusal, nothing_known, tmp_path):
    assert "There is no folder" in refusal(tmp_path / "nowhere")


def test_a_folder_of_something_else(refusal, nothing_known, tmp_path):
    (tmp_path / "letters").mkdir()
    assert "is no whole bundle: bundle.json is missing" in refusal(tmp_path / "letters")


def set_in(at, **values):
    """A change of rows: one of them, counted from 1, says something else."""
    return lambda rows: rows[at - 1].update(values)


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("turns", set_in(2, colour="red"), "line 2: a field is not known: 'colour'"),
        ("turns", lambda rows: rows[1].pop("text"), "line 2: a field is missing: text"),
        ("turns", set_in(2, text=None), "line 2: text: null is no text"),
        ("turns", set_in(2, text=7), "line 2: text: 7 is no text"),
        ("turns", set_in(2, text="a\0b"), "line 2: it is no JSON (a text holds the character 0)"),
        ("turns", set_in(2, text="\ud800"), "line 2: it is no JSON"),
        ("turns", set_in(2, courtesy=1), "line 2: courtesy: 1 is neither true nor false"),
        ("turns", set_in(2, position=-1), "line 2: position: -1 is no whole number"),
        ("turns", set_in(2, position=2**40), "line 2: position: 1099511627776 is no whole number"),
        ("turns", set_in(2, position=True), "line 2: position: true is no whole number"),
        ("turns", set_in(2, kind="song"), 'line 2: kind: "song" is none of answer, direction, moderator'),
        ("turns", set_in(2, number="a" * 13), "line 2: number: it has 13 characters, 12 are allowed"),
        ("turns", set_in(2, changed_at="yesterday"), 'line 2: changed_at: "yesterday" is no moment'),
        ("turns", set_in(2, changed_at="2019-12-05T14:30:00"), "is no moment as in"),
        ("interviews", set_in(1, date="2019-13-01"), 'line 1: date: "2019-13-01" is no day'),
        ("interviews", set_in(1, identifier="x"), 'line 1: identifier: "x" is no UUID'),
        ("turns", lambda rows: rows[1].update(id=rows[0]["id"]), "tables/turns.jsonl, line 2: id"),
        ("turns", lambda rows: rows.pop(), "line 3: the table ends here, and should have 4 rows"),
        ("turns", set_in(4, id=2**40), "comes after the last key that was given"),
        ("turns", set_in(3, number="q1"), "tables/turns.jsonl, line 3: the database refuses it"),
        ("turns", set_in(3, text=""), "tables/turns.jsonl, line 3: the database refuses it"),
        ("turns", set_in(3, interview=77), "tables/turns.jsonl, line 3: interview 77 leads nowhere"),
        ("turns", set_in(4, reply_to=77), "tables/turns.jsonl, line 4: reply_to 77 leads nowhere"),
        ("turns", set_in(4, reply_to="3"), 'line 4: reply_to: "3" is no whole number'),
        ("mentions", set_in(1, entity=77), "tables/mentions.jsonl, line 1: entity 77 leads nowhere"),
        ("sources", set_in(1, sha256="../../secret"), "is missing"),
        ("readings", set_in(1, spans=float("nan")), "line 1: it is no JSON (NaN is no number of JSON)"),
    ],
)
def test_a_row_that_is_not_right(bundle, refusal, table, change, words):
    change_rows(bundle, table, change)
    assert words in refusal(bundle)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "it is no JSON"),
        (b"[]", "it is no object"),
        (b"\xff", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"9" * 5000, "it is no JSON"),
    ],
)
def test_a_line_that_is_no_row(bundle, refusal, line, words):
    path = bundle / "tables" / "turns.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    write_sums(bundle)
    assert f"tables/turns.jsonl, line 5: {words}" in refusal(bundle)


def test_a_table_that_is_cut_off(bundle, refusal):
    path = bundle / "tables" / "turns.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    write_sums(bundle)
    assert "tables/turns.jsonl, line 4: it has no end" in refusal(bundle)


def test_an_archive_that_is_not_empty(bundle):
    talks = make_interview()
    with pytest.raises(CommandError, match=r"This archive is not empty \(1 row in interviews\)"):
        call_command("import_bundle", bundle)
    assert (Interview.objects.get(), Turn.objects.count()) == (talks, 2)


def test_an_archive_with_users(bundle, django_user_model):
    django_user_model.objects.create_user("runa")
    with pytest.raises(CommandError, match=r"not empty \(1 row in users\)"):
        call_command("import_bundle", bundle)


def test_a_bundle_of_an_earlier_version_takes_the_defaults_of_what_it_does_not_know(bundle):
    change_about(bundle, schema="0017_acts_of_curators")
    change_rows(bundle, "interviews", lambda rows: [row.pop("sample") for row in rows])
    change_rows(bundle, "interviews", lambda rows: [row.pop("identifier") for row in rows])
    call_command("import_bundle", bundle, verbosity=0)
    assert Interview.objects.get().sample is False


def test_what_was_left_half_written_is_written_over(bundle, archive_data):
    source = source_in(bundle)
    left = archive_data / source.relative_to(bundle)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    call_command("import_bundle", bundle, verbosity=0)
    assert left.read_bytes() == source.read_bytes()
