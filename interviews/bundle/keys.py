"""The last key given in each table: it is never given again, though its row be gone, for acts of curators name rows."""

from collections.abc import Iterable, Mapping

from django.db import connection

from .tables import Table


def last_keys(tables: Iterable[Table]) -> dict[str, int]:
    """Return {name of a table: the last key given, 0 for none}."""
    counting = [table for table in tables if table.counts_its_keys]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return {table.name: _of_postgresql(cursor, table) for table in counting}
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        given = dict(cursor.fetchall())
        return {table.name: given.get(table.database_name, 0) for table in counting}


def _of_postgresql(cursor, table):
    cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", _names(table))
    return cursor.fetchone()[0] or 0


def go_on_after(tables: Iterable[Table], last: Mapping[str, int]) -> None:
    """Let the database give keys after these."""
    with connection.cursor() as cursor:
        for table in tables:
            if not table.counts_its_keys:
                continue
            key = last[table.name]
            if connection.vendor == "postgresql":
                places = [*_names(table), max(key, 1), key > 0]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", places)
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.database_name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.database_name, key])


def _names(table):
    return table.database_name, table.key.column
