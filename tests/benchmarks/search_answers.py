"""Answers in any number, made by recombining the samples: the same ones for the same seed.

Each answer joins sentences of the samples of one language. Half of their rarer words give way to invented ones, whose
frequencies fall as those of real texts do (Zipf and Mandelbrot's law), and some to names of countries and of other
entities. The first thousand answers are the same whatever their number.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, count
from math import exp, log
from pathlib import Path

from interviews.ingest.read import read_transcript
from interviews.tagging.gazetteer import load_gazetteer

# Raise it whenever the same seed gives other answers: what was built from the former ones is then built anew.
GENERATOR = 1
SEED = 7
SAMPLES = Path(__file__).resolve().parents[2] / "fixtures"
EXCHANGES = 10
COUNTRIES, SPEAKERS, OUTLETS, OTHERS = 200, 400, 300, 4_800
MENTIONED_COUNTRIES, MENTIONED_OTHERS = (1, 2, 2, 3, 3, 4), (2, 3, 4, 5, 6, 7)
KINDS = ("interview", "interview", "press-conference", "briefing", "joint-press")
# One interview in five is not in English.
LANGUAGES = {"en": 16, "ru": 1, "de": 1, "fr": 1, "es": 1}
BODIES = ("Council", "Bank", "Commission", "Forum", "Group", "Institute", "League", "Union", "Office", "Tribunal")
FIRST_DAY, DAYS = date(2000, 1, 1), 9_000

FREQUENT = 150  # words of a language that are never replaced
REPLACED = 0.5
REPEATED = 0.15  # of the replaced words: once more one that this answer has
INFLECTED = 0.15
VOCABULARY, FLATTENED = 120_000, 2.7
MEDIAN_WORDS, SPREAD, FEWEST_WORDS, MOST_WORDS = 310, 0.5, 128, 1015
QUESTION_SHARE = 0.12

LATIN = ("b c d f g h k l m n p r s t v br dr gr kr pr st tr", "a e i o u")
CYRILLIC = ("б в г д ж з к л м н п р с т ф х", "а е и о у")
ENDINGS = {"en": ("s", "ed", "ing"), "ru": ("а", "ом", "ы"), "de": ("e", "en"), "fr": ("s", "es"), "es": ("s", "es")}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
TOKEN = re.compile(r"(\W*)(.*?)(\W*)")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker or an outlet, at home in a country (its ISO code)."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) of an answer name an entity: a country, here its ISO code, or an organisation."""

    kind: str
    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its question, and what its interview says of both. `number` counts from 0."""

    number: int
    interview: int
    title: str
    question: str
    answer: str
    language: str
    kind: str
    date: date
    speaker: Voice
    outlet: Voice
    mentions: tuple[Mention, ...]

    @property
    def countries(self) -> list[str]:
        """The ISO codes of the countries mentioned, each once."""
        return sorted({mention.entity for mention in self.mentions if mention.kind == "country"})


class Vocabulary:
    """Invented words of one language, the most frequent first."""

    def __init__(self, language: str):
        chance = random.Random(language)  # noqa: S311 - not for secrets
        consonants, vowels = (sounds.split() for sounds in (CYRILLIC if language == "ru" else LATIN))
        made = {}
        while len(made) < VOCABULARY:
            syllables = 2 + (len(made) > 1_000) + chance.randrange(2)
            made["".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(syllables))] = None
        self.words = list(made)
        self.endings = ENDINGS[language]

    def draw(self, chance: random.Random) -> str:
        """Return a word, each as often as its rank says, now and then with an ending."""
        rank = int((1 + FLATTENED) * ((VOCABULARY + FLATTENED) / (1 + FLATTENED)) ** chance.random() - FLATTENED)
        ending = chance.choice(self.endings) if chance.random() < INFLECTED else ""
        return self.words[rank - 1] + ending


@cache
def vocabulary(language: str) -> Vocabulary:
    return Vocabulary(language)


class Language:
    """The sentences of the samples in one language, as tokens (before, word, after, whether it may be replaced)."""

    def __init__(self, code: str, texts: dict[str, list[str]]):
        words = Counter(
            word.casefold() for part in texts.values() for text in part for word in re.findall(r"\w+", text)
        )
        frequent = {word for word, _ in words.most_common(FREQUENT)}
        self.vocabulary = vocabulary(code)
        self.parts = {
            kind: [
                [_token(written, frequent) for written in sentence.split()]
                for text in part
                for sentence in SENTENCE_END.split(text)
            ]
            for kind, part in texts.items()
        }

    def speak(self, chance: random.Random, kind: str, length: int) -> list[tuple[str, str, str, bool]]:
        """Return about as many tokens of a "question" or an "answer" as `length` says, in whole sentences."""
        tokens, used = [], []
        while len(tokens) < length:
            for before, word, after, is_replaceable in chance.choice(self.parts[kind]):
                if is_replaceable and chance.random() < REPLACED:
                    is_repeated = used and chance.random() < REPEATED
                    new = chance.choice(used) if is_repeated else self.vocabulary.draw(chance)
                    used.append(new)
                    tokens.append((before, new.capitalize() if word[0].isupper() else new, after, True))
                else:
                    tokens.append((before, word, after, is_replaceable))
        return tokens


def made_answers(size: int) -> Iterator[Answer]:
    """Yield `size` answers, those of one interview after each other."""
    chance, authority = random.Random(SEED), Authority()  # noqa: S311 - not for secrets
    texts, languages = sample_texts(), {}
    numbers = iter(range(size))
    for interview in count():
        code = chance.choices(list(LANGUAGES), LANGUAGES.values())[0]
        speaker, outlet = (chance.choices(*voices)[0] for voices in (authority.speakers, authority.outlets))
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        title = f"Foreign Minister {speaker.name}’s interview with {outlet.name}, {day:%-d %B %Y}"
        facts = {"language": code, "kind": chance.choice(KINDS), "date": day, "speaker": speaker, "outlet": outlet}
        language = languages.get(code) or languages.setdefault(code, Language(code, texts[code]))
        for _ in range(EXCHANGES):
            exchange = _exchange(chance, language, authority)
            number = next(numbers, None)
            if number is None:
                return
            yield Answer(number=number, interview=interview, title=title, **facts, **exchange)


class Authority:
    """Who is spoken of, who speaks and who asks: (each, weight of each), falling as Zipf's law has it."""

    def __init__(self):
        chance = random.Random(SEED)  # noqa: S311 - not for secrets
        words = [word.capitalize() for word in vocabulary("en").words[:2_000]]
        self.names = {country.code: country.name for country in load_gazetteer().countries.values()}
        codes = sorted(self.names)
        chance.shuffle(codes)
        self.countries = _weighted(codes[:COUNTRIES])
        others = {f"{chance.choice(words)} {chance.choice(words)} {chance.choice(BODIES)}": None for _ in range(OTHERS)}
        self.others = _weighted(list(others))
        self.names |= dict(zip(others, others, strict=True))
        self.speakers = _weighted([self._voice(chance, words, "{} {}") for _ in range(SPEAKERS)])
        self.outlets = _weighted([self._voice(chance, words, "{} {} Post") for _ in range(OUTLETS)])

    def _voice(self, chance, words, pattern):
        return Voice(pattern.format(*chance.sample(words, 2)), chance.choices(*self.countries)[0])


def sample_texts() -> dict[str, dict[str, list[str]]]:
    """Return language -> "question" or "answer" -> paragraphs of the samples."""
    texts = {code: {"question": [], "answer": []} for code in LANGUAGES}
    for path in sorted(SAMPLES.glob("*.txt")):
        transcript = read_transcript(path.read_bytes())
        for turn in transcript.turns:
            if turn.kind in ("question", "answer"):
                texts[transcript.header.language][turn.kind].extend(turn.paragraphs)
    return texts


def _token(written, frequent):
    before, word, after = TOKEN.fullmatch(written).groups()
    return before, word, after, word.isalpha() and word.casefold() not in frequent


def _weighted(values):
    return values, [1 / rank for rank in range(1, len(values) + 1)]


def _exchange(chance, language, authority):
    length = min(MOST_WORDS, max(FEWEST_WORDS, exp(chance.gauss(log(MEDIAN_WORDS), SPREAD))))
    asked = language.speak(chance, "question", int(length * QUESTION_SHARE))
    tokens = language.speak(chance, "answer", int(length - len(asked)))
    named = [("country", *chance.choices(*authority.countries)) for _ in range(chance.choice(MENTIONED_COUNTRIES))]
    named += [("organisation", *chance.choices(*authority.others)) for _ in range(chance.choice(MENTIONED_OTHERS))]
    places = dict(zip(chance.sample(range(len(tokens)), len(named)), named, strict=True))
    for place, (_, entity) in places.items():
        before, _, after, _ = tokens[place]
        tokens[place] = (before, authority.names[entity], after, False)
    written = ["".join(token[:3]) for token in tokens]
    starts = [0, *accumulate(len(token) + 1 for token in written)]
    mentions = []
    for place, (kind, entity) in sorted(places.items()):
        start = starts[place] + len(tokens[place][0])
        mentions.append(Mention(kind, entity, start, start + len(authority.names[entity])))
    question = " ".join("".join(token[:3]) for token in asked)
    return {"question": question, "answer": " ".join(written), "mentions": tuple(mentions)}
