"""Searches for whom and what words name: a speaker's answers, those to an outlet, those that speak of something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.tree import Word, parts_of, without_part
from interviews.search.results.counting import found_by, query_described
from interviews.search.text.analysis import words

from .names import LONGEST_NAME, Named, Names, current_names

MOST = 4
# Amid other words “us” is rarely the United States, and “US” is.
LONGEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A search to go to: `request` finds `count` answers.

    `group` is a facet, and `kind` that of an entity; or it is "phrase", in a `language`. `beside` tells what else is
    asked for: “with gas”.
    """

    group: str
    label: str
    count: int
    request: Request
    kind: str = ""
    language: str = ""
    beside: str = ""


def searches_for(meant: Iterable[Named], rest: Request) -> list[Suggestion]:
    """Return the searches for these, each beside the rest of a search, that find something new; by their labels."""
    found = found_by(rest)
    suggested = [
        Suggestion(named.facet, named.label, count, _with_only(rest, named), named.kind)
        for named in meant
        if (count := found.counts(named.facet).get(named.value, 0)) and named.value not in rest.chosen(named.facet)
    ]
    return sorted(suggested, key=lambda each: (each.label, each.group))


def _with_only(request, named):
    """The search with this value in the place of those chosen of its facet: counts of a facet are without them."""
    replaced = {(named.facet, value) for value in request.chosen(named.facet)}
    kept = [choice for choice in request.choices if choice not in replaced]
    return request.changed(choices=(*kept, (named.facet, named.value)))


def names_in(request: Request) -> tuple[Suggestion, ...]:
    """Return the searches for whom and what words of a query name, at most MOST; the rest of the query stays.

    Of names within names the longest counts: “South Sudan” is not Sudan. Only bare words name something here, not
    those in a phrase, with a sign or behind a field. Raises IndexUnavailableError.
    """
    found = [suggestion for rest, named in _named_runs(request) for suggestion in searches_for(named, rest)]
    return tuple(map(with_the_rest_told, sorted(found, key=lambda each: -each.count)[:MOST]))


def with_the_rest_told(suggestion: Suggestion) -> Suggestion:
    """Return a suggestion of somebody or something that tells what else its search asks for."""
    _, *told = query_described(suggestion.request, total=suggestion.count).sentence
    return replace(suggestion, beside="".join(words for words, _ in told).strip())


def _named_runs(request) -> Iterator[tuple[Request, set[Named]]]:
    """(the search without them, whom they name) for words of the query, in their order."""
    node = parse(request.query).node
    parts, place = parts_of(node), 0
    names = current_names() if parts else None
    while place < len(parts):
        run, named = _longest_name(parts[place : place + LONGEST_NAME], names, is_whole=len(parts) == 1)
        if named:
            yield request.changed(query=str(reduce(without_part, run, node) or "")), named
        place += len(run)


def _longest_name(parts, names: Names, *, is_whole):
    """The longest run of words at the beginning of these parts that is a name, with its bearers; else one part."""
    for length in range(len(parts), 0, -1):
        run = parts[:length]
        if all(isinstance(part, Word) for part in run):
            typed = [word for part in run for word in words(part.text)]
            is_name = is_whole or not _is_short(typed)
            if is_name and (named := names.bearing(typed)):
                return run, named
    return parts[:1], set()


def _is_short(typed):
    letters = "".join(typed)
    return len(letters) <= LONGEST_ACRONYM and not letters.isupper()
