"""Bundles as tests use them: written, carried to an empty machine, restored, damaged."""

import hashlib
import json
import shutil

from django.core.management.color import no_style
from django.db import connection

from interviews.bundle.folder import SUMS
from interviews.bundle.tables import TABLES
from interviews.models import IndexChange
from interviews.search.index.generations import index_folder

from ingesting import run


def export(folder, **options):
    """Write a bundle into a folder and return the folder."""
    run("export", folder, **options)
    return folder


def files_of(folder):
    """{path below a folder: bytes} of all files."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_machine(archive_data):
    """Take away all rows, sources and the index, as if the software had just been set up."""
    connection.check_constraints()  # what waits for the end of the test's transaction is in the way
    tables = [model._meta.db_table for model in (IndexChange, *(table.model for table in TABLES))]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
            cursor.execute(statement)
    for folder in (archive_data / "sources", index_folder()):
        shutil.rmtree(folder, ignore_errors=True)


def rows_of(folder, table):
    return [json.loads(line) for line in (folder / "tables" / f"{table}.jsonl").read_text().splitlines()]


def change_rows(folder, table, change):
    """Let a function change the rows of a table, and make the sums right again."""
    rows = rows_of(folder, table)
    change(rows)
    (folder / "tables" / f"{table}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    write_sums(folder)


def change_about(folder, **said):
    """Let bundle.json say something else, and make the sums right again."""
    path = folder / "bundle.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | said))
    write_sums(folder)


def write_sums(folder):
    """Write the sums of all files as they are now: only what the files say can be wrong then."""
    files = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files_of(folder).items()) if name != SUMS}
    (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in files.items()))
