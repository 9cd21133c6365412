"""Visible lines built from what a scanner of markup keeps: text with its styles, its links and its place."""

import re
from dataclasses import replace

from interviews.ingest.lines import Line, Piece

SPACE = re.compile(r"[\t\v\f\n\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
STYLES = ("bold", "italic")
EMPHASIS = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}  # by the number of stars or underscores


class LineBuilder:
    """Collects what is visible and closes it into lines."""

    def __init__(self, text):
        self.text, self.lines = text, []
        self.counted_to, self.number = 0, 1
        self.gap = 0
        self.depth = dict.fromkeys(STYLES, 0)
        self.emphasis = {}
        self._begin()

    def _begin(self):
        self.parts, self.length = [], 0
        self.begun, self.runs = {}, {}
        self.quoted, self.heading = False, 0
        self.link_from, self.link_runs, self.link_url = 0, [], ""

    def keep(self, start, end):
        if start < end:
            self.put(start, end, self.text[start:end])

    def put(self, start, end, shown):
        if not shown.isprintable():  # what is has no other white space than spaces
            shown = SPACE.sub(" ", shown)
        self.parts.append((shown, start, end))
        self.length += len(shown)

    def start_style(self, style):
        if self.depth[style] == 0:
            self.begun[style] = self.length
        self.depth[style] += 1

    def end_style(self, style):
        if self.depth[style] == 1 and self.begun.get(style, 0) < self.length:
            self.runs.setdefault(style, []).append((self.begun.get(style, 0), self.length))
        self.depth[style] = max(0, self.depth[style] - 1)

    def start_emphasis(self, mark):
        self.emphasis[mark] = EMPHASIS[len(mark)]
        for style in self.emphasis[mark]:
            self.start_style(style)

    def end_emphasis(self, mark):
        for style in self.emphasis.pop(mark):
            self.end_style(style)

    def start_link(self, url):
        self.link_from, self.link_url = self.length, url

    def end_link(self):
        if self.link_url:
            self.link_runs.append((self.link_from, self.length, self.link_url))
        self.link_url = ""

    def end_block(self):
        if any(shown.strip(" ") for shown, _, _ in self.parts):
            self.end_line()
        self._begin()
        self._end_all_emphasis()
        self.gap = max(self.gap, 1)

    def underline(self):
        """Make the line above a heading, where it stands directly above."""
        if self.lines and not self.gap:
            self.lines[-1] = replace(self.lines[-1], heading=1)

    def end_line(self):
        visible = "".join([shown for shown, _, _ in self.parts])
        lead, end = len(visible) - len(visible.lstrip(" ")), len(visible.rstrip(" "))
        if lead < end:
            self._add(visible[lead:end], lead, end)
            self.gap = 0
        else:
            self.gap += 1
            self._end_all_emphasis()
        self._begin()

    def _end_all_emphasis(self):
        for mark in list(self.emphasis):
            self.end_emphasis(mark)

    def _add(self, text, lead, end):
        pieces = self._lone_piece(lead, end) or tuple(self._pieces(lead, end))
        self.number += self.text.count("\n", self.counted_to, pieces[0].start)
        self.counted_to = pieces[0].start
        bold, italic = [self._runs(style, lead, end) for style in STYLES]
        link = next((url for first, last, url in self.link_runs if last >= end and self._opens(text, first - lead)), "")
        self.lines.append(Line(self.number, text, pieces, self.gap, bold, italic, self.quoted, self.heading, link))

    @staticmethod
    def _opens(text, at):
        """Whether nothing but the bullet of a list stands before a character of a line."""
        return not text[: max(0, at)].strip(" *•·–—-")

    def _runs(self, style, lead, end):
        """Return the stretches of a style between the white space at both ends."""
        runs = self.runs.get(style, ())
        if self.depth[style]:
            runs = [*runs, (self.begun.get(style, 0), self.length)]
        if not runs:
            return ()
        return tuple(
            [(max(0, one - lead), min(other, end) - lead) for one, other in runs if other > lead and one < end]
        )

    def _lone_piece(self, lead, end):
        """Return the one piece of a line that stands in the source as it is shown, () for any other."""
        shown, start, stop = self.parts[0]
        is_whole = len(self.parts) == 1 and len(shown) == stop - start
        return (Piece(0, start + lead, start + end),) if is_whole else ()

    def _pieces(self, lead, end):
        """Yield the parts between the white space at both ends; neighbours in text and source become one."""
        at, piece, literal = 0, None, False
        for shown, start, stop in self.parts:
            first, last = max(at, lead), min(at + len(shown), end)
            is_literal = len(shown) == stop - start
            if first < last:
                from_, to = (start + first - at, start + last - at) if is_literal else (start, stop)
                if piece and literal and is_literal and piece.end == from_:
                    piece = Piece(piece.at, piece.start, to)
                else:
                    if piece:
                        yield piece
                    piece, literal = Piece(first - lead, from_, to), is_literal
            at += len(shown)
        yield piece
