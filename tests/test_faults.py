"""What must not harm an archive: a kill, a second ingest, a terminal that goes away."""

import random
import subprocess

import pytest

from benchmarks.recombined import write_transcripts
from faults.separate_archive import duration, separate_archive

SMALL = 12


@pytest.fixture
def folder(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    write_transcripts(texts, SMALL)
    return texts


def test_ingest_that_was_killed_goes_on_as_if_undisturbed(folder, tmp_path):
    with separate_archive(tmp_path / "undisturbed") as archive:
        seconds = duration(archive, "ingest", folder)
        expected = archive.contents()
    assert (len(expected["interviews"]), expected["index is current"]) == (SMALL, True)
    for kill in range(2):
        with separate_archive(tmp_path / f"killed-{kill}") as archive:
            moment = random.uniform(0.5, 1) * seconds  # noqa: S311 - not for secrets
            archive.kill_after(moment, "ingest", folder)
            duration(archive, "ingest", folder)
            assert archive.contents() == expected


def test_two_ingests_at_once_make_one_archive(folder, tmp_path):
    with separate_archive(tmp_path / "one") as archive:
        duration(archive, "ingest", folder)
        expected = archive.contents()
    with separate_archive(tmp_path / "two") as archive:
        both = [archive.start("ingest", folder) for _ in range(2)]
        said = [process.communicate(timeout=120) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        assert sum("this one waits for it" in complained for _, complained in said) == 1
        assert archive.contents() == expected


def test_ingest_of_an_unreadable_folder_says_so(tmp_path):
    with separate_archive(tmp_path / "archive") as archive:
        finished = archive.run("ingest", tmp_path / "nothing")
        assert finished.returncode == 3
        assert "there is no such file or folder" in finished.stdout


def test_terminal_that_goes_away_is_no_crash(folder, tmp_path):
    with separate_archive(tmp_path / "archive") as archive:
        process = archive.start("ingest", folder, stdout=subprocess.PIPE)
        process.stdout.close()
        _, complained = process.communicate(timeout=60)
        assert "Traceback" not in complained
