"""The description of a bundle as a Data Package, version 2: each file, the licence of each text, all columns.

https://datapackage.org/standard/data-package/
"""

import inspect
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.db.models import Model, UUIDField

from interviews.models import Source

from .columns import Column
from .folder import Draft, place_of
from .people import SHEETS, Sheet, tei_of
from .published import published
from .tables import Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
# The standard wants a name or an address of each licence; what publishers say is neither.
AS_STATED = "as-stated"


def described(draft: Draft, tables: Iterable[Table]) -> Iterator[str]:
    """Yield the description of what was written so far, a file a line. `tables` are those with rows."""
    head = {
        "$schema": PROFILE,
        "name": "interview-archive",
        "title": settings.ARCHIVE_NAME,
        "description": "Transcripts of questions and answers, what was read in them and what curators said of it. "
        "The licence of each text is told with its source.",
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "resources": [\n  '
    for number, resource in enumerate(resources(draft, tables)):
        yield (",\n  " if number else "") + json.dumps(resource, ensure_ascii=False)
    yield "\n ]\n}\n"


def resources(draft: Draft, tables: Iterable[Table]) -> Iterator[dict]:
    for sheet in SHEETS:
        yield file_of(draft, f"people-{sheet.name}", sheet.path, title=sheet.title) | csv_of(sheet)
    names = {table.model: table.name for table in tables}
    for table in tables:
        yield file_of(draft, table.name, table.path, **jsonl_of(table, names))
    yield from interviews(draft)
    yield from sources(draft)


def file_of(draft: Draft, name: str, path: str, **more) -> dict:
    written = draft.files[path]
    facts = {"$schema": RESOURCE, "name": name, "path": path, "hash": f"sha256:{written.sha256}"}
    return facts | {"bytes": written.size, **more}


def csv_of(sheet: Sheet) -> dict:
    fields = [{"name": name, "type": "string", "description": words} for name, words in sheet.columns.items()]
    # Dates known to the year alone are no dates of the standard.
    return {
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": ["id"]},
    }


def jsonl_of(table: Table, names: dict[type[Model], str]) -> dict:
    """Return what a table holds: every line of its file is an object with these fields. `names` are those with rows."""
    references = [
        {
            "fields": [column.name],
            "reference": {"resource": names[column.refers_to], "fields": [column.field.target_field.name]},
        }
        for column in table.columns
        if column.refers_to in names
    ]
    schema = {"fields": [field_of(column) for column in table.columns], "primaryKey": [table.key.name]}
    schema["missingValues"] = []  # an empty text is a text; what is not there is null
    return {
        "description": " ".join(inspect.getdoc(table.model).split()),
        "type": "table",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": references} if references else {}),
    }


def field_of(column: Column) -> dict:
    field = column.field
    described = {"name": column.name, "type": column.type, "title": str(field.verbose_name)}
    if column.format:
        described["format"] = column.format
    if field.help_text:
        described["description"] = str(field.help_text)
    return described | {"constraints": constraints_on(field)}


def constraints_on(field) -> dict:
    constraints = {"required": not field.null}
    if field.unique:
        constraints["unique"] = True
    if field.max_length and not field.is_relation and not isinstance(field, UUIDField):
        constraints["maxLength"] = field.max_length
    if field.choices:
        constraints["enum"] = [value for value, _ in field.flatchoices] + ([""] if field.blank else [])
    return constraints


def interviews(draft: Draft) -> Iterator[dict]:
    for interview in chain.from_iterable(published()):
        more = {"title": interview.title, "mediatype": "application/tei+xml", "encoding": "utf-8"}
        rights = rights_in(interview.source) if interview.source else {}
        yield file_of(draft, f"tei-{interview.identifier}", tei_of(interview), **more, **rights)


def sources(draft: Draft) -> Iterator[dict]:
    """Yield the texts as received that lie in the bundle."""
    for source in Source.objects.order_by("sha256").iterator():
        path = place_of(source.sha256)
        if path in draft.files:
            yield file_of(draft, f"source-{source.sha256}", path, title=source.name, **rights_in(source))


def rights_in(source: Source) -> dict:
    """Return on what terms a text may be used, and whence it came."""
    rights = {"redistribute": source.redistribute}
    if source.licence:
        rights["licenses"] = [{"name": AS_STATED, "title": source.licence}]
    if source.origin_url:
        rights["sources"] = [{"title": source.name, "path": source.origin_url}]
    return rights
