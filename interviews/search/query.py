"""The query language: what a reader typed, as a small tree. Ours, not the engine's, so that saved searches last.

    libya sanctions          all words, in any inflection          libya AND sanctions
    "foreign minister"       the exact words, next to each other   “foreign minister”
    gas OR oil   NOT gas   -gas   (gas OR oil) pipeline
    speaker:lavrov   outlet:"le monde"   country:italy   year:2019   year:2010..2014   title:rome   speaker:(ek OR roy)

A comma, semicolon, slash or upright bar parts words as a space does. Whatever cannot be understood is read as plain
words, and a notice says so. Nothing here raises.
"""

import re
from dataclasses import dataclass

from .analysis import words

LONGEST_QUERY = 1_000
MOST_WORDS = 64
DEEPEST_NESTING = 20
FIELDS = ("speaker", "outlet", "country", "year", "title", "language")

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
LEXEME = re.compile(
    rf"""(?P<space>[\s,;/|]+)
    | (?P<open>\() | (?P<close>\))
    | (?P<minus>-(?=[\w"(]))
    | (?<!:)(?P<field>(?i:{"|".join(FIELDS)})(?=:\s*\S)|[^\W\d_]+(?=:\S)):
    | "(?P<phrase>[^"]*)"
    | (?P<quote>")
    | (?<!:)(?P<operator>(?:AND|OR|NOT)(?![^\s()"]))
    | (?P<word>(?:[^\s()",;/|]|(?<=\d),(?=\d{{3}}(?!\d)))+)""",  # 2,000 is one word
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in any inflection; joined by hyphens or the like (US-led), its parts as written, in a row."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These very words, in a row."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one of FIELDS."""

    name: str
    value: Word | Phrase


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple


@dataclass(frozen=True, slots=True)
class Without:
    part: object


Node = Word | Phrase | Field | All | Any | Without


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; `node` is None where there is nothing to look for."""

    node: Node | None
    notices: tuple[str, ...] = ()


class _MisreadError(Exception):
    """The text is no well-formed query; the message says why."""


def parse(text: str) -> Query:
    """Parse what a reader typed, cleaned and cut to LONGEST_QUERY characters by the caller."""
    text = text.translate(QUOTES)
    notices = []
    lexemes = _lexemes(text, notices)
    try:
        node = _Parser(lexemes, notices).query()
    except _MisreadError as error:
        notices.append(f"{error}, so the search was read as plain words.")
        node = _joined(All, [Word(word) for word in words(text)[:MOST_WORDS]])
    if node is None and text.strip():
        notices.append(f"“{shortened(text)}” holds no word to search for, so everything is shown.")
    return Query(node, tuple(dict.fromkeys(notices)))


def shortened(text: str) -> str:
    """Return what a reader typed short enough for a notice."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _lexemes(text, notices):
    """[(kind, text), ...] without spaces; at most MOST_WORDS words. What holds no word is of the kind "nothing"."""
    lexemes, left = [], MOST_WORDS
    for match in LEXEME.finditer(text):
        kind, value = match.lastgroup, match[match.lastgroup]
        if kind in ("word", "phrase"):
            found = words(value)
            if "*" in value and found:
                notices.append(f"The asterisk in “{shortened(value)}” was left out: endings are always open.")
            if len(found) > left:
                notices.append(f"Only the first {MOST_WORDS} words were searched.")
                value = " ".join(found[:left])
            left -= min(len(found), left)
            kind = kind if words(value) else "nothing"
        if kind != "space":
            lexemes.append((kind, value))
    return lexemes


class _Parser:
    """Recursive descent over the lexemes: OR binds loosest, then AND (or nothing), then NOT (or -)."""

    def __init__(self, lexemes, notices):
        self.lexemes = lexemes
        self.notices = notices
        self.place = 0
        self.depth = 0

    def query(self):
        node = self.any_of() if self.lexemes else None
        if self.place < len(self.lexemes):
            raise _MisreadError("A closing bracket has no opening one")
        return node

    def any_of(self):
        parts = [self.all_of()]
        while self.take("operator", "OR"):
            parts.append(self.all_of())
        return _joined(Any, parts)

    def all_of(self):
        parts = [self.without()]
        while self.take("operator", "AND") or self.peek() not in (None, ("operator", "OR"), ("close", ")")):
            parts.append(self.without())
        return _joined(All, parts)

    def without(self):
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise _MisreadError("The brackets are nested too deeply")
        is_negated = self.take("operator", "NOT") or self.take("minus")
        node = self.without() if is_negated else self.primary()
        self.depth -= 1
        return Without(node) if is_negated and node else node

    def primary(self):
        kind, value = self.next()
        if kind == "open":
            node = self.any_of()
            if not self.take("close"):
                raise _MisreadError("An opening bracket is never closed")
            return node
        if kind == "field":
            return self.field(value)
        return self.term(kind, value)

    def term(self, kind, value):
        if kind == "nothing":
            return None
        if kind == "word":
            return Word(value)
        if kind == "phrase":
            return Phrase(value)
        if kind == "quote":
            raise _MisreadError("A quotation mark is never closed")
        raise _MisreadError("AND, OR and NOT stand between or before words")

    def field(self, name):
        node = self.primary()
        if name.lower() not in FIELDS:
            self.notices.append(f"There is no field “{shortened(name)}:”, so it was read as a plain word.")
            return _joined(All, [Word(name), node])
        if node is None:
            self.notices.append(f"After “{name}:” a value is missing, so it was left out.")
        return _in_field(name.lower(), node)

    def peek(self):
        return self.lexemes[self.place] if self.place < len(self.lexemes) else None

    def next(self):
        lexeme = self.peek()
        if lexeme is None:
            raise _MisreadError("The search ends where another word is expected")
        self.place += 1
        return lexeme

    def take(self, kind, value=None):
        """Step over the next lexeme if it is of this kind (and text); say whether it was."""
        lexeme = self.peek()
        is_there = lexeme is not None and lexeme[0] == kind and value in (None, lexeme[1])
        self.place += is_there
        return is_there


def _in_field(name, node):
    """Look for every word and phrase of a tree in one field: speaker:(a OR b)."""
    match node:
        case Word() | Phrase():
            return Field(name, node)
        case All(parts) | Any(parts):
            return type(node)(tuple(_in_field(name, part) for part in parts))
        case Without(part):
            return Without(_in_field(name, part))
    return node


def _joined(kind, parts):
    """One part stands for itself, none for nothing."""
    parts = [part for part in parts if part is not None]
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
