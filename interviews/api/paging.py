"""One page of rows as records, never heavier than a page should be."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from interviews.views.formats import as_json, root_of

from .cursors import cursor_at, place_of

HEAVIEST = 900_000  # bytes of records on a page
ALWAYS = ("id", "type", "url")


class AskedError(ValueError):
    """What a request asks for in words that are not understood."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a request finds: rows in the order of the column `key`, which no two share.

    `prepare(rows)` fetches for a page at once what `record(row, root)` tells of each; `schema` names its fields.
    """

    rows: object
    schema: type
    record: Callable
    prepare: Callable = list
    key: str = "pk"


def page_of(request, found: Rows, asked):
    """Return the response: as many records as asked for, fewer where they are long, and the address of the next."""
    wanted, rows = fields_asked(request, asked, found.schema), found.rows.order_by(found.key)
    if (after := place_of(asked.cursor, request)) is not None:
        rows = rows.filter(**{f"{found.key}__gt": after})
    fetched = list(rows[: asked.limit + 1])
    shown = fetched[: asked.limit]
    found.prepare(shown)
    records = within_weight(picked(found.record(row, root_of(request)), wanted) for row in shown)
    has_more = len(fetched) > len(records)
    last = getattr(shown[len(records) - 1], found.key) if has_more else None
    return as_json({"items": records, "next": next_url(request, last) if has_more else None})


def one_of(request, record, schema, asked):
    """Return the response for one record."""
    return as_json(picked(record, fields_asked(request, asked, schema)))


def next_url(request, place):
    """The whole address of the page behind a place."""
    query = request.GET.copy()
    query["cursor"] = cursor_at(place, request)
    return f"{root_of(request)}{request.path}?{query.urlencode()}"


def within_weight(records):
    """Return the first of some records, as many as are together light enough, one at least."""
    kept, weight = [], 0
    for record in records:
        weight += len(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if kept and weight > HEAVIEST:
            break
        kept.append(record)
    return kept


def fields_asked(request, asked, schema):
    """Return the names of the fields that are asked for, all where none is.

    Raises AskedError for one that there is not, and for a parameter that there is not: who misspells a filter would
    take all rows for those that were meant.
    """
    parameters = [field.alias or name for name, field in type(asked).model_fields.items()]
    wanted = [name.strip() for name in asked.fields.split(",") if name.strip()]
    refuse_unknown("parameter", request.GET, parameters)
    refuse_unknown("field", wanted, list(schema.model_fields))
    return wanted or list(schema.model_fields)


def refuse_unknown(what, names, known):
    if unknown := [name for name in names if name not in known]:
        raise AskedError(f"There is no {what} {unknown[0]!r}. There are: {', '.join(known)}.")


def picked(record, wanted):
    """Return the record with these fields and those that name it."""
    return {name: value for name, value in record.items() if name in wanted or name in ALWAYS}
