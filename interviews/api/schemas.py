"""What the records hold, field by field: what `interviews.records` makes, described for the OpenAPI document."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from interviews.models import Alias, Entity, Interview, Participation, Turn

EntityKind = Literal[tuple(Entity.Kind.values)]
InterviewKind = Literal[tuple(Interview.Kind.values)]
TurnKind = Literal[tuple(Turn.Kind.values)]

Id = Annotated[str, Field(description="A name for ever: urn:uuid:…", pattern="^urn:uuid:[0-9a-f-]{36}$")]
Address = Annotated[str, Field(description="The permanent address of its page.")]
PartialDate = Annotated[str, Field(description="As far as it is known: 2019-12-05, 2019-12 or 2019.")]
Moment = Annotated[str, Field(description="ISO 8601 with its zone.")]
Language = Annotated[str, Field(description="ISO 639-1, as en or ru.")]
Withheld = Annotated[str, Field(description="Why the text may not be passed on; then there is none.")]


class Told(BaseModel):
    """Part of a record."""

    model_config = ConfigDict(extra="forbid")


def _only_names_are_sure(schema):
    """With `fields` a record holds less."""
    schema["required"] = [name for name in ("id", "type", "url") if name in schema["properties"]]


class Record(Told):
    """A record: fields chooses what it holds; its names it always does."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_only_names_are_sure)


class EntityStub(Told):
    """What names an entity."""

    id: Id
    type: EntityKind
    name: str
    url: Address


class InterviewStub(Told):
    """What names an interview."""

    id: Id
    type: Literal["interview"]
    title: str
    date: PartialDate | None
    url: Address


class TurnStub(Told):
    """What names a turn."""

    id: Id
    type: TurnKind
    number: str = Field(description="Its name in its interview: q3, a3, s1 …")
    url: Address


class Question(TurnStub):
    """The question that an answer replies to."""

    text: str | None


class Voice(Told):
    """Who speaks."""

    name: str
    part: Literal[tuple(Participation.Part.values)]
    label: str | None = Field(description="As the transcript writes it.")
    office: str | None = Field(description="The office held at the time.")
    person: EntityStub | None
    outlet: EntityStub | None = Field(description="For whom a journalist asks.")


class InterviewRecord(Record):
    """The facts of an interview; its words are those of its turns."""

    id: Id
    type: Literal["interview"]
    title: str
    date: PartialDate | None
    url: Address
    kind: InterviewKind
    time: str | None = Field(description="Of the day, where it was given, as 14:30.")
    place: str | None
    language: Language | None
    outlet: EntityStub | None = Field(description="Who asked.")
    people: list[Voice]
    source_url: str | None = Field(description="Where it was published.")
    translation_of: InterviewStub | None
    sample: bool = Field(description="Whether its words were invented for this software.")
    licence: str | None
    withheld: Withheld | None
    changed: Moment


class Mention(Told):
    """Words that stand for an entity."""

    start: int = Field(description="Characters of the text before them.")
    end: int
    words: str
    entity: Id


class TurnRecord(Record):
    """A question, an answer or whatever else is said."""

    id: Id
    type: TurnKind
    number: str = Field(description="Its name in its interview: q3, a3, s1 …")
    url: Address
    interview: InterviewStub
    speaker: Voice | None
    reply_to: Question | None
    courtesy: bool = Field(description="Whether it is without substance, such as thanks.")
    text: str | None = Field(description="Its words, paragraphs parted by an empty line.")
    withheld: Withheld | None
    version: str = Field(description="The name of these words, ?v= of the address.")
    changed: Moment
    about: list[EntityStub]
    mentions: list[Mention]


class Name(Told):
    """A name of an entity."""

    text: str
    language: Language | None
    kind: Literal[tuple(Alias.Kind.values)]


class EntityRecord(Record):
    """A country, person, outlet, organisation, place, document or event."""

    id: Id
    type: EntityKind
    name: str
    url: Address
    iso_code: str | None = Field(description="ISO 3166, of countries.")
    wikidata: str | None
    country: EntityStub | None
    note: str | None = Field(description="What it is, in one line.")
    verified: bool = Field(description="Whether a person vouches for it.")
    aliases: list[Name]


class Hit(Record):
    """An answer that a search found. What matched is marked in snippet and title, which are HTML."""

    id: Id | None
    url: Address
    kind: TurnKind
    language: str
    question: str
    snippet: str
    title: str | None
    matches: int
    speaker: str
    outlet: str
    date: PartialDate
    countries: list[str] = Field(description="ISO 3166, those spoken of.")
    more: int = Field(description="Further answers of the same interview.")


class Page(BaseModel):
    """One page; next is the address of the next one."""

    next: str | None


class Interviews(Page):
    items: list[InterviewRecord]


class Turns(Page):
    items: list[TurnRecord]


class Entities(Page):
    items: list[EntityRecord]


class Hits(Page):
    found: int = Field(description="How many answers there are.")
    complete: bool = Field(description="False where time ran out and only part of the archive was looked through.")
    notices: list[str] = Field(description="What of the query was not understood.")
    items: list[Hit]


class Refusal(BaseModel):
    """Why there is no such answer; of what was withdrawn also the reason, the day and the citation."""

    model_config = ConfigDict(extra="allow")

    status: int
    error: str
    reason: Any = None
