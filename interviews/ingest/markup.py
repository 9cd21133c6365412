"""From a decoded text to the page a reader sees: HTML, XML and Markdown read as markup, never as words.

One pass, linear: no pattern looks further than the next tag, star or line end.
"""

import re
from collections import Counter
from dataclasses import replace
from html import unescape

from interviews.ingest.elements import (
    BLOCKS,
    HTML,
    LOOSE_TAG,
    TAG,
    Elements,
    attributes_of,
    facts_in_scripts,
)
from interviews.ingest.frontmatter import read_front_matter
from interviews.ingest.lines import Field, Hidden, Link, Page
from interviews.ingest.visible import LineBuilder

HEADINGS = {f"h{level}": level for level in range(1, 7)}
STYLED = dict.fromkeys([*HEADINGS, "b", "strong", "th", "dt", "summary"], "bold")
STYLED |= dict.fromkeys(["i", "em", "cite"], "italic")
UNSEEN_CHARACTERS = r"\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
INVISIBLE = re.compile(rf"[{UNSEEN_CHARACTERS}]+")
MARKS = [mark * count for mark in "*_" for count in (1, 2, 3)]
COMMON = [
    r"(?P<comment><!--)",
    r"(?P<cdata><!\[CDATA\[|\]\]>)",
    r"(?P<declaration><[!?][A-Za-z][^<>]*>)",
    rf"(?P<tag>{TAG})",
    rf"(?P<tag_with_odd_quotes>{LOOSE_TAG})",
    r"(?P<escaped_tag>&lt;/?[A-Za-z](?:[^<>&]|&(?!lt;|gt;))*+&gt;)",
    r"(?P<entity>&(?:amp;)?(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    rf"(?P<invisible>{INVISIBLE.pattern})",
]
ADDRESSED = r"(?:[^()\s]++|\([^()\s]*+\))*+"
DEFINITION = r" {0,3}\[([^\]\[\n^][^\]\[\n]{0,80})\]:[ \t]+<?(\S++)(?:[ \t]+[\"'(][^\n]{0,200})?[ \t]*\r?$"
NEWLINE = r"(?P<newline>\r\n|[\n\r\f\v\x85\u2028\u2029])"
MARKDOWN = [
    r"(?P<quote>^[ \t]*(?:>[ \t]?)+)",
    r"(?P<heading>^[ \t]*\#{1,6}[ \t]+)",
    r"(?P<underline>^={3,}[ \t]*$)",
    rf"(?P<definition>^{DEFINITION})",
    rf"(?P<linked_picture>\[!\[[^\]\[\n]*\]\({ADDRESSED}\)\]\({ADDRESSED}\))",
    rf"(?P<link>!?\[(?P<shown>[^\]\[\n]*)\]\((?P<url>{ADDRESSED})(?:[ \t]+\"(?P<hover>[^\"\n]*)\")?[ \t]*\))",
    r"(?P<reference>\[(?P<named>[^\]\[\n]*)\]\[(?P<to>[^\]\[\n]{0,80})\])",
    r"(?P<emphasis>\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w))",
    r"(?P<escape>\\[!-/:-@\[-`{-~]|\\(?=\r?\n))",
    r"(?P<template>\{%[^%\n{}]*%\}|\{\{[^{}\n]*\}\})",
]
LITERAL_TAG = re.compile(rf"{TAG}|{LOOSE_TAG}")
# A look at one character spares most of them the whole list.
HTML_STARTS = re.compile(rf"[<&\]{UNSEEN_CHARACTERS}]")
TEXT_STARTS = re.compile(rf"[<&\]\[!*_\\{{>\#=\n\r\f\v\x85\u2028\u2029{UNSEEN_CHARACTERS}]")
IN_HTML = re.compile("|".join(COMMON))
IN_TEXT = re.compile("|".join([NEWLINE, *COMMON, *MARKDOWN]), re.MULTILINE)
BLOCK_TAG = re.compile(r"(?:<|&lt;)(?:p|br|div|li|td|h[1-6]|blockquote)\b", re.IGNORECASE)
FIRST_TAG = re.compile(r"\s*(?:<[?!][^<>]*>\s*)*<([A-Za-z][\w:.-]*)")
LEAF = re.compile(
    r"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>(?:\s{0,20}<!\[CDATA\[)?([^<>]{0,1000})(?:\]\]>\s{0,20})?</\1\s{0,20}>"
)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,10}:|[/#?.]|[\w-]+(?:\.[\w-]+)+(?:/|$)", re.IGNORECASE)
DEFINED = re.compile(rf"^{DEFINITION}", re.MULTILINE)
CLOSING_EMPHASIS = {mark: re.compile(rf"(?<=[^\s{re.escape(mark[0])}]){re.escape(mark)}(?!\w)") for mark in MARKS}
PARAGRAPH_END = re.compile(r"\n[ \t>]*\r?\n")
# What escapes in front matter or JSON can hide in a fact: controls, halves of characters, orders to write backwards.
NEVER_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
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
    tags = len(BLOCK_TAG.findall(text)) if "<" in text or "&lt;" in text else 0
    return tags > 0 and tags * 4 > sum(1 for line in text.splitlines() if line.strip())


class _Scanner:
    """Walks once over the tokens of a text and builds lines of what lies between them."""

    def __init__(self, text, start):
        self.text, self.start = text, start
        self.html = is_html(text[start:])
        self.xml = _is_xml(text[start:])
        self.leaves = _leaves(text, start, xml=self.xml)
        definitions = DEFINED.finditer(text, start) if "]:" in text and not self.html else ()
        self.defined = {found[1].casefold(): found[2] for found in definitions}
        elements = Elements(text, start)
        self.beside, self.styled = elements.beside(), elements.styled()
        self.fields, self.links, self.hidden = [], [], []
        self.paragraph_end, self.unclosed = -1, set()
        self.builder = LineBuilder(text)

    def run(self):
        at = self.start
        for start, (end, reason) in sorted(self.beside.items()):
            if start >= at:
                self._scan(at, start)
                self.builder.end_block()
                at = self._hide_with_facts(start, end, reason)
        self._scan(at, len(self.text))
        self.builder.end_line()
        fields = (replace(each, value=NEVER_SHOWN.sub("", each.value)) for each in self.fields)
        return Page(tuple(self.builder.lines), tuple(fields), tuple(self.links), tuple(self.hidden))

    def _scan(self, at, end):
        """Read text[at:end]; a token begins where another has ended, or at a character that may begin one.

        None begins with a letter or digit.
        """
        pattern, starts = (IN_HTML, HTML_STARTS) if self.html else (IN_TEXT, TEXT_STARTS)
        kept_to = at
        while at < end:
            found = None if self.text[at].isalnum() else pattern.match(self.text, at, end)
            if found:
                self.builder.keep(kept_to, at)
                kept_to = at = getattr(self, f"_{found.lastgroup}")(found)
            else:
                begins = starts.search(self.text, at + 1, end)
                at = begins.start() if begins else end
                if begins and begins[0] == "\n":  # a token already, and the most frequent
                    self.builder.keep(kept_to, at)
                    kept_to = at = self._newline(begins)
        self.builder.keep(kept_to, at)

    def _hide_with_facts(self, start, end, reason):
        """Hide a stretch but for the facts that a page states for machines (JSON-LD)."""
        at = start
        for fact in facts_in_scripts(self.text, start, end):
            self.hide(at, fact.start, reason)
            self.fields.append(fact)
            at = fact.end
        return self.hide(at, end, reason)

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
        end = -1 if "-->" in self.unclosed else self.text.find("-->", found.end())
        if end < 0:
            self.unclosed.add("-->")
            return self._keep(found)
        return self.hide(found.start(), end + len("-->"), "comment")

    def _cdata(self, found):
        return self.hide(*found.span())

    _declaration = _template = _cdata

    def _escape(self, found):
        self.hide(found.start(), found.start() + 1)
        self.builder.keep(found.start() + 1, found.end())
        return found.end()

    def _entity(self, found):
        shown = unescape(unescape(found[0]))
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
        name, closing = (found["name"] or found["loose"]).lower(), found[0].startswith("</")
        if found.start() in self.leaves:
            leaf = self.leaves[found.start()]
            self._field(leaf[1], leaf[2], *leaf.span())
            return leaf.end()
        if name not in HTML and not self.xml:
            return self._keep(found)
        self._apply(name, found, found[0], closing=closing)
        return self.hide(*found.span())

    _tag_with_odd_quotes = _tag

    def _escaped_tag(self, found):
        """In a feed, markup may be escaped: &lt;p&gt; stands for a tag."""
        tag = LITERAL_TAG.fullmatch(unescape(found[0])) if self.xml else None
        name = (tag["name"] or tag["loose"]).lower() if tag else ""
        if name not in HTML:
            self.builder.put(found.start(), found.start() + 4, "<")
            return found.start() + 4
        self._apply(name, found, tag[0], closing=tag[0].startswith("</"))
        return self.hide(*found.span())

    def _apply(self, name, found, tag, *, closing):
        """Let a tag do to the lines what it does on a reader's page."""
        if name == "br":
            self.builder.end_line()
        elif name in BLOCKS or name not in HTML:
            self.builder.end_block()
        if name in STYLED:
            (self.builder.end_style if closing else self.builder.start_style)(STYLED[name])
        for style, starts in self.styled.get(found.start(), ()):
            (self.builder.start_style if starts else self.builder.end_style)(style)
        if name in HEADINGS and not closing:
            self.builder.heading = HEADINGS[name]
        if name == "a":
            self._anchor(found, tag, closing=closing)
        elif name in ("meta", "html", "link", "time") and not closing:
            self._facts_of_tag(name, found)

    def _anchor(self, found, tag, *, closing):
        if closing:
            self.builder.end_link()
            return
        attributes = attributes_of(tag)
        if "href" in attributes:
            self.links.append(Link(attributes["href"], attributes.get("title", ""), found.start()))
            self.builder.start_link(attributes["href"])

    def _facts_of_tag(self, name, found):
        attributes = attributes_of(found[0])
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
        self.builder.heading = found[0].count("#")
        return self.hide(*found.span())

    def _underline(self, found):
        self.builder.underline()
        return self.hide(*found.span())

    def _definition(self, found):
        is_address = ADDRESS.match(found[0].partition(":")[2].strip(" \t<"))
        return self.hide(*found.span(), "link") if is_address else self._keep(found)

    def _linked_picture(self, found):
        return self.hide(*found.span(), "picture")

    def _reference(self, found):
        url = self.defined.get((found["to"] or found["named"]).casefold(), "")
        return self._shown_link(found, "named", url, "") if ADDRESS.match(url) else self._keep(found)

    def _link(self, found):
        if found[0].startswith("!"):
            return self.hide(found.start(), found.end(), "picture")
        if not ADDRESS.match(found["url"]):
            return self._keep(found)
        return self._shown_link(found, "shown", found["url"], found["hover"] or "")

    def _shown_link(self, found, group, url, hover):
        first, last = found.span(group)
        while first < last and self.text[first] in "*_" and self.text[last - 1] in "*_":
            first, last = first + 1, last - 1
        self.links.append(Link(url, hover, found.start()))
        self.hide(found.start(), first)
        self.builder.start_link(url)
        self.builder.keep(first, last)
        self.builder.end_link()
        return self.hide(last, found.end())

    def _emphasis(self, found):
        mark = found[0]
        before = self.text[found.start() - 1 : found.start()]
        after = self.text[found.end() : found.end() + 1]
        open_marks = [each for each in self.builder.emphasis if each[0] == mark[0]]
        closing = [each for each in open_marks if each == mark or len(open_marks) * len(mark) > 3]
        if closing and not before.isspace():
            for each in closing:
                self.builder.end_emphasis(each)
        elif mark not in open_marks and not before.isalnum() and after.strip() and self._closes(mark, found.end()):
            self.builder.start_emphasis(mark)
        else:
            return self._keep(found)
        return self.hide(*found.span())

    def _closes(self, mark, start):
        """Whether emphasis closes before its paragraph ends; what was sought there in vain is not sought again."""
        if start > self.paragraph_end:
            end = PARAGRAPH_END.search(self.text, start)
            self.paragraph_end, self.unclosed = end.start() if end else len(self.text), self.unclosed - set(MARKS)
        if mark in self.unclosed:
            return False
        if not CLOSING_EMPHASIS[mark].search(self.text, start, self.paragraph_end):
            self.unclosed.add(mark)
        return mark not in self.unclosed


def _is_xml(text):
    """Whether its outermost element is none of HTML's."""
    found = FIRST_TAG.match(text)
    return bool(found) and found[1].lower() not in HTML


def _leaves(text, start, *, xml):
    """Return {offset: match} of the elements that hold one short fact: in XML all of them, in HTML the title."""
    found = [leaf for leaf in LEAF.finditer(text, start) if leaf[1].lower() not in HTML or leaf[1] == "link"]
    found = [leaf for leaf in found if "&lt;" not in leaf[2]]  # that is a page, escaped
    often = Counter(leaf[1] for leaf in found)
    return {leaf.start(): leaf for leaf in found if leaf[1].lower() == "title" or (xml and often[leaf[1]] <= FEW)}
