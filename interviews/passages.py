"""Words of a text named by a link, in the syntax of text directives: [prefix-,]start[,end][,-suffix].

The specification is the WICG's “URL Fragment Text Directives” (wicg.github.io/scroll-to-text-fragment). Its parts are
percent-encoded, commas and hyphens too. As it asks, whole words are compared without case and accents; beyond it
quotation marks, dashes and spaces of all kinds are alike. Pure functions, linear in the text.
"""

import contextlib
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, product
from urllib.parse import quote, unquote, unquote_to_bytes

LONGEST = 2_000  # characters of a directive; those that the archive makes are rarely longer than 200
WHOLE = 8  # words that a directive says in full
ENDS = 4  # words that it says of the beginning and of the end of more
CLAUSE = 20  # signs that an end may have in a script without spaces, so that it ends where a clause does

# Scripts that set no spaces between words: every sign is a word here.
UNSPACED = "\u0e00-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))
UNSEEN = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
LETTER = rf"[^\W_{UNSPACED}]"
BREAK = "\n"
SPACE = re.compile(rf"\s[\s{UNSEEN}]*+")
TOKEN = re.compile(
    rf"{SPACE.pattern}|{LETTER}(?:{LETTER}|[{MARKS}{UNSEEN}]|(?<=\d)[.,](?=\d))*+"
    rf"|[{UNSPACED}][{MARKS}]*+|\.\.\.|[^\s{UNSEEN}]"
)
ELLIPSIS = re.compile(r"\[(?:…|\.\.\.)\]|…|\.\.\.")
DROPPED = re.compile(rf"[{MARKS}{UNSEEN}]")
NOT_SEEN = re.compile(rf"[{UNSEEN}]")
ALIKE = str.maketrans(
    dict.fromkeys("“”„‟«»‹›「」『』", '"') | dict.fromkeys("‘’‚‛ʼ`´", "'") | dict.fromkeys("–—‒―−‐‑", "-")
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
APART = "\x1f"  # between tokens: white space, so that it is never in one


class PassageError(ValueError):
    """What a link says is no text directive; the message says why, for readers."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words from `start` to `end`, or `start` alone; between the words `prefix` and `suffix` if those are given."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self):
        """The directive, percent-encoded: it may stand in a query and in a fragment as it is."""
        start, end, prefix, suffix = map(_encoded, (self.start, self.end, self.prefix, self.suffix))
        return ",".join(part for part in (prefix and f"{prefix}-", start, end, suffix and f"-{suffix}") if part)


def parse(directive):
    """Return the Passage of a percent-encoded directive. Raises PassageError."""
    if len(directive) > 12 * LONGEST:
        raise PassageError("The link names more words than any that this archive makes.")
    parts = directive.split(",")
    prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
    if len(parts) > 2:
        raise PassageError("The link has more parts than a beginning, an end, and what stands before and after.")
    start, end, prefix, suffix = map(_decoded, (parts[0], parts[1] if len(parts) > 1 else "", prefix, suffix))
    if not _pieces(start) or (len(parts) > 1 and not _pieces(end)) or not _says_words(f"{start} {end}"):
        raise PassageError("The link names no words.")
    if len(start) + len(end) + len(prefix) + len(suffix) > LONGEST:
        raise PassageError("The link names more words than any that this archive makes.")
    return Passage(start, end, prefix, suffix)


def readings(query):
    """Return the Passages that a query string (percent-encoded, ASCII) may mean; [] where it names none.

    Programs that pass an address on, and forms, may encode the directive once more, its commas too. Where it is in one
    piece as it stands it may be one of those, and both are returned. Raises PassageError.
    """
    values = [value for name, _, value in (part.partition("=") for part in query.split("&")) if name == "passage"]
    if not values:
        return []
    directive = values[-1].replace("+", " ")
    found = [parse(directive)]
    if "," not in directive:
        with contextlib.suppress(PassageError):
            found.append(parse(unquote(directive)))
    return list(dict.fromkeys(found))


def find(text, passage):
    """Return (start, end), in characters, of the first place in a text that a Passage names; or None.

    It goes across the end of a paragraph only where start and end lie in different ones, or where an empty line says
    so; what stands before and after may be in the next paragraph.
    """
    return _place(_Tokens(text), passage)


def passage_for(text, start, end, *, above=""):
    """Return a Passage that finds in a text the whole words of which text[start:end] holds some part.

    It is short: up to eight words in full, of more the first and the last four, and where the words stand in the text
    more than once as many before and after as tell them apart. So they are told, where a few words can do it, from
    what stands above the text on its page too, as browsers look there first. Raises PassageError if there is no word.
    """
    tokens = _Tokens(text)
    first, last = tokens.around(start, end)
    plain = _ends(tokens, first, last)
    wanted = tokens.place(first, last)
    page, shift = (_Tokens(f"{above}\n\n{text}"), len(above) + 2) if above else (tokens, 0)
    for passage in _told_apart(tokens, plain, first, last, longest=WHOLE):
        if _place(page, passage) == (wanted[0] + shift, wanted[1] + shift) and _place(tokens, passage) == wanted:
            return passage
    in_full = Passage(tokens.words(first, last))
    candidates = _told_apart(tokens, plain, first, last, longest=WHOLE)
    at_last = _told_apart(tokens, in_full, first, last, longest=2 * len(tokens.spans))
    return next(passage for passage in chain(candidates, at_last) if _place(tokens, passage) == wanted)


def whole_words(text, start, end):
    """Return the place of the whole words of which text[start:end] holds some part. Raises PassageError for none."""
    tokens = _Tokens(text)
    return tokens.place(*tokens.around(start, end))


def locate(text, words):
    """Return (start, end) of words that somebody typed, or None.

    Paragraphs may be run together and signs left out; an ellipsis stands for all that is between two stretches.
    """
    beginning, *rest = ELLIPSIS.split(words.strip())
    for signs in (True, False):
        tokens = _Tokens(text, breaks=False, signs=signs)
        found = tokens.first(_Tokens(words, breaks=False, signs=signs).folded)
        if not found and rest:
            found = tokens.stretch(*(_Tokens(part, breaks=False, signs=signs).folded for part in (beginning, rest[-1])))
        if found:
            return tokens.place(*found)
    return None


class _Tokens:
    """A text as its words and signs, folded, so that whole words are found by one search of a string."""

    def __init__(self, text, *, breaks=True, signs=True):
        found = [(match.start(), match.end(), _folded(match[0])) for match in TOKEN.finditer(text)]
        found = [token for token in found if token[2] != APART and (breaks or token[2] != BREAK)]
        kept = found if signs else [token for token in found if token[2][:1].isalnum()]
        self.text = text
        self.spans = [(start, end) for start, end, _ in kept]
        self.folded = [folded for _, _, folded in kept]
        self.joined = APART + "".join(folded + APART for folded in self.folded)
        self.offsets = [0, *accumulate(len(folded) + 1 for folded in self.folded)]

    def first(self, wanted, *, before=(), after=(), begin=0):
        """Return the first place, as a range of tokens, of the wanted ones between those before and after; or None."""
        found = []
        for head, tail in product(_seams(before, at_end=True), _seams(after, at_end=False)):
            needle = APART + "".join(token + APART for token in (*head, *wanted, *tail))
            at = self.joined.find(needle, self.offsets[begin])
            if wanted and at >= 0:
                place = bisect_left(self.offsets, at) + len(head)
                found.append((place, place + len(wanted)))
        return min(found, default=None)

    def stretch(self, start, end, *, before=(), after=()):
        """Return the place from the first `start` to the first `end` behind it; or None."""
        opening = self.first(start, before=before)
        closing = opening and self.first(end, after=after, begin=opening[1])
        return (opening[0], closing[1]) if closing else None

    def around(self, start, end):
        """Return the range of tokens that a stretch of characters touches, without breaks at its ends."""
        touched = [place for place, (begins, ends) in enumerate(self.spans) if begins < end and ends > start]
        said = [place for place in touched if self.folded[place] != BREAK]
        if not any(self.is_word(place) for place in said):
            raise PassageError("No words were chosen.")
        return said[0], said[-1] + 1

    def is_word(self, place):
        return self.folded[place][:1].isalnum()

    def place(self, first, last):
        """The characters of a range of tokens."""
        return self.spans[first][0], self.spans[last - 1][1]

    def words(self, first, last):
        """The words of a range of tokens, as they are written; paragraphs apart, other white space as one space."""
        if first >= last:
            return ""
        start, end = self.place(first, last)
        spaced = SPACE.sub(lambda space: "\n\n" if _is_break(space[0]) else " ", self.text[start:end])
        return NOT_SEEN.sub("", spaced).strip()

    def step(self, place, count, *, by):
        """Return the place `count` words before (by=-1) or after (by=1) a place between tokens."""
        while count > 0 and 0 <= place + min(by, 0) < len(self.spans):
            count -= self.is_word(place + min(by, 0))
            place += by
        return place


def _place(tokens, passage):
    start, end, before, after = map(_pieces, (passage.start, passage.end, passage.prefix, passage.suffix))
    if end:
        found = tokens.stretch(start, end, before=before, after=after)
    else:
        found = tokens.first(start, before=before, after=after)
    return tokens.place(*found) if found else None


@lru_cache(maxsize=200)
def _pieces(words):
    return tuple(_Tokens(words).folded)


def _seams(tokens, *, at_end):
    """What stands beside the words, in their own paragraph or in the next."""
    if not tokens:
        return [()]
    return [tokens, (*tokens, BREAK) if at_end else (BREAK, *tokens)]


def _ends(tokens, first, last):
    """The stretch in full, or its two ends."""
    breaks = [place for place in range(first, last) if tokens.folded[place] == BREAK]
    count = sum(tokens.is_word(place) for place in range(first, last))
    if not breaks and count <= WHOLE:
        return Passage(tokens.words(first, last))
    opening = min([_clause(tokens, tokens.step(first, ENDS, by=1), by=1), *breaks[:1]])
    closing = max([_clause(tokens, tokens.step(last, ENDS, by=-1), by=-1), *(place + 1 for place in breaks[-1:])])
    if opening > closing:
        return Passage(tokens.words(first, last))
    return Passage(tokens.words(first, opening), tokens.words(closing, last))


def _clause(tokens, place, *, by):
    """Where a clause of a script without spaces ends: browsers cut it into words that only dictionaries know."""
    for _ in range(CLAUSE):
        if not 0 < place < len(tokens.spans) or not all(_is_unspaced(tokens.folded[at]) for at in (place - 1, place)):
            break
        place += by
    return place


def _is_unspaced(token):
    return bool(re.match(f"[{UNSPACED}]", token))


def _told_apart(tokens, passage, first, last, *, longest):
    """The passage, then with more and more words before it, after it, and on both sides."""
    yield passage
    size = 1
    while size <= longest:
        before = tokens.words(tokens.step(first, size, by=-1), first)
        after = tokens.words(last, tokens.step(last, size, by=1))
        yield from (replace(passage, **context) for context in ({"prefix": before}, {"suffix": after}))
        yield replace(passage, prefix=before, suffix=after)
        size *= 2


def _is_break(space):
    return space.count("\n") > 1


def _folded(token):
    if token[0].isspace():
        return BREAK if _is_break(token) else APART
    plain = DROPPED.sub("", unicodedata.normalize("NFKD", token)).casefold()
    return plain.translate(ALIKE)


def _says_words(part):
    return any(token[:1].isalnum() for token in _pieces(part))


def _encoded(part):
    # What ends with a full stop is cut short by programs that find addresses in a text.
    return re.sub(r"\.\Z", "%2E", quote(part, safe="").replace("-", "%2D"))


def _decoded(part):
    try:
        words = unquote_to_bytes(part.encode("iso-8859-1", "replace")).decode()
    except UnicodeDecodeError as error:
        raise PassageError("The link is damaged: its words are not in UTF-8.") from error
    if CONTROL.search(words):
        raise PassageError("The link is damaged: it holds signs that stand in no text.")
    return unicodedata.normalize("NFC", words).strip()
