"""Words about an interview that nobody says in it: introductions, notes on the text, credits."""

import re
from collections.abc import Collection
from functools import cache

from interviews.ingest.turns import is_courtesy
from interviews.ingest.words import load, names_event

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
AGE = re.compile(r"[^\W\d_],?\s(?:\((?:aged?\s)?[3-9]\d\)|,?\s?(?:aged\s)?[3-9]\d,)")
DATELINE = re.compile(r"[^\W\d_][^\W\d_.,\s]+(?:,?\s[^\W\d_]+){0,3}\s?(?:\([\w\s]{2,20}\)\s?)?\s[-–—]{1,2}\s")
MOST_WORDS = 80


def is_personal(text: str) -> bool:
    """Whether somebody says “I” or “we”, or greets. “US” is a country, and a small “i” an article."""
    folded = text.casefold().replace("’", "'")
    if any(greeting in folded for greeting in load("words")["greetings"]):
        return True
    said = {word for word in WORD.findall(text.replace("’", "'")) if word != "i" and (word != "US" or text.isupper())}
    return not _words("first_person").isdisjoint(word.casefold() for word in said)


def is_note_on_text(text: str) -> bool:
    """Whether it says how the text came about: “This transcript has been lightly edited.”, “Propos recueillis par …”.

    Words for a document and for what was done to it stand together, or it begins as such notes do.
    """
    if text.strip("([* ").casefold().startswith(_beginnings()):
        return True
    words = [word.casefold() for word in WORD.findall(text)]
    return (
        len(words) <= MOST_WORDS
        and not is_personal(text)
        and not _narration("document").isdisjoint(words)
        and not _narration("made").isdisjoint(words)
    )


def names_document(text: str) -> bool:
    """Whether a text has a word for an interview, a press conference or a conversation."""
    return names_event(text) or not _narration("document").isdisjoint(WORD.findall(text.casefold()))


def may_be_said(text: str) -> bool:
    """Whether a short line without a full stop may still be words of a speaker: thanks, “yes, indeed”, “we do”."""
    words = WORD.findall(text.casefold())
    is_reply = bool(words) and words[0] in _words("replies")
    return text[0].islower() or is_reply or is_courtesy(text, asks=False) or is_personal(text)


def names_section(text: str) -> bool:
    """Whether a line is the name of a part of an event: “Question and Answer Session”, “Opening remarks”."""
    return text.strip(" .:-–—*[]()<>【】").casefold() in _narration("sections")


def introduces(text: str, names: Collection[str] = ()) -> bool:
    """Whether a paragraph presents an interview to its readers instead of being spoken in it.

    It says neither “I” nor “we” but gives somebody's age, names one of those who speak later (`names`, in lower case),
    or says that somebody spoke to somebody; or it is a note on the text. A presenter who says “we” speaks both of an
    interview and of who gave it.
    """
    if is_note_on_text(text):
        return True
    folded = f" {' '.join(text.casefold().split())} "
    words = set(WORD.findall(folded))
    if is_personal(text):
        return not words.isdisjoint(load("outlet_words")["interview"]) and not words.isdisjoint(names)
    return (
        bool(AGE.search(text))
        or _has_dateline(text)
        or not words.isdisjoint(names)
        or not _narration("document").isdisjoint(words)
        or any(f" {phrase} " in folded for phrase in load("narration")["spoke"])
    )


def _has_dateline(text):
    """Whether it opens like an agency's report: “WASHINGTON (Agency) – The minister …”."""
    found = DATELINE.match(text)
    return bool(found) and found[0].split()[0].rstrip(",").isupper()


@cache
def _words(name):
    return frozenset(load("words")[name])


@cache
def _narration(name):
    return frozenset(word.casefold() for word in load("narration")[name])


@cache
def _beginnings():
    return tuple(beginning.casefold() for beginning in load("narration")["beginnings"])
