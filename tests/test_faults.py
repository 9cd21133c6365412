"""What must not harm an archive: a kill, a second ingest, a terminal that goes away."""

import errno
import json
import os
import random
import resource
import subprocess
from functools import partial

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Interview

from benchmarks.recombined import write_transcripts
from faults.index_kills import JOBS, kill_and_mend, writing, written
from faults.index_kills import undisturbed as undisturbed_writing
from faults.separate_archive import SeparateArchive, duration, own_database, separate_archive
from ingesting import run

# Most run the commands in processes of their own, on the database that they are told.
pytestmark = pytest.mark.database
SMALL = 12
IN_DATABASE = ("interviews", "sources", "entities", "former addresses")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Texts that no test changes."""
    texts = tmp_path_factory.mktemp("texts")
    write_transcripts(texts, SMALL)
    return texts


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """The archive of which those of the tests are copies."""
    with separate_archive(tmp_path_factory.mktemp("empty")) as archive:
        yield archive


@pytest.fixture(scope="session")
def undisturbed(empty, folder, tmp_path_factory):
    """How many seconds an ingest of the texts takes that nothing disturbs, and what the archive holds then."""
    with separate_archive(tmp_path_factory.mktemp("undisturbed"), like=empty) as archive:
        seconds = duration(archive, "ingest", folder)
        contents = archive.contents()
    assert (len(contents["interviews"]), contents["index is current"]) == (SMALL, True)
    return seconds, contents


@pytest.fixture
def archive(empty, tmp_path):
    """An empty archive."""
    with separate_archive(tmp_path / "archive", like=empty) as archive:
        yield archive


@pytest.mark.parametrize("kill", [1, 2])
def test_ingest_that_was_killed_goes_on_as_if_undisturbed(archive, folder, undisturbed, kill):
    seconds, expected = undisturbed
    moment = random.uniform(0.5, 1) * seconds  # noqa: S311 - not for secrets
    archive.kill_after(moment, "ingest", folder)
    duration(archive, "ingest", folder)
    assert archive.contents() == expected


def test_two_ingests_at_once_make_one_archive(archive, folder, undisturbed):
    _, expected = undisturbed
    assert_one_waits_for_the_other(archive, archive, folder)
    assert archive.contents() == expected


@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="SQLite is a file in the one folder of an archive")
def test_two_ingests_from_two_machines_make_one_archive(archive, folder, undisturbed, tmp_path):
    """Each has a folder of state of its own: only the lock in the database is between them."""
    _, expected = undisturbed
    assert_one_waits_for_the_other(archive, SeparateArchive(tmp_path / "other", archive.database_url), folder)
    found = archive.contents()
    assert [found[rows] for rows in IN_DATABASE] == [expected[rows] for rows in IN_DATABASE]


def assert_one_waits_for_the_other(one, other, folder):
    both = [machine.start("ingest", folder) for machine in (one, other)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("this one waits for it" in complained for _, complained in said) == 1


@pytest.fixture(scope="session")
def filled(empty, folder, tmp_path_factory):
    """An archive that holds the texts, of which those of the tests are copies."""
    with separate_archive(tmp_path_factory.mktemp("filled"), like=empty) as archive:
        duration(archive, "ingest", folder)
        yield archive


@pytest.mark.parametrize("job", JOBS)
def test_index_whose_writer_was_killed_is_whole_and_is_mended(filled, tmp_path, job):
    with separate_archive(tmp_path / "archive", like=filled) as archive:
        moment = random.uniform(0, undisturbed_writing(archive, job))  # noqa: S311 - not for secrets
        kill_and_mend(archive, job, moment)


def test_many_who_write_at_once_lose_no_change(filled, tmp_path):
    """Three web processes and an ingest: who does not get the lock leaves the changes to who has it."""
    more = tmp_path / "more"
    more.mkdir()
    write_transcripts(more, SMALL, seed=8)
    with separate_archive(tmp_path / "archive", like=filled) as archive:
        editors = [writing(archive, "edit", 12, share, 3) for share in range(3)]
        ingest = archive.start("ingest", more)
        said = [process.communicate(timeout=120) for process in (*editors, ingest)]
        assert [process.returncode for process in (*editors, ingest)] == [0] * 4, said
        assert not [complained for _, complained in said if "index" in complained or "Error" in complained]
        after = json.loads(written(archive, "mend").stdout)
    for told, _ in said[:3]:
        edited = json.loads(told)["expected"]
        assert edited.items() <= after["found"].items()
    assert after["found"] == after["mended"]


@pytest.mark.django_db
def test_ingest_of_an_unreadable_folder_says_so(tmp_path):
    printed, status = run("ingest", tmp_path / "nothing")
    assert status == 3
    assert "there is no such file or folder" in printed


def test_terminal_that_goes_away_is_no_crash(archive, folder):
    process = archive.start("ingest", folder, stdout=subprocess.PIPE)
    process.stdout.close()
    _, complained = process.communicate(timeout=60)
    assert "Traceback" not in complained


def with_room(size):
    """Return a function that lets a process write no file beyond so many bytes, as on a full disk."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


def ingest_with_room(archive, size, *paths):
    process = archive.start("ingest", *paths, preexec_fn=with_room(size))
    said, complained = process.communicate(timeout=60)
    assert "Traceback" not in said + complained
    return process.returncode, complained


def test_disk_too_full_to_read_is_said_of_the_machine_and_not_of_the_file(archive, folder):
    """The model that tells languages apart is unpacked into a temporary file."""
    duration(archive, "ingest", folder / "00001.txt")
    before = archive.contents()
    status, complained = ingest_with_room(archive, 200_000, folder)
    assert status == 1
    assert "The run stopped there; what it loaded before is safe." in complained
    assert archive.contents() == before


@pytest.mark.django_db
def test_disk_too_full_to_keep_a_file_is_said_and_nothing_half_written(folder, archive_data, monkeypatch):
    def no_room(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(CommandError, match=r"cannot be kept in .*: No space left .* The run stopped there"):
        call_command("ingest", str(folder))
    assert not Interview.objects.exists()
    assert not [path for path in (archive_data / "sources").rglob("*") if path.is_file()]


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the database is another process there")
def test_disk_too_full_for_the_database_is_said_and_the_next_run_goes_on(archive, folder, undisturbed):
    _, expected = undisturbed
    room = sum(path.stat().st_size for path in archive.folder.glob("*.sqlite3")) // 2
    status, complained = ingest_with_room(archive, room, folder)
    assert status == 1
    assert "database" in complained
    duration(archive, "ingest", folder)
    assert archive.contents() == expected


def test_database_that_was_not_set_up_is_said(folder, tmp_path):
    with own_database() as address:
        finished = SeparateArchive(tmp_path / "new", address).run("ingest", folder)
    assert finished.returncode == 1
    assert "manage.py migrate" in finished.stderr
    assert "Traceback" not in finished.stderr
