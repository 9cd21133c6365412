"""Texts read ahead in processes of their own: the archive is the same, whatever becomes of such a process."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.ingest.ahead import Readers
from interviews.ingest.prepared import Prepared
from interviews.ingest.read import read_transcript
from interviews.ingest.transcript import UnreadableError
from interviews.management.commands import ingest as command
from interviews.models import Interview, Source

from benchmarks.recombined import write_transcripts
from ingesting import TEXT, ingest, numbers_and_texts

ROOT = Path(__file__).resolve().parent.parent
START_AND_WAIT = """
import time
from interviews.ingest.ahead import Readers
readers = Readers(1)
waiting = readers.begin(lambda: readers.read(b"Question: Why?"))
while not readers.processes:
    time.sleep(0.01)
waiting()
print(readers.processes[0].pid, flush=True)
time.sleep(60)
"""


def read_in_process(readers, data, **options):
    """Begin to read; wait for the result only when a process has begun, lest it be read here."""
    begun = threading.Event()

    def read():
        begun.set()
        return readers.read(data, **options)

    waiting = readers.begin(read)
    assert begun.wait(60)
    return waiting()


def test_process_reads_as_if_read_here():
    with Readers(1) as readers:
        prepared = read_in_process(readers, TEXT.encode(), encoding=None, statements=False)
        assert prepared == Prepared.of(read_transcript(TEXT.encode()))
        assert readers.processes


def test_process_says_what_cannot_be_read():
    with Readers(1) as readers, pytest.raises(UnreadableError) as refused:
        read_in_process(readers, b"")
    assert refused.value.problem.code == "empty_file"


def test_text_is_read_though_its_process_was_killed():
    with Readers(1) as readers:
        read_in_process(readers, TEXT.encode())
        readers.processes[0].kill()
        assert read_in_process(readers, TEXT.encode()).transcript == read_transcript(TEXT.encode())


def test_readers_end_though_one_was_killed_before_it_took_all():
    with Readers(1) as readers:
        read_in_process(readers, TEXT.encode())
        (process,) = readers.processes
        process.kill()
        process.wait()
        process.stdin.write(b"the rest")
    assert process.stdin.closed and process.stdout.closed


@pytest.fixture
def held_up():
    """One reader that is busy until the test ends."""
    begun, goes_on = threading.Event(), threading.Event()
    with Readers(1) as readers:
        readers.begin(lambda: begun.set() or goes_on.wait(60))
        assert begun.wait(60)
        yield readers
        goes_on.set()


def test_who_waits_reads_what_nobody_has_begun(held_up):
    waiting = [held_up.begin(lambda: held_up.read(TEXT.encode())) for _ in range(3)]
    assert [wait().transcript for wait in waiting] == [read_transcript(TEXT.encode())] * 3
    assert not held_up.processes


def test_what_another_read_meanwhile_raises_where_it_is_asked_for(held_up):
    refused, good = (held_up.begin(lambda data=data: held_up.read(data)) for data in (b"", TEXT.encode()))
    assert good().transcript == read_transcript(TEXT.encode())
    with pytest.raises(UnreadableError):
        refused()


def test_process_ends_when_the_program_that_started_it_is_killed():
    program = subprocess.Popen([sys.executable, "-c", START_AND_WAIT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    reader = int(program.stdout.readline())
    os.kill(program.pid, signal.SIGKILL)
    program.communicate()
    for _ in range(100):
        if not is_running(reader):
            return
        time.sleep(0.1)
    pytest.fail("The reader is still there.")


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def mixed(texts):
    """A folder with texts that can be read, cannot be read, and stand in it twice."""
    write_transcripts(texts.folder, 6)
    texts("ferry.txt")
    texts("ferry-again.txt")
    texts("below/ferry.txt", TEXT.replace("Monday", "Sunday"))
    texts("nothing.txt", b"")
    texts("no-questions.txt", "The harbour is open. The bridge is not.")
    return texts.folder


@pytest.mark.django_db
def test_reading_ahead_changes_no_outcome(mixed, monkeypatch):
    monkeypatch.setattr(command, "readers_that_pay", lambda: 0)
    expected = ingest(mixed, dry_run=True)
    monkeypatch.setattr(command, "readers_that_pay", lambda: 2)
    monkeypatch.setattr(command, "MANY", 1)
    assert ingest(mixed, dry_run=True) == expected
    assert not Source.objects.exists()
    assert ingest(mixed)["files"] == expected["files"]
    assert all(source.path.read_bytes() for source in Source.objects.all())


@pytest.mark.django_db
def test_two_files_of_one_name_in_one_run_are_two_versions_or_one_refused(texts):
    """The second is looked at before the first is stored, and yet knows of it."""
    texts("one/ferry.txt")
    texts("two/ferry.txt", TEXT.replace("Monday", "Sunday"))
    report = ingest(texts.folder / "one", texts.folder / "two")
    assert [line["outcome"] for line in report["files"]] == ["created", "refused"]
    assert "since Monday" in numbers_and_texts()["a1"]


@pytest.mark.django_db
def test_new_files_of_a_run_cost_few_queries_each(texts):
    """Nine inserts a file, and what opens its transaction, finds its names, its neighbours in time, its address."""
    write_transcripts(texts.folder, 40)
    few, more = sorted(texts.folder.glob("*.txt"))[:20], texts.folder
    with CaptureQueriesContext(connection) as first:
        ingest(*few)
    Interview.objects.all().delete()
    Source.objects.all().delete()
    with CaptureQueriesContext(connection) as second:
        ingest(more)
    assert (len(second) - len(first)) / 20 < 15
