"""Who asked: the outlet that a title or lead names, its country, the journalist named with it.

The country comes from the words (“the Italian Askanews agency”), else from data/outlets.json.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from interviews.ingest.labels import office_in, speaks_of_office
from interviews.ingest.words import countries, key, label_words, load

TOKEN = re.compile(r"[«“„\"'‘]?[^\s,;:()«»“”„\"]+|[,;:()«»“”„\"]")
OPENING, CLOSING = '«“„"', '»”“"'
CYRILLIC = re.compile(r"[а-яёіїєґ]")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}")
RUSSIAN_ENDING = re.compile(r"(?:ий|ый|ой)$")
ADJECTIVE_ENDING = 4
MOST_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as the text writes it, its ISO country code where known, the journalist named with it."""

    name: str
    country: str | None = None
    journalist: str | None = None


def find_outlet(texts: Sequence[str]) -> Outlet | None:
    """Return the outlet of the first text (title, lead ...) that names one."""
    return next((outlet for text in texts if (outlet := _in_text(text))), None)


def named(name: str) -> Outlet:
    """Return the outlet that a label or a line such as “Media: Radio Exemple” names."""
    return Outlet(name, _country_of(name))


def looks_like_outlet(name: str) -> bool:
    """Whether a name is a known outlet, or has a word that only outlets have (News, Radio, Zeitung)."""
    words = key(name).split()
    return key(name) in _known() or (len(words) > 1 and bool(set(words) & _words("media")))


def split_journalist(label: str, *, asks: bool = False) -> tuple[str, str] | None:
    """Return (name, outlet) of a label such as “Anne Example, ABC” or “Anne Example ABC”, else None.

    Of somebody who `asks` all that follows a comma is the outlet; else it must look like one.
    """
    name, comma, outlet = (part.strip() for part in label.rpartition(","))
    if comma and not office_in(outlet) and (asks or looks_like_outlet(outlet) or ACRONYM.fullmatch(outlet)):
        return name, outlet
    words = label.split()
    for first in range(2, len(words)):
        outlet = " ".join(words[first:])
        if key(outlet) in _known() and not label.isupper():
            return " ".join(words[:first]), outlet
    return None


def _in_text(text):
    tokens = TOKEN.findall(text.partition("[")[0])
    folded = [key(POSSESSIVE.sub("", token)) for token in tokens]
    interview = next((i for i, word in enumerate(folded) if word in _words("interview")), None)
    first = interview or 0
    for index in range(first, len(tokens) - 1):
        if not _starts_phrase(tokens, folded, index):
            continue
        somebody = any(token[:1].isupper() for token in tokens[1:first] + tokens[first + 1 : index])
        start = index + (folded[index] in _words("before"))
        sure = interview is not None and somebody and folded[index] not in _words("vague")
        outlet = _from_phrase(tokens[start:], sure=sure)
        if outlet:
            return outlet
    segments = (segment.strip() for segment in text.split(","))
    return next((named(segment) for segment in segments if key(segment) in _known()), None)


def _starts_phrase(tokens, folded, index):
    """A preposition; in Russian and its kin, where none is needed, a nationality or noun in the dative."""
    if folded[index] in _words("before"):
        if index and folded[index - 1] in _words("not_before"):
            return False
        minister_for = index and folded[index] == "for" and folded[index - 1] in label_words().offices | {"ministry"}
        return not minister_for
    small_cyrillic = CYRILLIC.match(tokens[index]) and tokens[index].islower()
    return bool(small_cyrillic) and (folded[index] in _words("nouns") or nationality(tokens[index]) is not None)


def _from_phrase(tokens, *, sure):
    """Read “the Italian Askanews agency, …” -> Outlet, or None where the words name no outlet.

    `sure`: the sentence has its interviewee already, so that whoever follows is the outlet.
    """
    phrase = _until_stop(tokens)
    country = next((code for token in phrase if (code := nationality(token))), None)
    noun = any(key(token) in _words("nouns") for token in phrase)
    name = _known_start(tokens) or _quoted_start(tokens) or _proper_name(phrase)
    if not name or name[0].isdigit() or speaks_of_office(name):
        return None
    journalist, name = _apart(name)
    if not (sure or journalist or country or noun or looks_like_outlet(name)):
        return None
    return Outlet(name, country or _country_of(name), journalist)


def _known_start(tokens):
    """Return the longest known outlet with which a phrase begins, articles and nationality aside."""
    for skipped in range(min(6, len(tokens))):
        for count in range(min(6, len(tokens) - skipped), 0, -1):
            name = POSSESSIVE.sub("", " ".join(tokens[skipped : skipped + count])).rstrip(" ,.;:")
            if (key(name) in _known() and name[:1].isupper()) or name in _known_small():
                return name
        small = tokens[skipped].islower() or key(tokens[skipped]) in _words("articles")
        if not (small or nationality(tokens[skipped])):
            return ""
    return ""


def _quoted_start(tokens):
    """Return the quoted name of a phrase, where only articles, nationality and nouns stand before it."""
    for index, token in enumerate(tokens[:MOST_TOKENS]):
        if token[0] in OPENING:
            inside = list(takewhile(lambda word: word[-1] not in CLOSING, tokens[index + 1 :]))
            return " ".join([token[1:], *inside]).strip() if len(inside) < MOST_TOKENS else ""
        if not (token.islower() or nationality(token) or key(token) in _words("nouns")):
            return ""
    return ""


def _until_stop(tokens):
    phrase = []
    for token in tokens[:MOST_TOKENS]:
        named_already = any(word[:1].isupper() for word in phrase)
        stops = key(token) in _words("stop") | _words("before") and (token.islower() or token.isupper())
        if not key(token) or token[0].isdigit() or (stops and named_already):
            break
        ends_sentence = token.endswith(".") and len(token) > 4
        phrase.append(token.rstrip(".") if ends_sentence else token)
        if ends_sentence:
            break
    return phrase


def _proper_name(phrase):
    """Return the capitalised core of a phrase: articles, nationality and small nouns around it are no name."""
    words = [word.strip("'‘’") for word in phrase]
    owner = next((index for index, word in enumerate(words) if POSSESSIVE.search(word)), len(words) - 1)
    words = [POSSESSIVE.sub("", word) for word in words[: owner + 1]]
    while words and (not words[0][:1].isupper() or (len(words) > 1 and nationality(words[0]))):
        words = words[1:]
    while words and words[-1].islower():
        words = words[:-1]
    return " ".join(words)


def _apart(name):
    """Return (journalist, outlet) of “Indra Example of The Example Times”; else (None, name)."""
    left, of, right = name.partition(" of ")
    whole = key(name) in _known() or looks_like_outlet(left)
    if of and not whole and 1 < len(left.split()) < 5:
        return left, right.removeprefix("the ")
    return None, name


@lru_cache(maxsize=10_000)
def nationality(word: str) -> str | None:
    """Return the ISO code of the country whose adjective a word is: Italian, italienischen, итальянскому."""
    if word in _demonyms():
        return _demonyms()[word]
    folded = word.casefold()
    if not word.islower():
        return None
    stems = [(stem, code) for stem, code in _stems() if folded.startswith(stem)]
    fitting = [(len(stem), code) for stem, code in stems if len(folded) - len(stem) <= ADJECTIVE_ENDING]
    return max(fitting)[1] if fitting else None


@cache
def _stems():
    """Return [(beginning of an adjective in lower case, ISO code)] in the languages that write them small."""
    given = [item for stems in load("nationalities").values() if isinstance(stems, dict) for item in stems.items()]
    return given + [
        (RUSSIAN_ENDING.sub("", word), code)
        for code, country in countries().items()
        for words in country.get("i18n_demonyms", {}).values()
        for word in words
        if word.islower()
    ]


@cache
def _demonyms():
    return {name: code for code, country in countries().items() for name in country["demonyms"] if name.istitle()}


@cache
def _words(group):
    return frozenset(load("outlet_words")[group])


@cache
def _known():
    """Return {key of a known outlet's name: ISO country code, or None where the name alone does not tell}."""
    return {
        key(name): facts["country"]
        for outlet, facts in load("outlets").items()
        for name in (outlet, *facts.get("also", ()))
    }


@cache
def _known_small():
    """Names that their owners write small, such as dpa."""
    return frozenset(name for name in load("outlets") if name.islower())


def _country_of(name):
    """Return the country of a known outlet, else the country whose name is part of the outlet's."""
    words = key(name)
    for known in (words, words.removeprefix("the "), words.split(" ")[0]):
        if known in _known():
            return _known()[known]
    return next((code for place, code in _places().items() if f" {place} " in f" {words} "), None)


@cache
def _places():
    return {key(country["i18n"]["en"]): code for code, country in countries().items()}
