"""The last key given in each table: it is never given again, though its row be gone, for acts of curators name rows."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Max

from .tables import Table


def last_keys(tables: Iterable[Table]) -> dict[str, int]:
    """Return {name of a table: the last key given, 0 for none}."""
    given = given_by_postgresql if connection.vendor == "postgresql" else given_by_sqlite
    with connection.cursor() as cursor:
        counting = {table: given(cursor, table) for table in tables if table.counts_its_keys}
    # PostgreSQL does not count keys that the program chose.
    return {table.name: max(key, highest(table)) for table, key in counting.items()}


def given_by_postgresql(cursor, table: Table) -> int:
    cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", names_of(table))
    return cursor.fetchone()[0] or 0


def given_by_sqlite(cursor, table: Table) -> int:
    cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table.database_name])
    return cursor.fetchone()[0] or 0


def highest(table: Table) -> int:
    return table.model._base_manager.aggregate(highest=Max("pk", default=0))["highest"]


def go_on_after(tables: Iterable[Table], last: Mapping[str, int]) -> None:
    """Let the database give keys after these."""
    with connection.cursor() as cursor:
        for table in tables:
            if not table.counts_its_keys:
                continue
            key = last[table.name]
            if connection.vendor == "postgresql":
                places = [*names_of(table), max(key, 1), key > 0]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", places)
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.database_name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.database_name, key])


def names_of(table):
    return table.database_name, table.key.column
