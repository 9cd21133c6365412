"""A search in words: “43 answers by Anna Ek that mention Libya, 2019 to 2020, with gas”, and what can be dropped.

A sentence is a list of pieces, (words, are they the reader's own choice?), printed one after the other as they are.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from interviews.wording import counted

from . import tree
from .lexing import shortened
from .periods import Period, ends_of, read_date, read_period
from .query import Query
from .request import FACET_NOUNS, Request
from .resolving import DAYS, Meanings

Piece = tuple[str, bool]
Label = Callable[[str, str], str]

MOST_LISTED = 8
MOST_MEANT = 3
# What answers have to do with values of a facet or field, and with excluded ones; sentences have them in this order.
RELATIONS = {
    "speaker": ("by ", "not by "),
    "speaker_country": ("by speakers of ", "not by speakers of "),
    "outlet": ("given to ", "not given to "),
    "outlet_country": ("given to outlets of ", "not given to outlets of "),
    "interview_country": ("given in ", "not given in "),
    "about": ("that mention ", "that do not mention "),
    "language": ("in ", "not in "),
    "kind": ("in ", "not in "),
    "length": ("of ", "not of "),
    "interview": ("from ", "not from "),
    "dates": ("", "not "),
}
SPOKEN_OF = ("country", "person", "organisation", "place", "document", "event")
ALIKE = dict.fromkeys(SPOKEN_OF, "about") | dict.fromkeys(("year", "month", "before", "after"), "dates")
PLACES = {"question": " in the question", "answer": " in the answer"}


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was asked for, in a few words, and the search without it."""

    words: str
    request: Request


@dataclass(frozen=True, slots=True)
class Description:
    """What a search asks for: as a sentence, and as chips."""

    sentence: tuple[Piece, ...] = ()
    chips: tuple[Chip, ...] = ()


def describe(request: Request, query: Query, meanings: Meanings, label: Label, *, total: int) -> Description:
    """Describe a search that found `total` answers.

    `query` is the parsed query of the request, `meanings` tell whom its names mean (see resolving), and
    `label(facet, value)` is what readers call a value of a facet.
    """
    teller = _Teller(meanings, label)
    sentence = teller.sentence(request, query.node, total)
    return Description(tuple(sentence), tuple(teller.chips(request, query.node)))


class _Teller:
    def __init__(self, meanings: Meanings, label: Label):
        self.meanings = meanings
        self.label = label

    def sentence(self, request, node, total):
        parts = tree.parts_of(node)
        clauses = self.clauses(parts, self.of_facets(request), is_one=total == 1)
        if isinstance(node, tree.In):
            clauses.append(_said(PLACES[node.part]))
        head = _own(counted(total, "answer") if total else "No answers")
        return [head, _said(" "), *clauses] if clauses else [head]

    def clauses(self, parts, related, *, is_one):
        """By whom, to whom, about what ...; dates and what follows them are set off by commas."""
        wanted, unwanted, mixed = [], [], []
        for part in parts:
            inner = part.node if isinstance(part, tree.Without) else part
            if _is_condition(inner):
                related[_relation(inner.name)][inner is not part].append(self.values(inner))
            elif _is_of_words(part):
                (wanted if inner is part else unwanted).append(inner)
            else:
                mixed.append(self.phrase(part, is_one=is_one))
        pieces = []
        for relation in RELATIONS:
            clause = self.related(relation, *related[relation], is_one=is_one)
            pieces += _set_off(clause, pieces, sign=", " if relation == "dates" else " ")
        for clause in [*mixed, self.containing(wanted, unwanted)]:
            pieces += _set_off(clause, pieces, sign=", ")
        return pieces

    def of_facets(self, request):
        """{relation: (what is wanted, what is excluded)}, of each facet in one list of pieces."""
        related = _no_relations()
        for facet in FACET_NOUNS:
            for is_excluded, values in ((False, request.chosen(facet)), (True, request.excluded(facet))):
                if values:
                    named = _listed([self.value(facet, value) for value in values], "or")
                    related[_relation(facet)][is_excluded].append(_before(facet) + named)
        if request.since or request.until:
            related["dates"][False].append(_period(Period(request.since, request.until)))
        return related

    def chips(self, request, node):
        for part in tree.parts_of(node):
            rest = tree.without_part(node, part)
            words = self.expression(part) if _is_of_words(part) else self.phrase(part, is_one=True)
            yield Chip(_plain(words), request.changed(query=str(rest or "")))
        if isinstance(node, tree.In):
            yield Chip(PLACES[node.part].strip(), request.changed(query=str(node.node)))
        if node is None and request.query:
            yield Chip(request.query, request.changed(query=""))
        for facet, value in request.choices:
            bare = value.removeprefix("-")
            values = [_before(facet) + self.value(facet, bare)]
            pieces = self.about(_relation(facet), values, is_excluded=value != bare, is_one=True)
            yield Chip(_plain(pieces), request.without_value(facet, bare))
        if request.since:
            yield Chip(_plain(_period(Period(request.since, None))), request.changed(since=None))
        if request.until:
            yield Chip(_plain(_period(Period(None, request.until))), request.changed(until=None))

    def related(self, relation, wanted, unwanted, *, is_one):
        """What answers have to do with values: “that mention Italy but not Libya”."""
        pieces = self.about(relation, wanted, is_one=is_one) if wanted else []
        if wanted and unwanted:
            return [*pieces, _said(" but not "), *_listed(unwanted, "or")]
        return pieces or (self.about(relation, unwanted, is_excluded=True, is_one=is_one) if unwanted else [])

    def about(self, relation, values, *, is_excluded=False, is_one=False):
        words = RELATIONS[relation][is_excluded]
        if is_one:
            words = words.replace("that mention", "that mentions").replace("that do", "that does")
        if len(values) > 1:
            values = [_in_brackets(pieces) if _said(" or ") in pieces else pieces for pieces in values]
        return [*([_said(words)] if words else []), *_listed(values, "or" if is_excluded else "and")]

    def containing(self, wanted, unwanted):
        pieces = [_said("with "), *self.listed(wanted, "and")] if wanted else []
        if unwanted:
            pieces += [
                _said(" but not " if wanted else "without "),
                *_listed([self.operand(each) for each in unwanted], "or"),
            ]
        return pieces

    def phrase(self, node, *, is_one):
        """Any part of a query, as it stands behind “answers”."""
        match node:
            case tree.Without(node=inner) if not (_is_condition(inner) or _is_of_words(node)):
                return [_said("not "), *_in_brackets(self.phrase(inner, is_one=is_one))]
            case tree.In(part=part, node=inner) if not _is_of_words(node):
                return [*_in_brackets(self.phrase(inner, is_one=is_one)), _said(PLACES[part])]
            case tree.Any(parts=parts) if not _is_of_words(node):
                phrases = ((part, self.phrase(part, is_one=is_one)) for part in parts)
                return _listed(
                    [_in_brackets(each) if isinstance(part, tree.All) else each for part, each in phrases], "or"
                )
        return self.clauses(node.parts if isinstance(node, tree.All) else [node], _no_relations(), is_one=is_one)

    def values(self, field):
        return self.expression(field.node, partial(self.meaning, field.name))

    def expression(self, node, of_term=None):
        """The terms of a tree, with what stands between them: “gas or oil”."""
        match node:
            case tree.All():
                return self.all_of(node.parts, of_term)
            case tree.Any():
                return self.listed(node.parts, "or", of_term)
            case tree.Near(left=left, right=right, distance=distance):
                within = _said(f" within {counted(distance, 'word')} of ")
                return [*self.operand(left, of_term), within, *self.operand(right, of_term)]
            case tree.Without(node=inner):
                return [_said("not "), *self.operand(inner, of_term)]
            case tree.In() | tree.Field():
                return self.placed(node)
        return of_term(node) if of_term else _term(node)

    def placed(self, node):
        if _is_condition(node):
            return self.phrase(node, is_one=False)
        return [*self.operand(node.node), _said(PLACES[node.part] if isinstance(node, tree.In) else " in the title")]

    def all_of(self, parts, of_term):
        wanted = [part for part in parts if not isinstance(part, tree.Without)]
        unwanted = [part.node for part in parts if isinstance(part, tree.Without)]
        pieces = self.listed(wanted, "and", of_term)
        if unwanted:
            pieces += [_said(" but not " if wanted else "not "), *self.listed(unwanted, "or", of_term)]
        return pieces

    def listed(self, nodes, conjunction, of_term=None):
        of_node = self.operand if len(nodes) > 1 else self.expression
        return _listed([of_node(node, of_term) for node in nodes], conjunction)

    def operand(self, node, of_term=None):
        pieces = self.expression(node, of_term)
        return pieces if isinstance(node, tree.Term | tree.Field) else _in_brackets(pieces)

    def meaning(self, name, term):
        """Whom or what a name in a field means; several are told where they are few."""
        if name in DAYS:
            return _days(name, term.text)
        named = list(self.meanings.get((name, term.text), {}).values())
        if not 0 < len(named) <= MOST_MEANT:
            return [_own(f"any “{term.text}”" if named else f"“{term.text}”")]
        return _listed([_named(name, label) for label in named], "or")

    def value(self, facet, value):
        return _named(facet, self.label(facet, value))


def _named(facet, label):
    """The value of a facet or field, by its label."""
    if facet == "interview":
        label = f"“{label}”"
    if facet == "kind":
        label = f"{'an' if label[:1] in 'AEIOU' else 'a'} {label.lower()}"
    return [_own(label)]


def _no_relations():
    """{relation: (what is wanted, what is excluded)}, to be filled."""
    return defaultdict(lambda: ([], []))


def _set_off(clause, pieces, *, sign):
    """A clause with the sign that parts it from the pieces before it."""
    return [_said(sign), *clause] if clause and pieces else clause


def _term(term):
    """A word, phrase or mask of the text."""
    if isinstance(term, tree.Prefix):
        return [_said("words beginning with "), _own(term.text)]
    if isinstance(term, tree.Similar):
        return [_said("words like "), _own(term.text)]
    return [_own(f"“{term.text}”" if isinstance(term, tree.Phrase) else term.text)]


def _days(name, text):
    """The days that before:, after: and year: mean."""
    try:
        period = read_period(text) if name == "year" else read_date(text)
    except ValueError:
        return [_said("in " if name == "year" else f"{name} "), _own(f"“{text}”")]
    return _period(period) if name == "year" else [_said(f"{name} "), _own(ends_of(period)[0])]


def _period(period):
    ends = ends_of(period)
    if len(ends) == 2:
        return [_own(ends[0]), _said(" to "), _own(ends[1])]
    is_both = period.first and period.last
    word = ("on " if period.first == period.last else "in ") if is_both else "since " if period.first else "until "
    return [_said(word), _own(ends[0])]


def _before(facet):
    """What stands before the values of a facet of time."""
    return [_said("in ")] if facet in ("year", "month") else []


def _relation(name):
    return ALIKE.get(name, name)


def _is_condition(node):
    """Whether it is a field that says something of the whole answer, not of words in its title."""
    return isinstance(node, tree.Field) and node.name != "title"


def _is_of_words(node):
    return all(name in ("", "title") for name, _ in tree.terms_of(node))


def _listed(items, conjunction):
    """a, b and c; of very many the first."""
    if len(items) > MOST_LISTED:
        items = [*items[: MOST_LISTED - 1], [_said(f"{len(items) - MOST_LISTED + 1} more")]]
    pieces = []
    for place, item in enumerate(items):
        if place:
            pieces.append(_said(f" {conjunction} " if place == len(items) - 1 else ", "))
        pieces += item
    return pieces


def _in_brackets(pieces):
    return [_said("("), *pieces, _said(")")] if len(pieces) > 1 else pieces


def _own(words):
    return shortened(words), True


def _said(words):
    return words, False


def _plain(pieces):
    """The pieces as one text, as a chip has it: “mentions Libya”."""
    return "".join(words for words, _ in pieces).removeprefix("that ")
