"""One turn as the rules see it: its words, where each stands, and the known forms among them."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from .lexicon import Entry, Lexicon, Role, Sense
from .words import ends_of

SENTENCE_ENDS = {".", "?", "!", "…"}
OPENS_A_SENTENCE = SENTENCE_ENDS | {":", ";", '"', "“", "”", "«", "„", "-", "(", "[", "*", "•"}
ARTICLES = {"the", "The", "THE"}
LONGEST_SENTENCE = 80  # words on each side, so that a text without full stops takes no longer


class Place(NamedTuple):
    """A form found in a row of words: [start, end) counts words; `lexicon` knows the other names around it."""

    words: list[str]
    start: int
    end: int
    senses: list[Sense]
    lexicon: Lexicon

    @property
    def role(self) -> Role:
        return self.senses[0].role

    @property
    def form(self) -> str:
        return " ".join(self.words[self.start : self.end])

    def before(self, distance: int = 1) -> str:
        """The word that stands so many words before the form; '' where the text begins."""
        index = self.start - distance
        return self.words[index] if index >= 0 else ""

    def after(self, distance: int = 1) -> str:
        """The word that stands so many words after the form; '' where the text ends."""
        index = self.end + distance - 1
        return self.words[index] if index < len(self.words) else ""

    @property
    def rest_of_sentence(self) -> list[str]:
        """The words of the sentence around the form, without the form; an abbreviation's full stop ends it too."""
        first, last = self.start, self.end
        while first > max(0, self.start - LONGEST_SENTENCE) and not ends_sentence(self.words[first - 1]):
            first -= 1
        while last < min(len(self.words), self.end + LONGEST_SENTENCE) and not ends_sentence(self.words[last]):
            last += 1
        return self.words[first : self.start] + self.words[self.end : last]

    def known(self, word: str) -> bool:
        """Whether a word is itself the name of a country, or begins one."""
        return word in self.lexicon.of_countries


class Match(NamedTuple):
    """A known form, the longest where it stands: [start, end) counts words."""

    start: int
    end: int
    entry: Entry


class Passage:
    """A turn: its `text`, its `words` and the `matches` of its lexicon, in order and without overlap."""

    def __init__(self, text: str, words: list[str], lexicon: Lexicon):
        self.text = text
        self.words = words
        self.lexicon = lexicon
        self.matches = list(matches_of(words, lexicon))

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends, in characters of the text."""
        return ends_of(self.text, self.words)

    @cached_property
    def beginning(self) -> dict[int, Match]:
        """The match that begins at a word."""
        return {match.start: match for match in self.matches}

    @cached_property
    def ending(self) -> dict[int, Match]:
        """The match that ends before a word."""
        return {match.end: match for match in self.matches}

    def word(self, index: int) -> str:
        """The word at an index; '' before the first and after the last."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Turn [start, end) of words into that of characters."""
        return self.ends[start] - len(self.words[start]), self.ends[end - 1]

    def surface(self, start: int, end: int) -> str:
        first, last = self.offsets(start, end)
        return self.text[first:last]

    def joined(self, index: int) -> bool:
        """Whether a word follows the one before it without a space."""
        return 0 < index < len(self.words) and self.ends[index] - len(self.words[index]) == self.ends[index - 1]

    def opens_sentence(self, index: int) -> bool:
        """Whether a sentence may begin at a word: there a capital letter says nothing."""
        before = self.word(index - 1)
        if not before or before.isspace():
            return True
        if before == "." and index in self.ending:
            return False
        return before in OPENS_A_SENTENCE and not (before == "-" and self.joined(index))


def matches_of(words: list[str], lexicon: Lexicon) -> Iterator[Match]:
    """Yield the forms that the lexicon knows, the longest at each place, without overlap."""
    taken_to = 0
    root = lexicon.root
    for index in [index for index, word in enumerate(words) if word in root]:
        found = lexicon.longest(words, index) if index >= taken_to else None
        if found and not (words[index] in ARTICLES and is_longer(lexicon.longest(words, index + 1), found)):
            taken_to, entry = found
            yield Match(index, taken_to, entry)


def is_longer(other: tuple[int, Entry] | None, found: tuple[int, Entry]) -> bool:
    """Whether a form without its article reaches further than one with it: “West Bank”, not “the West”."""
    return other is not None and other[0] > found[0]


def ends_sentence(word: str) -> bool:
    return word in SENTENCE_ENDS or word.isspace()


def is_proper(word: str) -> bool:
    return word[:1].isupper() and word.isalpha()
