"""Which elements of a saved page stand beside its article: menus, banners, share buttons, pictures, footers.

Judged by what an element says of itself (its name, role and class) and by what it holds: a list of links is a menu, and
nothing that holds most of the page's prose is taken out, whatever its name.
"""

import json
import re
from collections import Counter, defaultdict, namedtuple
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from html import unescape

from interviews.ingest.lines import Field
from interviews.ingest.words import load

TAG = r"</?(?P<name>[A-Za-z][\w:.-]*+)(?P<rest>(?:[\s/](?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+)?)>"
LOOSE_TAG = r"</?(?P<loose>[A-Za-z][\w:.-]*+)(?:[\s/][^<>]*+)?>"
TOKEN = re.compile(rf"<!--|{TAG}|{LOOSE_TAG}")
ATTRIBUTE = re.compile(
    r"""(?<![\w:.-])([A-Za-z][\w:.-]*+)(?:\s{0,5}=\s{0,5}(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?"""
)
# ruff: noqa: SIM905 - words in a row read better than words in a column
BLOCKS = frozenset(
    """address article blockquote body caption dd details dialog div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr
    html legend li main ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
INLINE = frozenset(
    """a abbr acronym area b base bdi bdo big br center cite code col colgroup data del dfn em embed fieldset font head
    i img input ins kbd label link mark meta o:p option param picture q s samp small source span strike strong sub sup
    time track tt u var wbr""".split()
)
UNSEEN = {"script": "script", "style": "script", "noscript": "script", "template": "script", "iframe": "script"}
UNSEEN |= dict.fromkeys(["svg", "video", "audio", "object", "canvas"], "picture") | {"textarea": "navigation"}
BESIDE = dict.fromkeys(["nav", "aside", "footer", "form", "button", "select", "header", "dialog"], "navigation")
BESIDE |= {"figure": "picture", "figcaption": "picture"}
HTML = BLOCKS | INLINE | UNSEEN.keys() | BESIDE.keys()
LISTS = frozenset(["ul", "ol", "div", "section", "table", "td", "dl"])
ARTICLES = frozenset(["article", "main"])
EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BODY = frozenset(["html", "body", "main", "article"])
HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
TAG_NAME = re.compile(r"</?[A-Za-z][\w:.-]*+")
HEAVY = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.IGNORECASE)
SLANTED = re.compile(r"font-style\s{0,3}:\s{0,3}(?:italic|oblique)", re.IGNORECASE)
JSON_LD = re.compile(r"<script[^<>]{0,300}?application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
JSON_FACT = re.compile(r'"(?P<name>headline|datePublished)"\s{0,9}:\s{0,9}(?P<value>"(?:[^"\\]++|\\.)*+")')
PROSE = 60
FEWEST_LINKS = 3
LINKED = 0.7


Seen = namedtuple("Seen", "shown prose linked links titles")


@dataclass(slots=True)
class Element:
    """An element of a page: text[start:end], and how much stands in it (see `Elements.seen`)."""

    name: str
    attributes: dict[str, str]
    start: int
    seen: Seen
    closed_at: int = 0
    end: int = 0


def attributes_of(tag: str) -> dict[str, str]:
    """Return {name in lower case: value} of a tag such as <a href="…">; '' for an attribute without value."""
    found = ATTRIBUTE.finditer(tag, TAG_NAME.match(tag).end())
    return {each[1].lower(): unescape(each[2] or each[3] or each[4] or "") for each in found}


def facts_in_scripts(text: str, start: int, end: int) -> Iterator[Field]:
    """Yield title and date that text[start:end] states for machines in JSON-LD, in order."""
    for script in JSON_LD.finditer(text, start, end):
        until = text.find("</", script.end(), end)
        for fact in JSON_FACT.finditer(text, script.end(), until if until > 0 else end):
            with suppress(json.JSONDecodeError):
                value = " ".join(unescape(json.loads(fact["value"])).split())
                yield Field(fact["name"].lower(), value, *fact.span("value"))


class Elements:
    """The elements of a page with what they hold, found in one pass; what no browser shows is jumped over."""

    def __init__(self, text: str, start: int = 0):
        self.text, self.at = text, start
        self.closed: list[Element] = []
        self.unseen: dict[int, tuple[int, str]] = {}
        self.stack: list[Element] = []
        self.open = Counter()
        self.never_closed: set[str] = set()
        self.counts = Counter()
        if "<" in text:
            self._walk()

    def beside(self) -> dict[int, tuple[int, str]]:
        """Return {where a stretch of the page begins: (where it ends, why it is none of its article's)}."""
        total = self.seen()
        reasons = [(element, reason) for element in self.closed if (reason := _reason(element, total))]
        beside = self.unseen | {element.start: (element.end, reason) for element, reason in reasons}
        return beside | self._around_article(total.prose - _prose(element for element, _ in reasons))

    def styled(self) -> dict[int, list[tuple[str, bool]]]:
        """Return {where a tag stands: [(bold or italic, whether it begins)]} of elements styled by their attributes."""
        styled = defaultdict(list)
        for element in self.closed:
            for style in _styles(element.attributes):
                styled[element.start].append((style, True))
                styled[element.closed_at].append((style, False))
        return styled

    def seen(self) -> Seen:
        """How much has been seen so far: characters shown, those of long runs outside links, those in links, links,
        main headings."""
        return Seen(*(self.counts[name] for name in Seen._fields))

    def _walk(self):
        while found := TOKEN.search(self.text, self.at):
            self._count(len(self.text[self.at : found.start()].strip()))
            self.at = found.end()
            name = (found["name"] or found["loose"] or "").lower()
            if not name:
                self._jump("-->", found.end())
            elif found[0].startswith("</"):
                self._close(name, found)
            elif name in UNSEEN:
                if self._jump(f"</{name}", found.end()):
                    self.at = self.text.find(">", self.at) + 1 or len(self.text)
                    self.unseen[found.start()] = self.at, UNSEEN[name]
            elif name in HTML and name not in EMPTY and not found[0].endswith("/>"):
                self._open(name, found)

    def _count(self, length):
        self.counts["shown"] += length
        if self.open["a"]:
            self.counts["linked"] += length
        elif length >= PROSE:
            self.counts["prose"] += length

    def _jump(self, to, start):
        """Go on after the next `to`; what was sought in vain once is not sought again."""
        end = -1 if to in self.never_closed else self.text.find(to, start)
        if end < 0:
            self.never_closed.add(to)
            return False
        self.at = end + len(to)
        return True

    def _open(self, name, found):
        self.counts["links"] += name == "a"
        self.counts["titles"] += name == "h1"
        self.stack.append(Element(name, attributes_of(found[0]), found.start(), self.seen()))
        self.open[name] += 1

    def _close(self, name, found):
        """Close an element and, unfinished, all that was opened in it."""
        while self.open[name]:
            element = self.stack.pop()
            self.open[element.name] -= 1
            if element.name == name:
                element.closed_at, element.end = found.span()
                element.seen = Seen(*(now - then for now, then in zip(self.seen(), element.seen, strict=True)))
                self.closed.append(element)
                return

    def _around_article(self, prose):
        """Where one element is the article, return what stands after it, and before it or the page's title.

        `prose` counts its characters outside of what stands beside the article anyway.
        """
        most = prose * 3 // 5
        articles = [element for element in self.closed if most and _is_article(element) and element.seen.prose > most]
        if not articles:
            return {}
        article = min(articles, key=lambda element: element.end - element.start)
        around = {article.end: (len(self.text), "outside the article")}
        body = next((element.start for element in self.closed if element.name == "body"), None)
        titles = [each.start for each in self.closed if each.name == "h1" and each.start < article.start]
        begins = titles[-1] if titles else article.start
        return around | ({body: (begins, "outside the article")} if body is not None else {})


def _prose(elements):
    """Count the prose of elements, that of one inside another once."""
    prose, at = 0, 0
    for element in sorted(elements, key=lambda element: element.start):
        if element.start >= at:
            prose, at = prose + element.seen.prose, element.end
    return prose


def _styles(attributes):
    style = attributes.get("style", "")
    if HEAVY.search(style) or not _words(attributes).isdisjoint(_data("asking")):
        yield "bold"
    if SLANTED.search(style):
        yield "italic"


def _reason(element, total):
    """Return why an element is none of the article's, or None. What holds most of the prose, or the title, stays."""
    if element.name in BODY:
        return None
    if element.name == "nav":
        return "navigation"
    wraps_page = element.seen.titles or element.seen.prose * 2 > total.prose
    if wraps_page or not element.seen.shown:
        return None
    if element.name in BESIDE:
        return BESIDE[element.name]
    if _says_beside(element.attributes):
        return "site furniture"
    is_menu = element.seen.links >= FEWEST_LINKS and element.seen.linked >= LINKED * element.seen.shown
    return "navigation" if element.name in LISTS and is_menu else None


def _says_beside(attributes):
    """Whether role, class, identifier or style say that an element is hidden or furniture."""
    if not attributes:
        return False
    hidden = "hidden" in attributes or HIDDEN_STYLE.search(attributes.get("style", ""))
    said = _words(attributes)
    begun = any(word.startswith(tuple(_data("beside_beginnings"))) for word in said)
    return (
        bool(hidden or begun)
        or attributes.get("role", "").lower() in _data("roles")
        or not said.isdisjoint(_data("beside"))
    )


def _words(attributes):
    """Return the words of class and identifier, and their parts: “post-share” is both itself and post, share."""
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
    return {*names, *(part for name in names for part in re.split(r"[-_]+", name))}


def _is_article(element):
    says = {element.attributes.get("itemprop", "").lower(), *element.attributes.get("class", "").lower().split()}
    is_main = element.name in ARTICLES or element.attributes.get("role") == "main"
    return is_main or not says.isdisjoint(_data("article"))


@cache
def _data(name):
    return frozenset(load("page")[name])
