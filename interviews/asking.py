"""What a question asks, without the words around it. Pure: a text in, a shorter one out.

What tells is general: which sentence ends in a question mark, where its clauses begin, who is spoken to. The words
that begin questions are in ingest/data/asking.json.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise

from interviews.ingest.turns import is_courtesy
from interviews.ingest.words import UNSPACED, key, label_words, load

# Where a sentence ends, with the space behind it; not behind initials and titles (U.S., J. Smith, Mr. Smith). It begins
# with the sign that ends it, so that most of a text is passed over at once.
SENTENCE_END = re.compile(
    r"[.!?؟…。！？](?:(?<=[。！？])[”’」』）]*\s*"
    r"|(?<![.!?؟…].)(?<!\b\w\.)(?<!\b[DM][rs]\.)(?<!\bMrs\.)[.!?؟…]*[\"”’»)]*\s++(?![a-zа-яё]))"
)
ASKS = re.compile(r"[?؟？][\"”’»)」』）]*$")
REMARK = re.compile(r"^\([^()]{1,40}\)\s*")
# Where a clause begins: behind a sign that parts clauses.
CLAUSE = re.compile(r"[,;:،؛] |(?<! ) [–—-] ")
TERSE = 7  # “Were you close?” says nothing by itself
FEWEST_LETTERS = 6  # of a script without spaces
LONGEST_OPENER = 5
OPENERS = 4
LONGEST_CALL = 5
LONGEST_INTRODUCTION = 12
LONGEST_READ = 5_000  # characters: further on nobody asks
HALF = 0.45  # of the room, at least, is used where a question is cut


@cache
def _words(name):
    return frozenset(load("asking")[name])


def asked_in(line, longest):
    """Return what a question on one line asks, in at most `longest` characters; a last resort ends in “…”.

    >>> asked_in("Minister, you lost the vote. So, with respect, will your party now leave the coalition?", 60)
    'Will your party now leave the coalition?'
    """
    return _asked_in(line[:LONGEST_READ], longest)


@lru_cache(maxsize=5_000)
def _asked_in(line, longest):
    sentences = _of_substance(_sentences(line))
    asking = _asking(sentences)
    if asking is None:
        return _cut(_first_that_fit(sentences, longest), longest)
    asked = _without_opening(sentences[asking])
    if len(asked) > longest:
        return _cut(_clause_that_asks(asked), longest)
    if asking and _is_terse(asked):
        return _with_what_it_is_about(sentences[asking - 1], sentences[asking], longest)
    return asked


def _sentences(line):
    starts = [0, *(end.end() for end in SENTENCE_END.finditer(line)), len(line)]
    found = (REMARK.sub("", line[start:end].strip()) for start, end in pairwise(starts))
    return [sentence for sentence in found if sentence] or [line]


def _of_substance(sentences):
    """Leave out thanks, greetings and introductions at the beginning, but not all."""
    for index, sentence in enumerate(sentences):
        if ASKS.search(sentence) or not (is_courtesy(sentence, asks=True) or _introduces(sentence)):
            return sentences[index:]
    return sentences


def _introduces(sentence):
    """Whether somebody says who asks: “Per Lindal of The Harbour Courier, from Halvik.”"""
    words = sentence.rstrip(".").split()
    if not 1 < len(words) <= LONGEST_INTRODUCTION or not words[0][:1].isupper() or not words[-1][:1].isupper():
        return False
    return all(word[:1].isupper() or word.casefold() in _words("leans") for word in words)


def _asking(sentences):
    """The place of the first sentence that asks something; of terse ones without context before them, another."""
    asking = [
        place
        for place, sentence in enumerate(sentences)
        if ASKS.search(sentence) and not is_courtesy(sentence, asks=True) and not _requests(sentence)
    ]
    if not asking:
        return None
    full = (place for place in asking if not _is_terse(sentences[place]))
    return next(full, asking[0]) if asking[0] == 0 else asking[0]


def _requests(sentence):
    """Whether it only asks to be allowed to ask: “Can I just ask a follow-up?”"""
    return _is_terse(sentence, fewest=2 * TERSE) and key(sentence).startswith(tuple(_words("requests")))


def _is_terse(sentence, fewest=TERSE):
    if UNSPACED.search(sentence):
        return len(sentence) < FEWEST_LETTERS
    return sentence.count(" ") + 1 < fewest


def _without_opening(sentence):
    """Leave out what stands before the question itself: “So, Minister, on that: ”."""
    rest = sentence
    for _ in range(OPENERS):
        shorter = _without_opener(rest)
        if shorter == rest or _is_terse(shorter, fewest=3):
            break
        rest = shorter
    return rest if rest == sentence else rest[:1].upper() + rest[1:]


def _without_opener(sentence):
    clause = CLAUSE.search(sentence)
    before, behind = (sentence[: clause.start()], sentence[clause.end() :]) if clause else ("", sentence)
    if clause and (_calls(before) or (clause[0][0] == ":" and _begins_to_ask(behind))):
        return behind
    for count in range(LONGEST_OPENER, 0, -1):
        words = sentence.split(" ", count)
        if len(words) > count and key(" ".join(words[:count])) in _opener_keys():
            return words[count].lstrip("–—- ")
    return sentence


@cache
def _opener_keys():
    return frozenset(map(key, _words("openers")))


def _calls(words):
    """Whether these words call somebody: “Mr Lavrov”, “Madame la Ministre”, “Арсений Павлович”."""
    parts = words.split()
    if not 1 <= len(parts) <= LONGEST_CALL:
        return False
    if len(parts) > 1 and parts[-1].endswith(tuple(_words("patronymics"))):
        return True
    titles = label_words().honorifics | label_words().offices
    named = (part[:1].isupper() or key(part) in titles or part.casefold() in _words("leans") for part in parts)
    return (key(words) in titles or key(parts[0]) in titles) and all(named)


def _begins_to_ask(words):
    return _begins_with(words, "asks")


def _begins_with(words, name):
    first = words.lstrip("¿“”\"'«„").partition(" ")[0].casefold().replace("’", "'").rstrip(",")
    return first in _words(name)


def _clause_that_asks(sentence):
    """The clause of a long sentence that asks, where that is not its first."""
    if _begins_to_ask(sentence):
        return sentence
    for clause in CLAUSE.finditer(sentence):
        rest = sentence[clause.end() :].lstrip('“„«"')
        if _is_terse(rest):
            break
        if clause[0][0] == ":" or (_begins_to_ask(rest) and not _begins_with(rest, "relatives")):
            return rest[:1].upper() + rest[1:]
    return sentence


def _with_what_it_is_about(before, asked, longest):
    """A terse question behind the sentence before it, or behind the last clauses of that for which there is room."""
    whole = f"{before} {asked}"
    if len(whole) <= longest:
        return whole
    for clause in CLAUSE.finditer(before):
        rest = before[clause.end() :]
        if not _is_terse(rest, fewest=4) and len(rest) + len(asked) + 3 <= longest:
            return f"… {_without_opener(rest)} {asked}"
    room = longest - len(asked) - 1
    return f"{_cut(before, room)} {asked}" if room > longest // 2 else asked


def _first_that_fit(sentences, longest):
    shown = sentences[0]
    for sentence in sentences[1:]:
        if len(shown) + 1 + len(sentence) > longest:
            break
        shown = f"{shown} {sentence}"
    return _without_opening(shown) if len(shown) > longest else shown


def _cut(text, longest):
    """Cut a text where a clause ends, else between words that need not stand together."""
    if len(text) <= longest:
        return text
    room = text[: longest - 1]
    words = room.rpartition(" ")[0].split(" ")
    least, length = longest * HALF, 0
    best = None
    for word, following in pairwise([*words, text[len(" ".join(words)) :].strip().partition(" ")[0]]):
        length += len(word) + 1
        if length >= least and (word[-1:] in ",;:–—،" or following.casefold() in _words("joins")):
            best = length
    shown = text[:best] if best else (room.rpartition(" ")[0] or room)
    return _without_leaning(shown) + "…"


def _without_leaning(text):
    words = text.rstrip(" ,:;–—-،").split(" ")
    while len(words) > 1 and words[-1].casefold() in _words("leans"):
        words.pop()
    return " ".join(words).rstrip(" ,:;–—-،")
