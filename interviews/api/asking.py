"""What can be asked for, parameter by parameter."""

import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, create_model

from interviews.search.language.request import FACET_NOUNS, SORTS, cleaned

from .schemas import EntityKind, InterviewKind

EARLIEST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)


def _in_our_time(moment):
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("is not between 1970 and 2200")
    return moment


Since = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Words = Annotated[str, AfterValidator(cleaned)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
SINCE = Field(None, description="Only what was changed then or later, as 2026-01-31T00:00:00Z.")
SPEAKER = Field(None, description="The id of a person who answers.")
OUTLET = Field(None, description="The id of the outlet that asks.")


class Fields(Schema):
    """What of a record is wanted."""

    fields: str = Field("", max_length=500, description="Names of fields, separated by commas; without it all.")


class Paged(Fields):
    """Which page is wanted."""

    limit: int = Field(20, ge=1, le=100, description="Records on a page; fewer come where they are long.")
    cursor: str = Field("", max_length=500, description="Where the page begins: take it from next.")


class OfInterviews(Paged):
    since: datetime.date | None = Field(None, alias="from", description="The first day.")
    until: datetime.date | None = Field(None, alias="to", description="The last day.")
    kind: InterviewKind | None = None
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = Field(None, description="ISO 639-1, as en or ru.")
    outlet: UUID | None = OUTLET
    speaker: UUID | None = SPEAKER
    country: Country | None = Field(None, description="ISO 3166: interviews that speak of it.")
    changed_since: Since | None = SINCE


class OfAnswers(Paged):
    speaker: UUID | None = SPEAKER
    outlet: UUID | None = OUTLET
    entity: UUID | None = Field(None, description="The id of what they speak of, in the answer or its question.")
    interview: UUID | None = Field(None, description="The id of their interview.")
    changed_since: Since | None = SINCE


class OfEntities(Paged):
    kind: EntityKind | None = None
    name: Words = Field("", max_length=100, description="Letters that a name or an alias holds, in any case.")
    iso: Country | None = Field(None, description="ISO 3166.")
    wikidata: Annotated[str, Field(pattern="^Q[0-9]{1,11}$")] | None = None


class _Search(Fields):
    q: str = Field("", max_length=1000, description="Words, as the search page takes them: see /search/help/.")
    since: str = Field("", alias="from", max_length=50, description="The first day, month or year.")
    until: str = Field("", alias="to", max_length=50, description="The last day, month or year.")
    sort: Literal[("", *SORTS)] = Field("", description="relevance where there are words, else newest.")
    cursor: str = Field("", max_length=500, description="Where the page begins: take it from next.")


OfSearch = create_model(
    "OfSearch",
    __base__=_Search,
    **{
        facet: (list[str], Field([], max_length=50, description=f"Only this {noun}; with - before it, not this one."))
        for facet, noun in FACET_NOUNS.items()
    },
)
