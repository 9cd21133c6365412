"""Which files a run reads, under which names, with which rights."""

import errno
import os
import stat
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = {".txt", ".md", ".html", ".htm", ".xml"}
ABOUT = {"readme", "licence", "license", "changelog"}  # what folders say of themselves
RIGHTS_FILE = "source.toml"
RIGHTS = {"licence": str, "origin": str, "redistribute": bool}
LONGEST = {"licence": 500, "origin": 1000}
MAX_RIGHTS_BYTES = 10_000
NO_FILE = "This is no file with a text in it but a pipe, a socket or a device."
LEADS_OUT = "This link leads out of the folder; ingest with --follow-links to read what it leads to."
MENDS = {
    errno.EACCES: "Give whoever runs this the right to read it.",
    errno.EISDIR: "Name the texts in it.",
    errno.ELOOP: "It is a link that leads to itself.",
    errno.ENOENT: "It is a link that leads nowhere, or it was taken away meanwhile.",
}


class CollectError(Exception):
    """A path or a source.toml that cannot be used; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text to read: where it lies, its path below the ingest root (for ever its name), the root.

    `refusal` says why it must not be opened, and what to do; else it is empty.
    """

    path: Path
    name: str
    root: Path
    refusal: str = ""


def collect(path: Path, *, follow_links: bool = False) -> Iterator[Found]:
    """Yield the texts at a path, in the order of their names: the file itself, or all below a folder.

    Hidden files, README and licence are left out. Links to a folder inside are not followed, its texts are read where
    they lie; links that lead out are followed where `follow_links`, else refused. Raises CollectError where there is
    nothing to read.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise CollectError(f"{printable(path)}: there is no such file or folder.") from None
    except OSError as error:
        raise CollectError(f"{printable(path)}: {cannot_be_read(error)}") from error
    if not stat.S_ISDIR(mode):
        yield Found(path, _name(Path(path.name)), path.parent, "" if stat.S_ISREG(mode) else NO_FILE)
        return
    texts = sorted(_texts_below(path, follow_links=follow_links))
    if not texts:
        suffixes = ", ".join(sorted(SUFFIXES))
        raise CollectError(f"{printable(path)}: no texts in this folder; files that end in {suffixes} are read.")
    for text, refusal in texts:
        # A folder that cannot be entered is told by its own name.
        name = text.relative_to(path) if text != path else Path(path.resolve().name)
        yield Found(text, _name(name), path, refusal)


def left_out(path: Path) -> Counter[str]:
    """Count the files of a folder that are not read because of how their names end -> {".docx": 3}; "" has no dot.

    What lies hidden, what folders say of themselves, and what links lead to is not counted.
    """
    found = Counter()
    for _, folders, files in os.walk(path):
        folders[:] = (name for name in folders if not name.startswith("."))
        names = (Path(name) for name in files if not name.startswith(".") and name != RIGHTS_FILE)
        found.update(name.suffix.lower() for name in names if not (_is_text(name) or name.stem.lower() in ABOUT))
    return found


def _texts_below(root, *, follow_links):
    """Yield (path, refusal) of the texts below a folder, and of the folders that cannot or must not be entered."""
    inside, entered, closed = root.resolve(), set(), []
    for below, folders, files in os.walk(root, followlinks=follow_links, onerror=closed.append):
        for path in (Path(below, name) for name in files if _is_text(Path(name))):
            yield path, _refusal(path, inside, follow_links=follow_links)
        visible = [Path(below, name) for name in sorted(folders) if not name.startswith(".")]
        folders.clear()
        for folder in visible:
            is_outside = not folder.resolve().is_relative_to(inside)
            if is_outside and not follow_links:
                yield folder, LEADS_OUT
            elif is_outside or not folder.is_symlink():
                folders.extend([folder.name] * (folder.resolve() not in entered))
                entered.add(folder.resolve())
    for error in closed:
        yield Path(error.filename), cannot_be_read(error)


def _is_text(name):
    return name.suffix.lower() in SUFFIXES and name.stem.lower() not in ABOUT and not name.name.startswith(".")


def _refusal(path, inside, *, follow_links):
    """Return why a file must not be opened; '' where it may. Reading a pipe would wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return cannot_be_read(error)
    if not stat.S_ISREG(mode):
        return NO_FILE
    leads_out = path.is_symlink() and not follow_links and not path.resolve().is_relative_to(inside)
    return LEADS_OUT if leads_out else ""


def cannot_be_read(error: OSError) -> str:
    """Return why a file or folder cannot be read, and what to do about it where that is known."""
    return f"It cannot be read: {error.strerror}. {MENDS.get(error.errno, '')}".rstrip()


def printable(path: object) -> str:
    """Return a path as text with nothing in it that could upset a terminal or a line-by-line reader."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(path))


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
    where = printable(path)
    try:
        stated = tomllib.loads(_small_text(path))
    except (ValueError, RecursionError, OSError) as error:  # not all that tomllib cannot read is a TOMLDecodeError
        raise CollectError(f'{where}: {error}. It should hold lines such as: licence = "CC BY 4.0"') from error
    for key, value in stated.items():
        if key not in RIGHTS:
            raise CollectError(f"{where}: unknown key {key[:40]!r}; it may hold {', '.join(RIGHTS)}.")
        if not isinstance(value, RIGHTS[key]):
            kind = "true or false" if RIGHTS[key] is bool else "a text in quotes"
            raise CollectError(f"{where}: {key} must be {kind}.")
        if key in LONGEST:
            check_length(key, value, where=where)
    return stated


def _small_text(path):
    with path.open("rb") as file:
        data = file.read(MAX_RIGHTS_BYTES + 1)
    if len(data) > MAX_RIGHTS_BYTES:
        raise ValueError(f"it is larger than {MAX_RIGHTS_BYTES} bytes")
    return data.decode("utf-8-sig")


def check_length(key: str, value: str, *, where: str) -> None:
    """Raise CollectError where a right is longer than the archive can hold, or holds a NUL."""
    longest = LONGEST[key]
    if len(value) > longest or "\0" in value:
        raise CollectError(f"{where}: {key} may have {longest} characters at the most, and no NUL.")
