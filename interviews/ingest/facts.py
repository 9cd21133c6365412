"""What a text says of itself, kept with its reading, so that a later reading shows what the file changed.

A curator may have set a fact otherwise. Therefore only what the file changed since it last stated the fact is
written: what it says as before stays as it is in the archive.
"""

from collections.abc import Iterator, Sequence

from interviews.ingest.transcript import Transcript

LONGEST = {"place": 200, "office": 200, "label": 200, "source_url": 1000}
TOGETHER = {"date": ("date", "date_precision"), "outlet": ("outlet", "outlet_country")}
SECOND = {"date_precision", "outlet_country"}


def facts_of(transcript: Transcript, numbers: Sequence[str], before: dict | None = None) -> dict:
    """Return {"header": {...}, "speakers": {label: {...}}, "turns": {number: {...}}, "earlier": {...}} as JSON values.

    `numbers` are those of the turns in the archive, in the order of the transcript; `before` are the facts of the
    reading before. "earlier" holds, as "header" and "speakers", what only an earlier reading stated, as the last of
    them did. What no column holds is cut; an address of a source that is too long is none.
    """
    as_stored = {turn.number: number for turn, number in zip(transcript.turns, numbers, strict=True)}
    header = header_facts(transcript)
    speakers = {key_of(speaker): _speaker_facts(speaker) for speaker in transcript.speakers}
    last = said_last(before or {})
    unstated = {label: _unstated(said, last["speakers"].get(label, {})) for label, said in speakers.items()}
    return {
        "header": header,
        "speakers": speakers,
        "turns": {as_stored[turn.number]: _turn_facts(turn, as_stored) for turn in transcript.turns},
        "earlier": {"header": _unstated(header, last["header"]), "speakers": unstated},
    }


def said_last(facts: dict) -> dict:
    """Return {"header": {...}, "speakers": {label: {...}}}: each fact as the last reading that stated it had it."""
    earlier = facts.get("earlier", {"header": {}, "speakers": {}})
    speakers = facts.get("speakers", {})
    return {
        "header": facts.get("header", {}) | earlier["header"],
        "speakers": {label: said | earlier["speakers"].get(label, {}) for label, said in speakers.items()},
    }


def _unstated(now, before):
    """Return what was stated and is not stated now, a date with its precision."""
    return {
        name: before[name] for fact, names in _together(now) if not now[fact] and before.get(fact) for name in names
    }


def _together(now):
    """Yield each fact with the names of the values that belong to it, itself the first."""
    for fact in (name for name in now if name not in SECOND):
        yield fact, [name for name in TOGETHER.get(fact, (fact,)) if name in now]


def header_facts(transcript: Transcript) -> dict:
    """Return what the head of the text says, as JSON values."""
    header = transcript.header
    return {
        "title": header.title or "",
        "date": header.date and header.date.isoformat(),
        "date_precision": header.precision,
        "time": header.time and header.time.isoformat(),
        "place": header.place[: LONGEST["place"]],
        "kind": header.kind,
        "language": header.language or "",
        "outlet": header.outlet,
        "outlet_country": header.outlet_country,
        "source_url": header.source_url if len(header.source_url) <= LONGEST["source_url"] else "",
    }


def key_of(voice) -> str:
    """Return what ties a turn to its speaker: the label, or the name where nothing labels the speech."""
    name = voice.name if hasattr(voice, "name") else voice.speaker
    return (voice.label or name or "")[: LONGEST["label"]]


def _speaker_facts(speaker):
    return {
        "part": speaker.part,
        "name": speaker.name,
        "office": speaker.office[: LONGEST["office"]],
        "outlet": speaker.outlet,
    }


def _turn_facts(turn, as_stored):
    return {
        "kind": turn.kind,
        "speaker": key_of(turn),
        "courtesy": turn.courtesy,
        "continues": turn.continues,
        "reply_to": as_stored.get(turn.reply_to),
    }


def changed(now: dict, before: dict | None) -> Iterator[tuple[str, dict, dict | None]]:
    """Yield (fact, its values now, its values before) of what is stated now and was not the same before.

    Without a before all that is stated is yielded. A date comes with its precision, an outlet with its country.
    """
    for fact, names in _together(now):
        values = {name: now[name] for name in names}
        values_before = None if before is None else {name: before.get(name) for name in names}
        if now[fact] and values != values_before:
            yield fact, values, values_before
