"""Lines as a reader sees them, where every character knows its place in the source.

Markup, entities and invisible characters are gone from `Line.text`; `Line.pieces` leads back to them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

WORD = re.compile(r"(?<![#@/.\w])[^\W\d_]+")  # names of accounts and addresses are no words


class Piece(NamedTuple):
    """From character `at` of a line on, the visible text stands for source[start:end].

    Visible and source have the same length, except where an entity such as &amp; stands for one character.
    """

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line, without white space at its ends.

    number: of the source line on which it begins, from 1. gap: empty lines (or block tags) before it; 0 where it
    follows the line above directly. bold, italic: [start, end) stretches of `text`. heading: its level, 0 where it is
    none. link: the address, where the whole line is one link.
    """

    number: int
    text: str
    pieces: tuple[Piece, ...]
    gap: int = 0
    bold: tuple[tuple[int, int], ...] = ()
    italic: tuple[tuple[int, int], ...] = ()
    quoted: bool = False
    heading: int = 0
    link: str = ""

    def source(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return the source stretches that text[start:end] stands for."""
        end = len(self.text) if end is None else end
        first = self.pieces[0]
        if len(self.pieces) == 1 and first.end - first.start == len(self.text):
            return [(first.start + start, first.start + end)]
        stretches = []
        ends = [piece.at for piece in self.pieces[1:]] + [len(self.text)]
        for piece, piece_end in zip(self.pieces, ends, strict=True):
            if piece.at >= end or piece_end <= start:
                continue
            if piece_end - piece.at != piece.end - piece.start:
                stretches.append((piece.start, piece.end))
                continue
            skipped, unused = max(0, start - piece.at), max(0, piece_end - end)
            stretches.append((piece.start + skipped, piece.end - unused))
        return stretches

    def part(self, start: int, end: int) -> "Line":
        """Return text[start:end] as a line of its own."""
        pieces, ends = [], [piece.at for piece in self.pieces[1:]] + [len(self.text)]
        for piece, piece_end in zip(self.pieces, ends, strict=True):
            first, last = max(piece.at, start), min(piece_end, end)
            if first >= last:
                continue
            if piece_end - piece.at == piece.end - piece.start:
                offset = piece.start - piece.at
                pieces.append(Piece(first - start, offset + first, offset + last))
            else:
                pieces.append(Piece(first - start, piece.start, piece.end))
        bold = (
            (max(0, one - start), min(end, other) - start) for one, other in self.bold if one < end and other > start
        )
        return replace(self, text=self.text[start:end], pieces=tuple(pieces), bold=tuple(bold))

    def is_bold(self, start: int, end: int) -> bool:
        """Whether text[start:end] is wholly bold, white space and colons at its end aside."""
        return bool(self.bold) and self._is_within(self.bold, start, end)

    def is_italic(self, start: int, end: int) -> bool:
        """Whether text[start:end] is wholly italic, white space and colons at its end aside."""
        return bool(self.italic) and self._is_within(self.italic, start, end)

    def _is_within(self, runs, start, end):
        end = start + len(self.text[start:end].rstrip(" :："))
        return any(first <= start and end <= last for first, last in _joined(runs, self.text))


def _joined(runs, text):
    """Yield runs, neighbours with nothing but white space between them as one."""
    held = None
    for first, last in runs:
        if held and not text[held[1] : first].strip():
            held = (held[0], last)
            continue
        if held:
            yield held
        held = (first, last)
    if held:
        yield held


class Ending:
    """A pattern that ends with a text. It is sought among the last characters alone, white space after them aside."""

    LONGEST = 20

    def __init__(self, pattern: str):
        self.pattern = re.compile(rf"(?:{pattern})\s*$")

    def search(self, text: str) -> re.Match | None:
        """Return the first match that reaches to the end of the text."""
        return self.pattern.search(text, len(text.rstrip()) - self.LONGEST)


class Lines(tuple):
    """The lines of one text. What several layouts ask of them is found out once."""

    def once(self, find: Callable[["Lines"], Any]) -> Any:
        """Return `find(lines)`, from memory where it was asked before; nobody may change the answer."""
        if find not in self._found:
            self._found[find] = find(self)
        return self._found[find]

    @cached_property
    def _found(self):
        return {}

    def writes_small(self, word: str) -> bool:
        """Whether a word is in small letters and stands so anywhere in the text."""
        return word.islower() and word in self._text and word in self._words

    @cached_property
    def _text(self):
        return "\n".join(line.text for line in self)

    @cached_property
    def _words(self):
        return set(WORD.findall(self._text))


class Fragment(NamedTuple):
    """A part of a line: text[start:end]."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def gap(self) -> int:
        """Empty lines before it; 0 inside a line."""
        return self.line.gap if self.start == 0 else 0

    def source(self) -> list[tuple[int, int]]:
        """Return the source stretches it stands for."""
        return self.line.source(self.start, self.end)


def whole(line: Line) -> Fragment:
    """Return a line as one fragment."""
    return Fragment(line, 0, len(line.text))


@dataclass(frozen=True, slots=True)
class Field:
    """A named fact that stands apart from the text: front matter, an XML element, a <meta> tag."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text: its address and what it says of itself on hovering."""

    url: str
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of the source that no reader sees, and why: markup, script, navigation ..."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded text as lines, with what stands beside them."""

    lines: tuple[Line, ...]
    fields: tuple[Field, ...]
    links: tuple[Link, ...]
    hidden: tuple[Hidden, ...]
