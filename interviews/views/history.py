"""What became of the words: the versions of one turn, and what each file and each curator changed in an interview."""

from dataclasses import dataclass, field
from datetime import datetime

from django.shortcuts import render

from interviews.ingest.differences import What
from interviews.models import Revision, Source, Turn
from interviews.records import interview_stub, of_one, source_record, turn_stub, version_record, withheld_reason
from interviews.reworded import reworded
from interviews.versions import Version, versions_of

from .formats import also_as, root_of
from .permanence import find_interview, find_turn, permanent

# What a reading did to a turn; facts and conflicts are told otherwise, or are for curators alone.
BECAME = {
    What.CHANGED: "reworded",
    What.SPLIT: "parted, its end now in",
    What.MERGED: "joined to",
    What.REMOVED: "left out",
    What.INSERTED: "added",
    What.RETURNED: "back in the text",
}
# Of an interview these are for curators.
UNTOLD = ("status", "text")


@dataclass(frozen=True, slots=True)
class Step:
    """A version with its number, from 1, and how it differs from the one before: nothing for the first."""

    number: int
    version: Version
    difference: list


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a turn, or to the interview where there is none; of a fact what it was before and after."""

    turn: Turn | None
    what: str
    others: list[Turn] = field(default_factory=list)
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A file that was read, or a curator at work where there is none, and what that changed."""

    at: datetime
    source: Source | None
    changes: list[Told]
    is_first: bool = False


def turn_history_as_json(request, dated, slug, number):
    """Every version of a turn, newest first, and the turns that were joined to it."""
    turn, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    root, joined = root_of(request), of_one(turn.interview, turn.moved_from.order_by("position"))
    url = root + turn.get_absolute_url()
    return turn_stub(turn, root) | {
        "interview": interview_stub(turn.interview, root),
        "stands_at": turn_stub(place, root),
        "withheld": withheld_reason(turn.interview) or None,
        "joined": [turn_stub(each, root) for each in joined],
        "versions": [
            version_record(each)
            | {"url": f"{url}?v={each.short}"}
            | {"text": None if withheld_reason(turn.interview, each) else each.text}
            for each in versions_of(turn)
        ],
    }


@permanent
@also_as(json=turn_history_as_json)
def turn_history(request, dated, slug, number):
    """Every version of a turn, newest first, each with what it changed. Of a turn that was merged those until then."""
    turn, place = find_turn(dated=dated, slug=slug, number=number, reader=request.user)
    question = turn.reply_to if turn.reply_to and turn.reply_to.status == Turn.Status.CURRENT else None
    context = {
        "interview": turn.interview,
        "turn": turn,
        "place": place,
        "steps": steps_of(versions_of(turn)),
        "question": question,
        "question_versions": versions_of(question) if question else [],
        "joined": turn.moved_from.order_by("position"),
    }
    return render(request, "turn_history.html", context)


def steps_of(versions):
    """Return the steps by which a text became what it is, newest first."""
    before = [*versions[1:], None]
    return [
        Step(len(versions) - at, version, reworded(former.text, version.text) if former else [])
        for at, (version, former) in enumerate(zip(versions, before, strict=True))
    ]


def interview_history_as_json(request, dated, slug):
    """What became of an interview, newest first."""
    interview, events = events_of(request, dated, slug)
    root = root_of(request)
    return interview_stub(interview, root) | {"events": [event_record(event, root) for event in events]}


def event_record(event, root):
    """What happened at once, as data; the file is None where a curator was at work."""
    return {
        "at": event.at.isoformat(timespec="seconds"),
        "file": source_record(event.source) if event.source else None,
        "first": event.is_first,
        "changes": [
            {
                "turn": turn_stub(told.turn, root) if told.turn else None,
                "what": told.what,
                "others": [turn_stub(each, root) for each in told.others],
                "before": told.before or None,
                "after": told.after or None,
            }
            for told in event.changes
        ],
    }


@permanent
@also_as(json=interview_history_as_json)
def interview_history(request, dated, slug):
    """The files that an interview was read from, newest first, what each changed, and what curators corrected."""
    interview, events = events_of(request, dated, slug)
    return render(request, "interview_history.html", {"interview": interview, "events": events})


def events_of(request, dated, slug):
    """Return (interview, its events, newest first)."""
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    turns = {turn.number: turn for turn in interview.turns.all()}
    for turn in turns.values():
        turn.interview = interview
    events = sorted([*files_of(interview, turns), *corrections_of(interview, turns)], key=lambda each: each.at)
    return interview, events[::-1]


def files_of(interview, turns):
    """Yield an event for the first file and one for each that changed something; a file that came back has both.

    What one changed before readers could see the interview is not told.
    """
    readings = list(interview.readings.select_related("source").defer("spans", "facts", "sketch"))
    if readings:
        first = min((reading.source for reading in readings), key=lambda source: source.received_at)
        yield Event(first.received_at, first, [], is_first=True)
    for reading in readings:
        was_seen = interview.published_at is None or reading.read_at > interview.published_at
        changes = [told for change in reading.changes if was_seen and (told := told_of(change, turns))]
        if changes:
            yield Event(reading.read_at, reading.source, changes)


def told_of(change, turns):
    """Return a change as it is kept with a reading, in words; None for what is a curator's business."""
    outcome, turn, fact = change["outcome"], turns.get(change.get("number")), change.get("fact", "")
    if outcome == What.FACT and fact not in UNTOLD:
        what = f"{change['label']}, {fact}" if change.get("label") else fact
        return Told(turn, what, before=change.get("before", ""), after=change.get("after", ""))
    if turn and outcome == What.MOVED:
        after = turns.get(change.get("after"))
        return Told(turn, "moved, to stand after" if after else "moved to the beginning", [after] if after else [])
    if turn is None or outcome not in BECAME:
        return None
    return Told(turn, BECAME[outcome], [turns[number] for number in change.get("numbers", ()) if number in turns])


def corrections_of(interview, turns):
    """Yield an event for each correction by a curator that readers could see."""
    by_hand = Revision.objects.filter(turn__interview=interview, reading=None)
    if interview.published_at:
        by_hand = by_hand.filter(replaced_at__gt=interview.published_at)
    by_key = {turn.pk: turn for turn in turns.values()}
    for revision in by_hand.order_by("replaced_at", "pk"):
        yield Event(revision.replaced_at, None, [Told(by_key[revision.turn_id], "corrected", after=revision.reason)])
