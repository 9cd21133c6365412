"""What a reader typed, cut into words, phrases, brackets and operators, each with its place.

Slips are mended here, each with a notice, so that the parser gets nothing but well-formed queries. Places count the
characters of the text as typed: signs are exchanged one for one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from interviews.search.engine.conditions import SHORTEST_PREFIX
from interviews.search.text.analysis import exact, words

FIELDS = (
    *("speaker", "outlet", "country", "about", "title", "in"),
    *("person", "organisation", "place", "document", "event"),
    *("before", "after", "year", "language", "kind"),
)
OPERATORS = ("and", "or", "not", "near")
DEEPEST_NESTING = 20
MOST_NOTICES = 20

FULL_WIDTH = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFF01, 0xFF5F), 0x3000)}
QUOTES = dict.fromkeys("“”„‟«»〝〞「」『』＂", '"')
# Control characters and halves of characters: no database takes all of them.
NO_SIGNS = {chr(code): " " for code in (*range(32), *range(127, 160), *range(0xD800, 0xE000))}
SIGNS = str.maketrans(FULL_WIDTH | QUOTES | NO_SIGNS | {"−": "-", "،": ",", "؛": ";", "、": ","})

LEXEME = re.compile(
    r"""(?P<space>[\s,;/|]+)
    | (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(,;/|])-+(?=[\w"(]))
    | (?P<field>(?<!:)[^\W\d_]+:(?=[\w"(]|\.\.\d))
    | (?P<phrase>"[^"]*")
    | (?P<quote>")
    | (?P<operator>(?<!:)(?:AND|OR|NOT|NEAR(?:/\d+)?)(?![^\s()"]))
    | (?P<word>(?:[^\s()",;/|]|(?<=\d),(?=\d{3}(?!\d)))+)""",  # 2,000 is one word
    re.VERBOSE,
)
BARE_FIELD = re.compile(r"([^\W\d_]+):(?!\w)")
INNER_FIELD = re.compile(r"[^\W\d_]+:(?=\w)")
OPEN_RANGE = re.compile(r"\d[\d-]*\.\.|\.\.\d[\d-]*")
# A range as other search engines write it: [2010 TO 2014], date:{* TO 2014}.
FOREIGN_RANGE = re.compile(r"[^\s\[{]{0,40}[\[{][^\s\[\]{}]{0,40}\s+TO\s+[^\s\[\]{}]{0,40}[\]}]")
MASKS = re.compile(r"[*~]+")

TERMS = {"word", "phrase", "prefix", "similar"}
ENDS = TERMS | {"close"}
BEGINNINGS = TERMS | {"open", "field"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: its kind, its text, and the characters [start, end) where it stands.

    Kinds are the groups of LEXEME, but for operators "and", "or", "not", "near", and for a word with its mask "prefix"
    (sanction*) or "similar" (goverment~).
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What was not understood, as the reader is told, and the characters [start, end) of the query that it means."""

    text: str
    start: int
    end: int

    def __str__(self):
        return self.text


class Notices:
    """Notices as they come up, each once; of very many the first `most`."""

    def __init__(self, most: int = MOST_NOTICES):
        self._most = most
        self._found: dict[tuple[str, str], Notice] = {}

    def add(self, text: str, piece: Lexeme) -> None:
        """Note something; “{}” in the text becomes the piece that is meant, with its place."""
        if len(self._found) < self._most:
            place = f"“{shortened(piece.text)}” (character {piece.start + 1})"
            self._found.setdefault((text, piece.text), Notice(text.format(place), piece.start, piece.end))

    def __iter__(self) -> Iterator[Notice]:
        return iter(self._found.values())


def shortened(text: str) -> str:
    """Return what a reader typed short enough for a notice."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def lexemes(text: str, notices: Notices) -> list[Lexeme]:
    """Cut a text of any length, in linear time, into lexemes that hold together.

    Brackets come in pairs around something, at most DEEPEST_NESTING deep; a field, a minus and NOT stand before an
    operand, OR and NEAR between two. AND and blanks mean the same: both are gone.
    """
    pieces = _in_brackets(_meaning_something(text.translate(SIGNS), notices), notices)
    return _with_operands(_with_values(pieces, notices), notices)


def _meaning_something(text, notices) -> Iterator[Lexeme]:
    for match in LEXEME.finditer(text):
        piece = Lexeme(match.lastgroup, match[0], *match.span())
        if piece.kind == "word":
            _refuse_range(piece, text, notices)
            if found := words(piece.text):
                yield _term(piece, found, notices)
        elif piece.kind == "phrase":
            if found := words(piece.text):
                _refuse_masks(piece, notices)
                yield replace(piece, text=" ".join(MASKS.sub(" ", piece.text.strip('"')).split()))
        elif piece.kind == "quote":
            opened = replace(piece, text=text[piece.start : piece.start + 20])
            notices.add("The quotation mark in {} is never closed: what follows was read as plain words.", opened)
        elif piece.kind == "operator":
            yield replace(piece, kind=piece.text.partition("/")[0].lower())
        elif piece.kind != "space":
            yield piece


def _term(piece, found, notices):
    """A word without the signs around it; with a mask (sanction*, goverment~) where it stands for enough letters."""
    bare = BARE_FIELD.match(piece.text)
    if bare and bare[1].lower() in FIELDS:
        notices.add("After {} no value follows at once: it was read as plain words.", piece)
    if OPEN_RANGE.fullmatch(piece.text):
        return piece
    before, _, after = piece.text.partition(found[0])
    if len(found) == 1 and MASKS.match(after) and not MASKS.search(before) and len(exact(found[0])) >= SHORTEST_PREFIX:
        return replace(piece, kind="prefix" if after[0] == "*" else "similar", text=found[0])
    _refuse_masks(piece, notices)
    text = piece.text[len(before) : piece.text.rfind(found[-1]) + len(found[-1])]
    text = MASKS.sub("-", text.lower() if text.lower() in OPERATORS else text)
    return replace(piece, text=text.replace(":", "-") if INNER_FIELD.match(text) else text)


def _refuse_range(piece, text, notices):
    if found := FOREIGN_RANGE.match(text, piece.start):
        piece = replace(piece, text=found[0], end=found.end())
        notices.add("{} was read as plain words: a span of time is written year:2010..2014.", piece)


def _refuse_masks(piece, notices):
    if MASKS.search(piece.text):
        notices.add(f"In {{}} * and ~ were left out: they need a word of {SHORTEST_PREFIX} letters before them.", piece)


def _in_brackets(pieces: Iterable[Lexeme], notices) -> list[Lexeme]:
    """Leave out brackets that stand alone, hold nothing or are nested too deeply; close those that are still open."""
    kept, opened = [], []
    for piece in pieces:
        if piece.kind == "open":
            opened.append(piece)
        if piece.kind == "close" and not opened:
            notices.add("The bracket {} closes nothing: it was left out.", piece)
        elif piece.kind in ("open", "close") and len(opened) > DEEPEST_NESTING:
            notices.add(f"Brackets are read {DEEPEST_NESTING} deep: {{}} and those within were left out.", opened[-1])
        elif piece.kind == "close":
            _close(kept, piece)
        else:
            kept.append(piece)
        if piece.kind == "close" and opened:
            opened.pop()
    for piece in reversed(opened[:DEEPEST_NESTING]):
        notices.add("The bracket {} is never closed: it was closed at the end.", piece)
        _close(kept, replace(kept[-1], kind="close", text=")", start=kept[-1].end))
    return kept


def _close(kept, closing):
    if kept[-1].kind == "open":
        kept.pop()
    else:
        kept.append(closing)


def _with_values(pieces, notices):
    """Leave out a field or a minus that stands before nothing."""
    kept: list[Lexeme] = []
    for piece in reversed(pieces):
        is_followed = kept and kept[-1].start == piece.end and kept[-1].kind in BEGINNINGS
        if piece.kind == "field" and not is_followed:
            notices.add("After {} a value is missing: it was left out.", piece)
        elif piece.kind != "minus" or is_followed:
            kept.append(piece)
    return kept[::-1]


def _with_operands(pieces, notices):
    """Read an operator that has nothing to join as a plain word."""
    kept: list[Lexeme] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.kind not in OPERATORS:
            kept.append(piece)
        elif not _joins(kept[-1] if kept else None, piece.kind, following):
            notices.add("{} has nothing to join: it was read as a plain word.", piece)
            kept.append(replace(piece, kind="word", text=piece.kind))
        elif piece.kind != "and":
            kept.append(piece)
    return kept


def _joins(previous, operator, following):
    if following is None or (operator != "not" and (previous is None or previous.kind not in ENDS)):
        return False
    return following.kind in BEGINNINGS or (following.kind in ("minus", "not") and operator != "near")
