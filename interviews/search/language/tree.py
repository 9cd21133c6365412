"""What a reader asked for, as a tree. `str()` of a node is a query that is parsed to it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from interviews.search.text.analysis import words

NEAR_BY = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """Stands at the characters [start, end) of the query. Equal nodes may stand in different places."""

    span: tuple[int, int] = field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Placed):
    """One word in any inflection; joined by hyphens or the like (US-led), its parts in a row, each in any."""

    text: str

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase(Placed):
    """These very words, in a row."""

    text: str

    def __str__(self):
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix(Placed):
    """Every word that begins so."""

    text: str

    def __str__(self):
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Similar(Placed):
    """Every word at most one letter away."""

    text: str

    def __str__(self):
        return f"{self.text}~"


@dataclass(frozen=True, slots=True)
class Near(Placed):
    """Two terms, or choices of terms, of which the second is at most `distance` words before or after the first."""

    left: "Term | Any"
    right: "Term | Any"
    distance: int

    def __str__(self):
        operator = "NEAR" if self.distance == NEAR_BY else f"NEAR/{self.distance}"
        return f"{_operand(self.left)} {operator} {_operand(self.right)}"


@dataclass(frozen=True, slots=True)
class Field(Placed):
    """A condition on one field (speaker, year ...): its value, or a tree of values."""

    name: str
    node: "Node"

    def __str__(self):
        return f"{self.name}:{_operand(self.node)}"


@dataclass(frozen=True, slots=True)
class In(Placed):
    """All words of `node` stand in one part of the text, "question" or "answer". Its place is where that is said."""

    part: str
    node: "Node"

    def __str__(self):
        return f"in:{self.part} " + (f"({self.node})" if isinstance(self.node, In) else str(self.node))


@dataclass(frozen=True, slots=True)
class Without(Placed):
    node: "Node"

    def __str__(self):
        return f"-{self.node}" if isinstance(self.node, Field) else f"-{_operand(self.node)}"


@dataclass(frozen=True, slots=True)
class All(Placed):
    parts: tuple

    def __str__(self):
        return " ".join(map(_part, self.parts))


@dataclass(frozen=True, slots=True)
class Any(Placed):
    parts: tuple

    def __str__(self):
        return " OR ".join(map(_part, self.parts))


Term = Word | Phrase | Prefix | Similar
Node = Term | Near | Field | In | Without | All | Any


def _operand(node):
    """Behind a sign or beside NEAR only a term stands without brackets."""
    return str(node) if isinstance(node, Term) else f"({node})"


def _part(node):
    """Beside blanks and OR all that binds closer stands without brackets."""
    return f"({node})" if isinstance(node, All | Any | In) else str(node)


def joined(kind: type[All] | type[Any], parts: Iterable[Node | None]) -> Node | None:
    """Join nodes, equal ones once: one stands for itself, none for nothing.

    What is joined in the same way already is taken apart.
    """
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part] if part else []
    flat = list(dict.fromkeys(flat))
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat), span=(flat[0].span[0], flat[-1].span[1]))


def terms_of(node: Node | None, field: str = "") -> Iterator[tuple[str, Term]]:
    """Return (field, term) of all terms, in their order; the field is "" where words of the text are meant."""
    match node:
        case All() | Any():
            for part in node.parts:
                yield from terms_of(part, field)
        case Near():
            yield from terms_of(node.left, field)
            yield from terms_of(node.right, field)
        case Field():
            yield from terms_of(node.node, node.name)
        case In():
            yield from terms_of(node.node)
        case Without():
            yield from terms_of(node.node, field)
        case None:
            return
        case term:
            yield field, term


def terms_left_out(node: Node | None) -> Iterator[Term]:
    """Return the terms behind a minus or NOT, in their order."""
    match node:
        case All() | Any():
            for part in node.parts:
                yield from terms_left_out(part)
        case In() | Field():
            yield from terms_left_out(node.node)
        case Without():
            yield from (term for _, term in terms_of(node.node))


def parts_of(node: Node | None) -> tuple[Node, ...]:
    """Return what a reader would take out of a query one by one: the parts that are all wanted, else the whole."""
    if isinstance(node, In):
        return parts_of(node.node)
    return node.parts if isinstance(node, All) else (node,) if node else ()


def without_part(node: Node, part: Node) -> Node | None:
    """Return the tree without one of its parts, named by the very node that `parts_of` gave."""
    if isinstance(node, In):
        inner = without_part(node.node, part)
        is_placed = inner and any(field == "" for field, _ in terms_of(inner))
        return replace(node, node=inner) if is_placed else inner
    return joined(All, [kept for kept in parts_of(node) if kept is not part])


def cut(node: Node, most_words: int) -> tuple[Node | None, Term | None]:
    """Return the tree of the first words of a tree, and the first term left out or shortened; None for neither."""
    scissors = _Scissors(most_words)
    return scissors.cut(node), scissors.cut_at


class _Scissors:
    def __init__(self, words_left):
        self.words_left = words_left
        self.cut_at = None

    def cut(self, node):
        match node:
            case Near(left=left, right=right):
                left, right = self.cut(left), self.cut(right)
                return replace(node, left=left, right=right) if left and right else left
            case Field() | In() | Without():
                inner = self.cut(node.node)
                return inner and replace(node, node=inner)
            case All() | Any():
                kept = joined(type(node), [self.cut(part) for part in node.parts])
                return replace(kept, span=node.span) if isinstance(kept, type(node)) else kept
        return self.cut_term(node)

    def cut_term(self, term):
        found = words(term.text)
        kept = found[: self.words_left]
        self.words_left -= len(kept)
        if kept == found:
            return term
        self.cut_at = self.cut_at or term
        space = " " if isinstance(term, Phrase) else "-"
        return replace(term, text=space.join(kept)) if kept else None
