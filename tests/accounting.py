"""What must be true of every text that was read: its spans tile it, and its turns stand in it, in order."""

import re
from html import unescape

from interviews.ingest.read import read_transcript
from interviews.ingest.spans import coverage

NO_WORDS = re.compile(r"[\s\u00ad\u200b\ufeff\u2060-\u2069\u200e\u200f\u202a-\u202e]+")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SPOKEN = ("turn", "direction")
KINDS = {*SPOKEN, "label", "metadata", "boilerplate"}


def assert_nothing_lost(data: bytes):
    """Read a text, assert that nothing of it is lost, and return the transcript. Raises UnreadableError."""
    transcript = read_transcript(data)
    assert_spans_tile(transcript)
    assert_turns_stand_in_order(transcript)
    for turn in transcript.turns:
        stretches = (transcript.text[span.start : span.end] for span in _stretches(transcript, turn))
        assert _letters("".join(turn.paragraphs)) == _letters("".join(stretches))
    return transcript


def assert_spans_tile(transcript):
    at = 0
    for span in transcript.spans:
        assert span.start == at < span.end
        at = span.end
    assert at == len(transcript.text)
    assert {span.kind for span in transcript.spans} <= KINDS
    assert sum(coverage(transcript.spans).values()) == len(transcript.text)
    assert not [span for span in transcript.spans if span.detail in ("unclaimed", "")]
    white = [span for span in transcript.spans if span.detail == "white space"]
    assert not _letters("".join(transcript.text[span.start : span.end] for span in white))


def assert_turns_stand_in_order(transcript):
    spoken = [span.detail for span in transcript.spans if span.kind in SPOKEN]
    assert list(dict.fromkeys(spoken)) == [turn.number for turn in transcript.turns]
    labelled = {span.detail for span in transcript.spans if span.kind == "label"} - {"nothing follows"}
    assert labelled <= {turn.number for turn in transcript.turns}


def _stretches(transcript, turn):
    return [span for span in transcript.spans if span.kind in SPOKEN and span.detail == turn.number]


def _letters(text):
    """Return a text without white space and what nobody sees; its entities are read, also those that are escaped."""
    before, text = "", NO_WORDS.sub("", text)
    while before != text:
        before, text = text, NO_WORDS.sub("", ENTITY.sub(lambda entity: unescape(entity[0]), text))
    return text
