"""Where the last speech ends: end marks, footers, credits and contacts after it are no words of anybody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from interviews.ingest.dates import is_date_line
from interviews.ingest.furniture import (
    CLOSED,
    END_MARK,
    FOOT_OF_PAGE,
    MAY_END_PAGE,
    PAGE_AT_END,
    SENTENCE,
    is_credit,
    is_end,
    is_signature,
)
from interviews.ingest.labels import Mark
from interviews.ingest.lines import Fragment, Line
from interviews.ingest.narration import is_note_on_text, is_personal, may_be_said
from interviews.ingest.words import alternatives, load

PASSING = ("page number", "running head", "rule", "clock time", "time stamp", "repeated text", "outside the quotation")
WEAK = "date or address"
CLOSING = ("credit", "note on the text", "signature")
FOOTER_LENGTH = 1500
FOOTER_SHARE = 0.2
FOOTER_AT_LEAST = 600
TITLE_LENGTH = 100
FLAT_LINE = 1500
LONGEST_MARK = 80
AFTER_SENTENCE = re.compile(r"(?<=[.?!…])\s[^.?!…]+$")
ADDRESS = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A fragment that is no speech, and why."""

    fragment: Fragment
    reason: str


def end_of(lines: Sequence[Line], reasons: Mapping[int, str], last: Mark) -> tuple[int, str]:
    """Return (index of the first line after the transcript, why it ends there).

    `last` is the last label, its index among these lines; `reasons` are those of `furniture`. An end mark ends the
    transcript wherever it stands. Else what follows is judged as a whole, from its end upwards: see `_Tail`.
    """
    first = last.index + 1 if last.end < len(lines[last.index].text) else _after_first_words(lines, reasons, last.index)
    end = _end_mark(lines, last.index)
    tail = _Tail(lines[:end], reasons, first)
    if tail.start < end:
        return tail.start, tail.why
    return end, "end mark" if end < len(lines) else ""


def _end_mark(lines, first):
    """Return the index of the first line after the words that an end mark closes; it may be glued to them."""
    for index in range(first, len(lines)):
        text = lines[index].text
        if index > first and is_end(text) and not lines[index - 1].text.endswith((":", "：")):
            return index
        mark = END_MARK.search(text, max(0, len(text) - LONGEST_MARK))
        if mark and mark[0].strip(" -") and SENTENCE.search(text[: mark.start()]):
            return index + 1
    return len(lines)


def _after_first_words(lines, reasons, label):
    """Return the index below the first line of words that follows a label alone on its line."""
    return next((index + 1 for index in range(label + 1, len(lines)) if index not in reasons), len(lines))


class _Tail:
    """The lines at the end that are no speech. `start`: index of the first of them; `why`: the reason for it.

    They hold a mark: a date line, an address, a credit, a note on the text, words of sites and press offices. Lines
    like titles go with it; sentences only below a note that ends a document, and never with “I” or “we”. Above a date,
    an address or a line like a title the words must have their end, else it may be part of them.
    """

    def __init__(self, lines, reasons, first):
        self.lines, self.reasons, self.first = lines, reasons, first
        self.start, self.why = len(lines), ""
        self.above = self._places_of_words()
        self._climb()

    def _places_of_words(self):
        """Return for each line the index of the nearest line above it that holds words, no furniture."""
        above, nearest = {}, self.first - 1
        for index in range(self.first, len(self.lines)):
            above[index] = nearest
            nearest = nearest if index in self.reasons else index
        return above

    def _climb(self):
        prose, is_marked = 0, False
        for index in range(len(self.lines) - 1, self.first - 1, -1):
            reason = self._reason(index)
            if reason == "rule" and not prose and self._follows_sentence(index):
                self.start, self.why = index, "site footer"
            if reason in PASSING:
                continue
            if reason in CLOSING or (not prose and (reason or self._is_like_title(index))):
                is_marked, prose = is_marked or reason is not None, 0
                if is_marked and (reason not in (None, WEAK) or self._follows_sentence(index)):
                    self.start, self.why = index, reason or "site footer"
                continue
            prose += len(self.lines[index].text)
            if not reason and (is_personal(self.lines[index].text) or prose > self._most_prose()):
                return

    def _reason(self, index):
        """Return why a line marks the end by itself, or None."""
        found, text = self.reasons.get(index), self.lines[index].text
        if found:
            return found if found in PASSING else "site footer"
        if self._begins_paragraph(index) and (is_credit(text) or is_note_on_text(text)):
            return "credit" if is_credit(text) else "note on the text"
        if is_signature(text):
            return "signature"
        if len(text) > TITLE_LENGTH or SENTENCE.search(text):
            return None
        if is_date_line(text) and text.casefold().startswith(tuple(load("words")["published"])):
            return "site footer"
        return WEAK if is_date_line(text) or ADDRESS.search(text) else None

    def _begins_paragraph(self, index):
        line = self.lines[index]
        return bool(line.gap) or (not line.text[0].islower() and self._follows_sentence(index))

    def _is_like_title(self, index):
        text = self.lines[index].text
        return len(text) <= TITLE_LENGTH and not CLOSED.search(text) and not may_be_said(text)

    def _follows_sentence(self, index):
        return bool(SENTENCE.search(self.lines[self.above[index]].text))

    def _most_prose(self):
        total = sum(len(line.text) for line in self.lines)
        return min(FOOTER_LENGTH, max(FOOTER_AT_LEAST, total * FOOTER_SHARE))


def footer_lines(body: Sequence[Fragment]) -> int:
    """Return how many fragments at the end of the last speech look like lines of a site's footer.

    They are short and unfinished like titles, stand apart, and follow a finished sentence; a single one must also be
    set off by more than one empty line.
    """
    count = 0
    for fragment in reversed(body[1:]):
        text = fragment.text
        title_like = len(text) <= TITLE_LENGTH and not SENTENCE.search(text) and fragment.gap
        if not title_like or may_be_said(text):
            break
        count += 1
    if not count or not SENTENCE.search(body[-count - 1].text):
        return 0
    return count if count > 1 or body[-count].gap > 1 else 0


def _date_at_end(text):
    """Return what follows the last sentence of a text where that is a date, with its place; else ''."""
    last = AFTER_SENTENCE.search(text, max(0, len(text) - LONGEST_MARK))
    return last[0] if last and is_date_line(last[0].strip()) else ""


def trimmed(fragment: Fragment, *, last: bool, page_ends: bool = False) -> tuple[Fragment, list[Dropped]]:
    """Return a fragment without the marks of page and end that are glued to its last words, and what was cut.

    page_ends: whether an empty line follows; then a page mark may stand amid a sentence.
    """
    text = fragment.text
    from_ = max(0, len(text) - LONGEST_MARK)
    mark = END_MARK.search(text, from_) if last else None
    reason = "end mark" if mark else "page number"
    if not mark and MAY_END_PAGE.search(text, from_):
        ends_in_digit = page_ends and text.rstrip(".")[-1:].isdigit()
        signs = (PAGE_AT_END, FOOT_OF_PAGE) if ends_in_digit else (PAGE_AT_END,)
        found = [found for sign in signs if (found := sign.search(text, from_))]
        mark = min(found, key=re.Match.start, default=None)
    is_cut = page_ends and mark and text[mark.start() - 1].isalpha() | (text[mark.start() - 1] == ",")
    if not mark or not (is_cut or SENTENCE.search(text[: mark.start()])):
        return fragment, []
    cut = fragment.start + mark.start()
    return Fragment(fragment.line, fragment.start, cut), [Dropped(Fragment(fragment.line, cut, fragment.end), reason)]


def without_site_words(fragment: Fragment) -> tuple[Fragment, list[Dropped]]:
    """Cut two or more words of sites off the end of a speech that shares its line: “… broken. Print Share”."""
    text = fragment.text
    found = _site_words().search(text, max(0, len(text) - LONGEST_MARK)) if fragment.start else None
    if not found or not SENTENCE.search(text[: found.start()]):
        return fragment, []
    cut = fragment.start + found.start()
    return Fragment(fragment.line, fragment.start, cut), [Dropped(fragment._replace(start=cut), "site furniture")]


@cache
def _site_words():
    return re.compile(rf"(?:\s+(?:{alternatives(load('furniture')['phrases'])})(?!\w)){{2,}}\s*$", re.IGNORECASE)


def without_flat_furniture(fragment: Fragment) -> tuple[Fragment, list[Dropped]]:
    """On a page flattened to one line, cut the site's words off the end of a speech (data/furniture.json)."""
    text = fragment.text
    if len(fragment.line.text) < FLAT_LINE and not fragment.start:
        return fragment, []
    cuts = []
    for rule in load("furniture")["flat"]:
        at = text.find(f" {rule['from']} ")
        if at >= 0 and rule.get("with", "") in text[at:]:
            at -= len(_date_at_end(text[:at]))
            cuts += [fragment.start + at] if SENTENCE.search(text[:at]) else []
    if not cuts:
        return fragment, []
    cut = min(cuts)
    dropped = Dropped(Fragment(fragment.line, cut, fragment.end), "site furniture")
    return Fragment(fragment.line, fragment.start, cut), [dropped]
