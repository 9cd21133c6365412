"""Who asked: the outlet that a title or lead names, its country, the journalist named with it.

The country comes from the words (“the Italian Askanews agency”), else from data/outlets.json. There `also` are
further names, shown as the text writes them; `forms` are short and inflected ones, shown as the main name; several
countries are those where an outlet of that name is, and evidence decides between them.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from interviews.ingest.labels import part_of, speaks_of_office
from interviews.ingest.transcript import Speaker
from interviews.ingest.words import alternatives, countries, country_names, key, label_words, load

TOKEN = re.compile(r"[«“„\"'‘]?[^\s,;:()«»“”„\"]+|[,;:()«»“”„\"]")
OPENING, CLOSING = '«“„"', '»”“"'
CYRILLIC = re.compile(r"[а-яёіїєґ]")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}")
RUSSIAN_ENDING = re.compile(r"(?:ий|ый|ой)$")
ADJECTIVE_ENDING = 4
SEGMENT = re.compile(r"(?<!\s)\s*[,()|–—]\s*|\s-\s")
EDGES = ' ,.;:()«»“”„"'
MOST_TOKENS, LONGEST_NAME = 12, 80
MOST_SEARCHED, MOST_SEARCHED_TOKENS = 3000, 40
LAST_CASED = "\u0587"  # the scripts from Hebrew on have no capitals
GERMAN = ("DE", "AT", "CH")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as the text writes it, its ISO country code where known, the journalist named with it.

    `name` is None where only the journalist is named.
    """

    name: str | None
    country: str | None = None
    journalist: str | None = None


def find_outlet(texts: Sequence[str]) -> Outlet | None:
    """Return the outlet of the first text (title, lead ...) that names one, with the journalist if another does."""
    found = [outlet for text in texts if (outlet := _in_text(text))]
    journalist = next((outlet.journalist for outlet in found if outlet.journalist), None)
    outlet = next((outlet for outlet in found if outlet.name), None)
    if not outlet:
        return Outlet(None, None, journalist) if journalist else None
    return replace(outlet, journalist=outlet.journalist or journalist)


def named(name: str) -> Outlet:
    """Return the outlet that a label or a line such as “Media: Radio Exemple” names."""
    return Outlet(_shown(name), country_of(name))


def in_words(text: str, words: str) -> Outlet | None:
    """Return the known outlet directly after words of the group `words`: “spoke to DW”, “Welcome to Radio Harbour”."""
    for found in _phrases(words).finditer(text):
        name = _known_start(TOKEN.findall(text[found.end() : found.end() + LONGEST_NAME]))
        if name:
            return named(name)
    return None


@cache
def _phrases(group):
    return re.compile(rf"(?<!\w)(?:{alternatives(load('outlet_words')[group])})\s", re.IGNORECASE)


def known_alone(text: str) -> Outlet | None:
    """Return the known outlet that is the whole text, brackets and words around it aside: “(The 2UE programme)”."""
    name = text[: LONGEST_NAME + 1].strip(" ()[]–—-,.|")
    if len(name) > LONGEST_NAME:
        return None
    bare = " ".join(word for word in name.split() if key(word) not in _words("around"))
    known = next((each for each in (name, bare) if len(each) > 2 and key(each) in _known()), None)
    return named(known) if known else None


def looks_like_outlet(name: str) -> bool:
    """Whether a name is a known outlet, or has a word that only outlets have (News, Radio, Zeitung)."""
    words = key(name).split()
    return key(name) in _known() or (len(words) > 1 and bool(set(words) & _words("media")))


def split_journalist(label: str, *, asks: bool = False) -> tuple[str, str] | None:
    """Return (name, outlet) of a label such as “Anne Example, ABC” or “Anne Example ABC”, else None.

    Of somebody who `asks` all that follows a comma is the outlet; else it must look like one.
    """
    name, comma, outlet = (part.strip() for part in label.rpartition(","))
    outlet = _without_role(outlet)
    if comma and not outlet:
        return name, ""
    if comma and (
        speaks_of_office(outlet) or speaks_of_office(name.partition(",")[2]) or key(outlet) in country_names()
    ):
        return None
    if comma and (asks or looks_like_outlet(outlet) or ACRONYM.fullmatch(outlet)):
        return name, outlet
    words = label.split()
    for first in range(2, len(words)):
        outlet = " ".join(words[first:])
        if key(outlet) in _known() and not (label.isupper() and outlet.isalpha()):
            return " ".join(words[:first]).removesuffix(" of"), outlet
    return None


def _without_role(outlet):
    """Drop the role word at the end: “CNN HOST” is CNN, “HOST” nothing."""
    words = outlet.split()
    while words and part_of(words[-1]) == "interviewer":
        words.pop()
    return " ".join(words)


def outlet_of_askers(speakers: Iterable[Speaker]) -> str | None:
    """Return the one outlet for which all interviewers ask; one of their names suffices for all labels of it."""
    asking = [speaker for speaker in speakers if speaker.part == "interviewer"]
    names = {speaker.name for speaker in asking if speaker.outlet and speaker.name}
    outlets = {speaker.outlet for speaker in asking if speaker.outlet}
    all_ask_for_it = all(speaker.outlet or speaker.name in names for speaker in asking)
    return outlets.pop() if len(outlets) == 1 and all_ask_for_it else None


def _in_text(text):
    """Return the outlet that a text names: in a compound, after a preposition, in a way of its language, set apart."""
    text = text[:MOST_SEARCHED]
    tokens = TOKEN.findall(text.partition("[")[0])
    joined = next((outlet for token in tokens if (outlet := _joined_to_interview(token))), None)
    if joined:
        return named(joined)
    found = _after_preposition(tokens) or _in_pattern(text)
    apart = None if found and found.name else _set_apart(text)
    return replace(apart, journalist=found.journalist) if apart and found else apart or found


def _after_preposition(tokens):
    folded = [key(POSSESSIVE.sub("", token)) for token in tokens]
    interview = next((i for i, word in enumerate(folded) if word in _words("interview")), None)
    first = interview or 0
    somebody = any(token[:1].isupper() for token in tokens[1:first])
    for index in range(first, len(tokens) - 1):
        if _starts_phrase(tokens, folded, index):
            start = index + (folded[index] in _words("before"))
            sure = interview is not None and somebody and folded[index] not in _words("vague")
            outlet = _from_phrase(tokens[start : start + MOST_SEARCHED_TOKENS], sure=sure)
            if outlet:
                return outlet
        somebody = somebody or (index > first and tokens[index][:1].isupper())
    return None


def _in_pattern(text):
    for pattern in _patterns():
        for found in pattern.finditer(text):
            name = found["name"].strip(f"{EDGES}《》「」『』")
            if not _is_nobody(name) and (name[0] > LAST_CASED or key(name) in _known()):
                return named(name)
    return None


def _set_apart(text):
    segments = (segment for segment in SEGMENT.split(text) if segment)
    return next((outlet for segment in segments if (outlet := known_alone(segment))), None)


def _joined_to_interview(token):
    """Return the known outlet of a German word such as “SPIEGEL-Gespräch”."""
    name, hyphen, word = token.rpartition("-")
    return name if hyphen and key(word) in _words("interview") and key(name) in _known() else None


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
    if not name or name[0].isdigit() or speaks_of_office(name) or _is_nobody(name):
        return None
    journalist, name = _apart(name if name[-1] in CLOSING else "".join(sign for sign in name if sign not in OPENING))
    known = looks_like_outlet(name)
    if not (sure or journalist or country or noun or known):
        return None
    if not (journalist or country or noun or known) and _is_person(name):
        holds_office = speaks_of_office(" ".join(tokens[len(name.split()) :]))
        return None if holds_office else Outlet(None, None, name)
    return Outlet(_shown(name), country or country_of(name), journalist)


def _is_person(name):
    """Whether words are given name and surname, no article first: “im Gespräch mit Silvia Engel” names no outlet."""
    words = name.split()
    return 1 < len(words) < 4 and key(words[0]) not in _words("articles") and (name.isupper() or name.istitle())


def _is_nobody(name):
    """Whether words name an event, the press in general (“Singapore media”) or whoever speaks (“We”)."""
    words = [word for word in key(name).split() if word not in _countries_and_adjectives()]
    is_event = not _words("events").isdisjoint(words)
    return is_event or part_of(name) is not None or all(word in _words("general") for word in words)


def _known_start(tokens):
    """Return the longest known outlet with which a phrase begins, articles and nationality aside."""
    for skipped in range(min(6, len(tokens))):
        for count in range(min(6, len(tokens) - skipped), 0, -1):
            name = POSSESSIVE.sub("", " ".join(tokens[skipped : skipped + count])).strip(EDGES)
            if key(name) in _known() and (count > 1 or name.isupper() or name in _written()):
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
        is_number = key(token)[:1].isdigit() and key(token) not in _known()
        if not key(token) or is_number or (stops and named_already):
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
    journalist = split_journalist(name)
    if journalist and journalist[1]:
        return journalist
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
def _patterns():
    """Ways to name an outlet in languages without capitals, or with endings behind an apostrophe as in Turkish."""
    return [re.compile(pattern) for pattern in load("outlet_words")["patterns"]]


@cache
def _countries_and_adjectives():
    return frozenset(word for name in (*country_names(), *map(key, _demonyms())) for word in name.split())


@cache
def _words(group):
    return frozenset(load("outlet_words")[group])


@cache
def _known():
    """Return {key of a known outlet's name: (ISO codes of the countries it may be of)}."""
    known = {}
    for outlet, facts in load("outlets").items():
        codes = facts["country"] if isinstance(facts["country"], list) else [facts["country"]]
        for name in (outlet, *facts.get("also", ()), *_forms(outlet, facts)):
            known.setdefault(key(name), tuple(codes))
    return known


def _forms(outlet, facts):
    """Return the forms of a name that are shown as the name; “Rheinische Post” has “Rheinischen Post” in German."""
    first, space, rest = outlet.partition(" ")
    inflected = [f"{first}n {rest}"] if space and first.endswith("e") and facts["country"] in GERMAN else []
    return [*facts.get("forms", ()), *inflected]


@cache
def _shown_names():
    return {
        key(form): facts.get("shown", outlet)
        for outlet, facts in load("outlets").items()
        for form in _forms(outlet, facts)
    }


def _shown(name):
    """Return the main name for a form of it, and for a name in capitals that has small letters; else as written."""
    shown = _shown_names().get(key(name), name)
    return _spelling().get(key(name), shown) if shown.isupper() else shown


@cache
def _spelling():
    names = [name for outlet, facts in load("outlets").items() for name in (outlet, *facts.get("also", ()))]
    return {key(name): name for name in reversed(names)}


@cache
def _written():
    """Names as the data writes them: of one word alone, the letters must be the same, lest prose be one."""
    return frozenset(
        name
        for outlet, facts in load("outlets").items()
        for name in (outlet, *facts.get("also", ()), *facts.get("forms", ()))
    )


def country_of(name: str, likely: Collection[str] = ()) -> str | None:
    """Return the country of a known outlet, else the country whose name is part of the outlet's.

    Of several outlets of one name that in a `likely` country is meant; without one nobody can tell.
    """
    words = key(name)
    for known in (words, words.removeprefix("the "), words.split(" ")[0]):
        if known in _known():
            codes = _known()[known]
            fitting = codes if len(codes) == 1 else [code for code in codes if code in likely]
            return fitting[0] if len(fitting) == 1 else None
    words = f" {words} "
    return next((code for place, code in _places().items() if place in words), None)


@cache
def _places():
    """Return {key of a country's English name, a space on either side: ISO code}."""
    return {f" {key(country['i18n']['en'])} ": code for code, country in countries().items()}
