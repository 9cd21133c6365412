"""From speeches to turns: what kind each is, which question it answers, its number; courtesies and continuations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count, product

from interviews.ingest.lines import Ending, Fragment
from interviews.ingest.paragraphs import Paragraph
from interviews.ingest.transcript import SpokenTurn
from interviews.ingest.words import UNSPACED, load

KINDS = {"interviewer": "question", "moderator": "moderator", "interpreter": "moderator"}
PREFIX = {"question": "q", "answer": "a", "statement": "s", "moderator": "m", "direction": "d"}
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ASKS = re.compile(r"[?؟？]")
CALLED = frozenset(["minister", "secretary", "president", "ambassador", "sir", "madam"])
CUT_OFF = Ending(r"(?:[—–-]|\.{3}|…)")
SENTENCE = Ending(r"""[.?!。？！؟][»”"’')\]」』]?(?<!\.\.\.)""")
TAKES_UP = re.compile(r"(?:[—–-]{1,3}|\.{3}|…)\s*\w")
CLAUSE = re.compile(r"[^.?!…,;:—–。？！，،؟¿¡]+[.?!…,;:—–。？！，،؟]*")
CLAUSE_WORDS = re.compile(r"[\w'-]+")
SHORT = 120
MOST_CUT_OFF = 3
MOST_NAMES = 3
LONGEST_INTERJECTION = 3


@dataclass(frozen=True)
class Voiced:
    """A speech with all that is known of it: part, label, speaker's name, paragraphs, place of its label."""

    part: str
    label: str | None
    speaker: str | None
    paragraphs: tuple[Paragraph, ...]
    mark: Fragment | None = None

    @cached_property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def as_turns(voiced: Sequence[Voiced], line_of) -> Iterator[SpokenTurn]:
    """Yield the turns of an interview in order; `line_of(offset)` gives the number of a source line.

    What an interviewee says answers the last question. It is a statement before any question, where the moderator has
    taken the word after an answer, where it goes on with a statement, and where it closes the event after the last
    answer: opening, interim and closing words.
    """
    numbers, kinds = _Numbers(), []
    asked, answered = None, False
    last_question = max((index for index, speech in enumerate(voiced) if speech.part == "interviewer"), default=-1)
    for index, speech in enumerate(voiced):
        taken_up = _taken_up(voiced, index)
        kind = _kind(speech, asked)
        resumes = taken_up is not None and kinds[taken_up] == "statement"
        if kind == "answer" and (resumes or (index > last_question + 1 and is_closing(speech.text))):
            kind = "statement"
        kinds.append(kind)
        number = numbers.next(kind, asked)
        yield SpokenTurn(
            number=number,
            kind=kind,
            label=speech.label,
            speaker=speech.speaker,
            paragraphs=tuple(paragraph.text for paragraph in speech.paragraphs),
            lines=_lines(speech, line_of),
            courtesy=kind != "direction" and is_courtesy(speech.text, asks=kind == "question"),
            continues=taken_up is not None,
            reply_to=asked if kind == "answer" else None,
        )
        if kind == "question":
            asked, answered = number, False
        elif kind == "moderator" and answered:
            asked = None
        answered = answered or kind == "answer"


def _kind(speech, asked):
    if not speech.label and BRACKETS.fullmatch(speech.text):
        return "direction"
    if speech.part != "interviewer" and asked and is_procedure(speech.text):
        return "moderator"
    return KINDS.get(speech.part) or ("answer" if asked else "statement")


def _lines(speech, line_of):
    fragments = [fragment for paragraph in speech.paragraphs for fragment in paragraph.fragments]
    first = (speech.mark or fragments[0]).source()[0][0]
    last = fragments[-1].source()[-1][1]
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


def _taken_up(voiced, index):
    """Return the index of its speaker's last speech, which an interjection cut off, where this one goes on with it.

    It begins with a dash, dots or a small letter; or one who answers was cut off by a courtesy or by words cut off
    themselves. (Under “Question” it may be somebody else who asks.)
    """
    speech, earliest = voiced[index], max(0, index - LONGEST_INTERJECTION)
    before = next((i for i in range(index - 1, earliest - 1, -1) if voiced[i].label == speech.label), None)
    if before is None or before == index - 1:
        return None
    cut_off = _without_remarks(voiced[before].text, "").rstrip()
    if SENTENCE.search(cut_off):
        return None
    begins_amid = bool(TAKES_UP.match(speech.text)) or speech.text[:1].islower()
    if begins_amid:
        return before
    was_cut_off = speech.part == "interviewee" and CUT_OFF.search(cut_off) and not _says_nothing(speech)
    return before if was_cut_off and all(map(_says_nothing, voiced[before + 1 : index])) else None


def _says_nothing(speech):
    return bool(CUT_OFF.search(speech.text)) or is_courtesy(speech.text, asks=speech.part == "interviewer")


def is_closing(text: str) -> bool:
    """Whether words open like a closing statement: “In conclusion, …”, “If there are no further questions …”."""
    return text.casefold().replace("’", "'").startswith(tuple(load("words")["closing"]))


def is_procedure(text: str) -> bool:
    """Whether a turn does nothing but call the next journalist: “Let’s go to Ana Example.”"""
    if len(text) >= SHORT // 2:
        return False
    return text.casefold().replace("’", "'").startswith(tuple(load("words")["procedure"]))


def is_courtesy(text: str, *, asks: bool) -> bool:
    """Whether a turn has no substance: thanks, greetings, “Can you hear me?”, nothing but a remark in brackets.

    A bare yes or no is an answer, not a courtesy; from one who asks it is a nod, as are words that are cut off at once.
    """
    spoken = _without_remarks(text, " ")
    if not any(map(str.isalnum, spoken)):
        return True
    if len(spoken) > SHORT or any(map(str.isdigit, spoken)):
        return False
    clauses, phrases = _without_phrases(spoken.casefold().replace("’", "'"), asks=asks)
    found = [(clause, _courtesy_or_word().findall(clause)) for clause in clauses]
    words = [word for _, clause_words in found for word in clause_words]
    if not words:
        return not ASKS.search(spoken) or not phrases.isdisjoint(_courtesy_words().phrases)
    marks, fill = _courtesy_words().mark, _courtesy_words().fill
    unknown = set(words) - marks - fill
    names = _names_in(spoken) - marks - fill if len(unknown) <= MOST_NAMES else set()
    if len(names) > MOST_NAMES or not unknown <= names:
        return asks and len(words) <= MOST_CUT_OFF and not ASKS.search(spoken) and bool(CUT_OFF.search(spoken))
    asked = any(ASKS.search(clause) and not marks.issuperset(clause_words) for clause, clause_words in found)
    if asked and "hear" not in words:
        return False
    calls_somebody = asks and len(words) < 5 and spoken.lstrip()[:1].isupper() and bool(names or set(words) & CALLED)
    return calls_somebody or bool(phrases) or any(word in marks for word in words)


def _without_remarks(text, instead):
    return BRACKETS.sub(instead, text) if "(" in text or "[" in text else text


def _without_phrases(folded, *, asks):
    """Return (the clauses of a text that are no set phrases of courtesy, the phrases that others are)."""
    known = _courtesy_words().phrases | (_courtesy_words().nods if asks else frozenset())
    clauses = [(clause, " ".join(CLAUSE_WORDS.findall(clause))) for clause in CLAUSE.findall(folded)]
    return [clause for clause, words in clauses if words not in known], {words for _, words in clauses} & known


def _names_in(text):
    """Return the capitalised words (in lower case) that no sentence begins with: “Ana, can …”, “Ana Example.”"""
    found = list(WORD.finditer(text))
    names = {word[0].casefold() for word in found[1:] if word[0][0].isupper()}
    after = text[found[0].end() : found[1].start()] if len(found) > 1 else ""
    calls = len(found) == 1 or after[:1] == "," or (found[1][0][0].isupper() and after.isspace())
    return names | {found[0][0].casefold()} if calls and found[0][0][0].isupper() else names


@dataclass(frozen=True, slots=True)
class _Courtesies:
    """Words of data/words.json: such that make a courtesy, such that may stand beside them, whole phrases, nods."""

    mark: frozenset[str]
    fill: frozenset[str]
    phrases: frozenset[str]
    nods: frozenset[str]


@cache
def _courtesy_words():
    return _Courtesies(**{name: frozenset(words) for name, words in load("words")["courtesy"].items()})


@cache
def _courtesy_or_word():
    """The courtesies of scripts without spaces, longest first, before any other word: 谢谢部长 -> 谢谢, 部长."""
    known = _courtesy_words().mark | _courtesy_words().fill
    unspaced = sorted((word for word in known if UNSPACED.match(word)), key=len, reverse=True)
    return re.compile("|".join([*unspaced, WORD.pattern]))
