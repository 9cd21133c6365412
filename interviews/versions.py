"""The versions of a turn: every text that its address ever showed, since when, and from which source.

A version is named by the first digits of the SHA-256 of its text. The name speaks of the turn's own words: a question
and its answer have versions of their own.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from interviews.ingest.differences import UNSPACED, steps
from interviews.models import Revision, Source, Turn

DIGITS = 8
FEWEST_DIGITS = 4
NAME = re.compile(f"[0-9a-f]{{{FEWEST_DIGITS},64}}")
# A word with the white space after it; where a paragraph ends counts as a word.
PIECE = re.compile(rf"\n\n|(?:[{UNSPACED}]|[^\s{UNSPACED}]+)(?:(?!\n\n)\s)*|\s")


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a turn, from `since` until `until`, the moments when the archive took it in and replaced it.

    `short` names it in addresses. `source` is the file it was read in; None where a curator wrote it (`by_curator`,
    with the `reason` that was given) or where no file is known. The last text of a turn that was moved or withdrawn
    stood until then.
    """

    text: str
    sha256: str
    since: datetime | None = None
    until: datetime | None = None
    source: Source | None = None
    by_curator: bool = False
    reason: str = ""

    @property
    def short(self) -> str:
        return self.sha256[:DIGITS]

    @property
    def is_current(self) -> bool:
        return self.until is None


def versions_of(turn: Turn) -> list[Version]:
    """Return every text of a turn that readers could see, newest first; the present one is always the first.

    A text that came back stands here twice: each time that it was shown is a version of its own. What was replaced
    before the interview was published was never cited, and stays with the curators.
    """
    former = list(turn.revisions.select_related("reading__source"))
    texts = [(turn.text, Revision.digest(turn.text), None if turn.status == "current" else turn.changed_at)]
    texts += [(revision.text, revision.sha256, revision.replaced_at) for revision in former]
    origins = [_origin_in(revision) for revision in former] + [_first_origin(turn)]
    published_at = turn.interview.published_at
    return [
        Version(text, sha256, until=until, **origin)
        for (text, sha256, until), origin in zip(texts, origins, strict=True)
        if until is None or published_at is None or until > published_at
    ]


def version_named(turn: Turn, name: str) -> Version | None:
    """Return the version of a turn that a name means: its newest text whose SHA-256 begins so; None for none.

    Capitals do not matter. Fewer than 4 digits, what is no hexadecimal number, and digits with which several texts of
    the turn begin, name none.
    """
    wanted = name.lower()
    if not NAME.fullmatch(wanted):
        return None
    found = [version for version in versions_of(turn) if version.sha256.startswith(wanted)]
    return found[0] if len({version.sha256 for version in found}) == 1 else None


def standing_at(turn: Turn, moment: datetime | None) -> Version | None:
    """Return the text that a turn had until a moment, at which it may have been replaced; None before its first.

    Without a moment: the present text.
    """
    for version in versions_of(turn):
        begun = version.since is None or moment is None or version.since < moment
        if begun and (version.until is None or (moment and moment <= version.until)):
            return version
    return None


def _origin_in(revision):
    """Return when and whence the text came by which a revision was replaced."""
    since, reading = revision.replaced_at, revision.reading
    if reading:
        return {"since": since, "source": reading.source}
    return {"since": since, "by_curator": True, "reason": revision.reason}


def _first_origin(turn):
    """Return the same of a turn's first text: the first file received that has the turn."""
    readings = turn.interview.readings.filter(facts__turns__has_key=turn.number)
    first = readings.select_related("source").only("source").order_by("source__received_at", "pk").first()
    return {"since": first and first.source.received_at, "source": first and first.source}


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """Return the differences of two texts word by word, as ("same" | "added" | "removed", words with their spaces).

    What is same and added, joined, is the new text to the character. Of Chinese and Japanese each character is a word.

    >>> changes("Both banks pay.", "Both shores pay.")
    [('same', 'Both '), ('removed', 'banks '), ('added', 'shores '), ('same', 'pay.')]
    """
    olds, news = PIECE.findall(old), PIECE.findall(new)
    found = []
    for outcome, start_old, end_old, start_new, end_new in steps(_compared(olds), _compared(news)):
        if outcome == "equal":
            found.append(("same", "".join(news[start_new:end_new])))
            continue
        removed, added = "".join(olds[start_old:end_old]), "".join(news[start_new:end_new])
        found += [piece for piece in (("removed", removed), ("added", added)) if piece[1]]
    return found


def _compared(pieces):
    return [piece if piece == "\n\n" else piece.rstrip() for piece in pieces]
