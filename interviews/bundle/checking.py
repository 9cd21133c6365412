"""A folder -> a bundle that may be restored: of a version that is known, complete, and every file as it was written."""

import hashlib
import json
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .about import ABOUT, FORMAT, is_bundle, migrations
from .folder import CHUNK, SUMS, place_of
from .tables import TABLES

MOST_SAID = 1_000_000  # bytes of bundle.json
MOST_SUMS = 500_000_000
LINE_OF_SUMS = re.compile(rb"([0-9a-f]{64})  ([!-~]{1,200})")
NONE = {"rows": 0, "last_key": 0}
GET_ANOTHER = "The bundle was damaged or changed: get another copy of it."


class ImportRefusedError(Exception):
    """A bundle that is not restored; the message says which file, where in it, why, and the mend."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder whose files are what they were."""

    folder: Path
    archive: str
    rows: dict[str, int]
    last_keys: dict[str, int]
    sources: frozenset[str]


def checked(folder: Path) -> Bundle:
    """Return the bundle in a folder. Raises ImportRefusedError, OSError. Nothing is unpacked, no link followed."""
    if folder.is_file():
        raise ImportRefusedError(f"{folder} is a file. If it is packed, unpack it first; then name the folder.")
    if not folder.is_dir():
        raise ImportRefusedError(f"There is no folder {folder}.")
    folder = folder.resolve()
    about = what_it_says(folder)
    refuse_other_versions(about)
    sums = read_sums(folder)
    wanted = {ABOUT, *(table.path for table in TABLES if about["tables"].get(table.name, NONE)["rows"])}
    if missing := sorted(wanted - sums.keys()):
        raise ImportRefusedError(f"{SUMS} does not name {missing[0]}. {GET_ANOTHER}")
    for name, digest in sums.items():
        check_file(folder, name, digest)
    sources = frozenset(digest for name, digest in sums.items() if name == place_of(digest))
    rows, last_keys = (
        {table.name: about["tables"].get(table.name, NONE)[said] for table in TABLES} for said in ("rows", "last_key")
    )
    return Bundle(folder, about["archive"], rows, last_keys, sources)


def what_it_says(folder: Path) -> dict:
    """Return what bundle.json says."""
    for name, most in ((ABOUT, MOST_SAID), (SUMS, MOST_SUMS)):
        try:
            size = plain_file(folder, name).st_size
        except FileNotFoundError:
            raise ImportRefusedError(
                f"{folder} is no whole bundle: {name} is missing. Name a folder that manage.py export wrote."
            ) from None
        if size > most:
            raise ImportRefusedError(f"{name} is larger than {most:,} bytes: no bundle of ours has such a one.")
    if not is_bundle(folder):
        raise ImportRefusedError(f"{ABOUT} is not what manage.py export writes. {GET_ANOTHER}")
    return json.loads((folder / ABOUT).read_text(encoding="utf-8"))


def plain_file(folder: Path, name: str):
    """Return what the system knows of a file. Raises ImportRefusedError for whatever else, FileNotFoundError."""
    path = folder / name
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or path.resolve() != path:
        raise ImportRefusedError(f"{name} is no plain file of the bundle; links are not followed. {GET_ANOTHER}")
    return found


def refuse_other_versions(about: dict) -> None:
    """Raise ImportRefusedError for what this software cannot restore."""
    if not isinstance(about.get("format"), int) or about["format"] > FORMAT:
        raise ImportRefusedError(
            f"The bundle has version {about.get('format')} of the format, this software knows {FORMAT}. "
            "Import it with the software that wrote it, or a newer one."
        )
    if about.get("kind") != "whole":
        raise ImportRefusedError(
            "This is a public bundle: what may not be passed on is not in it, and no archive is restored from it. "
            "Import a bundle that was exported without --public."
        )
    if about.get("schema") not in migrations():
        raise ImportRefusedError(
            f"The bundle comes from a newer version of this software (its tables are as of {about.get('schema')!r:.80},"
            f" here of {migrations()[-1]}). Bring this software up to date first."
        )
    refuse_odd_counts(about)


def refuse_odd_counts(about: dict) -> None:
    tables, known = about.get("tables"), {table.name for table in TABLES}
    is_right = isinstance(tables, dict) and isinstance(about.get("archive"), str)
    is_right = is_right and all(map(is_count, tables.values()))
    if not is_right:
        raise ImportRefusedError(f"{ABOUT} does not say how many rows each table has. {GET_ANOTHER}")
    if unknown := sorted(tables.keys() - known):
        raise ImportRefusedError(f"{ABOUT} names a table that is not known here: {unknown[0]!r:.80}. {GET_ANOTHER}")


def is_count(said: object) -> bool:
    numbers = [said.get(name) for name in ("rows", "last_key")] if isinstance(said, dict) else [None]
    return all(type(number) is int and 0 <= number < 2**63 for number in numbers)


def read_sums(folder: Path) -> dict[str, str]:
    """Return {path below the folder: SHA-256} as SHA256SUMS has it."""
    sums = {}
    for number, text in enumerate((folder / SUMS).read_bytes().splitlines(), 1):
        found = LINE_OF_SUMS.fullmatch(text)
        if not found:
            raise ImportRefusedError(f"{SUMS}, line {number}: no sum and name of a file. {GET_ANOTHER}")
        name = found[2].decode("ascii")
        if name.startswith("/") or ".." in PurePosixPath(name).parts:
            raise ImportRefusedError(f"{SUMS}, line {number}: {name} leads out of the bundle. Nothing there was read.")
        sums[name] = found[1].decode("ascii")
    return sums


def check_file(folder: Path, name: str, digest: str) -> None:
    """Raise ImportRefusedError where a file is missing, or is not what was written."""
    try:
        plain_file(folder, name)
    except (FileNotFoundError, NotADirectoryError):
        raise ImportRefusedError(f"{name} is missing. {GET_ANOTHER}") from None
    found = hashlib.sha256()
    with (folder / name).open("rb") as file:
        while some := file.read(CHUNK):
            found.update(some)
    if found.hexdigest() != digest:
        raise ImportRefusedError(f"{name} is not what {SUMS} says of it. {GET_ANOTHER}")
