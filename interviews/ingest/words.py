"""The words that transcripts use of themselves, per language, kept as data beside the code."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

DATA = Path(__file__).parent / "data"
# Turkish writes I without and İ with a dot; read as one letter, ÖĞRENCİ and öğrenci are the same word. Greek leaves
# the accents off its capitals: ΝΙΚΟΣ and Νίκος are the same name.
SAME_LETTERS = str.maketrans("İıάέήίόύώϊΐϋΰΆΈΉΊΌΎΏΪΫ", "iiαεηιουωιιυυΑΕΗΙΟΥΩΙΥ")
# Scripts that put no space between words, or none before what a word is joined to: Japanese, Chinese, Korean.
UNSPACED = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
NO_LETTERS = re.compile(r"[\W_]+")
LETTERS_OF_A_SIGN = 3  # a Chinese or Japanese sign says about as much as three letters
RARE_CHARACTERS = 1 << 16


@dataclass(frozen=True, slots=True)
class LabelWords:
    """Words of labels in all languages together, as keys (see data/labels.json).

    parts: word -> interviewer | interviewee | moderator | interpreter. endings: those of them to which an outlet or a
    name is joined without a space, as in 法新社记者. letters: pairs such as ("q", "a").
    """

    parts: dict[str, str]
    endings: dict[str, str]
    honorifics: frozenset[str]
    offices: frozenset[str]
    letters: frozenset[tuple[str, str]]


def letters_in(text: str) -> int:
    """Return how long a text is, so that texts in different scripts can be compared."""
    return len(text) + sum(len(run) for run in UNSPACED.findall(text)) * (LETTERS_OF_A_SIGN - 1)


@cache
def load(name: str) -> dict:
    """Return the JSON data file of that name."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=10_000)
def key(words: str) -> str:
    """Return what two spellings have in common: “Anne Barker, ABC” and “ANNE BARKER ABC” -> “anne barker abc”."""
    return " ".join(re.split(r"[\W_]+", words.translate(SAME_LETTERS).casefold())).strip()


class _Letters(dict):
    """For `str.translate`: the letters and digits that a character is when folded; kept of all but rare ones."""

    def __missing__(self, number):
        letters = NO_LETTERS.sub("", chr(number).casefold()) or None
        if number < RARE_CHARACTERS:
            self[number] = letters
        return letters


LETTERS = _Letters()


def letters_of(text: str) -> str:
    """Return the letters and digits of a text without case, spaces and signs: “It’s 5 p.m.” -> “its5pm”."""
    return text.translate(LETTERS)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of these words that ignores case, the longest first.

    They stand together by their first letter: of hundreds of words, few begin as a text does at some place.
    """
    in_order = sorted(words, key=lambda word: (word[0].lower(), -len(word)))
    by_letter = (list(group) for _, group in groupby(in_order, key=lambda word: word[0].lower()))
    return "|".join(
        rf"{re.escape(group[0][0])}(?:{'|'.join(re.escape(word[1:]) for word in group)})" for group in by_letter
    )


@cache
def label_words() -> LabelWords:
    """Return the words of labels of every language, as keys."""
    languages = load("labels").values()
    groups = {"ask": "interviewer", "answer": "interviewee", "moderate": "moderator", "interpret": "interpreter"}
    parts = {key(word): part for words in languages for group, part in groups.items() for word in words[group]}
    return LabelWords(
        parts=parts,
        endings={word: part for word, part in parts.items() if UNSPACED.fullmatch(word)},
        honorifics=frozenset(key(word) for words in languages for word in words["honorific"]),
        offices=frozenset(key(word) for words in languages for word in words["office"]),
        letters=frozenset((ask, answer) for words in languages for ask, answer in words["letters"]),
    )


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a plain list of data/words.json as a set of keys."""
    return frozenset(key(word) for word in load("words")[name])


@cache
def field_words() -> dict[str, str]:
    """Return {key of a word before a colon: the fact it names} for lines such as “Date: 5 May 2010”."""
    return {key(word): fact for fact, words in load("words")["fields"].items() for word in words}


def opens_with_fact(text: str) -> bool:
    """Whether a line gives a fact of the document: “Date: 5 May 2010”."""
    lead, colon, _ = text.partition(":")
    return bool(colon) and key(lead) in field_words()


def names_event(text: str) -> bool:
    """Whether a text has a word for a kind of event: interview, press conference, briefing."""
    folded = text.casefold()
    return any(word in folded for words in load("words")["kinds"].values() for word in words)


@cache
def countries() -> dict[str, dict]:
    """Return {ISO code: country} of the tagger's data file: names, demonyms, capitals, names by language."""
    path = DATA.parent.parent / "tagging" / "data" / "countries.json"
    return json.loads(path.read_text(encoding="utf-8"))["countries"]


@cache
def country_names() -> frozenset[str]:
    """Return the countries' names in all languages of the data, as keys."""
    return frozenset(
        key(name) for country in countries().values() for name in (*country["names"], *country["i18n"].values())
    )


@cache
def outlet_names() -> frozenset[str]:
    """Return the names of known outlets as keys."""
    return frozenset(
        key(name) for outlet, facts in load("outlets").items() for name in (outlet, *facts.get("also", ()))
    )
