"""Lists of words that a person edits, as TOML; checked whenever they are loaded."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from .gazetteer import GazetteerError, read_text


def read_lists(path: Path) -> dict:
    """Return what a TOML file holds. Raises GazetteerError where it cannot be read."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at (line \d+)", str(error))
        entry = line[1] if line else "the file"
        raise GazetteerError(path, entry, f"is no TOML ({error}); mend it there.") from error


def as_sets(path: Path, lists: dict, kind: type):
    """Return lists of words as the sets of a dataclass. Raises GazetteerError: one is missing, unknown or no list."""
    wanted = {field.name for field in fields(kind)}
    for name in sorted(wanted ^ lists.keys()):
        mend = "is missing; add the list." if name in wanted else "is not known; mend its spelling or remove it."
        raise GazetteerError(path, name, mend)
    for name, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise GazetteerError(path, name, "must be a list of words in brackets [ ].")
    return kind(**{name: frozenset(words) for name, words in lists.items()})
