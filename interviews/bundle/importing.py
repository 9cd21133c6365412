"""A bundle -> an archive: all of it, or nothing."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef

from interviews.ingest.lock import BusyError, alone
from interviews.models import Interview, Source, Turn
from interviews.search.index.upkeep import paused, record_changes
from interviews.wording import counted

from .checking import GET_ANOTHER, Bundle, ImportRefusedError, checked
from .folder import CHUNK, place_of
from .keys import go_on_after
from .rows import Rows
from .tables import OF_THE_DATA_FILES, TABLES, Table

LINE_OF_COPY = re.compile(r"^COPY \w+, line ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an archive has become."""

    archive: str
    interviews: int
    sources: int
    rows: int


def bring_in(folder: Path) -> Imported:
    """Restore the archive that a bundle holds. The search index follows after the commit.

    Raises ImportRefusedError, OSError and DatabaseError; nothing was changed then.
    """
    refuse_what_is_there()
    bundle = checked(folder)
    try:
        with alone(wait=False), paused(then_all=True), kept_sources(bundle), transaction.atomic():
            make_room()
            tables = [table for table in TABLES if bundle.rows[table.name]]
            for table in tables:
                insert(Rows(bundle, table))
            for table in tables:
                refuse_what_leads_nowhere(table)
            refuse_other_sources(bundle)
            go_on_after(TABLES, bundle.last_keys)
            record_changes(Turn.objects.documents().values_list("pk", flat=True))
    except BusyError as error:
        raise ImportRefusedError(str(error)) from error
    published = Interview.objects.published().count()
    return Imported(bundle.archive, published, len(bundle.sources), sum(bundle.rows.values()))


def refuse_what_is_there() -> None:
    """Raise ImportRefusedError where the archive holds more than the data files bring."""
    for table in TABLES:
        if table.model not in OF_THE_DATA_FILES and (count := table.model._base_manager.count()):
            name = table.name.replace("-", " ")
            raise ImportRefusedError(
                f"This archive is not empty ({counted(count, 'row')} in {name}). A bundle is restored into an archive "
                "of its own: name an empty folder as ARCHIVE_DATA, or an empty database, and run manage.py migrate."
            )


def make_room() -> None:
    """Take away what the data files brought."""
    refuse_what_is_there()
    for model in OF_THE_DATA_FILES:
        model._base_manager.all()._raw_delete(connection.alias)


@contextmanager
def kept_sources(bundle: Bundle) -> Iterator[None]:
    """Bring the sources where the archive keeps them, on the disk before a row names them; away if the block fails."""
    written = []
    try:
        for sha256 in sorted(bundle.sources):
            path = Source(sha256=sha256).path
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            written.append(path)
            copy(bundle.folder / place_of(sha256), path)
        os.sync()
        yield
    except BaseException:
        if not Source.objects.exists():
            for path in written:
                path.unlink(missing_ok=True)
                part_of(path).unlink(missing_ok=True)
        raise


def copy(source: Path, target: Path) -> None:
    part = part_of(target)
    with source.open("rb") as received, part.open("wb") as file:
        while some := received.read(CHUNK):
            file.write(some)
    part.replace(target)


def part_of(target: Path) -> Path:
    """Return the name of a file while it is written."""
    return target.with_suffix(".part")


def insert(rows: Rows) -> None:
    """Bring the rows of a table into the database, as they were. Raises ImportRefusedError."""
    quote = connection.ops.quote_name
    into = f"{quote(rows.table.database_name)} ({', '.join(map(quote, rows.columns))})"
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copying:
                    for row in rows:
                        copying.write_row(row)
            else:
                places = ", ".join(["%s"] * len(rows.columns))
                cursor.executemany(f"INSERT INTO {into} VALUES ({places})", iter(rows))  # noqa: S608 - names of ours
    except DatabaseError as error:
        raise refused_by_database(rows, error) from error


def refused_by_database(rows: Rows, error: DatabaseError) -> ImportRefusedError:
    """Return the refusal of a row that breaks a rule of the database."""
    diagnosis = getattr(error.__cause__, "diag", None)
    why = diagnosis.message_primary if diagnosis else str(error)
    if diagnosis and (found := LINE_OF_COPY.search(diagnosis.context or "")):
        rows.line = int(found[1])
    return rows.refusal(f"the database refuses it ({why})")


def refuse_what_leads_nowhere(table: Table) -> None:
    """Raise ImportRefusedError where a row refers to one that is not there."""
    rows = table.model._base_manager
    for column in table.columns:
        if not column.refers_to:
            continue
        meant = column.refers_to._base_manager.filter(pk=OuterRef(column.attribute))
        lost = rows.filter(~Exists(meant), **{f"{column.attribute}__isnull": False}).order_by("pk")
        if found := lost.values_list("pk", column.attribute).first():
            line = rows.filter(pk__lte=found[0]).count()
            raise ImportRefusedError(
                f"{table.path}, line {line}: {column.name} {found[1]} leads nowhere: no such row. {GET_ANOTHER}"
            )


def refuse_other_sources(bundle: Bundle) -> None:
    """Raise ImportRefusedError where the bytes of a source are not there."""
    for name, sha256 in Source.objects.order_by("pk").values_list("name", "sha256").iterator():
        if sha256 not in bundle.sources:
            raise ImportRefusedError(f"{place_of(sha256)}, the bytes of {name}, is missing. {GET_ANOTHER}")
