"""A folder that is there whole or not at all, with the sums of its files."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

SUMS = "SHA256SUMS"
CHUNK = 1 << 20


class FolderError(Exception):
    """A folder that cannot be written; the message says why."""


def place_of(sha256: str) -> str:
    """Return where the bytes of a source lie in a bundle."""
    return f"sources/{sha256[:2]}/{sha256}"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a file: its SHA-256 and its length in bytes."""

    sha256: str
    size: int


class Part:
    """A file that is being written, with the sum of what is written by now."""

    def __init__(self, file: BinaryIO):
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def write(self, text: str) -> None:
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)


@dataclass
class Draft:
    """A folder in the making. Of each file that is written it knows the sum."""

    path: Path
    files: dict[str, Written] = field(default_factory=dict)

    @contextmanager
    def begun(self, name: str) -> Iterator["Part"]:
        """Let a file be written piece by piece."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            part = Part(file)
            yield part
        self.files[name] = Written(part.digest.hexdigest(), part.size)

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write a text in UTF-8."""
        with self.begun(name) as part:
            for piece in pieces:
                part.write(piece)

    def copy(self, name: str, source: Path) -> Written:
        """Copy a file as it is."""
        with source.open("rb") as file, self.begun(name) as part:
            while some := file.read(CHUNK):
                part.write_bytes(some)
        return self.files[name]

    def write_sums(self) -> None:
        """Write the sums of all files as `sha256sum -c` reads them: the last file, without which no bundle is whole."""
        known = sorted(self.files.items())
        (self.path / SUMS).write_text("".join(f"{file.sha256}  {name}\n" for name, file in known), encoding="ascii")


@contextmanager
def replaced_whole(target: Path, *, private: bool) -> Iterator[Draft]:
    """Write a folder beside `target` and put it in its place at the end; whatever stops it, `target` is as it was.

    A `private` one only its owner may read. What a killed run left beside it is written over. Raises FolderError where
    another run writes it, OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    making, former = (target.parent / f".{target.name}.{what}" for what in ("part", "former"))
    making.mkdir(exist_ok=True)
    making.chmod(0o700 if private else 0o755)
    with locked(making):
        if former.exists() and not target.exists():
            former.rename(target)  # a run was killed between the two names
        empty(making)
        try:
            yield Draft(making)
            os.sync()
            shutil.rmtree(former, ignore_errors=True)
            if target.exists():
                target.rename(former)
            making.rename(target)
            shutil.rmtree(former, ignore_errors=True)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise FolderError(f"{folder} is being written by another run; try again when it has ended.") from None
    finally:
        os.close(descriptor)


def empty(folder: Path) -> None:
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
