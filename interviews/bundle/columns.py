"""Values of the database as values of JSON, and back: numbers, texts, truth; of days and moments ISO 8601, in UTC."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.backends.base.operations import BaseDatabaseOperations


class ValueRefusedError(ValueError):
    """A value that its column cannot hold; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a model: its name in a bundle, and the type that a Data Package knows it by."""

    name: str
    field: models.Field
    type: str
    format: str = ""

    @property
    def attribute(self) -> str:
        """What a query calls its plain value."""
        return self.field.attname

    @property
    def refers_to(self) -> type[models.Model] | None:
        return self.field.related_model

    def reader(self) -> Callable[[Any], Any]:
        """Return a function: a value of JSON -> what the database takes. It raises ValueRefusedError."""
        read = READERS[self.type, self.format](self.field)
        return (lambda value: None if value is None else read(value)) if self.field.null else read


def column_of(field: models.Field) -> Column:
    """Return the column of a field; of a reference its value is the key of the row that is meant."""
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
    return Column(field.name, field, *TYPES[kind])


TYPES = {
    "AutoField": ("integer",),
    "BigAutoField": ("integer",),
    "BigIntegerField": ("integer",),
    "PositiveIntegerField": ("integer",),
    "PositiveSmallIntegerField": ("integer",),
    "BooleanField": ("boolean",),
    "CharField": ("string",),
    "SlugField": ("string",),
    "TextField": ("string",),
    "UUIDField": ("string", "uuid"),
    "DateField": ("date",),
    "TimeField": ("time",),
    "DateTimeField": ("datetime",),
    "JSONField": ("any",),
}


def integers(field):
    plain = field.target_field if field.is_relation else field
    # Of any database: SQLite itself would take numbers that no other keeps.
    least, most = BaseDatabaseOperations.integer_field_ranges[plain.get_internal_type()]

    def read(value):
        if type(value) is int and least <= value <= most:
            return value
        raise ValueRefusedError(f"{json.dumps(value):.40} is no whole number from {least} to {most}")

    return read


def booleans(field):
    def read(value):
        if value is True or value is False:
            return value
        raise ValueRefusedError(f"{json.dumps(value):.40} is neither true nor false")

    return read


def strings(field):
    longest = field.max_length or float("inf")
    known = {choice for choice, _ in field.flatchoices} | ({""} if field.blank else set())

    def read(value):
        if type(value) is not str:
            raise ValueRefusedError(f"{json.dumps(value):.40} is no text")
        if len(value) > longest:
            raise ValueRefusedError(f"it has {len(value)} characters, {longest} are allowed")
        if field.choices and value not in known:
            raise ValueRefusedError(f"{json.dumps(value):.40} is none of {', '.join(sorted(filter(None, known)))}")
        return value

    return read


def parsed(what, parse, adapt, is_right=lambda value: True):
    """Return what makes a reader of texts that `parse` understands; `adapt` names the function of the database."""

    def reader_for(field):
        adapted = getattr(connection.ops, adapt)

        def read(value):
            try:
                found = parse(value)
                if is_right(found):
                    return adapted(found)
            except (TypeError, ValueError, OverflowError):
                pass
            raise ValueRefusedError(f"{json.dumps(value):.40} is no {what}")

        return read

    return reader_for


def uuids(field):
    def read(value):
        try:
            return field.get_db_prep_value(UUID(value), connection)
        except (TypeError, ValueError, AttributeError):
            raise ValueRefusedError(f"{json.dumps(value):.40} is no UUID") from None

    return read


def anything(field):
    return lambda value: field.get_db_prep_save(value, connection)


READERS = {
    ("integer", ""): integers,
    ("boolean", ""): booleans,
    ("string", ""): strings,
    ("string", "uuid"): uuids,
    ("date", ""): parsed("day as in 2019-12-05", date.fromisoformat, "adapt_datefield_value"),
    ("time", ""): parsed(
        "time as in 14:30:00",
        time.fromisoformat,
        "adapt_timefield_value",
        lambda found: found.tzinfo is None,
    ),
    ("datetime", ""): parsed(
        "moment as in 2019-12-05T14:30:00+00:00",
        datetime.fromisoformat,
        "adapt_datetimefield_value",
        lambda found: found.tzinfo is not None,
    ),
    ("any", ""): anything,
}


def as_json(value: Any) -> str:
    """Return what JSON has no form for as a text; for an encoder."""
    return str(value) if isinstance(value, UUID) else value.isoformat()
