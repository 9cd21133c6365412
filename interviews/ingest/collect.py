"""Which files a run reads, under which names, with which rights."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = {".txt", ".md", ".html", ".htm", ".xml"}
ABOUT = {"readme", "licence", "license", "changelog"}  # what folders say of themselves
RIGHTS_FILE = "source.toml"
RIGHTS = {"licence": str, "origin": str, "redistribute": bool}
LONGEST = {"licence": 500, "origin": 1000}


class CollectError(Exception):
    """A path or a source.toml that cannot be used; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text to read: where it lies, its path below the ingest root (for ever its name), the root."""

    path: Path
    name: str
    root: Path


def collect(path: Path) -> Iterator[Found]:
    """Yield the texts at a path, in the order of their names: the file itself, or all below a folder.

    Hidden files, README and licence, and links that lead out of the folder are left out. Raises CollectError where
    there is nothing.
    """
    if path.is_file():
        yield Found(path, _name(Path(path.name)), path.parent)
        return
    if not path.is_dir():
        raise CollectError(f"{path}: there is no such file or folder.")
    texts = sorted(_texts_below(path))
    if not texts:
        raise CollectError(
            f"{path}: no texts in this folder; files that end in {', '.join(sorted(SUFFIXES))} are read."
        )
    for text in texts:
        yield Found(text, _name(text.relative_to(path)), path)


def _texts_below(folder):
    inside = folder.resolve()
    for below, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(below, name)
            is_text = path.suffix.lower() in SUFFIXES and path.stem.lower() not in ABOUT and not name.startswith(".")
            is_special = path.exists() and not path.is_file()  # reading a pipe would wait for ever
            if is_text and not is_special and path.resolve().is_relative_to(inside):
                yield path


def _name(path):
    """Return a path as text that every database can hold, also where the file system has other bytes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace").replace("\0", "")


def rights_for(found: Found) -> dict[str, str | bool]:
    """Return licence, origin and redistribute from the nearest source.toml, from the file's folder up to the root.

    Raises CollectError naming the file and what is wrong in it.
    """
    folder = found.path.parent
    for candidate in (folder, *folder.parents):
        if (candidate / RIGHTS_FILE).is_file():
            return _read_rights(candidate / RIGHTS_FILE)
        if candidate == found.root:
            break
    return {}


def _read_rights(path):
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CollectError(f'{path}: {error}. It should hold lines such as: licence = "CC BY 4.0"') from error
    for key, value in stated.items():
        if key not in RIGHTS:
            raise CollectError(f"{path}: unknown key {key!r}; it may hold {', '.join(RIGHTS)}.")
        if not isinstance(value, RIGHTS[key]):
            kind = "true or false" if RIGHTS[key] is bool else "a text in quotes"
            raise CollectError(f"{path}: {key} must be {kind}.")
        if key in LONGEST:
            check_length(key, value, where=str(path))
    return stated


def check_length(key: str, value: str, *, where: str) -> None:
    """Raise CollectError where a right is longer than the archive can hold, or holds a NUL."""
    longest = LONGEST[key]
    if len(value) > longest or "\0" in value:
        raise CollectError(f"{where}: {key} may have {longest} characters at the most, and no NUL.")
