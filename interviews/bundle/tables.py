"""What of the database a bundle holds: every table that no program can make anew."""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth import get_user_model
from django.db import models

from interviews.models import (
    Alias,
    Authority,
    Conflict,
    Curation,
    Decision,
    Entity,
    FormerAddress,
    IndexChange,
    Interview,
    Mention,
    Merge,
    Participation,
    Reading,
    ReadingProblem,
    Retagging,
    Revision,
    Rule,
    Sought,
    Source,
    SourceName,
    Turn,
)

from .columns import Column, column_of


@dataclass(frozen=True, eq=False)
class Table:
    """A model, the file of its rows, and which of its fields they have: all, unless some are named.

    `restored` is what the others are when a row is restored, where that is not their default.
    """

    name: str
    model: type[models.Model]
    fields: tuple[str, ...] = ()
    restored: dict = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its file in a bundle."""
        return f"tables/{self.name}.jsonl"

    @property
    def database_name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> models.Field:
        return self.model._meta.pk

    @property
    def counts_its_keys(self) -> bool:
        """Whether the database gives its rows their keys."""
        return isinstance(self.key, models.AutoField)

    @cached_property
    def columns(self) -> list[Column]:
        """What each row has, by name: the order in which it is written."""
        fields = [each for each in self.model._meta.concrete_fields if not self.fields or each.name in self.fields]
        return sorted(map(column_of, fields), key=lambda column: column.name)

    @property
    def others(self) -> list[models.Field]:
        """The fields that a bundle leaves out."""
        written = {column.name for column in self.columns}
        return [each for each in self.model._meta.concrete_fields if each.name not in written]


# Of people who curate the names alone, so that who did what is known; nobody signs in by them.
USERS = Table(
    "users",
    get_user_model(),
    fields=("id", "username", "first_name", "last_name"),
    restored={"password": "!", "is_active": False},
)
TABLES = (
    USERS,
    Table("entities", Entity),
    Table("aliases", Alias),
    Table("authority", Authority),
    Table("sources", Source),
    Table("source-names", SourceName),
    Table("interviews", Interview),
    Table("participations", Participation),
    Table("turns", Turn),
    Table("readings", Reading),
    Table("problems", ReadingProblem),
    Table("conflicts", Conflict),
    Table("revisions", Revision),
    Table("former-addresses", FormerAddress),
    Table("rules", Rule),
    Table("decisions", Decision),
    Table("merges", Merge),
    Table("curations", Curation),
    Table("mentions", Mention),
    Table("retaggings", Retagging),
    Table("sought", Sought),
)
# What the data files bring into an archive that is otherwise empty.
OF_THE_DATA_FILES = (Alias, Authority, Entity)
# The index is built anew from what is restored.
LEFT_OUT = (IndexChange,)
