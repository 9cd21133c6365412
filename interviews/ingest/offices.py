"""Offices taken apart from names: “President of Russia Viktor Orlov”, “HELEN WU, FOREIGN MINISTER”, “FM Solberg”."""

import re
from functools import cache, lru_cache

from interviews.ingest.outlets import nationality
from interviews.ingest.words import UNSPACED, country_names, key, label_words, load

ACRONYMS = ("US", "UK", "UN", "EU", "NATO", "OSCE", "IAEA", "AU", "UNHCR", "UNRWA", "ASEAN", "WHO", "U.S.", "U.N.")
ARTICLES = ("the", "le", "la", "l", "el", "der", "die", "il", "o", "a")
PARTICLES = ("van", "von", "der", "den", "de", "du", "da", "do", "dos", "del", "della", "di", "bin", "ibn", "ter", "la")
MC = re.compile(r"\bMc([a-z])")
AFTER_APOSTROPHE = re.compile(r"(?<=\w\w['’])S\b")
COMMA = re.compile(r"\s*,\s*")
LONGEST_OFFICE = 12
LONGEST_CORE = 6
RANK = 2  # characters


@lru_cache(maxsize=1000)
def apart(label: str) -> tuple[str, str]:
    """Return (office or '', name or '') of a label as written; honorifics and articles are neither."""
    unspaced = _unspaced_office(label)
    if unspaced:
        return unspaced, label.removesuffix(unspaced)
    parts = [part for part in COMMA.split(label.strip(" .,")) if part]
    office, name = _from_words(parts[0].split()) if parts else ("", "")
    if not parts[1:]:
        return office, name
    rest = ", ".join(parts[1:])
    if office and not name:
        further_office, name = _from_words(parts[1].split())
        return ", ".join(filter(None, [office, further_office])), name
    if is_office(parts[1]):
        return office or rest, name
    return office, ", ".join([name, rest])


def _unspaced_office(label):
    """Return the office behind a name in a script without spaces: 外務大臣 of 田村外務大臣; else ''.

    大臣 alone says too little: what stands before it may be a name or a ministry.
    """
    offices = label_words().offices
    if not UNSPACED.fullmatch(label) or label in offices:
        return ""
    return next((office for at in range(1, len(label) - RANK) if (office := label[at:]) in offices), "")


def is_office(text: str) -> bool:
    """Whether a text begins with an office, whatever nationality or rank stands first."""
    words = text.split()
    return _office_length(words, _honorifics_length(words)) > 0


def qualifiers_before(text: str) -> str:
    """Return the words at the end of a text that qualify the office after it: “by NATO ” -> “NATO ”."""
    words = text.split()
    first = len(words)
    while first and words[first - 1][:1].isupper() and _qualifies(words[first - 1]):
        first -= 1
    return "".join(f"{word} " for word in words[first:])


def _from_words(words):
    start = _honorifics_length(words)
    end = start + _office_length(words, start)
    name_start = end + _honorifics_length(words[end:])
    office = " ".join(words[start:end])
    return _abbreviations().get(key(office), office), " ".join(words[name_start:])


def _honorifics_length(words):
    """Count the articles and honorifics at the beginning."""
    count = 0
    while count < len(words) and (step := _honorific_length(words[count:])):
        count += step
    return count


def _honorific_length(words):
    for count in range(min(3, len(words)), 0, -1):
        if key(" ".join(words[:count])) in _honorifics():
            return count
    return int(key(words[0]) in ARTICLES and len(words) > 1 and not words[0].endswith("."))


def _office_length(words, start):
    """Count the words of the office that begins at a place: what qualifies it, its core, of what and where."""
    for first in range(start, min(start + 5, len(words))):
        core = _core_length(words, first)
        if core:
            return _extended(words, first + core) - start
        if not _qualifies(words[first]):
            return 0
    return 0


def _core_length(words, at):
    for count in range(min(LONGEST_CORE, len(words) - at), 0, -1):
        phrase = key(" ".join(words[at : at + count]))
        if len(phrase) == 1 and words[at].endswith("."):
            continue
        if phrase in label_words().offices or phrase in _abbreviations() or phrase in _cores():
            return count
    return 0


def _qualifies(word):
    folded = key(word.removesuffix("’s").removesuffix("'s"))
    known = folded in _words("qualifiers") or folded in _words("matters") or folded in country_names()
    return known or nationality(word.title()) is not None


def _extended(words, end):
    """Return where an office ends that goes on with “of Russia”, “for Foreign Affairs and Trade”, “General”."""
    last = end
    at = end
    while at < min(len(words), end + LONGEST_OFFICE):
        if key(words[at]) in _words("links") or words[at] == "&":
            at += 1
            continue
        core = _core_length(words, at) if at > last or key(words[at]) == "general" else 0
        step = core or _matter_length(words, at) or _is_unknown_place(words, at)
        if not step:
            break
        at += step
        last = at
    return last


def _is_unknown_place(words, at):
    """Whether a capital and two more words follow “of”: “President of Freeland Ana Rosso”. No name begins with it."""
    rest = words[at:]
    return words[at - 1] == "of" and len(rest) > 2 and all(word[:1].isupper() for word in rest)


def _matter_length(words, at):
    for count in (4, 3, 2, 1):
        phrase = " ".join(words[at : at + count])
        if at + count <= len(words) and key(phrase) in country_names():
            return count
    word = words[at]
    return 1 if key(word) in _words("matters") else 0


def spelled_office(office: str) -> str:
    """Return an office that is in capitals throughout in the usual letters: “Minister for Foreign Affairs”."""
    if not (office.isupper() and len(office) > 3):
        return office
    words = [word if word in ACRONYMS else AFTER_APOSTROPHE.sub("s", word.title()) for word in office.split()]
    return " ".join(word.lower() if i and word.lower() in _words("small") else word for i, word in enumerate(words))


def spelled_place(place: str) -> str:
    """Return a place not in capitals throughout: CANBERRA -> Canberra; abbreviations such as D.C. stay."""
    return " ".join(word.title() if word.isupper() and "." not in word else word for word in place.split())


def spelled_name(name: str) -> str:
    """Return a name with its capitals in the usual letters: “Anneke de Vries”, “Ronan McBride”, “Pierre Lambert”."""
    if len(name) < 4:
        return name
    words = [word.title() if word.isupper() and len(word) > 1 and "." not in word else word for word in name.split()]
    if name.isupper():
        inner = range(1, len(words) - 1)
        words = [word.lower() if i in inner and key(word) in PARTICLES else word for i, word in enumerate(words)]
    return MC.sub(lambda found: f"Mc{found[1].upper()}", " ".join(words))


@cache
def _words(group):
    return frozenset(key(word) for word in load("offices")[group])


@cache
def _cores():
    return _words("cores")


@cache
def _honorifics():
    return _words("honorifics") | label_words().honorifics


@cache
def _abbreviations():
    return load("offices")["abbreviations"]
