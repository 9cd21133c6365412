"""Which part each label plays: who asks, who answers, who moderates."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interviews.ingest.labels import office_in, part_of
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.speeches import Speech
from interviews.ingest.words import key, label_words

ASKS = re.compile(r"[?؟？]")
LAST_WORDS = 150
SHORT = 60
MUCH = 5


def parts_of(speeches: Sequence[Speech], *, answering: Collection[str] = (), asking: Collection[str] = ()) -> list[str]:
    """Return for each speech who speaks: interviewer, interviewee, moderator or interpreter.

    `answering` and `asking` are words of names (lower case) that the document's head gives to either side.
    What neither words nor head decide, the speeches show: who ends with a question mark and is followed by one
    who answers.
    """
    voices = defaultdict(list)
    for index, speech in enumerate(speeches):
        voices[_voice(speech)].append(index)
    heard = {voice: _Heard.of(voice, indexes, speeches) for voice, indexes in voices.items()}
    parts = {
        voice: speeches[indexes[0]].part or _part_by_words(speeches[indexes[0]].label or "", answering, asking)
        for voice, indexes in voices.items()
    }
    _fill(parts, heard, speeches)
    _find_moderators(parts, heard, answering)
    if "interviewer" not in parts.values():
        _let_moderators_ask(parts, heard)
    return [parts[_voice(speech)] for speech in speeches]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one voice does in a transcript: the places of its speeches, its length, the share that asks."""

    indexes: tuple[int, ...]
    length: int
    longest: int
    asks: float

    @classmethod
    def of(cls, voice, indexes, speeches):
        texts = [speeches[index].text for index in indexes]
        asks = sum(bool(ASKS.search(text[-LAST_WORDS:])) for text in texts) / len(texts)
        return cls(tuple(indexes), sum(map(len, texts)), max(map(len, texts)), asks)


def _voice(speech):
    return key(speech.label or ""), speech.part


def _part_by_words(label, answering, asking):
    part = part_of(label)
    words = set(key(label).split())
    if part or not words:
        return part
    if words & set(asking) and not words & set(answering):
        return "interviewer"
    if words & set(answering) or _holds_office(label):
        return "interviewee"
    return "interviewer" if looks_like_outlet(label) or split_journalist(label) else None


def _holds_office(label):
    office = office_in(label)
    return bool(office) and office not in label_words().honorifics


def _fill(parts, heard, speeches):
    """Give a part to every voice that words did not place."""
    unknown = [voice for voice, part in parts.items() if part is None]
    if "interviewee" not in parts.values() and unknown:
        answering = max(unknown, key=lambda voice: heard[voice].length * (1.2 - heard[voice].asks))
        parts[answering] = "interviewee"
        unknown.remove(answering)
    order = [_voice(speech) for speech in speeches]
    asked_by_word = "interviewer" in parts.values()
    once = [voice for voice in unknown if len(heard[voice].indexes) == 1]
    for voice in unknown:
        one_of_many = voice in once and len(once) > 1 and not asked_by_word
        parts[voice] = _part_by_order(heard[voice], order, parts, asked_by_word=asked_by_word, once=one_of_many)


def _part_by_order(heard, order, parts, *, asked_by_word, once):
    """An interviewer asks, and one who is known to answer speaks next; `once`: one of several who speak only once."""
    following = [parts[order[index + 1]] for index in heard.indexes if index + 1 < len(order)]
    answered = sum(part == "interviewee" for part in following) * 2 >= len(heard.indexes)
    enough = 0.5 if asked_by_word else 0.3
    return "interviewer" if answered and (heard.asks >= enough or once) else "interviewee"


def _let_moderators_ask(parts, heard):
    """Where nobody else asks, the moderator is who asks."""
    for voice, part in parts.items():
        if part == "moderator" and heard[voice].asks >= 0.5:
            parts[voice] = "interviewer"


def _find_moderators(parts, heard, answering):
    """Somebody named who never says more than a phrase, beside others who answer at length, leads the event."""
    answers = [voice for voice, part in parts.items() if part == "interviewee"]
    most = max((heard[voice].length for voice in answers), default=0)
    for voice in answers:
        name = voice[0]
        is_named = name and not _holds_office(name) and part_of(name) is None and not set(name.split()) & set(answering)
        phrases_only = heard[voice].longest < SHORT and heard[voice].length * MUCH < most
        if is_named and phrases_only and not heard[voice].asks:
            parts[voice] = "moderator"
