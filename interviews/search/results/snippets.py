"""The passages of a hit that show why it was found: matching words marked, everything else escaped."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from operator import itemgetter

from django.utils.safestring import SafeString

from interviews.asking import SENTENCE_END
from interviews.search.engine.marks import BIT, Marks
from interviews.search.text.analysis import WORD, forms, stems

LONGEST = 300  # characters of a passage that stands alone
LONGEST_OF_SEVERAL = 170
MOST_PASSAGES = 3
LEAD_SHARE = 3  # a third of a passage may stand before its first match, half of that where no sentence begins there
LONGEST_WORD = 40  # scripts without spaces are cut anywhere
LONG_STRETCH = 30  # longer ones are not remembered: scripts without spaces would fill the memory
# What stands between spaces, from a sign on that may give a word another form than its small letters: a letter that is
# not plain, a typographic sign, or a sign within the word (don't, U.S., 70,000). All others are plain words.
UNPLAIN = re.compile(r"[.,'`\x80-\U0010ffff](?:(?<=[^.,'`])|(?=[\w'`]))\S*")
PLAIN_FROM = re.compile(r"(?<![0-9a-z.,'`\x80-\U0010ffff])")
PLAIN_TO = re.compile(r"(?![0-9a-z\x80-\U0010ffff]|[.,'`][\w'`])")
LENGTHENED = "İ"  # two characters in small letters, alone among all
UNFINISHED = " ,;:–—-"  # no stretch ends so
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """Characters [start, end) of a text that match; equal keys are matches of the same word or phrase.

    `weight` is how much it says, in hundredths of a bit.
    """

    start: int
    end: int
    key: object
    weight: int = BIT


class Marker:
    """Finds what is to be marked in texts of a language. What it has seen in one text it passes over in the next."""

    def __init__(self, marks: Marks, language: str = ""):
        self.marks = marks
        self._language, self._passed = language, set()
        self._forms, self._phrases, self._near = marks.forms, marks.phrases, marks.near
        self._weights = dict(sorted(marks.weights, key=itemgetter(1)))
        self._first_forms = marks.forms.union(*(run[0] for run in marks.phrases))
        self._plain_forms = {form.lower() for form in self._first_forms if form.isascii()}

    def matches(self, text: str) -> list[Match]:
        """Return all matches in order; where two overlap, the one that begins first, then the longer, stands."""
        found = []
        if self._first_forms:
            for start, end in self._stretches(text):
                found += self._beginning_in(text, start, end)
        if self._near:
            found += self._nearby(text)
        found.sort(key=lambda match: (match.start, -match.end))
        apart, reached = [], 0
        for match in found:
            if match.start >= reached:
                apart.append(match)
                reached = match.end
        return apart

    def _stretches(self, text):
        """[start, end) of all that may hold the beginning of a match; so most of a text is never cut into words."""
        lowered = text.replace(LENGTHENED, "I").lower()
        for form in self._plain_forms:
            for start, end in _places(lowered, form):
                if PLAIN_FROM.match(lowered, start) and PLAIN_TO.match(lowered, end):
                    yield start, end
        for found in UNPLAIN.finditer(text):
            start, end = _stretch_start(text, found.start()), found.end()
            if (stretch := text[start:end]) in self._passed:
                continue
            if self._first_forms.isdisjoint(_forms_in(stretch)):
                self._passed.add(stretch)
            else:
                yield start, end

    def _beginning_in(self, text, start, end):
        for word in WORD.finditer(text, start, end):
            found = forms(word[0])
            if meant := self._forms.intersection(found):
                weight = max(self._weights.get(form, BIT) for form in meant)
                yield Match(*word.span(), stems(found[0], self._language)[0], weight)
            for run in self._phrases:
                if not run[0].isdisjoint(found) and (run_end := _end_of_run(text, word.start(), run)):
                    yield Match(word.start(), run_end, run, self._weights.get(run, BIT))

    def _nearby(self, text):
        for start, end, run in _nearby(text, self._near):
            yield Match(start, end, run, self._weights.get(run, BIT))


def telling(matches: Sequence[Match]) -> set[object]:
    """Return the keys of those to be shown: of words that most documents have none, where any other matches too."""
    keys = {match.key for match in matches if match.weight >= BIT}
    return keys or {match.key for match in matches}


def marked(text: str, matches: Sequence[Match], start: int = 0, end: int | None = None) -> SafeString:
    """Return the characters [start, end) of a text as safe HTML on one line, with the matches in <mark>."""
    end = len(text) if end is None else end
    pieces, place = [], start
    for match in matches:
        if start <= match.start < end:
            shown_end = min(match.end, end)
            pieces += [_line(text[place : match.start]), "<mark>", _line(text[match.start : shown_end]), "</mark>"]
            place = shown_end
    return SafeString("".join([*pieces, _line(text[place:end])]))


def snippet(text: str, matches: Sequence[Match]) -> SafeString:
    """Return the best passages of a text, up to MOST_PASSAGES where its matches lie apart; without any, its beginning.

    An ellipsis stands wherever something was left out.
    """
    passages = [(start, _uncut(text, matches, start, end)) for start, end in _passages(text, matches)]
    shown = SafeString(" … ").join(marked(text, matches, start, end) for start, end in passages)
    head = "…" if passages and passages[0][0] else ""
    tail = "…" if passages and passages[-1][1] < len(text) else ""
    return SafeString(f"{head}{shown}{tail}")


def _forms_in(stretch):
    return _forms_of_short(stretch) if len(stretch) < LONG_STRETCH else _forms(stretch)


def _forms(stretch):
    return [form for word in WORD.findall(stretch) for form in forms(word)]


@lru_cache(maxsize=20_000)
def _forms_of_short(stretch):
    return tuple(_forms(stretch))


def _places(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Where a part of a text stands."""
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        yield start, end
        start = text.find(part, end)


def _stretch_start(text, place):
    """Where what stands between spaces begins."""
    while place and not text[place - 1].isspace():
        place -= 1
    return place


def _end_of_run(text, start, phrase):
    """Where the run of words ends that begins here and has the forms of the phrase; None if it has not."""
    words = WORD.finditer(text, start)
    for meant in phrase:
        word = next(words, None)
        if word is None or meant.isdisjoint(forms(word[0])):
            return None
    return word.end()


def _nearby(text, near):
    """(start, end, run) of the runs that stand near enough to one of the other side."""
    words = [(forms(word[0]), *word.span()) for word in WORD.finditer(text)]
    for nearby in near:
        lefts, rights = (list(_runs(words, runs)) for runs in (nearby.left, nearby.right))
        for one, others in ((lefts, rights), (rights, lefts)):
            firsts, lasts = sorted(first for first, _, _ in others), sorted(last for _, last, _ in others)
            for first, last, run in one:
                following, preceding = bisect_right(firsts, last), bisect_left(lasts, first)
                distances = [other - last for other in firsts[following : following + 1]]
                distances += [first - other for other in lasts[max(0, preceding - 1) : preceding]]
                if min(distances, default=nearby.distance + 1) <= nearby.distance:
                    yield words[first][1], words[last][2], run


def _runs(words, runs):
    """(place of the first word, of the last, run) wherever a run stands among words."""
    for run in runs:
        for first in range(len(words) - len(run) + 1):
            if not any(meant.isdisjoint(words[first + place][0]) for place, meant in enumerate(run)):
                yield first, first + len(run) - 1, run


def _line(text):
    return escape(SPACE.sub(" ", text))


def _passages(text, matches):
    """[(start, end), ...] of the stretches to show, in their order, none touching another."""
    if len(text) <= LONGEST:
        return [(0, len(text))] if text else []
    if not matches:
        return [(0, _word_end(text, LONGEST))]
    if matches[-1].end - matches[0].start <= _room(LONGEST):
        return [_around(text, matches[0].start, LONGEST)]
    return _joined(_around(text, first.start, LONGEST_OF_SEVERAL) for first in _densest(matches))


def _room(longest):
    """Characters of a passage from its first match to its end."""
    return longest - longest // LEAD_SHARE


def _densest(matches):
    """The first matches of the best stretches: each has the words not yet shown that say most, then the most matches.

    A stretch that shows no other word is worth it as the second, not as the third.
    """
    firsts, shown, left = [], set(), list(matches)
    while left and len(firsts) < MOST_PASSAGES:
        first, has_news = _best(left, shown)
        if len(firsts) > 1 and not has_news:
            break
        firsts.append(first)
        reached = first.start + _room(LONGEST_OF_SEVERAL)
        shown |= {match.key for match in left if first.start <= match.start < reached}
        left = [match for match in left if not first.start <= match.start < reached]
    return firsts


def _best(matches, shown):
    """The match that begins the best stretch, and whether that stretch shows a word not yet shown."""
    room, near, news, reached = _room(LONGEST_OF_SEVERAL), Counter(), 0, 0
    weights = {match.key: 0 if match.key in shown else match.weight for match in matches}
    best, best_worth = matches[0], (0, 0)
    for place, first in enumerate(matches):
        while reached <= place or (reached < len(matches) and matches[reached].end <= first.start + room):
            key = matches[reached].key
            news += 0 if near[key] else weights[key]
            near[key] += 1
            reached += 1
        worth = (news, reached - place)
        if worth > best_worth:
            best, best_worth = first, worth
        near[first.key] -= 1
        news -= 0 if near[first.key] else weights[first.key]
    return best, best_worth[0] > 0


def _around(text, first, longest):
    """A stretch of at most `longest` characters with the match at `first`: from the start of a sentence near it."""
    lead = longest // LEAD_SHARE
    starts = [0] if first <= lead else []
    starts += [end.end() for end in SENTENCE_END.finditer(text, max(0, first - lead), first)]
    start = max(0, min(starts[-1] if starts else first - lead // 2, len(text) - longest))
    if start and not text[start - 1].isspace():
        space = SPACE.search(text, start, min(first, start + LONGEST_WORD))
        start = space.end() if space else start
    return start, _word_end(text, start + longest)


def _uncut(text, matches, start, end):
    """The end of a stretch, or that of the words before a match that goes on behind it; save where it has no other."""
    cut = next((match.start for match in matches if match.start < end < match.end), end)
    has_others = any(start <= match.start < cut for match in matches)
    return start + len(text[start:cut].rstrip()) if has_others else end


def _word_end(text, end):
    """The last place at which no word is cut, at most `end`."""
    if end >= len(text):
        return len(text)
    spaces = list(SPACE.finditer(text, end - LONGEST_WORD, end + 1))
    return len(text[: spaces[-1].start()].rstrip(UNFINISHED)) if spaces else end


def _joined(stretches):
    joined = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
