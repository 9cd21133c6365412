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
PARAGRAPH_END = "\n\n"
SENTENCE_ENDS = (PARAGRAPH_END, *".!?…؟。！？")
ENDS_UNSPACED = re.compile(rf"[{UNSPACED}]\Z")
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


def turns_named(interview, name: str) -> list[Turn]:
    """Return the turns of an interview that have, or had, a version of this name; none that was withdrawn."""
    wanted = name.lower()
    if not NAME.fullmatch(wanted):
        return []
    had = set(
        Revision.objects.filter(turn__interview=interview, sha256__startswith=wanted).values_list("turn", flat=True)
    )
    turns = interview.turns.exclude(status=Turn.Status.WITHDRAWN).order_by("position")
    likely = [turn for turn in turns if turn.pk in had or Revision.digest(turn.text).startswith(wanted)]
    return [turn for turn in likely if version_named(turn, wanted)]


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
    A few words that stayed amid longer changes count as changed: whole phrases read better than single words.

    >>> changes("Both banks pay.", "Both shores pay.")
    [('same', 'Both '), ('removed', 'banks '), ('added', 'shores '), ('same', 'pay.')]
    """
    olds, news = pieces_of(old), pieces_of(new)
    keys = _compared(olds), _compared(news)
    found = []
    for outcome, start_old, end_old, start_new, end_new in _at_sentences(_in_phrases(steps(*keys)), *keys):
        if outcome == "equal":
            found.append(("same", "".join(news[start_new:end_new])))
            continue
        removed, added = "".join(olds[start_old:end_old]), "".join(news[start_new:end_new])
        found += [change for change in (("removed", removed), ("added", added)) if change[1]]
    return [change for change in found if change[1]]


def pieces_of(text: str) -> list[str]:
    """Return the words of a text, each with the white space after it; the end of a paragraph is one by itself."""
    return PIECE.findall(text)


def is_unspaced(text: str) -> bool:
    """Whether a text ends in a script that puts no space between its words."""
    return bool(ENDS_UNSPACED.search(text))


def _compared(pieces):
    return [piece if piece == PARAGRAPH_END else piece.rstrip() for piece in pieces]


def _in_phrases(opcodes):
    """Return the steps in which what is equal and shorter than both changes beside it has become part of them."""
    found = []
    for opcode in opcodes:
        found.append(opcode)
        while len(found) > 2 and _is_one_phrase(*found[-3:]):
            (_, start_old, _, start_new, _), _, (_, _, end_old, _, end_new) = found[-3:]
            found[-3:] = [("replace", start_old, end_old, start_new, end_new)]
    return found


def _is_one_phrase(before, between, after):
    return between[0] == "equal" and _size(between) < min(_size(before), _size(after))


def _size(opcode):
    _, start_old, end_old, start_new, end_new = opcode
    return max(end_old - start_old, end_new - start_new)


def _at_sentences(opcodes, olds, news):
    """Return the steps; what was only put in or only taken out begins with a sentence, where it can be told so.

    Of “We met. We spoke. We left.” without “spoke. We” this says that “We spoke.” went.
    """
    for at, (outcome, *places) in enumerate(opcodes):
        if outcome not in ("insert", "delete") or not 0 < at < len(opcodes) - 1:
            continue
        pieces, start, end = (news, *places[2:]) if outcome == "insert" else (olds, *places[:2])
        _, start_before, end_before, *_ = opcodes[at - 1]
        if shift := _shift(pieces, start, end, most=end_before - start_before):
            _move_back(opcodes, at, shift)
    return opcodes


def _shift(pieces, start, end, *, most):
    """Return by how many words a stretch can begin earlier, its words the same, so that it begins with a sentence."""
    for shift in range(most + 1):
        if start == shift or pieces[start - shift - 1].endswith(SENTENCE_ENDS):
            return shift
        if pieces[start - shift - 1] != pieces[end - shift - 1]:
            break
    return 0


def _move_back(opcodes, at, shift):
    """Let a step begin and end so many words earlier, between two that are equal."""
    (_, *before), (outcome, *places), (_, *after) = opcodes[at - 1 : at + 2]
    opcodes[at - 1] = ("equal", before[0], before[1] - shift, before[2], before[3] - shift)
    opcodes[at] = (outcome, *(place - shift for place in places))
    opcodes[at + 1] = ("equal", after[0] - shift, after[1], after[2] - shift, after[3])
