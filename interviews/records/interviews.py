"""Interviews as data."""

from interviews.partial_date import PartialDate

from .entities import entity_stub
from .rights import withheld_reason


def interview_stub(interview, root):
    """Return what names an interview: id, type, title, date as far as it is known (2019-12-05, 2019-12, 2019), url."""
    date = PartialDate.of(interview)
    return {
        "id": interview.identifier.urn,
        "type": "interview",
        "title": interview.title,
        "date": date.machine if date else None,
        "url": root + interview.get_absolute_url(),
    }


def interview_record(interview, root):
    """Return the facts of an interview, whose participations are fetched; of turns it holds none."""
    original, withheld = interview.translation_of, withheld_reason(interview)
    return interview_stub(interview, root) | {
        "kind": interview.kind,
        "time": interview.time.isoformat("minutes") if interview.time else None,
        "place": interview.place or None,
        "language": interview.language or None,
        "outlet": entity_stub(interview.outlet, root) if interview.outlet else None,
        "people": [voice_record(voice, root) for voice in interview.participations.all()],
        "source_url": interview.source_url or None,
        "translation_of": interview_stub(original, root) if original and original.is_published else None,
        "sample": interview.sample,
        "licence": (interview.source and interview.source.licence) or None,
        "withheld": withheld or None,
        "changed": interview.changed_at.isoformat(timespec="seconds"),
    }


def voice_record(voice, root):
    """Return who speaks in an interview: the name, the part, the label as written, the office at the time."""
    return {
        "name": voice.name,
        "part": voice.part,
        "label": voice.label or None,
        "office": voice.office or None,
        "person": entity_stub(voice.person, root) if voice.person else None,
        "outlet": entity_stub(voice.outlet, root) if voice.outlet else None,
    }
