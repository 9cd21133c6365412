"""What the pure part of ingest hands on: a transcript as read, with nothing lost.

These classes import no Django; `store.py` turns them into rows, `inspect` prints them as JSON.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

PARSER_VERSION = "3"


class Severity(StrEnum):
    """What a problem means for the file."""

    REFUSE = "refuse"  # ingest does not store it
    DRAFT = "draft"  # stored, but hidden until a person has looked
    NOTE = "note"  # stored and published; a person may want to look


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that a person should know; what to do about it, where that depends on the place, is in
    mends.py.

    `code` is stable (lower_snake) because reports print it; `line` counts from 1, None for the whole file.
    """

    code: str
    line: int | None
    message: str
    severity: Severity


class UnreadableError(Exception):
    """The bytes are no text that could be read at all; `problem` says why and what to do."""

    def __init__(self, problem: Problem):
        super().__init__(problem.message)
        self.problem = problem


class Span(NamedTuple):
    """A stretch of the decoded text, [start, end) in characters, and what became of it.

    kind: turn | label | metadata | direction | boilerplate; `detail` is the number of the turn,
    the name of the fact (title, date, outlet ...) or the reason why it is boilerplate.
    """

    start: int
    end: int
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """One labelled stretch of speech.

    kind: question | answer | statement | moderator | direction; `lines` is the first and the last line
    of the source, counted from 1; `reply_to` is the number of the question that an answer answers.
    """

    number: str
    kind: str
    label: str | None
    speaker: str | None
    paragraphs: tuple[str, ...]
    lines: tuple[int, int]
    courtesy: bool = False
    continues: bool = False
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks under a label. part: interviewee | interviewer | moderator | interpreter.

    `name` is None where nobody is named (“Question”); `outlet` is whom a journalist asks for.
    """

    label: str
    name: str | None
    part: str
    office: str = ""
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; never anything from the file's name.

    `precision`: day | month | year. `outlet_country`: ISO 3166 code. `language`: ISO 639-1 code.
    `kind`: interview | press-conference | briefing | joint-press.
    """

    title: str | None = None
    date: datetime.date | None = None
    precision: str = "day"
    time: datetime.time | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    place: str = ""
    kind: str = "interview"
    language: str | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """One file as read. `spans` tile `text` (the decoded source) without gap or overlap.

    `translation`: of a file that holds the same conversation in two languages, the other version, read from the same
    text; the spans of each tile it all, and call the other's lines boilerplate “in another language”.
    """

    text: str
    encoding: str
    layout: str
    header: Header
    turns: tuple[SpokenTurn, ...]
    speakers: tuple[Speaker, ...]
    spans: tuple[Span, ...]
    problems: tuple[Problem, ...] = field(default=())
    translation: "Transcript | None" = None

    @property
    def refusal(self) -> Problem | None:
        """The first problem that forbids storing it, if any."""
        return next((p for p in self.problems if p.severity is Severity.REFUSE), None)


def read_texts(transcript: Transcript) -> list[tuple[str, str]]:
    """Return (kind, text) of each turn as read."""
    return [(turn.kind, "\n\n".join(turn.paragraphs)) for turn in transcript.turns]
