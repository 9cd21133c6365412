"""Every match of a search on a line of its own, between the words that stand before and after it."""

import re
import time
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from interviews.search.engine.caches import cache
from interviews.search.engine.found import Found
from interviews.search.engine.patience import Patience
from interviews.search.index.schema import ANSWER_AT
from interviews.search.language.describing import Description
from interviews.search.language.request import Request
from interviews.search.results.finding import published_turns
from interviews.search.results.hits import address_of
from interviews.search.results.result_sets import cut_short, last_page_start, result_set, usable_snapshot
from interviews.search.text.analysis import WORD, exact

from .matches import Matches, matches_of, words_looked_for

PAGE_LINES = 50
ORDERS = ("results", "before", "after")
# Lines that are sorted by their neighbours, and the seconds after which no more of them are read.
MOST_SORTED = 10_000
SORTING_LIMIT = 0.5
NEIGHBOURS = 3
# Characters of the text on either side.
CONTEXT = 80
SPACE = re.compile(r"\s+")
SOME_SORTED = "Sorted are the newest {:,} of {:,} lines."


@dataclass(frozen=True, slots=True)
class Line:
    """A match between its neighbours. `kind` is where it stands: question, answer or statement.

    `before`, `match` and `after` are plain text on one line, cut at words, with an ellipsis where the text goes on.
    `voice` is who is speaking, or is asked; `dated` the date as far as it is known, as addresses write it. `url` leads
    to the answer.
    """

    url: str
    kind: str
    language: str
    before: str
    match: str
    after: str
    voice: str
    dated: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of the lines of `total` answers.

    `listed` lines have an order, of `line_count` in all: only so many are sorted by their neighbours. Those shown
    begin after `start` of them. `needs_words`: the search only filters, so there is nothing to show.
    """

    description: Description
    request: Request
    order: str
    notices: tuple[str, ...]
    total: int
    line_count: int = 0
    listed: int = 0
    start: int = 0
    lines: tuple[Line, ...] = ()
    needs_words: bool = False


def concordance_of(request: Request, order: str = "results") -> Concordance | None:
    """Answer a request with lines in the order of its results, or sorted by the words before or after the match.

    Equal neighbours stand newest first. A page past the last is answered with the last one. None without an index.
    """
    snapshot = usable_snapshot()
    if snapshot is None:
        return None
    patience = Patience()
    results = result_set(snapshot, request, seconds=patience.share(2))
    found = results.found
    if not words_looked_for(found.asked.condition):
        return Concordance(results.description, request, order, results.notices, found.total, needs_words=True)
    matches = matches_of(found, seconds=patience.share(1))
    notices = [*results.notices, *cut_short(min(found.examined, matches.examined), snapshot)]
    places = _in_order(found, matches, order)
    if len(places) < len(matches.documents):
        notices.append(SOME_SORTED.format(len(places), len(matches.documents)))
    start = last_page_start(request.page, PAGE_LINES, len(places))
    return Concordance(
        results.description,
        request,
        order,
        tuple(notices),
        found.total,
        line_count=len(matches.documents),
        listed=len(places),
        start=start,
        lines=_lines(found, matches, places[start : start + PAGE_LINES]),
    )


def _in_order(found, matches, order):
    """The places of the matches as they are listed."""
    if order == "results":
        return matches.in_order_of(found.documents)
    key = (found.snapshot.key, "neighbours", order, replace(found.asked, order="newest"))
    return cache.remembered(key, lambda: _sorted(found, matches, order))


def _sorted(found, matches, order):
    documents = np.flatnonzero(found.mask)
    ranks = found.snapshot.running_order(is_newest_first=True).ranks[documents]
    places = matches.in_order_of(documents[np.argsort(ranks)])[:MOST_SORTED]
    deadline = time.monotonic() + SORTING_LIMIT
    reader, neighbours = _Reader(found, matches), []
    for place in places.tolist():
        if time.monotonic() > deadline:
            break
        neighbours.append(reader.neighbours(place, is_before=order == "before"))
    return places[sorted(range(len(neighbours)), key=neighbours.__getitem__)]


def _lines(found, matches, places):
    """Lines of turns that have been withdrawn since they were indexed are passed over."""
    reader = _Reader(found, matches)
    lines = [reader.line(place) for place in places.tolist()]
    shown = published_turns({turn for turn, _ in lines})
    return tuple(line for turn, line in lines if turn in shown)


class _Reader:
    """Reads matches in the stored texts; the document read last is kept."""

    def __init__(self, found: Found, matches: Matches):
        self._snapshot = found.snapshot
        self._columns = (matches.documents, matches.firsts, matches.lasts)
        self._document, self._stored, self._parts = None, {}, {}

    def line(self, place: int) -> tuple[int, Line]:
        """Return the key of the turn and the line of a match."""
        part, first, last = self._read(place)
        words, stored = self._parts[part], self._stored
        spans = words.spans(first, last + 1)
        start, end = spans[0][0], spans[-1][1]
        return stored["turn"], Line(
            url=address_of(stored),
            kind="question" if part == "question" else stored["turn_kind"],
            language=stored["language"],
            before=_before(words.text, start),
            match=_one_line(words.text[start:end]),
            after=_after(words.text, end),
            voice=stored["voice"],
            dated=stored["dated"],
        )

    def neighbours(self, place: int, *, is_before: bool) -> tuple[str, ...]:
        """Return the exact forms of the words before a match, the nearest first, or of those after it."""
        part, first, last = self._read(place)
        words = self._parts[part]
        if is_before:
            near = words.spans(max(0, first - NEIGHBOURS), first)[::-1]
        else:
            near = words.spans(last + 1, last + 1 + NEIGHBOURS)
        return tuple(exact(words.text[start:end]) for start, end in near)

    def _read(self, place):
        """The part in which a match stands, and the places of its first and last word there."""
        document, first, last = (int(numbers[place]) for numbers in self._columns)
        if document != self._document:
            self._document, self._stored = document, self._snapshot.stored(document)
            self._parts = {part: _Words(self._stored[part]) for part in ("question", "answer")}
        part, first_number = ("answer", ANSWER_AT) if first >= ANSWER_AT else ("question", 0)
        return part, first - first_number, last - first_number


class _Words:
    """The words of a text as the index counts them, looked for as far as they are asked for."""

    def __init__(self, text: str):
        self.text = text
        self._spans, self._following = [], WORD.finditer(text)

    def spans(self, first: int, after: int) -> list[tuple[int, int]]:
        """Return the characters [start, end) of some words in a row."""
        missing = max(0, after - len(self._spans))
        self._spans += [word.span() for word in islice(self._following, missing)]
        return self._spans[first:after]


def _before(text, end):
    """The words that end there, back to where no word is cut."""
    line = _one_line(text[max(0, end - 2 * CONTEXT) : end])
    cut = line[-CONTEXT:]
    if len(cut) == len(line):
        return cut
    return f"…{cut}" if " " not in cut.strip() else f"…{cut.partition(' ')[2]}"


def _after(text, start):
    """The words that begin there, up to where no word is cut."""
    line = _one_line(text[start : start + 2 * CONTEXT])
    cut = line[:CONTEXT]
    if len(cut) == len(line):
        return cut
    return f"{cut}…" if " " not in cut.strip() else f"{cut.rpartition(' ')[0]}…"


def _one_line(text):
    return SPACE.sub(" ", text)


def concordance_as_json(page: Concordance) -> dict:
    """Return a page of a concordance as plain data: dates as far as they are known (2019-12-05, 2019-12, 2019)."""
    return {
        "total": page.total,
        "lines_total": page.line_count,
        "listed": page.listed,
        "start": page.start,
        "order": page.order,
        "needs_words": page.needs_words,
        "notices": list(page.notices),
        "lines": [
            {
                "url": line.url,
                "kind": line.kind,
                "language": line.language,
                "before": line.before,
                "match": line.match,
                "after": line.after,
                "voice": line.voice,
                "date": line.dated.replace("/", "-"),
            }
            for line in page.lines
        ],
    }
