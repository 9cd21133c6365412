"""Lists of words that a person edits, as TOML; checked whenever they are loaded."""

import re
import tomllib
from collections.abc import Set
from dataclasses import fields
from pathlib import Path

from .gazetteer import GazetteerError, mend_of_name, read_text

HEADER = re.compile(r"\[ *(\w+) *\]")


def read_lists(path: Path) -> dict:
    """Return what a TOML file holds. Raises GazetteerError where it cannot be read."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = line[1] if line else max(1, len(text.splitlines()))
        raise GazetteerError(path, f"line {number}", f"is no TOML ({error}); mend it there.") from error


def as_sets(path: Path, lists: dict, kind: type, *, tables: tuple[str, ...] = ()):
    """Return lists of words as the sets of a dataclass; those of a table bear its name before theirs: capital_verbs.

    Raises GazetteerError: a list or one of the `tables` is missing, unknown or no list.
    """
    check_names(path, {name for name, held in lists.items() if isinstance(held, dict)}, {*tables}, are_tables=True)
    wanted = {field.name for field in fields(kind)}
    sets = {}
    for table in ("", *tables):
        prefix = f"{table}_" if table else ""
        held = lists[table] if table else {name: words for name, words in lists.items() if name not in tables}
        own = {name for name in wanted if table or not name.startswith(tuple(f"{each}_" for each in tables))}
        check_names(path, held.keys(), {name.removeprefix(prefix) for name in own if name.startswith(prefix)}, table)
        sets |= {prefix + name: as_set(path, name, words, table) for name, words in held.items()}
    return kind(**sets)


def check_names(path: Path, given: Set[str], wanted: set[str], table: str = "", *, are_tables: bool = False) -> None:
    """Refuse a list, or a table, whose name is not wanted, before one that is missing: it may be that, misspelt."""
    absent = sorted(wanted - given)
    for name in sorted(given - wanted):
        raise error_at(path, table, name, f"is not known; {mend_of_name(name, absent)}.", is_table=are_tables)
    for name in absent:
        what = "table" if are_tables else "list"
        raise error_at(path, table, name, f"is missing; add the {what}.", is_table=are_tables)


def as_set(path: Path, name: str, words, table: str) -> frozenset[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise error_at(path, table, name, "must be a list of words in brackets [ ].")
    return frozenset(words)


def error_at(path: Path, table: str, name: str, mend: str, *, is_table: bool = False) -> GazetteerError:
    """Return what is wrong with a list or a table, with the line where it stands, or else where it belongs."""
    shown = f"[{name}]" if is_table else f"{name} in [{table}]" if table else name
    line = line_of(path, name, None) if is_table else line_of(path, table, name)
    return GazetteerError(path, f"line {line}, {shown}", mend)


def line_of(path: Path, table: str, name: str | None) -> int:
    """Return the line of a list in its table, or without a name of the table; the last line there where it is none."""
    here, last = "", 1
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if header := HEADER.match(line):
            here = header[1]
        if here == table and (header if name is None else re.match(f"{re.escape(name)} *=", line)):
            return number
        if line.strip() and (here == table or name is None):
            last = number
    return last
