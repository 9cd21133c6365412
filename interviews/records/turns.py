"""Questions, answers and whatever else is said, as data."""

from interviews.models import Revision
from interviews.tagging.tags import marks_of, tags_of
from interviews.versions import DIGITS

from .entities import entity_stub
from .interviews import interview_stub, voice_record
from .rights import withheld_reason


def turn_stub(turn, root):
    """Return what names a turn: id, type, number, url."""
    return {
        "id": turn.identifier.urn,
        "type": turn.kind,
        "number": turn.number,
        "url": root + turn.get_absolute_url(),
    }


def turn_record(turn, root):
    """Return a turn fetched `for_reading()`, with its words, what it answers, who speaks and what is spoken of.

    `version` names its present words (`?v=` of its address); mentions count characters of `text` from 0.
    """
    withheld = withheld_reason(turn.interview)
    asked = question_of(turn)
    return turn_stub(turn, root) | {
        "interview": interview_stub(turn.interview, root),
        "speaker": voice_record(turn.participation, root) if turn.participation else None,
        "reply_to": turn_stub(asked, root) | {"text": None if withheld else asked.text} if asked else None,
        "courtesy": turn.courtesy,
        "text": None if withheld else turn.text,
        "withheld": withheld or None,
        "version": Revision.digest(turn.text)[:DIGITS],
        "changed": turn.changed_at.isoformat(timespec="seconds"),
        "about": [entity_stub(entity, root) for entity in tags_of(turn)],
        "mentions": [] if withheld else [mention_record(mark, turn, root) for mark in marks_of(turn)],
    }


def question_of(turn):
    """Return the question that a turn answers, as far as it still stands; else None."""
    asked = turn.reply_to
    if asked is None or asked.status != "current":
        return None
    asked.interview = turn.interview
    return asked


def of_one(interview, turns):
    """Yield the turns of one interview, which knows already what is asked of it."""
    for turn in turns:
        turn.interview = interview
        yield turn


def mention_record(mark, turn, root):
    """Return the words that stand for an entity, and where."""
    return {
        "start": mark.start,
        "end": mark.end,
        "words": turn.text[mark.start : mark.end],
        "entity": entity_stub(mark.entity, root)["id"],
    }
