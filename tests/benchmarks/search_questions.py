"""What the engines are asked: eight kinds of searches, each with several words that no other search has.

A search asked for the first time finds nothing of it cached, in any engine. Which words are chosen does not depend on
the size of the archive, but for the rare ones: they stand in 20 to 40 answers, so that a page of hits can be shown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode

from Stemmer import Stemmer
from whoosh.analysis import STOP_WORDS

from benchmarks.search_answers import VOCABULARY, Answer, vocabulary

COMMON, RARE, THREE, PHRASE, CHOSEN, EVERYTHING, PERIOD, FEW = KINDS = (
    "common word",
    "rare word",
    "three words",
    "phrase",
    "word, country, year",
    "empty query",
    "word, date range",
    "word of few answers",
)
OF_EACH = 10
SAMPLE = 1_000  # answers that the words are taken from
# Rare words by their rank in the vocabulary, as parts of the number of answers: about 30 of the answers have each.
RARE_FROM, RARE_TO = 0.12, 0.16
RAREST = 0.6  # of the vocabulary, by rank: words in about one of ten thousand answers
SHORTEST = 4
WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Question:
    """One search: all of its words, or the words as a phrase; of a country (its ISO code), a year, a range of dates."""

    kind: str
    words: tuple[str, ...] = ()
    country: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_phrase(self) -> bool:
        return self.kind == PHRASE

    @property
    def typed(self) -> str:
        """The words as a reader types them."""
        return f'"{" ".join(self.words)}"' if self.is_phrase else " ".join(self.words)

    @property
    def address(self) -> str:
        """The search as an address of the archive has it after the "?"."""
        given = {"q": self.typed, "country": self.country, "year": self.year, "from": self.since, "to": self.until}
        return urlencode({name: value for name, value in given.items() if value})


# What an engine is asked before it is measured, and nothing else is.
WARMING = Question(COMMON, ("minister",))


def chosen_questions(answers: Iterable[Answer], size: int) -> list[Question]:
    """Return the questions of every kind, in the order of KINDS, for an archive that begins with these answers.

    `size` is the number of all its answers.
    """
    english = [answer for answer in answers if answer.language == "en"]
    rare, few = (list(_invented(english, ranks))[:OF_EACH] for ranks in _rare_ranks(size))
    phrases = list(_phrases(english))[:OF_EACH]
    used = {_stem(word) for words in (*phrases, rare, WARMING.words) for word in words}
    common = [word for word in _common(english) if _stem(word) not in used]
    alone, chosen, period, *three = (common[first : 6 * OF_EACH : 6] for first in range(6))
    countries = [code for code, _ in Counter(code for answer in english for code in answer.countries).most_common(3)]
    years = [year for year, _ in Counter(answer.date.year for answer in english).most_common(4)]
    return [
        *(Question(COMMON, (word,)) for word in alone),
        *(Question(RARE, (word,)) for word in rare),
        *(Question(THREE, words) for words in zip(*three, strict=False)),
        *(Question(PHRASE, words) for words in phrases),
        *(
            Question(CHOSEN, (word,), country=countries[place % 3], year=years[place % 4])
            for place, word in enumerate(chosen)
        ),
        Question(EVERYTHING),
        *(
            Question(PERIOD, (word,), since=date(2004 + place, 3, 1), until=date(2010 + place, 2, 28))
            for place, word in enumerate(period)
        ),
        *(Question(FEW, (word,)) for word in few),
    ]


def _words(answer):
    return WORD.findall(f"{answer.question} {answer.answer}".lower())


_stem = Stemmer("english").stemWord


def _is_asked_for(word):
    return len(word) >= SHORTEST and word not in STOP_WORDS


def _common(answers):
    """The most frequent words, one of each stem."""
    found = Counter(word for answer in answers for word in set(_words(answer)) if _is_asked_for(word))
    by_stem = {}
    for word, _ in found.most_common():
        by_stem.setdefault(_stem(word), word)
    return by_stem.values()


def _phrases(answers) -> Iterator[tuple[str, str]]:
    """The most frequent pairs of words, no word in two of them."""
    pairs = Counter(pair for answer in answers for pair in set(pairwise(_words(answer))))
    used = set()
    for pair, _ in pairs.most_common():
        stems = {_stem(word) for word in pair}
        if all(map(_is_asked_for, pair)) and not stems & used:
            used |= stems
            yield pair


def _rare_ranks(size):
    """The ranks of rare words, and of those that few answers have."""
    return slice(int(RARE_FROM * size), int(RARE_TO * size)), slice(int(RAREST * VOCABULARY), None)


def _invented(answers, ranks):
    """Words of the answers that have these ranks in the vocabulary."""
    wanted = set(vocabulary("en").words[ranks])
    return dict.fromkeys(word for answer in answers for word in _words(answer) if word in wanted)
