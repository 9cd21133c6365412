"""The archive -> a bundle."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db.models import Exists, OuterRef, QuerySet

from interviews.models import Interview, Reading, Source

from .about import ABOUT, is_bundle, said_of_archive
from .columns import as_json
from .describing import described
from .folder import Draft, place_of, replaced_whole
from .keys import last_keys
from .people import write_for_people
from .snapshot import one_state
from .tables import TABLES, Table

ROWS = 2_000  # held at a time
README = Path(__file__).with_name("README.txt")
line = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=as_json).encode


class ExportRefusedError(Exception):
    """A bundle that cannot be written; the message says why, and the mend."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How much a bundle holds."""

    interviews: int
    sources: int
    rows: int
    bytes: int


def export(target: Path, *, public: bool = False, site: str = "") -> Exported:
    """Write the archive, as it is at this moment, into the folder `target`.

    A public bundle holds what may be passed on: no tables, no source whose publisher forbids it. Of the same archive
    the bytes are the same. `site` is where it stands, such as https://archive.example, if that is to be told.
    Raises ExportRefusedError, FolderError, OSError; `target` is then as it was.
    """
    refuse_what_is_not_ours(target)
    with one_state(), replaced_whole(target, private=not public) as draft:
        tables = () if public else TABLES
        counts = {table.name: write_table(draft, table) for table in tables}
        sources = copy_sources(draft, public=public)
        write_for_people(draft, site=site)
        draft.write("README.txt", [README.read_text(encoding="utf-8")])
        draft.write("datapackage.json", described(draft, [table for table in tables if counts[table.name]]))
        about = said_of_archive(public=public, site=site) | {"tables": with_keys(counts, tables)}
        draft.write(ABOUT, [json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True), "\n"])
        draft.write_sums()
    size = sum(file.size for file in draft.files.values())
    return Exported(about["interviews"], sources, sum(counts.values()), size)


def refuse_what_is_not_ours(target: Path) -> None:
    """Raise ExportRefusedError where the target is anything but a new or empty folder, or a bundle."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ExportRefusedError(f"{target} is no folder. Name one that is not there yet.")
    if target.exists() and any(target.iterdir()) and not is_bundle(target):
        raise ExportRefusedError(f"{target} holds other files, which stay. Name a new folder, or one with a bundle.")


def write_table(draft: Draft, table: Table) -> int:
    """Write the rows of a table, by key, one a line -> their number. A table without rows has no file."""
    count = 0

    def pieces():
        nonlocal count
        rows = rows_of(table)
        while some := [f"{line(row)}\n" for row in islice(rows, ROWS)]:
            count += len(some)
            yield "".join(some)

    if table.model._base_manager.exists():
        draft.write(table.path, pieces())
    return count


def rows_of(table: Table) -> Iterator[dict]:
    names = [column.name for column in table.columns]
    attributes = [column.attribute for column in table.columns]
    rows = table.model._base_manager.order_by("pk").values_list(*attributes)
    return (dict(zip(names, row, strict=True)) for row in rows.iterator(ROWS))


def copy_sources(draft: Draft, *, public: bool) -> int:
    """Copy the sources as received -> their number. Raises ExportRefusedError where one is not as it was."""
    count = 0
    for source in sources_of(public=public).iterator(ROWS):
        try:
            copied = draft.copy(place_of(source.sha256), source.path)
        except FileNotFoundError:
            raise ExportRefusedError(f"{source.path} is not there. {BRING_BACK.format(source.name)}") from None
        if copied.sha256 != source.sha256:
            raise ExportRefusedError(f"{source.path} is not what was received. {BRING_BACK.format(source.name)}")
        count += 1
    return count


def sources_of(*, public: bool) -> QuerySet[Source]:
    """Return the sources that a bundle holds; a public one those of which readers may see and pass on all."""
    sources = Source.objects.order_by("sha256")
    if not public:
        return sources
    hidden = Reading.objects.filter(source=OuterRef("pk")).exclude(interview__status=Interview.Status.PUBLISHED)
    shown = Reading.objects.filter(source=OuterRef("pk"))
    return sources.filter(Exists(shown), ~Exists(hidden), redistribute=True)


BRING_BACK = "Bring it back from a former bundle or another copy of {}, then export again."


def with_keys(counts: dict[str, int], tables: Iterable[Table]) -> dict[str, dict[str, int]]:
    last = last_keys(tables)
    return {name: {"rows": rows, "last_key": last.get(name, 0)} for name, rows in counts.items()}
