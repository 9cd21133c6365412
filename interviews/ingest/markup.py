"""From a decoded text to the page a reader sees: HTML, XML and Markdown read as markup, never as words.

One pass, linear: no pattern looks further than the next tag, star or line end.
"""

import re
from collections import Counter
from html import unescape

from interviews.ingest.frontmatter import read_front_matter
from interviews.ingest.lines import Field, Hidden, Line, Link, Page, Piece

# ruff: noqa: SIM905 - words in a row read better than words in a column
BLOCKS = frozenset(
    """address article blockquote body caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr html li main
    ol p pre section table tbody td tfoot th thead tr ul""".split()
)
INLINE = frozenset(
    """a abbr acronym b base bdi bdo big br center cite code col colgroup data del dfn em font head i img input ins kbd
    label link mark meta o:p picture q s samp small source span strike strong sub sup time tt u var wbr""".split()
)
LEFT_OUT = {
    "script": "script",
    "style": "script",
    "noscript": "script",
    "template": "script",
    "svg": "picture",
    "iframe": "script",
    "nav": "navigation",
    "aside": "navigation",
    "footer": "navigation",
    "form": "navigation",
    "button": "navigation",
    "select": "navigation",
}
HTML = BLOCKS | INLINE | LEFT_OUT.keys()
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BOLD = HEADINGS | {"b", "strong", "th"}
SPACES = dict.fromkeys(map(ord, "\t\v\f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\n\r"), " ")
SPACES |= dict.fromkeys(range(0x2000, 0x200B), " ")

INVISIBLE = re.compile(r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
TAG = r"(?P<tag></?(?P<name>[A-Za-z][\w:.-]*)(?:[\s/][^<>]*)?>)"
COMMON = [
    r"(?P<comment><!--)",
    r"(?P<cdata><!\[CDATA\[|\]\]>)",
    r"(?P<declaration><[!?][A-Za-z][^<>]*>)",
    TAG,
    r"(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    rf"(?P<invisible>{INVISIBLE.pattern})",
]
MARKDOWN = [
    r"(?P<newline>\r\n|[\n\r\f\v\x85\u2028\u2029])",
    r"(?P<quote>^[ \t]*(?:>[ \t]?)+)",
    r"(?P<heading>^[ \t]*\#{1,6}[ \t]+)",
    r"(?P<link>!?\[(?P<shown>[^\]\[\n]*)\]\((?P<url>[^()\s]*)(?:[ \t]+\"(?P<hover>[^\"\n]*)\")?[ \t]*\))",
    r"(?P<emphasis>\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w))",
    r"(?P<escape>\\[*_\[\]\#>`\\-])",
    r"(?P<template>\{%[^%\n{}]*%\}|\{\{[^{}\n]*\}\})",
]
IN_HTML = re.compile("|".join(COMMON))
IN_TEXT = re.compile("|".join(COMMON + MARKDOWN), re.MULTILINE)
BLOCK_TAG = re.compile(r"<(?:p|br|div|li|td|h[1-6]|blockquote)\b", re.IGNORECASE)
FIRST_TAG = re.compile(r"\s*(?:<[?!][^<>]*>\s*)*<([A-Za-z][\w:.-]*)")
LEAF = re.compile(
    r"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>(?:\s{0,20}<!\[CDATA\[)?([^<>]{0,1000})(?:\]\]>\s{0,20})?</\1\s{0,20}>"
)
ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*)\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,10}:|[/#?.]|[\w-]+(?:\.[\w-]+)+(?:/|$)", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"
FEW = 2  # an element that stands more often than this is no fact about the document


def read_page(text: str) -> Page:
    """Return the visible lines of a decoded text, its fields, its links and what is hidden from readers."""
    fields, start = read_front_matter(text)
    scanner = _Scanner(text, start)
    scanner.fields.extend(fields)
    edges = [0, *(edge for field in fields for edge in (field.start, field.end)), start]
    for before, after in zip(edges[::2], edges[1::2], strict=True):
        if before < after:
            scanner.hide(before, after, "front matter")
    return scanner.run()


def is_html(text: str) -> bool:
    """Whether its lines are made by tags, not by line ends."""
    tags = len(BLOCK_TAG.findall(text))
    return tags * 4 > sum(1 for line in text.splitlines() if line.strip())


class _Scanner:
    """Walks once over the tokens of a text and builds lines of what lies between them."""

    def __init__(self, text, start):
        self.text, self.start = text, start
        self.html = is_html(text[start:])
        self.xml = _is_xml(text[start:])
        self.leaves = _leaves(text, start, xml=self.xml)
        self.fields, self.links, self.hidden = [], [], []
        self.never_closed = set()
        self.builder = _LineBuilder(text)

    def run(self):
        pattern, at = IN_HTML if self.html else IN_TEXT, self.start
        while found := pattern.search(self.text, at):
            if found.start() > at:
                self.builder.keep(at, found.start())
            at = getattr(self, f"_{found.lastgroup}")(found)
        if at < len(self.text):
            self.builder.keep(at, len(self.text))
        self.builder.end_line()
        return Page(tuple(self.builder.lines), tuple(self.fields), tuple(self.links), tuple(self.hidden))

    def hide(self, start, end, reason="markup"):
        self.hidden.append(Hidden(start, end, reason))
        return end

    def _keep(self, found):
        self.builder.keep(*found.span())
        return found.end()

    def _newline(self, found):
        self.builder.end_line()
        return found.end()

    def _comment(self, found):
        end = self._closing("-->", found.end())
        return self.hide(found.start(), end, "comment") if end else self._keep(found)

    def _cdata(self, found):
        return self.hide(*found.span())

    _declaration = _template = _cdata

    def _escape(self, found):
        self.hide(found.start(), found.start() + 1)
        self.builder.keep(found.start() + 1, found.end())
        return found.end()

    def _entity(self, found):
        shown = unescape(found[0])
        if INVISIBLE.fullmatch(shown):
            return self.hide(*found.span())
        self.builder.put(found.start(), found.end(), shown)
        return found.end()

    def _invisible(self, found):
        at_line_end = self.text[found.end() : found.end() + 1] in ("\r", "\n", "")
        if SOFT_HYPHEN in found[0] and at_line_end:
            self.builder.put(found.start(), found.end(), SOFT_HYPHEN)
            return found.end()
        return self.hide(*found.span())

    def _tag(self, found):
        name, closing = found["name"].lower(), found[0].startswith("</")
        if found.start() in self.leaves:
            leaf = self.leaves[found.start()]
            self._field(leaf[1], leaf[2], *leaf.span())
            return leaf.end()
        if name not in HTML and not self.xml:
            return self._keep(found)
        if name in LEFT_OUT and not closing:
            end = self._closing(f"</{name}", found.end())
            if end:
                end = self.text.find(">", end) + 1 or len(self.text)
                self.builder.end_block()
                return self.hide(found.start(), end, LEFT_OUT[name])
        self._apply(name, found, closing=closing)
        return self.hide(*found.span())

    def _apply(self, name, found, *, closing):
        """Let a tag do to the lines what it does on a reader's page."""
        if name == "br":
            self.builder.end_line()
        elif name in BLOCKS or name not in HTML:
            self.builder.end_block()
        if name in BOLD:
            self.builder.embolden(on=not closing)
        if name in HEADINGS and not closing:
            self.builder.heading = True
        if name == "a":
            self._anchor(found, closing=closing)
        elif name in ("meta", "html", "link", "time") and not closing:
            self._facts_of_tag(name, found)

    def _anchor(self, found, *, closing):
        if closing:
            self.builder.end_link()
            return
        attributes = _attributes(found[0])
        if "href" in attributes:
            self.links.append(Link(attributes["href"], attributes.get("title", ""), found.start()))
            self.builder.start_link(attributes["href"])

    def _facts_of_tag(self, name, found):
        attributes = _attributes(found[0])
        if name == "html":
            self._field("lang", attributes.get("lang", ""), *found.span())
        elif name == "time":
            self._field("datetime", attributes.get("datetime", ""), *found.span())
        elif name == "link" and attributes.get("rel") == "canonical":
            self._field("canonical", attributes.get("href", ""), *found.span())
        elif name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self._field(key, attributes.get("content", ""), *found.span())

    def _field(self, name, value, start, end):
        value = " ".join(unescape(value).replace("]]>", "").split())
        if name and value:
            self.fields.append(Field(name.lower(), value, start, end))
        else:
            self.hide(start, end)

    def _quote(self, found):
        self.builder.quoted = True
        return self.hide(*found.span())

    def _heading(self, found):
        self.builder.heading = True
        return self.hide(*found.span())

    def _link(self, found):
        if found[0].startswith("!"):
            return self.hide(found.start(), found.end(), "picture")
        if not ADDRESS.match(found["url"]):
            return self._keep(found)
        shown_from, shown_to = found.span("shown")
        self.links.append(Link(found["url"], found["hover"] or "", found.start()))
        self.hide(found.start(), shown_from)
        self.builder.start_link(found["url"])
        self.builder.keep(shown_from, shown_to)
        self.builder.end_link()
        return self.hide(shown_to, found.end())

    def _emphasis(self, found):
        mark = found[0][0]
        before = self.text[found.start() - 1 : found.start()]
        after = self.text[found.end() : found.end() + 1]
        if mark in self.builder.emphasis:
            if before.isspace():
                return self._keep(found)
            self.builder.end_emphasis(mark)
        elif not before.isalnum() and after.strip() and self._closes_in_line(mark, found.end()):
            self.builder.start_emphasis(mark, bold=len(found[0]) > 1)
        else:
            return self._keep(found)
        return self.hide(*found.span())

    def _closes_in_line(self, mark, start):
        end = self._closing(mark, start)
        return end and "\n" not in self.text[start:end]

    def _closing(self, what, start):
        """Return where `what` next ends, or 0; what was sought in vain once is not sought again."""
        if what in self.never_closed:
            return 0
        at = self.text.find(what, start)
        if at < 0:
            self.never_closed.add(what)
            return 0
        return at + len(what)


class _LineBuilder:
    """Collects what is visible and closes it into lines."""

    def __init__(self, text):
        self.text, self.lines = text, []
        self.counted_to, self.number = 0, 1
        self.gap, self.bold_depth, self.emphasis = 0, 0, {}
        self._begin()

    def _begin(self):
        self.parts, self.length = [], 0
        self.bold_from, self.bold_runs = 0, []
        self.quoted = self.heading = False
        self.link_from, self.link_runs, self.link_url = 0, [], ""

    def keep(self, start, end):
        self.put(start, end, self.text[start:end])

    def put(self, start, end, shown):
        shown = shown.translate(SPACES)
        self.parts.append((shown, start, end))
        self.length += len(shown)

    def embolden(self, *, on):
        if on and self.bold_depth == 0:
            self.bold_from = self.length
        if not on and self.bold_depth == 1:
            self.bold_runs.append((self.bold_from, self.length))
        self.bold_depth = max(0, self.bold_depth + (1 if on else -1))

    def start_emphasis(self, mark, *, bold):
        self.emphasis[mark] = bold
        if bold:
            self.embolden(on=True)

    def end_emphasis(self, mark):
        if self.emphasis.pop(mark):
            self.embolden(on=False)

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
        self.gap = max(self.gap, 1)

    def end_line(self):
        for mark in list(self.emphasis):
            self.end_emphasis(mark)
        visible = "".join(shown for shown, _, _ in self.parts)
        lead, end = len(visible) - len(visible.lstrip(" ")), len(visible.rstrip(" "))
        if lead < end:
            self._add(visible[lead:end], lead, end)
            self.gap = 0
        else:
            self.gap += 1
        self._begin()

    def _add(self, text, lead, end):
        pieces = tuple(self._pieces(lead, end))
        self.number += self.text.count("\n", self.counted_to, pieces[0].start)
        self.counted_to = pieces[0].start
        if self.bold_depth:
            self.bold_runs.append((self.bold_from, self.length))
        bold = tuple((max(0, first - lead), min(last, end) - lead) for first, last in self.bold_runs if last > lead)
        link = next((url for first, last, url in self.link_runs if first <= lead and last >= end), "")
        self.lines.append(Line(self.number, text, pieces, self.gap, bold, self.quoted, self.heading, link))

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


def _is_xml(text):
    """Whether its outermost element is none of HTML's."""
    found = FIRST_TAG.match(text)
    return bool(found) and found[1].lower() not in HTML


def _leaves(text, start, *, xml):
    """Return {offset: match} of the elements that hold one short fact: in XML all of them, in HTML the title."""
    found = [leaf for leaf in LEAF.finditer(text, start) if leaf[1].lower() not in HTML or leaf[1] == "link"]
    often = Counter(leaf[1] for leaf in found)
    return {leaf.start(): leaf for leaf in found if leaf[1].lower() == "title" or (xml and often[leaf[1]] <= FEW)}


def _attributes(tag):
    found = ATTRIBUTE.finditer(tag)
    return {each[1].lower(): unescape(each[2] or each[3] or each[4] or "") for each in found}
