"""Bundles between archives that are run as people run them: by commands, which can be killed, on either database."""

import os
import random
import threading

import pytest
from django.db import connection

from interviews.bundle.snapshot import one_state
from interviews.models import Source

from benchmarks.recombined import write_transcripts
from bundles import files_of
from faults.separate_archive import SeparateArchive, duration, separate_archive

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    with separate_archive(tmp_path_factory.mktemp("empty")) as archive:
        yield archive


@pytest.fixture(scope="module")
def first(empty, tmp_path_factory):
    """An archive of a few texts: itself, its bundle, and what it holds."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "texts").mkdir()
    write_transcripts(folder / "texts", 6)
    with separate_archive(folder / "archive", like=empty) as archive:
        duration(archive, "ingest", folder / "texts")
        duration(archive, "export", folder / "bundle")
        yield archive, folder / "bundle", archive.contents()


def test_a_killed_export_leaves_no_bundle_and_a_killed_import_no_half(first, empty, tmp_path):
    archive, bundle, contents = first
    chance = random.Random()  # noqa: S311 - not for secrets
    seconds = duration(archive, "export", tmp_path / "whole")
    archive.kill_after(chance.uniform(0, seconds), "export", tmp_path / "killed")
    assert not (tmp_path / "killed").exists() or files_of(tmp_path / "killed") == files_of(bundle)
    with separate_archive(tmp_path / "second", like=empty) as second:
        second.kill_after(chance.uniform(0, seconds), "import_bundle", bundle)
        again = second.run("import_bundle", bundle)
        assert again.returncode == 0 or "is not empty" in again.stderr
        duration(second, "reindex", "--if-needed")
        assert second.contents() == contents


def test_an_archive_moves_between_sqlite_and_postgresql(first, tmp_path):
    if not os.environ.get("DATABASE_URL"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    _, bundle, contents = first
    sqlite = SeparateArchive(tmp_path / "sqlite")
    duration(sqlite, "migrate")
    duration(sqlite, "import_bundle", bundle)
    assert sqlite.contents() == contents
    duration(sqlite, "export", tmp_path / "from-sqlite")
    assert files_of(tmp_path / "from-sqlite") == files_of(bundle)
    with separate_archive(tmp_path / "postgresql") as postgresql:
        duration(postgresql, "import_bundle", tmp_path / "from-sqlite")
        assert postgresql.contents() == contents


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment_though_others_write():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("two connections to one SQLite in memory wait for each other, as those to a file do not")

    def write():
        Source.objects.create(sha256="0" * 64, name="meanwhile.txt", size=1)
        connection.close()

    with one_state():
        assert Source.objects.count() == 0
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert Source.objects.count() == 0
    assert Source.objects.count() == 1
