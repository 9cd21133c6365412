"""What goes into the store, a file as received, and what comes out of it."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property

from interviews.ingest.differences import Change
from interviews.ingest.nearby import Nearby
from interviews.ingest.prepared import Prepared
from interviews.ingest.transcript import Problem
from interviews.models import Interview


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rights:
    """Where a text comes from and what may be done with it; None leaves what is known as it is."""

    licence: str | None = None
    origin_url: str | None = None
    redistribute: bool | None = None

    def stated(self):
        """Return what is stated, as {field of Source: value}."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def of(cls, source):
        return cls(source.licence, source.origin_url, source.redistribute)


@dataclass(frozen=True)
class Received:
    """One file as received: its path below the ingest root, its bytes, and what the person says about it.

    `place` is where the file lies on this machine, '' where it was uploaded.
    `encoding` overrides the detection: '' is detection, None what was named for these bytes or an earlier version.
    `statements` stores it though nobody asks a question. `is_new`: the archive holds nothing of these bytes or of
    this name, no need to look. `read_ahead` waits for what is read in it already.
    """

    name: str
    data: bytes
    rights: Rights = field(default_factory=Rights)
    date: datetime.date | None = None
    encoding: str | None = None
    statements: bool = False
    sample: bool = False
    place: str = ""
    is_new: bool = False
    read_ahead: Callable[[], Prepared] | None = None

    @cached_property
    def sha256(self):
        return hashlib.sha256(self.data).hexdigest()

    def how_to_read(self):
        """Return what a person said of how to read it, as options of `read_transcript`."""
        return {"encoding": self.encoding, "statements": self.statements}

    def by_hand(self):
        """Return what is kept of that with the reading, for the next version of the parser."""
        return {name: value for name, value in self.how_to_read().items() if value}


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one file; `reason` is for people and may be empty.

    `changes` are what a new version changes in the archive; `translation` is what became of the second text of a
    file that holds one in two languages; `is_superseded`: the archive holds a newer version of this file.
    """

    outcome: Outcome
    interview: Interview | None = None
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    changes: tuple[Change, ...] = ()
    translation: "Stored | None" = None
    is_superseded: bool = False


@dataclass(slots=True)
class Run:
    """What a run over many files remembers of those before: the name of the file that wrote each interview (by its
    key), and the interviews near in time to one that was looked at."""

    written: dict[int, str] = field(default_factory=dict)
    nearby: Nearby = field(default_factory=Nearby)


class RefusedError(Exception):
    """The file cannot be stored, and nothing of it was; the message says why and what to do."""
