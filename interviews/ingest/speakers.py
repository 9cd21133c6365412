"""Which part each label plays: who asks, who answers, who moderates."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from interviews.ingest.labels import (
    asking_letters,
    calls_for_question,
    office_in,
    part_of,
    short_names,
    speaks_of_office,
)
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.speeches import Speech
from interviews.ingest.words import key, label_words, words_of

ASKS = re.compile(r"[?؟？;](?:(?<=[?؟？])|(?<=[Ͱ-Ͽ];))")  # in Greek a semicolon asks
LAST_WORDS = 150
INTRODUCTION = 90
SHORT = 60
LONGEST_CALL = 250
MUCH = 5
SELDOM, HALF = 0.3, 0.5


def parts_of(speeches: Sequence[Speech], *, answering: Collection[str] = (), asking: Collection[str] = ()) -> list[str]:
    """Return for each speech who speaks: interviewer, interviewee, moderator or interpreter.

    `answering` and `asking` are words of names (lower case) that the document's head gives to either side.
    What neither words nor head decide, the speeches show: who ends with a question mark and is followed by one
    who answers.
    """
    order = _voices(speeches)
    voices = defaultdict(list)
    for index, voice in enumerate(order):
        voices[voice].append(index)
    heard = {voice: _Heard.of(indexes, speeches) for voice, indexes in voices.items()}
    letters = asking_letters({name for name, _ in voices})
    parts = {
        voice: voice[1]
        or ("interviewer" if voice[0] in letters else _part_by_words(voice[0], heard[voice].label, answering, asking))
        for voice in voices
    }
    _fill(parts, heard, order)
    _find_moderators(parts, heard, order, answering)
    if "interviewer" not in parts.values():
        _let_moderators_ask(parts, heard)
    _let_equals_ask(parts, heard, order)
    if "interviewer" not in parts.values():
        _let_who_asks_most_ask(parts, heard, answering)
    return [parts[voice] for voice in order]


def is_guessed(speeches: Sequence[Speech], parts: Sequence[str]) -> bool:
    """Whether only the order tells who asks: no label of theirs says so, and hardly a question mark does.

    In a parliament somebody presides, who is called like those who ask: there half the questions must ask.
    """
    asked = [speech for speech, part in zip(speeches, parts, strict=True) if part == "interviewer"]
    told = any(speech.part or _role(speech.label or "") or len(key(speech.label or "")) == 1 for speech in asked)
    in_parliament = any(key(speech.label or "").split()[:1] in _titles_of_parliament() for speech in asked)
    enough = HALF if in_parliament else SELDOM
    return bool(asked) and not told and sum(_asks(speech.text) for speech in asked) < enough * len(asked)


@cache
def _titles_of_parliament():
    return [[title] for title in words_of("parliament")]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one voice does in a transcript: its label, its speeches and their places, the share that asks."""

    label: str
    indexes: tuple[int, ...]
    texts: tuple[str, ...]
    asks: float

    @classmethod
    def of(cls, indexes, speeches):
        said = [speeches[index] for index in indexes]
        label = max((speech.label or "" for speech in said), key=len)
        texts = tuple(speech.text for speech in said)
        return cls(label, tuple(indexes), texts, sum(map(_asks, texts)) / len(texts))

    @property
    def introduces_itself(self):
        """Whether somebody without an office says their own name at once: “Sir, I am Ana from Radio Quai.”"""
        name = re.compile(rf"\b{re.escape(self.label.split(' ')[0])}\b")
        return not _holds_office(self.label) and any(name.search(text[:INTRODUCTION]) for text in self.texts)

    @property
    def length(self):
        return sum(map(len, self.texts))

    @property
    def longest(self):
        return max(map(len, self.texts))

    def asks_at(self, index):
        """Whether the speech at this place of the transcript ends with a question."""
        return _asks(self.texts[self.indexes.index(index)])


def _asks(text):
    return bool(ASKS.search(text, max(0, len(text) - LAST_WORDS)))


def _voices(speeches):
    """Return for each speech (key of its label, part that its layout gave); a full name and its short form are one.

    A part given once holds for all speeches under the label.
    """
    tied = short_names(speech.label for speech in speeches if speech.label)
    names = [tied.get(name, name) for speech in speeches for name in [key(speech.label or "")]]
    given = {name: speech.part for name, speech in zip(names, speeches, strict=True) if name and speech.part}
    return [(name, given.get(name, speech.part)) for name, speech in zip(names, speeches, strict=True)]


def _part_by_words(name, label, answering, asking):
    part, words = _role(label), set(name.split())
    if part or not words:
        return part
    if words & set(asking) and not words & set(answering):
        return "interviewer"
    if words & set(answering) or _holds_office(label):
        return "interviewee"
    return "interviewer" if looks_like_outlet(label) or split_journalist(label) else None


def _role(label):
    """Return the part that the words of a label give, before a name or after it: “Kay Moe, HOST”."""
    return part_of(label) or part_of(label.rpartition(",")[2])


def _holds_office(label):
    office, after = office_in(label), label.partition(",")[2]
    return (bool(office) and office not in label_words().honorifics) or speaks_of_office(after)


def _fill(parts, heard, order):
    """Give a part to every voice that words did not place."""
    unknown = [voice for voice, part in parts.items() if part is None]
    alternating = len(heard) == 2 and _alternate(order)
    if unknown and not any(part == "interviewee" for (name, _), part in parts.items() if name):
        answering = _who_answers(unknown, heard, alternating=alternating)
        parts[answering] = "interviewee"
        unknown.remove(answering)
    asked_by_word = "interviewer" in parts.values()
    once = [voice for voice in unknown if len(heard[voice].indexes) == 1]
    between_two = alternating and not any(_holds_office(each.label) for each in heard.values())
    for voice in unknown:
        unnumbered = parts.get((voice[0].rstrip("0123456789"), None))
        if unnumbered == "interviewer":
            parts[voice] = unnumbered
            continue
        one_of_many = (voice in once and len(once) > 1 and not asked_by_word) or heard[voice].introduces_itself
        parts[voice] = _part_by_order(
            heard[voice], order, parts, asked_by_word=asked_by_word, sure=one_of_many or between_two
        )


def _who_answers(unknown, heard, *, alternating):
    """Return who says most and asks least; of two who take turns, the one who never asks where the other does."""
    silent = [voice for voice in unknown if not heard[voice].asks]
    if alternating and len(unknown) == 2 and len(silent) == 1 and sum(each.asks for each in heard.values()) >= SELDOM:
        return silent[0]
    return max(unknown, key=lambda voice: heard[voice].length * (1.2 - heard[voice].asks))


def _alternate(order):
    return len(order) > 3 and sum(one == other for one, other in pairwise(order)) * 5 <= len(order)


def _part_by_order(heard, order, parts, *, asked_by_word, sure):
    """An interviewer asks, and one who is known to answer speaks next, or nobody; `sure`: nobody else could."""
    next_known = (next(filter(None, map(parts.get, order[index + 1 : index + 3])), None) for index in heard.indexes)
    following = [part for part in next_known if part]
    asks_last = heard.indexes == (len(order) - 1,) and heard.asks
    answered = sum(part == "interviewee" for part in following) * 2 >= len(heard.indexes) or heard.introduces_itself
    enough = 0.5 if asked_by_word else 0.3
    return "interviewer" if asks_last or (answered and (heard.asks >= enough or sure)) else "interviewee"


def _let_moderators_ask(parts, heard):
    """Where nobody else asks, the moderator is who asks."""
    for voice, part in parts.items():
        if part == "moderator" and heard[voice].asks >= 0.5:
            parts[voice] = "interviewer"


def _let_equals_ask(parts, heard, order):
    """Where the two who speak most, in turn, seem to answer, as the head names both: the one who asks more, asks."""
    spoken = [voice for voice in order if voice[0]]
    most = [voice for voice, _ in Counter(spoken).most_common(2) if parts[voice] == "interviewee"]
    if len(most) < 2 or not _alternate([voice for voice in spoken if voice in most]):
        return
    one, other = sorted(most, key=lambda voice: heard[voice].asks)
    enough = 0 if _holds_office(heard[one].label) else SELDOM
    if heard[other].asks > max(enough, heard[one].asks) and not _holds_office(heard[other].label):
        parts[other] = "interviewer"


def _let_who_asks_most_ask(parts, heard, answering):
    """Beside somebody whose office or head says that they answer: whoever else asks, asks."""
    open_to = [voice for voice in parts if voice[0] and not _holds_office(heard[voice].label)]
    others = [voice for voice in open_to if not set(voice[0].split()) & set(answering)]
    if len(others) < len([voice for voice in parts if voice[0]]):
        for voice in others:
            if heard[voice].asks and parts[voice] == "interviewee":
                parts[voice] = "interviewer"


def _find_moderators(parts, heard, order, answering):
    """Among those who seem to answer, find who leads the event: says mere phrases, or calls for what comes next."""
    answers = [voice for voice, part in parts.items() if part == "interviewee"]
    most = max((heard[voice].length for voice in answers), default=0)
    for voice in answers:
        said = heard[voice]
        answers_questions = all(index and heard[order[index - 1]].asks_at(index - 1) for index in said.indexes)
        says_phrases = _says_phrases(said, most, answering) and not answers_questions
        replying = {other for one, other in pairwise(order) if parts[one] == "interviewer"}
        is_same_person = any(voice[0].split()[-1:] == other[0].split()[-1:] for other in replying)
        if says_phrases or (replying and not is_same_person and _leads(said, order, parts)):
            parts[voice] = "moderator"


def _says_phrases(heard, most, answering):
    """Somebody named who never says more than a phrase, beside others who answer at length."""
    name = key(heard.label)
    is_named = name and not _holds_office(name) and part_of(name) is None and not set(name.split()) & set(answering)
    return is_named and heard.longest < SHORT and heard.length * MUCH < most and not heard.asks


def _leads(heard, order, parts):
    """Never answers, speaks briefly before those who ask, and mostly calls somebody or closes the event."""
    answered = any(index and parts[order[index - 1]] == "interviewer" for index in heard.indexes)
    followed = any(parts[order[index + 1]] == "interviewer" for index in heard.indexes if index + 1 < len(order))
    calls = sum(calls_for_question(text) or len(text) < SHORT // 2 for text in heard.texts)
    phrase = any(map(calls_for_question, heard.texts))
    return heard.longest < LONGEST_CALL and followed and not answered and phrase and calls * 2 >= len(heard.texts)
