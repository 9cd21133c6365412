"""Files, names and folders that nobody means well with: each is read, or refused in words; the others go in."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from interviews.ingest.collect import CollectError, collect, rights_for
from interviews.ingest.read import read_transcript
from interviews.ingest.reader import MAX_BYTES, read_bytes
from interviews.ingest.transcript import UnreadableError
from interviews.models import Interview, Source

from ingesting import TEXT, ingest, inspected, run

SPOKEN = TEXT[TEXT.index("Question:") :]
NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
SURROGATE = b"\xed\xa0\x80"


def as_told(problems):
    return " ".join(f"line {each['line']}: {each['message']}" for each in problems if each["severity"] == "refuse")


NO_TEXT = [
    ("paper.txt", b"%PDF-1.7\n1 0 obj", "a PDF"),
    ("letter.txt", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "docx"),
    ("old.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "doc"),
    ("rich.txt", rb"{\rtf1\ansi Question: why?}", "rtf"),
    ("packed.txt", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "gzip"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
    ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)), "plain text"),
    ("nul.txt", TEXT.replace("ferry", "fer\0ry").encode(), "line 3"),
    ("escape.txt", TEXT.replace("ferry", "\x1b[31mferry").encode(), "line 3"),
    ("surrogate.txt", TEXT.encode().replace(b"ferry", "café ".encode() * 3 + SURROGATE), "line 3"),
    ("colons.txt", b":" * 200_000, "label of a speaker"),
    ("tags.txt", b"<div>" * 100_000, "label of a speaker"),
    ("unclosed.txt", b"<div><b><nav>" * 5_000 + b"word", "label of a speaker"),
    ("noise.txt", "Z͑̾͐a͓̒l̷g͓o̴".encode() * 2_000, "label of a speaker"),
    *((f"only-{ord(sign)}.txt", sign.encode() * 30_000 + b"a", "label of a speaker") for sign in '<&*[("_#>\\ \t\n'),
]


@pytest.fixture
def no_texts(texts):
    """The folder of them, and one good text among them."""
    for name, data, _ in NO_TEXT:
        texts(name, data)
    texts("ferry.txt")
    return texts.folder


@pytest.mark.django_db
def test_no_transcript_is_refused_in_words_and_leaves_nothing(no_texts, archive_data):
    report = ingest(no_texts)
    assert (report["created"], report["refused"], report["status"]) == (1, len(NO_TEXT), 3)
    refused = {file["file"]: as_told(file["problems"]) for file in report["files"]}
    assert not {name for name, _, words in NO_TEXT if words not in refused[name]}
    assert Interview.objects.count() == Source.objects.count() == 1
    assert [path for path in (archive_data / "sources").rglob("*") if path.is_file()] == [Source.objects.get().path]


def test_inspect_says_the_same(no_texts):
    accounts = inspected(*(no_texts / name for name, _, _ in NO_TEXT))
    refused = {Path(each["file"]).name: as_told(each["problems"]) for each in accounts}
    assert not {name for name, _, words in NO_TEXT if words not in refused[name]}


def test_line_of_a_hundred_megabytes_is_refused_unread(texts):
    with texts("long.txt", b"Question: ").open("ab") as file:
        file.truncate(100_000_000)
    (account,) = inspected(texts.folder / "long.txt")
    assert "95 MB, the limit is 5 MB. Split it" in account["problems"][0]["message"]


def test_more_is_never_read_than_the_limit_allows(texts, monkeypatch):
    # A file that grows between the look at its size and the reading: the size is not believed.
    path = texts("growing.txt", b"a" * (MAX_BYTES + 10))
    small = texts("small.txt", b"a").stat()
    monkeypatch.setattr(Path, "stat", lambda self, **kwargs: small)
    with pytest.raises(UnreadableError, match="too large"):
        read_bytes(path)


def test_prose_of_five_megabytes_in_one_line_is_read(texts):
    words = b"The ferry left the harbour and came back in the evening. "
    (account,) = inspected(texts("prose.txt", words * (MAX_BYTES // len(words))))
    assert "label of a speaker" in as_told(account["problems"])


def test_a_million_labels_are_refused_before_they_become_turns():
    data = b"".join(b"Q: %x?\nA: %x.\n" % (number, number) for number in range(3_000))
    with pytest.raises(UnreadableError) as caught:
        read_transcript(data)
    assert caught.value.problem.code == "too_many_labels"
    assert "Split it" in caught.value.problem.message


BOMB = """<?xml version="1.0"?><!DOCTYPE i [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<i><title>Talks</title><date>5 March 2019</date><p>Question: Why &c; &x;?</p><p>Runa Solberg: Because.</p></i>"""


def test_entities_that_a_text_declares_are_never_expanded():
    transcript = read_transcript(BOMB.encode())
    spoken = " ".join(paragraph for turn in transcript.turns for paragraph in turn.paragraphs)
    assert spoken == "Why &c; &x;? Because."


FRONT_BOMB = """---
a: &a ["ha","ha","ha","ha","ha","ha","ha","ha","ha"]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
title: *b
evil: !!python/object/apply:os.system ["true"]
date: 2019-03-05
---
"""


def test_front_matter_is_words_never_anchors_or_objects():
    transcript = read_transcript((FRONT_BOMB + TEXT).encode())
    assert transcript.header.date.isoformat() == "2019-03-05"
    assert "ha" not in (transcript.header.title or "").split()
    assert len(transcript.turns) == 6


@pytest.mark.parametrize("escape", [r"\ud800", r"\x00", r"\x1b[31m", r"\u202e"])
def test_escapes_of_front_matter_give_no_characters_that_no_text_may_hold(texts, escape):
    (account,) = inspected(texts("front.md.txt", f'---\ntitle: "Talks{escape} in winter"\n---\n{SPOKEN}'))
    assert all(character.isprintable() for character in account["title"])
    assert account["title"].startswith("Talks")


DATES = [
    *("99999999999999", "0000-00-00", "year 0", "31 February 2019", "1" * 5000, "9" * 5000 + " May 2019"),
    *("2019-13-45", "5 March " + "9" * 4400, "٣١/٠٢/٢٠١٩", "²/²/2019", "5 March 0000", "00:99 5.5.5.5.5", "-1-1-1"),
]


@pytest.mark.parametrize("date", DATES, ids=[date[:12] for date in DATES])
@pytest.mark.parametrize("place", ["line", "title", "front matter"])
def test_impossible_date_is_no_date(date, place):
    plain = TEXT.replace(", 5 March 2019", "")
    text = {
        "line": plain.replace("\n", f"\n\n{date}\n", 1),
        "title": plain.replace("\n", f", {date}\n", 1),
        "front matter": f"---\ndate: {date}\ntime: {date}\n---\n{plain}",
    }[place]
    transcript = read_transcript(text.encode())
    assert len(transcript.turns) == 6
    assert transcript.header.date is None or transcript.header.date.year == 2019


@pytest.mark.parametrize("name", ["idna", "undefined", "hex", "rot13", "unicode_escape", "utf-7", "a" * 300, "é"])
def test_encoding_that_reads_no_text_is_refused_in_words(name):
    data = rb"Question: \ud800 +2AA- why?" + b"\xff\nHale: so."
    with pytest.raises(UnreadableError) as caught:
        read_transcript(data, encoding=name)
    assert caught.value.problem.code in ("unknown_encoding", "undecodable", "binary_file")


@pytest.mark.parametrize("name", ["idna", "undefined", "punycode", "unicode_escape", "raw_unicode_escape", "hex"])
def test_encoding_that_a_file_declares_is_not_believed_blindly(name):
    data = f'<?xml version="1.0" encoding="{name}"?><p>Question: \\ud800 '.encode() + b"why\xff?</p>"
    try:
        assert read_transcript(data).text.encode()
    except UnreadableError as error:
        assert error.problem.message


NAMES = [
    *(b"two\nlines.txt", b"\x1b[31mred.txt", b"\xff\xfe.txt", b"-rf.txt", b"--json.txt", b"<script>alert(1)<.txt"),
    *("\u202egnp.txt".encode(), b"tab\there.txt", b"a" * 251 + b".txt", b" .txt", b"[bold]x[.txt", b"%s{0}.txt"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES, ids=[repr(name[:12]) for name in NAMES])
def test_name_of_a_file_is_only_ever_shown(texts, name):
    Path(os.fsdecode(os.fsencode(texts.folder) + b"/" + name)).write_text(TEXT)
    report = ingest(texts.folder)
    assert report["created"] == 1
    assert report["files"][0]["file"].isprintable()
    assert Source.objects.get().name.encode()


@pytest.mark.parametrize("name", NAMES, ids=[repr(name[:12]) for name in NAMES])
def test_inspect_shows_the_name_harmlessly(texts, name):
    path = Path(os.fsdecode(os.fsencode(texts.folder) + b"/" + name))
    path.write_text(TEXT)
    heading = run("inspect", path)[0].split("Title")[0].rstrip("\n")
    assert heading.replace("\n", "").isprintable()  # a long name is folded
    assert inspected(path)[0]["turns"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["no\udcffsuch", "no\x1bsuch", "x" * 300, "a/" * 3000], ids=repr)
@pytest.mark.parametrize("as_json", [True, False])
def test_path_that_cannot_be_is_refused_in_words(texts, name, as_json):
    printed, status = run("ingest", texts.folder / name, json=as_json)
    assert status == 3
    assert "no such file" in printed or "cannot be" in printed
    assert printed.encode()
    assert "\x1b" not in printed


@pytest.mark.django_db
def test_link_out_of_the_folder_is_told_and_followed_only_when_asked(texts, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "ferry.txt").write_text(TEXT)
    (texts.folder / "link.txt").symlink_to(tmp_path / "outside" / "ferry.txt")
    report = ingest(texts.folder)
    assert (report["created"], report["refused"]) == (0, 1)
    assert "--follow-links" in report["files"][0]["reason"]
    assert ingest(texts.folder, follow_links=True)["created"] == 1


@pytest.mark.django_db
def test_linked_folder_is_told_and_followed_only_when_asked(texts, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "ferry.txt").write_text(TEXT)
    (texts.folder / "linked").symlink_to(tmp_path / "outside")
    assert "--follow-links" in ingest(texts.folder)["files"][0]["reason"]
    report = ingest(texts.folder, follow_links=True)
    assert [file["file"] for file in report["files"]] == ["linked/ferry.txt"]


@pytest.mark.django_db
@pytest.mark.parametrize("follow", [True, False])
def test_links_that_lead_in_circles_end(texts, follow):
    texts("below/ferry.txt")
    (texts.folder / "below" / "up").symlink_to(texts.folder)
    (texts.folder / "below" / "here").symlink_to(texts.folder / "below")
    (texts.folder / "round.txt").symlink_to(texts.folder / "round.txt")
    report = ingest(texts.folder, follow_links=follow)
    assert report["created"] == 1
    assert [file["file"] for file in report["files"] if file["outcome"] == "refused"] == ["round.txt"]
    assert "link" in report["files"][-1]["reason"]


@pytest.mark.django_db
def test_pipes_sockets_and_devices_are_told_and_never_opened(texts):
    texts("ferry.txt")
    os.mkfifo(texts.folder / "pipe.txt")
    (texts.folder / "zero.txt").symlink_to("/dev/zero")
    here = Path.cwd()
    os.chdir(texts.folder)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.txt")
    finally:
        os.chdir(here)
    report = ingest(texts.folder, follow_links=True)
    told = {file["file"]: file["reason"] for file in report["files"] if file["outcome"] == "refused"}
    assert told.keys() == {"pipe.txt", "socket.txt", "zero.txt"}
    assert all("no file" in reason for reason in told.values())
    assert report["created"] == 1


@pytest.mark.parametrize("place", ["/dev/zero", "pipe.txt"])
def test_inspect_never_waits_for_a_pipe_or_reads_a_device(texts, place):
    path = texts.folder / place
    if not path.exists():
        os.mkfifo(path)
    command = [sys.executable, "manage.py", "inspect", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "It cannot be read" in ran.stdout
    assert "Traceback" not in ran.stderr


@pytest.mark.django_db
def test_named_pipe_on_the_command_line_is_refused(texts):
    os.mkfifo(texts.folder / "pipe.txt")
    assert "no file" in ingest(texts.folder / "pipe.txt")["files"][0]["reason"]


@pytest.mark.django_db
def test_folder_that_is_called_like_a_text_is_a_folder(texts):
    texts("x.txt/ferry.txt")
    report = ingest(texts.folder)
    assert [(file["file"], file["outcome"]) for file in report["files"]] == [("x.txt/ferry.txt", "created")]


@pytest.mark.django_db
def test_file_that_vanishes_after_it_was_found_is_told(texts, monkeypatch):
    gone = texts("a-gone.txt")
    texts("ferry.txt")
    from interviews.management.commands import ingest as command

    def collect_and_lose(*args, **kwargs):
        found = list(collect(*args, **kwargs))
        gone.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(command, "collect", collect_and_lose)
    report = ingest(texts.folder)
    assert (report["created"], report["refused"]) == (1, 1)
    assert "No such file" in report["files"][0]["reason"]


@pytest.mark.django_db
@NOT_ROOT
def test_files_and_folders_that_may_not_be_read_are_told(texts):
    texts("closed/ferry.txt").parent.chmod(0)
    texts("listed/ferry.txt").parent.chmod(0o400)
    texts("secret.txt").chmod(0)
    report = ingest(texts.folder)
    assert {file["file"] for file in report["files"]} == {"closed", "listed/ferry.txt", "secret.txt"}
    assert all("Permission denied" in file["reason"] for file in report["files"])


@pytest.mark.django_db
def test_folder_that_cannot_be_listed_is_told(texts, monkeypatch):
    texts("closed/ferry.txt")
    texts("ferry.txt", TEXT.replace("5 March", "6 March"))
    listed = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = ingest(texts.folder)
    assert (report["created"], report["refused"]) == (1, 1)
    told = next(file for file in report["files"] if file["outcome"] == "refused")
    assert told["file"] == "closed"
    assert "Permission denied" in told["reason"]


def test_a_folder_of_twenty_thousand_files_is_listed_in_order(texts):
    for number in range(20_000):
        (texts.folder / f"{number:05}.txt").touch()
    names = [found.name for found in collect(texts.folder)]
    assert len(names) == 20_000
    assert names == sorted(names)


RIGHTS = [
    *(b"\xff\xfe", b"licence = 1\n", b'licence = "a\0b"\n', b"[licence]\n", b'licence = "' + b"x" * 600 + b'"\n'),
    *(b"a = " + b"[" * 100_000, b"a = " + b"9" * 5000, b"x" * 2_000_000, b'redistribute = "yes"\n', b"surprise = 1\n"),
    b"a." * 50_000 + b"b = 1\n",
]


@pytest.mark.parametrize("data", RIGHTS, ids=[repr(data[:20]) for data in RIGHTS])
def test_hostile_source_toml_names_itself_and_the_mend(texts, data):
    texts("ferry.txt")
    texts("source.toml", data)
    (found,) = collect(texts.folder)
    with pytest.raises(CollectError, match=r"source\.toml: ") as caught:
        rights_for(found)
    assert len(str(caught.value)) < 600
