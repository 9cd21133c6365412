"""Where the index lies: generations of it side by side, one of them current, one writer and one builder at a time.

    <folder>/current -> gen-3   what searches open, exchanged in one step
    <folder>/gen-3/             Whoosh's files, and manifest.json: what the generation was built with
    <folder>/gen-4/changed      of one that is being built: what changed in the current one meanwhile
    <folder>/lock, build-lock   held by whoever writes, or builds a generation, and say who that is
    <folder>/lock-next          held by who waits for the lock, so that it gets it among many who only try

The index is a disposable copy of the database. Its files are pickles: whoever can write them runs code in the
web process, therefore the folder is its owner's alone.
"""

import fcntl
import json
import os
import re
import shutil
import socket
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from whoosh.index import EmptyIndexError

from .schema import fingerprint
from .segment import Segment, State, read_state

ATTEMPTS = 10
LONGEST_WAIT = 900  # seconds for the right to write: a build of a large archive takes minutes
BETWEEN_TRIES = 0.05
MANIFEST = "manifest.json"  # written when all else of a generation is
CHANGED = "changed"
GENERATION = re.compile(r"gen-(\d+)")


class IndexUnavailableError(Exception):
    """There is no index that this code can read. The message says why; `manage.py reindex` mends it."""


class IndexBusyError(OSError):
    """Another process has been writing the index for too long. The message says which."""


def index_folder() -> Path:
    """Return the folder of all generations, as the settings name it now."""
    return Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])


def current_generation() -> Path:
    """Return the folder of the generation that searches read. Raises IndexUnavailableError where there is none."""
    folder = index_folder()
    try:
        return folder / (folder / "current").readlink()
    except OSError as error:
        raise IndexUnavailableError("There is no search index yet.") from error


def check_manifest(generation: Path) -> None:
    """Raise IndexUnavailableError unless this code's schema and analysis built the generation."""
    try:
        built_with = json.loads((generation / MANIFEST).read_text())["built_with"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise IndexUnavailableError("The search index cannot be read.") from error
    if built_with != fingerprint():
        raise IndexUnavailableError("The search index was built by another version.")


def built_at(generation: Path) -> int:
    """Return when a generation was made current (nanoseconds), 0 before: another may come to have its name."""
    try:
        return (generation / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


def write_lock(*, wait: bool) -> AbstractContextManager[bool]:
    """Hold the right to write into a generation that others may write or read, and to exchange the current one."""
    return _lock("lock", wait=wait)


def build_lock(*, wait: bool) -> AbstractContextManager[bool]:
    """Hold the right to build a generation beside the current one. Who needs both rights takes this one first."""
    return _lock("build-lock", wait=wait)


@contextmanager
def _lock(name, *, wait):
    """Yield whether it is held: not where another process or thread has it, or waits for it, and `wait` is off.

    The system takes the lock from a process that dies (flock), so it is there for the next at once. The file names
    the owner. Raises IndexBusyError after LONGEST_WAIT.
    """
    folder = index_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock_file, line_file = folder / name, folder / f"{name}-next"
    with lock_file.open("a+", encoding="utf-8", errors="replace") as lock, line_file.open("a") as line:
        is_held = _is_waited_for(lock, line) if wait else _is_free(line) and _is_taken(lock)
        if is_held:
            lock.truncate(0)
            lock.write(
                f"process {os.getpid()} on {socket.gethostname()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
            )
            lock.flush()
        yield is_held


def _is_waited_for(lock, line):
    """Take the one place in the line, then the lock: those who do not wait step back before whoever stands there."""
    give_up_at = time.monotonic() + LONGEST_WAIT
    for each in (line, lock):
        while not _is_taken(each):
            if time.monotonic() > give_up_at:
                lock.seek(0)
                raise IndexBusyError(f"{lock.read() or 'Somebody'} is writing it for longer than {LONGEST_WAIT} s")
            time.sleep(BETWEEN_TRIES)
    fcntl.flock(line, fcntl.LOCK_UN)
    return True


def _is_free(line):
    """Whether nobody stands in the line; many may look at once."""
    if is_free := _is_taken(line, fcntl.LOCK_SH):
        fcntl.flock(line, fcntl.LOCK_UN)
    return is_free


def _is_taken(lock, way=fcntl.LOCK_EX):
    try:
        fcntl.flock(lock, way | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_current(known: Iterable[Segment] = ()) -> tuple[Path, State]:
    """Return the folder that searches read and its newest state; `known` segments are not opened again.

    Raises IndexUnavailableError. A commit or an exchange may take a file away between its being listed and opened:
    then it looks again.
    """
    for _ in range(ATTEMPTS):
        generation = current_generation()
        check_manifest(generation)
        try:
            return generation, read_state(generation, known)
        except FileNotFoundError:
            time.sleep(0.01)
        except (OSError, EmptyIndexError) as error:
            raise IndexUnavailableError("The search index is damaged.") from error
    raise IndexUnavailableError("Files of the search index are missing.")


def new_generation() -> Path:
    """Make an empty folder beside the others, return it; builds that never ended go. The caller has the build lock."""
    numbers = [int(match[1]) for path in index_folder().iterdir() if (match := GENERATION.fullmatch(path.name))]
    for path in _unfinished():
        shutil.rmtree(path)
    generation = index_folder() / f"gen-{max(numbers, default=0) + 1}"
    generation.mkdir(mode=0o700)
    return generation


def _unfinished():
    folders = (path for path in index_folder().iterdir() if GENERATION.fullmatch(path.name))
    return [path for path in folders if not (path / MANIFEST).exists()]


def note_for_build(turn_ids: Iterable[int]) -> None:
    """Let who builds a generation know of turns whose documents change in the current one; the caller may write it."""
    for generation in _unfinished():
        with (generation / CHANGED).open("a") as changed:
            changed.writelines(f"{turn_id}\n" for turn_id in turn_ids)


def noted_for_build(generation: Path) -> list[int]:
    """Take what was noted for a generation in the making -> keys of turns. The caller holds the write lock."""
    changed = generation / CHANGED
    if not changed.exists():
        return []
    turn_ids = sorted(set(map(int, changed.read_text().split())))
    changed.unlink()
    return turn_ids


def make_current(generation: Path, *, document_count: int) -> None:
    """Let searches read this generation from now on.

    The one before stays for whoever is opening it, older ones go; who has opened one reads on in it, for its files
    are mapped and outlive their names.
    """
    manifest = {"built_with": fingerprint(), "documents": document_count}
    (generation / MANIFEST).write_text(json.dumps(manifest, indent=1))
    sync(generation, [MANIFEST])
    folder = index_folder()
    link = folder / "current"
    before = folder / link.readlink() if link.is_symlink() else None
    exchange = folder / "current.new"
    exchange.unlink(missing_ok=True)
    exchange.symlink_to(generation.name)
    exchange.replace(link)
    sync(folder)
    for path in folder.iterdir():
        if GENERATION.fullmatch(path.name) and path not in (generation, before):
            shutil.rmtree(path)


def sync(folder: Path, names: Iterable[str] = ()) -> None:
    """Wait until the named files of a folder, then the folder itself, are on the disk: Whoosh never does."""
    for path in [*(folder / name for name in names), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
