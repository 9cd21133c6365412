"""An archive of its own, driven as people drive it: by commands in processes of their own, which can be killed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import environ

ROOT = Path(__file__).resolve().parents[2]
CONTENTS = Path(__file__).with_name("contents.py")


@dataclass(slots=True)
class SeparateArchive:
    """Its folder of state, and the address of its database where that is not SQLite."""

    folder: Path
    database_url: str = ""
    environment: dict = field(init=False)

    def __post_init__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_URL")}
        self.environment = inherited | {"ARCHIVE_DATA": str(self.folder), "PYTHONPATH": str(ROOT), "DEBUG": "1"}
        if self.database_url:
            self.environment["DATABASE_URL"] = self.database_url

    def start(self, *arguments, **options) -> subprocess.Popen:
        """Start a manage.py command in a process of its own."""
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, **pipes)

    def run(self, *arguments, **options) -> subprocess.CompletedProcess:
        """Run a command to its end -> what it said and its exit status."""
        process = self.start(*arguments, **options)
        said, complained = process.communicate(timeout=600)
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)

    def kill_after(self, seconds: float, *arguments) -> bool:
        """Start a command and kill it (SIGKILL) after so many seconds -> whether it was still running."""
        process = self.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False

    def contents(self) -> dict:
        """Return all that the archive holds, without its keys and times, so that two archives can be compared."""
        command = [sys.executable, str(CONTENTS)]
        told = subprocess.run(command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
        return json.loads(told.stdout)


@contextmanager
def separate_archive(folder: Path, *, like: SeparateArchive | None = None) -> Iterator[SeparateArchive]:
    """Make an empty, migrated archive, on PostgreSQL in a database that is dropped afterwards.

    A copy of one that nobody uses meanwhile is made much faster.
    """
    with own_database(like.database_url if like else "") as database_url:
        archive = SeparateArchive(folder, database_url)
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True, symlinks=True)
        else:
            migrated = archive.run("migrate", "--verbosity", "0")
            assert migrated.returncode == 0, migrated.stderr
        yield archive


@contextmanager
def own_database(like: str = "") -> Iterator[str]:
    """Make a database, empty or like another, and drop it afterwards -> its address, "" where SQLite is used."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name, original = f"archive_{uuid4().hex}", like.rpartition("/")[2] or "template1"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(server, statement):
    import psycopg

    at = environ.Env.db_url_config(server)
    known = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    given = {name: value for name, value in known.items() if value}
    with psycopg.connect(dbname=at["NAME"], autocommit=True, **given) as connection:
        connection.execute(statement)


def duration(archive: SeparateArchive, *arguments) -> float:
    """Run a command to its end -> the seconds it took; it must succeed."""
    started = time.perf_counter()
    finished = archive.run(*arguments)
    assert finished.returncode == 0, finished.stderr
    return time.perf_counter() - started
