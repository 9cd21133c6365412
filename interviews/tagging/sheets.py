"""Tables that curators take out and bring in: entities with their other names, and rules, as CSV or JSON.

A table of entities has the columns of the data files (`registry.COLUMNS`), one of rules RULE_COLUMNS. CSV holds one of
them, with the byte-order mark that spreadsheets want; JSON holds both: `{"entities": [...], "rules": [...]}`, each row
an object of strings by column, the aliases a list. What stands in a file is checked here as far as it can be without
the archive.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from interviews.cells import as_typed, harmless

from .registry import (
    COLUMNS,
    KINDS,
    LONGEST,
    LONGEST_CELL,
    names_of,
    parts_of,
    problems_of_row,
    problems_of_text,
    read_table,
)

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
RULE_COLUMNS = ("surface", "interview", "speaker", "verdict", "entity", "reason")
VERDICTS = ("confirm", "reject", "replace")
ALL_KINDS = ("country", *KINDS, "outlet")
BINARY = {b"PK\x03\x04": "a ZIP archive or a workbook", b"\xd0\xcf\x11\xe0": "a workbook", b"%PDF": "a PDF file"}
# What sort of name an alias is, before its language: “former:ru:Ана Вельт”.
SORT = re.compile("(name|short|demonym|acronym|former): ?(?=[^ ;])")
SORT_IN_CELL = re.compile(f"(^|;) *{SORT.pattern}")
OTHER_SEPARATOR = {";": "semicolons", "\t": "tabs"}

Cells = dict[str, str]
Sorts = dict[tuple[str, str], str]  # (language, alias) -> its sort, where the table says one


class SheetError(ValueError):
    """A file that is no table at all, or too large; the message says where, and the mend."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: where it stands (“line 12”), its cells by column, what is wrong with it, and the sorts of its aliases."""

    place: str
    cells: Cells
    problems: tuple[str, ...]
    sorts: Sorts


@dataclass(slots=True)
class Sheet:
    """What a file holds."""

    entities: list[Entry] = field(default_factory=list)
    rules: list[Entry] = field(default_factory=list)


def read_sheet(file: BinaryIO) -> Sheet:
    """Read a table, never more of it than MOST_BYTES and MOST_ROWS. Raises SheetError."""
    text = decoded(read_bytes(file))
    if not text.strip():
        raise SheetError("The file is empty.")
    sheet = read_json(text) if text.lstrip()[0] in "{[" else read_csv(text)
    if not sheet.entities and not sheet.rules:
        raise SheetError("The file holds no rows.")
    return sheet


def read_bytes(file: BinaryIO) -> bytes:
    """Return what a file holds. Raises SheetError where that is more than MOST_BYTES, and reads no further."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SheetError(f"The file has more than {MOST_BYTES // 1_000_000} MB; divide it.")
    return data


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises SheetError where it is none in UTF-8."""
    for beginning, what in BINARY.items():
        if data.startswith(beginning):
            raise SheetError(f"The file is {what}; save the table as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SheetError(f"Line {line} is not UTF-8; save the table as CSV in UTF-8.") from error


def read_csv(text: str) -> Sheet:
    header = next(line for line in text.splitlines() if line.strip())
    for separator, name in OTHER_SEPARATOR.items():
        if "," not in header and separator in header:
            raise SheetError(f"The cells are parted by {name}; save the table as CSV parted by commas.")
    if "surface" in header.lower():
        return Sheet(rules=entries(text, RULE_COLUMNS, problems_of_rule))
    return Sheet(entities=entries(text, COLUMNS, problems_of_entity))


def entries(text: str, columns: tuple[str, ...], problems_of: Callable) -> list[Entry]:
    table = read_table(io.StringIO(text, newline=""), columns)
    found = [entry_of(f"line {line}", cells, broken, problems_of) for line, cells, broken in islice(table, MOST_ROWS)]
    if next(table, None):
        raise SheetError(TOO_MANY_ROWS)
    return found


TOO_MANY_ROWS = f"The file has more than {MOST_ROWS} rows; divide it."


def entry_of(place: str, cells: Cells, broken: tuple[str, ...], problems_of: Callable) -> Entry:
    cells, sorts = without_sorts({column: as_typed(cell) for column, cell in cells.items()})
    return Entry(place, cells, tuple(broken or problems_of(cells)), sorts)


def without_sorts(cells: Cells) -> tuple[Cells, Sorts]:
    """Return cells as the data files have them, and what the aliases said of their sorts."""
    if not SORT_IN_CELL.search(cells.get("aliases", "")):
        return cells, {}
    sorts = {name: sort for name, sort in sorted_names(cells["aliases"]) if sort}
    return cells | {"aliases": SORT_IN_CELL.sub(r"\1", cells["aliases"])}, sorts


def sorted_names(cell: str) -> list[tuple[tuple[str, str], str]]:
    """Return ((language, alias), its sort or “”) of each alias of a cell.

    >>> sorted_names("UN; former:ru:Лига")
    [(('en', 'UN'), ''), (('ru', 'Лига'), 'former')]
    """
    found = []
    for part in parts_of(cell):
        sort = SORT.match(part)
        alias = part[sort.end() :] if sort else part
        found.append((names_of({"name": "", "aliases": alias})[-1], sort[1] if sort else ""))
    return found


def problems_of_entity(cells: Cells) -> Iterator[str]:
    yield from problems_of_row(cells, ALL_KINDS)
    for column in ("name", "note"):
        if len(cells[column]) > LONGEST >= longest_part(cells[column]):
            yield f"{column} is too long; it may have {LONGEST} characters."


def longest_part(cell: str) -> int:
    return max(len(part) for part in cell.split("; "))


def problems_of_rule(cells: Cells) -> Iterator[str]:
    surface, verdict, entity = cells["surface"], cells["verdict"], cells["entity"]
    yield from problems_of_text(cells)
    if not surface:
        yield "surface is empty; give the words that the rule is about."
    if len(surface) > LONGEST >= longest_part(surface):
        yield f"surface is too long; it may have {LONGEST} characters."
    if verdict not in VERDICTS:
        yield f"verdict {verdict!r:.60} must be one of: {', '.join(VERDICTS)}."
    if not entity and verdict != "reject":
        yield "entity is empty; write what the words mean, such as person:ana-velt."
    if entity and entity.partition(":")[0] not in ALL_KINDS:
        yield f"entity {entity!r:.80} must be a kind and a slug, such as person:ana-velt."


def read_json(text: str) -> Sheet:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise SheetError(f"Line {error.lineno} is no JSON ({error.msg}); mend it there.") from error
    except RecursionError as error:
        raise SheetError("The JSON is nested too deeply; it holds lists of rows.") from error
    except ValueError as error:  # a number of thousands of digits
        raise SheetError("The JSON holds a number that is too long; every value is a text.") from error
    if not isinstance(content, dict) or not content or content.keys() - {"entities", "rules"}:
        raise SheetError('The JSON must be an object with the lists "entities" and "rules", and nothing else.')
    if not all(isinstance(rows, list) for rows in content.values()):
        raise SheetError('"entities" and "rules" must be lists of rows.')
    if sum(map(len, content.values())) > MOST_ROWS:
        raise SheetError(TOO_MANY_ROWS)
    return Sheet(
        json_entries("entity", content.get("entities", []), COLUMNS, problems_of_entity),
        json_entries("rule", content.get("rules", []), RULE_COLUMNS, problems_of_rule),
    )


def json_entries(noun: str, rows: list, columns: tuple[str, ...], problems_of: Callable) -> list[Entry]:
    found = []
    for count, row in enumerate(rows, 1):
        broken = tuple(problems_of_object(row, columns))
        cells = {} if broken else {column: as_cell(row.get(column, "")) for column in columns}
        cells, sorts = without_sorts(cells)
        found.append(Entry(f"{noun} {count}", cells, broken or tuple(problems_of(cells)), sorts))
    return found


def problems_of_object(row: object, columns: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(row, dict):
        yield "is no object; write its values by column."
        return
    for column in sorted(row.keys() - set(columns)):
        yield f"the column {column!r:.60} is not known; mend its spelling or remove it."
    for column in row.keys() & set(columns):
        value = row[column]
        values = value if column == "aliases" and isinstance(value, list) else [value]
        if not all(isinstance(part, str) for part in values):
            yield f"{column} must be a text."
        elif isinstance(value, list) and any(";" in part for part in value):
            yield "an alias holds a semicolon, which parts aliases; remove it."


def as_cell(value: str | list[str]) -> str:
    return "; ".join(value) if isinstance(value, list) else value.strip(" ")


def as_csv(columns: tuple[str, ...], rows: Iterable[Cells]) -> str:
    """Return a table as CSV that a spreadsheet opens as UTF-8 and takes no cell of for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def as_json(entities: Iterable[Cells], rules: Iterable[Cells]) -> str:
    """Return both tables as JSON, a row a line; empty cells are left out."""
    tables = {"entities": [as_object(row) for row in entities], "rules": [as_object(row) for row in rules]}
    lists = (
        f'"{name}": [\n' + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in tables.items()
    )
    return "{" + ",\n".join(lists) + "}\n"


def as_object(row: Cells) -> dict:
    full = {column: cell for column, cell in row.items() if cell}
    return full | {"aliases": full["aliases"].split("; ")} if "aliases" in full else full


def fits(cell: str) -> bool:
    """Whether a cell can be written so that reading gives it back."""
    return cell == cell.strip(" ") and len(cell) <= LONGEST_CELL and not any(problems_of_text({"": cell}))
