"""Hits as a list of results shows them, made from what the index stores of each document."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from sys import getsizeof

from django.urls import reverse
from django.utils.safestring import SafeString

from interviews.wording import shortened_question

from .labels import Labels
from .page import Hit
from .snippets import Marker, marked, snippet, telling

LONGEST_HEADING = 220


@dataclass(frozen=True, slots=True)
class Passages:
    """What a hit shows of its texts, as Hit has it: made of these and of the marks alone, so that it can be kept."""

    heading: SafeString
    snippet: SafeString
    title: str
    match_count: int

    @property
    def nbytes(self) -> int:
        return sum(map(getsizeof, (self.heading, self.snippet, self.title)))


def address_of(stored: Mapping) -> str:
    """Return the address of the turn of a document."""
    return f"{_root()}{stored['interview']}/{stored['number']}/"


@cache
def _root():
    return reverse("interviews:interview-list")


def passages_of(stored: Mapping, for_question: Marker, for_answer: Marker, for_title: Marker) -> Passages:
    """Return the best passages of a document, with what is found in its question, its answer and its title marked."""
    question, answer = stored["question"], stored["answer"]
    found_in = for_question.matches(question), for_answer.matches(answer)
    found = [match for matches in found_in for match in matches]
    told = telling(found)
    of_question, of_answer = ([match for match in matches if match.key in told] for matches in found_in)
    says_it_all = not question and all(match.end < LONGEST_HEADING for match in of_answer)
    return Passages(
        _heading(question, of_question, of_answer, for_question) if question else _line(answer, for_answer, told)[0],
        snippet("" if says_it_all else answer, of_answer),
        _title(stored["title"], for_title, found),
        len(found),
    )


def hit_of(stored: Mapping, passages: Passages, *, more_count: int, labels: Labels) -> Hit:
    """Return the hit of a document; `labels` hold its names."""
    return Hit(
        number=stored["number"],
        url=address_of(stored),
        kind=stored["turn_kind"],
        language=stored["language"],
        question=stored["question"],
        heading=passages.heading,
        snippet=passages.snippet,
        title=passages.title,
        match_count=passages.match_count,
        speaker=_name(labels, "speaker", stored) or stored["voice"],
        outlet=_name(labels, "outlet", stored) or stored["outlet_name"],
        dated=stored["dated"],
        countries=tuple((code, named) for code in stored["country"] if (named := labels.named("country", code))),
        interview=stored["interview"],
        more_count=more_count,
    )


def _name(labels, facet, stored):
    """The present name, which may have changed since the document was written."""
    named = labels.named(facet, stored[facet])
    return named and named.label


def _heading(question, matches, of_answer, marker):
    """A question on one line; its best passages instead where the line leaves out words that the answer lacks too."""
    wanted = {match.key for match in matches}
    line, shown = _line(question, marker, wanted)
    left_out = wanted - {match.key for match in (*shown, *of_answer)}
    return snippet(question, matches) if left_out or (matches and not shown) else line


def _title(title, marker, in_text):
    """The title with its matches marked, where the text alone does not show why it was found; else ''."""
    matches = marker.matches(title)
    return marked(title, matches) if {match.key for match in matches} - {match.key for match in in_text} else ""


def _line(text, marker, wanted):
    """The text on one line with its matches of the wanted keys marked, and these matches."""
    line = shortened_question(text, LONGEST_HEADING)
    matches = [match for match in marker.matches(line) if match.key in wanted]
    return marked(line, matches), matches
