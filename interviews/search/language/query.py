"""The query language: what a reader typed, as a small tree. Ours, not the engine's, so that saved searches last.

    libya sanctions            all words, in any inflection          libya AND sanctions
    "foreign minister"         the exact words, next to each other   “foreign minister”
    gas OR oil   NOT gas   -gas   (gas OR oil) pipeline   sanctions NEAR/5 medicine   sanction*   goverment~
    speaker:lavrov   outlet:"le monde"   country:(italy OR libya)   title:rome   in:question
    about:nato   person:ban   organisation:nato   place:crimea   document:inf   event:helsinki
    year:2019   year:2010..2014   before:2014-03   after:2014   language:russian   kind:briefing

A comma, semicolon, slash or upright bar parts words as a space does. Whatever cannot be understood is read as plain
words, and a notice says what and where. Nothing here raises.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from .lexing import FIELDS, OPERATORS, Lexeme, Notice, Notices, lexemes, shortened
from .tree import (
    NEAR_BY,
    All,
    Any,
    Field,
    In,
    Near,
    Node,
    Phrase,
    Prefix,
    Similar,
    Term,
    Without,
    Word,
    cut,
    joined,
    terms_of,
)

LONGEST_QUERY = 1_000
MOST_WORDS = 64
MOST_DISTANCE = 100
SCOPES = ("question", "answer")
TERMS = {"word": Word, "phrase": Phrase, "prefix": Prefix, "similar": Similar}


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; `node` is None where there is nothing to look for."""

    node: Node | None
    notices: tuple[Notice, ...] = ()


@lru_cache(maxsize=100)  # a page and the help beside it read one query several times
def parse(text: str) -> Query:
    """Parse what a reader typed, of any length, in linear time; MOST_WORDS words of it are looked for."""
    notices = Notices()
    node = _Parser(lexemes(text, notices), notices).group()
    node, cut_at = cut(node, MOST_WORDS) if node else (None, None)
    told = list(notices)
    if cut_at:
        told.append(_notice_of_cut(text, *cut_at.span))
    if node is None and text.strip():
        told.append(Notice(f"“{shortened(text)}” holds no word to search for, so everything is shown.", 0, len(text)))
    return Query(node, tuple(told))


def _notice_of_cut(text, start, end):
    piece = shortened(text[start:end])
    return Notice(f"The search was cut at “{piece}” (character {start + 1}): {MOST_WORDS} words are read.", start, end)


class _Parser:
    """Recursive descent over well-formed lexemes: OR binds loosest, then blanks, NOT (or -), and NEAR closest."""

    def __init__(self, pieces: list[Lexeme], notices: Notices):
        self.pieces = pieces
        self.notices = notices
        self.place = 0
        self.scopes: list[Lexeme | None] = []
        self.fields: list[str] = []

    def group(self):
        """The whole query, or what stands between brackets, with what it says of where its words must stand."""
        self.scopes.append(None)
        node = self.any_of()
        scope = self.scopes.pop()
        if scope is None:
            return node
        if not any(field == "" for field, _ in terms_of(node)):
            self.notices.add("Beside {} there are no words to look for: it was left out.", scope)
            return node
        return In(scope.text.removeprefix("in:"), node, span=(scope.start, scope.end))

    def any_of(self):
        parts = [self.all_of()]
        while self.take("or"):
            parts.append(self.all_of())
        return joined(Any, parts)

    def all_of(self):
        parts = []
        while (piece := self.peek()) and piece.kind not in ("close", "or"):
            parts.append(None if self.takes_scope(piece) else self.without())
        return joined(All, parts)

    def takes_scope(self, piece):
        """Step over in:question or in:answer, and remember it for the group; say whether it was there."""
        value, following = [*self.pieces[self.place + 1 : self.place + 3], None, None][:2]
        part = value.text.lower().removesuffix("s") if value else ""
        if piece.text.lower() != "in:" or part not in SCOPES or (following and following.kind == "near"):
            return False
        said = replace(piece, text=f"in:{part}", end=value.end)
        if self.scopes[-1]:
            self.notices.add("Words can be asked for in one part of a text: {} came second and was left out.", said)
        self.scopes[-1] = self.scopes[-1] or said
        self.place += 2
        return True

    def without(self):
        start, is_negated = self.peek().start, False
        while self.take("not") or self.take("minus"):
            is_negated = not is_negated
        node = self.near()
        if not is_negated or node is None:
            return node
        return node.node if isinstance(node, Without) else Without(node, span=(start, self.end()))

    def near(self):
        left, pairs = self.primary(), []
        while operator := self.take("near"):
            right = self.primary()
            pairs.append(self.pair(left, right, operator))
            left = right
        return joined(All, pairs) if pairs else left

    def pair(self, left, right, operator):
        if _is_side(left) and _is_side(right) and set(self.fields) <= {"title"}:
            distance = int(operator.text.partition("/")[2][:4] or NEAR_BY)
            span = left.span[0], right.span[1]
            return Near(left, right, min(max(distance, 1), MOST_DISTANCE), span=span)
        self.notices.add(
            "{} joins words and phrases, or choices of them: its two sides were looked for apart.", operator
        )
        return joined(All, [left, right])

    def primary(self):
        piece = self.next()
        if piece.kind == "field":
            return self.field(piece)
        if piece.kind != "open":
            return TERMS[piece.kind](piece.text, span=(piece.start, piece.end))
        node = self.group()
        self.next()
        return replace(node, span=(piece.start, self.end())) if isinstance(node, All | Any) else node

    def field(self, piece):
        name = piece.text[:-1]
        self.fields.append(name.lower())
        value = self.primary()
        self.fields.pop()
        if name.lower() not in FIELDS:
            self.notices.add("There is no field {}: it was read as plain words.", piece)
        elif name.lower() == "in":
            self.notices.add("{} takes question or answer, and no sign before it: it was read as plain words.", piece)
        else:
            return Field(name.lower(), value, span=(piece.start, self.end())) if value else None
        word = name.lower() if name.lower() in OPERATORS else name
        return joined(All, [Word(word, span=(piece.start, piece.end - 1)), value])

    def peek(self):
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def next(self):
        self.place += 1
        return self.pieces[self.place - 1]

    def take(self, kind):
        """Step over the next piece if it is of this kind, and return it; else None."""
        piece = self.peek()
        return self.next() if piece and piece.kind == kind else None

    def end(self):
        """Where the last piece ended."""
        return self.pieces[self.place - 1].end


def _is_side(node):
    """Whether NEAR can join it: a term, or a choice of terms."""
    return isinstance(node, Term) or (isinstance(node, Any) and all(isinstance(part, Term) for part in node.parts))
