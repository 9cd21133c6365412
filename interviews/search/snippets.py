"""The passage of a hit that shows why it was found: matching words marked, everything else escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import tree
from .analysis import WORD, exact, stem, words

LENGTH = 300
LEAD = 80  # characters before the first match, where the text has them
LONGEST_WORD = 40  # scripts without spaces are cut anywhere
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: words by their stem, and runs of exact words."""

    stems: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Characters [start, end) of a text that match; equal keys are matches of the same word or phrase."""

    start: int
    end: int
    key: object


def wanted_by(node: tree.Node | None) -> Wanted:
    """Return the words and phrases that a query looks for; not those it excludes or looks for in other fields."""
    stems, phrases = set(), set()
    for leaf in _looked_for(node):
        found = words(leaf.text)
        if isinstance(leaf, tree.Phrase) or len(found) > 1:
            phrases.add(tuple(exact(word) for word in found))
        else:
            stems.add(stem(found[0]))
    return Wanted(frozenset(stems), frozenset(phrases))


def snippet(texts: Iterable[str], wanted: Wanted) -> SafeString:
    """Return the best passage of the first text that matches, else the beginning of the first that is not empty."""
    texts = [text for text in texts if text]
    for text in texts:
        if matches := _matches(text, wanted):
            return _passage(text, matches)
    return _passage(texts[0], []) if texts else SafeString("")


def _looked_for(node):
    match node:
        case tree.All() | tree.Any():
            for part in node.parts:
                yield from _looked_for(part)
        case tree.Near():
            yield from (*_looked_for(node.left), *_looked_for(node.right))
        case tree.In():
            yield from _looked_for(node.node)
        case tree.Word() | tree.Phrase() | tree.Prefix() | tree.Similar():
            yield node


def _matches(text, wanted):
    """All matches in order; where two overlap, the one that begins first, then the longer, stands."""
    found = list(WORD.finditer(text))
    matches = [Match(word.start(), word.end(), key) for word in found if (key := stem(word.group())) in wanted.stems]
    folded = [exact(word.group()) for word in found] if wanted.phrases else []
    for phrase in wanted.phrases:
        for first in range(len(found) - len(phrase) + 1):
            if folded[first] == phrase[0] and tuple(folded[first : first + len(phrase)]) == phrase:
                matches.append(Match(found[first].start(), found[first + len(phrase) - 1].end(), phrase))
    matches.sort(key=lambda match: (match.start, -match.end))
    apart, reached = [], 0
    for match in matches:
        if match.start >= reached:
            apart.append(match)
            reached = match.end
    return apart


def _passage(text, matches):
    start, end = _bounds(text, matches)
    pieces, place = ["…" if start else ""], start
    for match in matches:
        if start <= match.start < end:
            shown_end = min(match.end, end)
            pieces.append(_in_one_line(text[place : match.start]))
            pieces.append(format_html("<mark>{}</mark>", _in_one_line(text[match.start : shown_end])))
            place = shown_end
    pieces += [_in_one_line(text[place:end]), "…" if end < len(text) else ""]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _in_one_line(text):
    return SPACE.sub(" ", text)


def _bounds(text, matches):
    """Where the passage begins and ends: LENGTH characters around the densest matches, cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    first = _densest(matches) if matches else 0
    start = max(0, min(first - LEAD, len(text) - LENGTH))
    end = start + LENGTH
    if start and (space := SPACE.search(text, start - 1, max(start, min(first, start + LONGEST_WORD)))):
        start = space.end()
    if end < len(text) and (spaces := list(SPACE.finditer(text, end - LONGEST_WORD, end + 1))):
        end = spaces[-1].start()
    return start, end


def _densest(matches):
    """Where the match begins that has most different words, then most words, after it within one passage."""
    room = LENGTH - LEAD
    best, best_worth = 0, (0, 0)
    for index, first in enumerate(matches):
        near = [match for match in matches[index : index + room] if match.end <= first.start + room]
        worth = (len({match.key for match in near}), len(near))
        if worth > best_worth:
            best, best_worth = first.start, worth
    return best
