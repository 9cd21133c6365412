"""A defect of ours that one file brings to light: that file is refused, the next one has its turn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import InterfaceError
from django.urls import reverse

from interviews.ingest import loading, store
from interviews.ingest.ahead import Readers
from interviews.ingest.prepared import Prepared
from interviews.ingest.read import read_transcript
from interviews.models import Entity, Interview, Source

from ingesting import TEXT, ingest, run
from pages_factory import words_of

pytestmark = pytest.mark.django_db
CURSED = TEXT.replace("Il Molo", "Il Faro").replace("ferry", "train")


def stumble(*_, **__):
    raise KeyError("week 61")


@pytest.fixture
def folder(texts):
    """Three texts, the second of which brings a defect to light."""
    for name, text in (("a.txt", TEXT), ("b.txt", CURSED), ("c.txt", TEXT.replace("5 March", "7 July"))):
        texts(name, text)
    return texts.folder


@pytest.fixture
def stumbling_parser(monkeypatch):
    def read(data, **options):
        return stumble() if b"Il Faro" in data else read_transcript(data, **options)

    monkeypatch.setattr(loading, "read_transcript", read)


@pytest.fixture
def stumbling_store(monkeypatch):
    write = store.readings.write_problems

    def stumble_late(reading, *more):
        return stumble() if reading.source.name == "b.txt" else write(reading, *more)

    monkeypatch.setattr(store.readings, "write_problems", stumble_late)


@pytest.fixture(params=["stumbling_parser", "stumbling_store"])
def defect(request):
    request.getfixturevalue(request.param)


def test_file_that_brings_a_defect_to_light_is_refused_and_the_others_go_in(folder, defect):
    report = ingest(folder)
    assert (report["created"], report["refused"], report["status"]) == (2, 1, 3)
    (problem,) = report["files"][1]["problems"]
    assert problem["code"] == "defect"
    assert "KeyError in " in problem["message"]
    assert "Please report the defect" in problem["message"]


def test_nothing_of_it_is_kept(folder, defect, archive_data):
    ingest(folder)
    assert not Entity.objects.filter(name="Il Faro").exists()
    assert set(Source.objects.values_list("name", flat=True)) == {"a.txt", "c.txt"}
    kept = {path.name for path in (archive_data / "sources").rglob("*") if path.is_file()}
    assert kept == set(Source.objects.values_list("sha256", flat=True))


def test_where_it_happened_stands_in_the_log_and_not_on_the_screen(folder, stumbling_parser, archive_data, capfd):
    printed, _ = run("ingest", folder)
    assert "KeyError" in printed
    assert "Traceback" not in "".join((printed, *capfd.readouterr()))
    log = (archive_data / "defects.log").read_text()
    assert "b.txt, parser " in log
    assert "KeyError: 'week 61'" in log.split("Traceback")[1]


def test_desk_tells_a_defect_as_the_command_does(admin_client, stumbling_parser):
    file = SimpleUploadedFile("b.txt", CURSED.encode())
    words = words_of(admin_client.post(reverse("admin:interviews_source_add"), {"files": file}))
    assert "1 refused" in words
    assert "Please report the defect" in words
    assert not Interview.objects.exists()


def test_lost_database_still_ends_the_run(folder, monkeypatch):
    def gone(*_, **__):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(loading, "store", gone)
    with pytest.raises(CommandError, match="The database could not be written: connection already closed"):
        ingest(folder)


def test_break_of_the_keyboard_ends_the_run_and_says_what_it_loaded(folder, monkeypatch, capsys):
    write = loading.store

    def interrupt(received, *more, **given):
        if received.name == "b.txt":
            raise KeyboardInterrupt
        return write(received, *more, **given)

    monkeypatch.setattr(loading, "store", interrupt)
    with pytest.raises(CommandError, match=r"Stopped by hand.*run it again") as stop:
        call_command("ingest", str(folder))
    assert stop.value.returncode == 130
    assert "1 created" in capsys.readouterr().out
    assert Interview.objects.get().slug == "il-molo"


def test_process_that_reads_ahead_outlives_a_defect():
    with Readers(1) as readers:
        with pytest.raises(TypeError):
            readers.begin(lambda: readers.read(TEXT.encode(), nonsense=True))()
        waiting = readers.begin(lambda: readers.read(TEXT.encode()))
        assert waiting() == Prepared.of(read_transcript(TEXT.encode()))
        assert readers.processes[0].poll() is None
