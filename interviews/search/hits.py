"""Hits as a list of results shows them, made from what the index stores of each document."""

from collections.abc import Callable, Mapping
from functools import cache

from django.urls import reverse

from interviews.wording import shortened_question

from .conditions import Part
from .labels import Labels
from .page import Hit
from .snippets import Marker, marked, snippet

LONGEST_HEADING = 220


def address_of(stored: Mapping) -> str:
    """Return the address of the turn of a document."""
    return f"{_root()}{stored['interview']}/{stored['number']}/"


@cache
def _root():
    return reverse("interviews:interview-list")


def hit_of(stored: Mapping, *, more_count: int, marker: Callable[[str, Part], Marker], labels: Labels) -> Hit:
    """Return the hit of a document; `marker(language, part)` finds matching words, `labels` hold its names."""
    question, answer, interview = stored["question"], stored["answer"], stored["interview"]
    language = stored["language"]
    in_question, in_answer = marker(language, Part.QUESTION), marker(language, Part.ANSWER)
    of_question, of_answer = in_question.matches(question), in_answer.matches(answer)
    says_it_all = not question and all(match.end < LONGEST_HEADING for match in of_answer)
    return Hit(
        number=stored["number"],
        url=address_of(stored),
        kind=stored["turn_kind"],
        language=language,
        question=question,
        heading=_heading(question, of_question, of_answer, in_question) if question else _line(answer, in_answer)[0],
        snippet=snippet("" if says_it_all else answer, of_answer),
        title=_title(stored["title"], marker(language, Part.TITLE), (*of_question, *of_answer)),
        match_count=len(of_question) + len(of_answer),
        speaker=_name(labels, "speaker", stored) or stored["voice"],
        outlet=_name(labels, "outlet", stored) or stored["outlet_name"],
        dated=stored["dated"],
        countries=tuple((code, named) for code in stored["country"] if (named := labels.named("country", code))),
        interview=interview,
        more_count=more_count,
    )


def _name(labels, facet, stored):
    """The present name, which may have changed since the document was written."""
    named = labels.named(facet, stored[facet])
    return named and named.label


def _heading(question, matches, of_answer, marker):
    """A question on one line; its best passages instead where the line leaves out words that the answer lacks too."""
    line, shown = _line(question, marker)
    left_out = {match.key for match in matches} - {match.key for match in (*shown, *of_answer)}
    return snippet(question, matches) if left_out or (matches and not shown) else line


def _title(title, marker, in_text):
    """The title with its matches marked, where the text alone does not show why it was found; else ''."""
    matches = marker.matches(title)
    return marked(title, matches) if {match.key for match in matches} - {match.key for match in in_text} else ""


def _line(text, marker):
    """The text on one line with its matches marked, and these matches."""
    line = shortened_question(text, LONGEST_HEADING)
    matches = marker.matches(line)
    return marked(line, matches), matches
