"""The lines of a table in a bundle -> rows as the database takes them, each looked at first."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from .checking import GET_ANOTHER, Bundle, ImportRefusedError
from .columns import ValueRefusedError
from .tables import Table

LONGEST_LINE = 100_000_000  # bytes; the spans of the longest file that is read are a tenth of it


def refuse_number(text: str) -> None:
    raise ValueError(f"{text} is no number of JSON")


decode = json.JSONDecoder(parse_constant=refuse_number).decode


class Rows:
    """The rows of one table. While they are read, `line` is where one is: of a row that is refused its own."""

    def __init__(self, bundle: Bundle, table: Table):
        self.path, self.table = bundle.folder / table.path, table
        self.count, self.last_key = bundle.rows[table.name], bundle.last_keys[table.name]
        self.names = {column.name for column in table.columns}
        self.line = 0

    def refusal(self, why: str) -> ImportRefusedError:
        return ImportRefusedError(f"{self.table.path}, line {self.line}: {why}. {GET_ANOTHER}")

    def __iter__(self) -> Iterator[tuple]:
        """Yield each row as its values, in the order of `columns`. Raises ImportRefusedError."""
        key, before = self.table.key.name, 0
        values_of = self.values_of()
        for row in self.objects():
            if row.keys() != self.names:
                row = self.filled(row)  # noqa: PLW2901
            try:
                values = values_of(row)
            except ValueRefusedError as error:
                raise self.refusal(f"{self.at_fault(row)}: {error}") from None
            if row[key] <= before:
                raise self.refusal(f"{key} {row[key]} comes after {before}; keys ascend")
            before = row[key]
            yield values
        if self.line != self.count:
            raise self.refusal(f"the table ends here, and should have {self.count} rows")
        if self.table.counts_its_keys and before > self.last_key:
            raise self.refusal(f"{key} {before} comes after the last key that was given, {self.last_key}")

    def objects(self) -> Iterator[dict]:
        with self.path.open("rb") as file:
            while text := file.readline(LONGEST_LINE):
                self.line += 1
                if not text.endswith(b"\n"):
                    raise self.refusal("it has no end")
                yield self.object_in(text)

    def object_in(self, text: bytes) -> dict:
        try:
            row = decode(text.decode())
            if b"\\u" in text:
                refuse_what_no_database_keeps(row)
        except (ValueError, RecursionError) as error:
            raise self.refusal(f"it is no JSON ({error})") from None
        if not isinstance(row, dict):
            raise self.refusal("it is no object")
        return row

    def filled(self, row: dict) -> dict:
        """Return a row of an earlier version with what was not known then at its default."""
        if unknown := sorted(row.keys() - self.names):
            raise self.refusal(f"a field is not known: {unknown[0]!r:.80}")
        fields = {column.name: column.field for column in self.table.columns}
        for name in self.names - row.keys():
            if not fields[name].has_default() and not fields[name].null:
                raise self.refusal(f"a field is missing: {name}")
            default = fields[name].get_default()
            row[name] = default if default is None or isinstance(default, int | str | list | dict) else str(default)
        return row

    def values_of(self) -> Callable[[dict], tuple]:
        readers = [(column.name, column.reader()) for column in self.table.columns]
        others = tuple(self.default_of(field) for field in self.table.others)

        return lambda row: (*[read(row[name]) for name, read in readers], *others)

    def at_fault(self, row: dict) -> str:
        """Return the name of the first column that cannot hold what a row says."""
        for column in self.table.columns:
            try:
                column.reader()(row[column.name])
            except ValueRefusedError:
                return column.name
        return ""

    def default_of(self, field) -> Any:
        value = self.table.restored.get(field.name, field.get_default())
        return field.get_db_prep_save(value, connection)

    @property
    def columns(self) -> list[str]:
        """The names of the database for what each row holds."""
        return [column.field.column for column in self.table.columns] + [field.column for field in self.table.others]


def refuse_what_no_database_keeps(value: Any) -> None:
    """Raise ValueError where a text holds the character 0, or half a character."""
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("a text holds the character 0")
    elif isinstance(value, dict):
        refuse_in(value.items())
    elif isinstance(value, list):
        refuse_in(value)


def refuse_in(values: Iterable) -> None:
    for value in values:
        refuse_what_no_database_keeps(list(value) if isinstance(value, tuple) else value)
