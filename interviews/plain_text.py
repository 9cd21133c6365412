"""An interview as plain text: what it is, where it comes from, then every turn under its number."""

from interviews.models import Interview
from interviews.partial_date import PartialDate
from interviews.wording import language_name

SAMPLE = "Sample: the people and the words of this interview are invented."


def plain_text(interview, turns, *, source, url, archive):
    """Return the whole text with its head. `source` is the file it was read from or None, `url` its permalink."""
    parts = [_head(interview, source=source, url=url, archive=archive), *map(_turn, turns)]
    return "\n\n".join(parts) + "\n"


def _head(interview, *, source, url, archive):
    date = PartialDate.of(interview)
    origin = (source and source.origin_url) or interview.source_url
    facts = [
        *((None, _with_office(voice)) for voice in interview.voices("interviewee")),
        ("Asked by", _asking(interview)),
        ("Kind", interview.get_kind_display()),
        ("Date", date.words if date else ""),
        ("Place", interview.place),
        ("Language", language_name(interview.language) if interview.language else ""),
        ("Translation of", _original(interview)),
        ("Source", origin),
        ("Licence", source.licence if source else ""),
        ("Archive", archive),
        ("Permalink", url),
        (None, SAMPLE if interview.sample else ""),
    ]
    lines = [f"{name}: {words}" if name else words for name, words in facts if words]
    return "\n".join([interview.title, "", *lines])


def _asking(interview):
    named = [voice.person.name for voice in interview.voices("interviewer") if voice.person]
    return ", ".join([*named, *([interview.outlet.name] if interview.outlet else [])])


def _original(interview):
    original = interview.translation_of if interview.translation_of_id else None
    return original.title if original and original.status == Interview.Status.PUBLISHED else ""


def _with_office(voice):
    return f"{voice.name}, {voice.office}" if voice.office else voice.name


def _turn(turn):
    voice = f" {turn.speaker_name}" if turn.speaker_name else ""
    return f"[{turn.number.capitalize()}]{voice}\n{turn.text}"
