"""What the engine can look for, as a tree: words of texts, values of facets, days. Names are already looked up.

The query language is resolved into these, and so are Haystack's strings; the snapshot evaluates them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where a word must stand. A text is a question and its answer.

    Of several words that a text must hold together (AllOf) the title may hold some, but not all.
    """

    TEXT = "text"
    QUESTION = "question"
    ANSWER = "answer"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Word:
    """One word in any inflection of the language of the interview, written as here, or apart (policymaker).

    `joined` are words that it makes with its neighbours in a query: non proliferation, nonproliferation.
    """

    text: str
    part: Part = Part.TEXT
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words in a row: the very forms, or where `is_inflected` any of each, or as one word (policy-maker)."""

    words: tuple[str, ...]
    part: Part = Part.TEXT
    is_inflected: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so; at least SHORTEST_PREFIX letters."""

    text: str
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Similar:
    """Every word at most one letter away: one more, one less, another one, or two neighbours exchanged."""

    text: str
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides in one part with at most `distance` - 1 words between them, in either order."""

    left: "Word | Phrase | Prefix | Similar | AnyOf"
    right: "Word | Phrase | Prefix | Similar | AnyOf"
    distance: int


@dataclass(frozen=True, slots=True)
class Carries:
    """Documents that carry one of these values of a facet (slugs, codes)."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """Documents whose number in a column lies between the two, both included, None for open."""

    column: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple


@dataclass(frozen=True, slots=True)
class Without:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


Condition = Word | Phrase | Prefix | Similar | Near | Carries | Between | AllOf | AnyOf | Without | Everything | Nothing
SHORTEST_PREFIX = 3
