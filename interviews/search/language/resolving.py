"""From what a reader typed to what the engine looks for: names are looked up, dates read, parts of texts named."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from interviews.addresses import latinised
from interviews.models import Interview
from interviews.search.engine import conditions
from interviews.search.engine.conditions import Condition, Part
from interviews.search.text.analysis import exact, without_article, words
from interviews.search.text.joining import is_written_joined
from interviews.wording import language_name, language_names

from . import tree
from .known import KINDS, entities_called, value_of
from .lexing import Lexeme, Notice, Notices
from .periods import read_date, read_period
from .query import MOST_WORDS, Query
from .request import FACET_NOUNS

# {(field, name as typed): {value of the index: its label}}
Meanings = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query, ready to be looked for. `meanings` say whom its names mean; `notices` are its own and of its names."""

    condition: Condition
    meanings: Meanings
    notices: tuple[Notice, ...]


def resolve(query: Query) -> Resolved:
    """Look up the names in a query. One that leads nowhere matches nothing, and a notice says so. Never raises."""
    if query.node is None:
        return Resolved(conditions.Everything(), {}, query.notices)
    meanings = _meanings(list(dict.fromkeys(_names(query.node))))
    resolver = _Resolver(meanings)
    condition = resolver.condition(query.node, partial(of_words, part=Part.TEXT))
    return Resolved(condition, meanings, (*query.notices, *resolver.notices))


class _Resolver:
    def __init__(self, meanings: Meanings):
        self.meanings = meanings
        self.notices = Notices(MOST_WORDS)

    def condition(self, node: tree.Node, of_term: Callable[[tree.Term], Condition]) -> Condition:
        """Return the condition of a tree whose terms are read by `of_term`."""
        match node:
            case tree.All(parts=parts):
                found = _with_joined([self.condition(part, of_term) for part in parts])
                return conditions.AllOf(tuple(dict.fromkeys(found)))
            case tree.Any(parts=parts):
                return conditions.AnyOf(tuple(dict.fromkeys(self.condition(part, of_term) for part in parts)))
            case tree.Near(left=left, right=right, distance=distance):
                return conditions.Near(self.condition(left, of_term), self.condition(right, of_term), distance)
            case tree.Without(node=inner):
                return conditions.Without(self.condition(inner, of_term))
            case tree.In() | tree.Field():
                return self.condition(node.node, self.reading(node))
        return of_term(node)

    def reading(self, node):
        """How the terms within are read."""
        if isinstance(node, tree.In):
            return partial(of_words, part=Part(node.part))
        if node.name == "title":
            return partial(of_words, part=Part.TITLE)
        return partial(self.of_days if node.name in DAYS else self.of_name, node.name)

    def of_name(self, name, term):
        if isinstance(term, tree.Prefix | tree.Similar):
            self.notices.add("Names take no * or ~: they were left out at {}.", _piece(term))
        values = self.meanings[name, term.text]
        if not values:
            self.notices.add(f"No {FACET_NOUNS[name]} {{}} is known here.", _piece(term))
            return conditions.Nothing()
        return conditions.Carries(name, frozenset(values))

    def of_days(self, name, term):
        try:
            return DAYS[name](term.text)
        except ValueError:
            self.notices.add(f"{{}} is no date (write {name}:2014, 2014-03 or 2014-03-05).", _piece(term))
            return conditions.Nothing()


def of_words(term: tree.Term, *, part: Part) -> Condition:
    """Return the condition that a term stands in a part of the text."""
    found = tuple(words(without_article(term.text) if isinstance(term, tree.Word) else term.text))
    if isinstance(term, tree.Prefix):
        return conditions.Prefix(found[0], part)
    if isinstance(term, tree.Similar):
        return conditions.Similar(found[0], part)
    if isinstance(term, tree.Phrase) or len(found) > 1:
        return conditions.Phrase(found, part, is_inflected=isinstance(term, tree.Word))
    return conditions.Word(found[0], part)


def _with_joined(found):
    """Neighbours that may be written as one word are found where it stands, too."""
    for place, (one, other) in enumerate(pairwise(found)):
        if isinstance(one, conditions.Word) and isinstance(other, conditions.Word):
            first, second = exact(one.text), exact(other.text)
            if is_written_joined(first, second):
                for at in (place, place + 1):
                    found[at] = replace(found[at], joined=(*found[at].joined, first + second))
    return found


def _before(text):
    return conditions.Between("date", last=read_date(text).first.toordinal() - 1)


def _after(text):
    return conditions.Between("last_day", first=read_date(text).last.toordinal() + 1)


def _in_year(text):
    """Somewhere in these days; a date known by its month or year may lie anywhere in it."""
    period = read_period(text)
    ends = period.first and period.first.toordinal(), period.last and period.last.toordinal()
    return conditions.AllOf((conditions.Between("last_day", first=ends[0]), conditions.Between("date", last=ends[1])))


DAYS = {"before": _before, "after": _after, "year": _in_year}


def _piece(term):
    return Lexeme("word", term.text, *term.span)


def _names(node) -> Iterator[tuple[str, str]]:
    """(field, name) of all that must be looked up."""
    for name, term in tree.terms_of(node):
        if name in KINDS or name in ("language", "kind"):
            yield name, term.text


def _meanings(wanted):
    """Whom or what names mean: {(field, name): {value: label}}."""
    called = entities_called([each for each in wanted if each[0] in KINDS])
    meanings = {
        (name, text): {value: entity.name for entity in entities if (value := value_of(name, entity))}
        for (name, text), entities in called.items()
    }
    if languages := [text for name, text in wanted if name == "language"]:
        meanings |= {("language", text): found for text, found in _languages(languages).items()}
    return meanings | {("kind", text): _kinds(text) for name, text in wanted if name == "kind"}


def _languages(texts):
    """Languages of the archive by their code, their English name or their own."""
    codes = Interview.objects.published().order_by().values_list("language", flat=True).distinct()
    names = {code: {code, *map(str.casefold, language_names(code))} for code in codes if code}
    return {
        text: {code: language_name(code) for code, called in names.items() if text.casefold() in called}
        for text in texts
    }


def _kinds(text):
    """Kinds of interview whose name holds these words: press means press conferences and joint press appearances."""
    parts = set(latinised(text).split("-"))
    return {value: str(label) for value, label in Interview.Kind.choices if parts <= set(value.split("-"))}
