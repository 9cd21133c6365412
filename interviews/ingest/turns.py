"""From speeches to turns: what kind each is, which question it answers, its number; courtesies and continuations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, product

from interviews.ingest.lines import Fragment
from interviews.ingest.paragraphs import Paragraph
from interviews.ingest.transcript import SpokenTurn
from interviews.ingest.words import load

KINDS = {"interviewer": "question", "moderator": "moderator", "interpreter": "moderator"}
PREFIX = {"question": "q", "answer": "a", "statement": "s", "moderator": "m", "direction": "d"}
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
CUT_OFF = re.compile(r"(?:[—–-]|\.{3}|…)\s*$")
TAKES_UP = re.compile(r"(?:[—–-]|\.{3}|…)\s*\w")
SHORT = 120
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Voiced:
    """A speech with all that is known of it: part, label, speaker's name, paragraphs, place of its label."""

    part: str
    label: str | None
    speaker: str | None
    paragraphs: tuple[Paragraph, ...]
    mark: Fragment | None = None

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def as_turns(voiced: Sequence[Voiced], line_of) -> Iterator[SpokenTurn]:
    """Yield the turns of an interview in order; `line_of(offset)` gives the number of a source line.

    What an interviewee says before any question is a statement; after one it answers the last question.
    """
    numbers = _Numbers()
    asked = None
    for index, speech in enumerate(voiced):
        kind = _kind(speech, asked)
        number = numbers.next(kind, asked)
        yield SpokenTurn(
            number=number,
            kind=kind,
            label=speech.label,
            speaker=speech.speaker,
            paragraphs=tuple(paragraph.text for paragraph in speech.paragraphs),
            lines=_lines(speech, line_of),
            courtesy=is_courtesy(speech.text, asks=kind == "question"),
            continues=_continues(voiced, index),
            reply_to=asked if kind == "answer" else None,
        )
        asked = number if kind == "question" else asked


def _kind(speech, asked):
    if not speech.label and BRACKETS.fullmatch(speech.text):
        return "direction"
    if speech.part != "interviewer" and asked and is_procedure(speech.text):
        return "moderator"
    return KINDS.get(speech.part) or ("answer" if asked else "statement")


def _lines(speech, line_of):
    fragments = [fragment for paragraph in speech.paragraphs for fragment in paragraph.fragments]
    first = next((speech.mark or fragments[0]).source())[0]
    last = list(fragments[-1].source())[-1][1]
    return line_of(first), line_of(last - 1)


class _Numbers:
    """Gives out q1, a1, a1b, s1, m1, d1: an answer bears the number of its question."""

    def __init__(self):
        self.used = Counter()
        self.letters = None

    def next(self, kind, asked):
        if kind == "answer":
            return f"a{asked[1:]}{next(self.letters)}"
        self.used[kind] += 1
        if kind == "question":
            self.letters = _letters()
        return f"{PREFIX[kind]}{self.used[kind]}"


def _letters():
    """Yield '', b, c ... z, bb, bc ..."""
    for length in count():
        for letters in product("bcdefghijklmnopqrstuvwxyz", repeat=length):
            yield "".join(letters)


def _continues(voiced, index):
    """Whether it takes up its speaker's last speech, which an interjection cut off."""
    speech = voiced[index]
    same = (other for other in reversed(voiced[max(0, index - 3) : index]) if other.label == speech.label)
    before = next(same, None)
    if before is None or before is voiced[index - 1] or not CUT_OFF.search(before.text):
        return False
    return bool(TAKES_UP.match(speech.text)) or speech.text[:1].islower()


def is_procedure(text: str) -> bool:
    """Whether a turn does nothing but call the next journalist: “Let’s go to Ana Example.”"""
    folded = text.casefold().replace("’", "'")
    return len(text) < SHORT // 2 and folded.startswith(tuple(load("words")["procedure"]))


def is_courtesy(text: str, *, asks: bool) -> bool:
    """Whether a turn has no substance: thanks, greetings, “Can you hear me?”, nothing but a remark in brackets.

    A bare yes or no is an answer, not a courtesy.
    """
    spoken = BRACKETS.sub(" ", text)
    words = [word.casefold().replace("’", "'") for word in WORD.findall(spoken)]
    if not words:
        return True
    if len(spoken) > SHORT:
        return False
    marks, fill = _courtesy_words()
    names = [word for word in WORD.findall(spoken)[1:] if word[:1].isupper() and word.casefold() not in marks | fill]
    strange = [word for word in words if word not in marks | fill and word not in {name.casefold() for name in names}]
    marked = any(word in marks for word in words)
    asked_to_hear = "?" not in spoken or "hear" in words
    return marked and not strange and len(names) <= MOST_NAMES and asked_to_hear


@cache
def _courtesy_words():
    words = load("words")["courtesy"]
    return frozenset(words["mark"]), frozenset(words["fill"])
