"""What may be the label of a speaker, judged by its words alone; establish.py judges it by its text."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from interviews.ingest.lines import Lines
from interviews.ingest.words import key, label_words, load, words_of

MAX_LABEL = 90
MAX_WORDS = 9
LONGEST_OFFICE = 6
NOTE = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]{1,60}[)\]]\s*$")
NUMBERED = re.compile(r"(?<!\s)(?:\s*(?:no\s)?\d{1,3})?(?:\s*follow\s?up)?$")
ARTICLES = re.compile(r"^(?:the|le|la|l|el|los|il|lo|der|die|das|o|os|as|ο|η)\s")
IN_SENTENCE = re.compile(r"[?؟？]|^\w\s[–—-]\s|\s[–—-]\s[a-zà-ÿа-я]\S*\s\S+\s")
QUOTES = "'’\"“”„«»《》"
JOINED = re.compile(r"(?P<particle>[^\W\d_]{1,4})[-'’](?=[^\W\d_])")
ENDS_LIKE_NAME = re.compile(r"[^\W\d_a-zà-ÿ]\w*(?: [^\W\d_]\w*){1,5} [^\W\d_a-zà-ÿ][\w.-]*")
SMALL = re.compile(r"[^\W_][\w.-]*(?: [^\W_][\w.-]*){0,2}")


class Mark(NamedTuple):
    """A place where a speech begins: line.text[start:end] is its label with note and colon.

    A layout that knows by other signs who speaks gives the part; then the label may be empty.
    `written`: how a damaged label is written that stands for this one.
    """

    index: int
    start: int
    end: int
    label: str
    bold: bool = False
    part: str | None = None
    written: str = ""

    @property
    def key(self) -> str:
        return key(self.label)

    @property
    def place(self) -> tuple[int, int]:
        return self.index, self.start


def without_note(label: str) -> str:
    """Return a label without a remark in brackets: “Question (translated from Chinese)” -> “Question”."""
    bare = NOTE.sub("", label) if "(" in label or "[" in label else label
    return " ".join(bare.strip(" *_").split())


def part_in_note(label: str) -> str | None:
    """Return the part that the remark behind a name gives: moderator for “Carina Example (Moderadora)”."""
    note = NOTE.search(label)
    return part_of(note[0].strip(" ()[]")) if note and not part_of(label[: note.start()]) else None


@lru_cache(maxsize=10_000)
def part_of(label: str) -> str | None:
    """Return interviewer, interviewee, moderator or interpreter where the words of a label say so.

    Numbers and “follow-up” after the word do not matter: Q3, Question 2, Q1-follow-up. Nor does a name after it:
    “Journalist Ana Example”, “Question from Reuters”, “Question (Reuters)”; in Chinese, Japanese and Korean before it.
    """
    if IN_SENTENCE.search(label):
        return None
    parts, name = label_words().parts, key(label)
    base = NUMBERED.sub("", name) or name
    if base in parts:
        return parts[base]
    joined = next((part for word, part in label_words().endings.items() if base.endswith(word)), None)
    if joined:
        return joined
    first, _, rest = base.partition(" ")
    first = NUMBERED.sub("", first) or first
    if parts.get(first) != "interviewer" or office_in(label):
        return None
    if len(first) == 1 and not (first == "q" and looks_like_name(label.partition(" ")[2].strip(" ()[],/–—-"))):
        return None
    is_person = first not in words_of("no_askers") or (label.isupper() and first in words_of("askers"))
    names_asker = is_person or rest.split(" ")[0] in words_of("from") or any(sign in label for sign in ",(–—")
    return "interviewer" if names_asker else None


@lru_cache(maxsize=10_000)
def office_in(label: str) -> str:
    """Return the longest office word or honorific (lower case) with which a label begins, or ''."""
    words = label_words()
    name = ARTICLES.sub("", f"{key(label)} ", count=1).split()
    for count in range(min(LONGEST_OFFICE, len(name)), 0, -1):
        start = " ".join(name[:count])
        if start in words.offices or start in words.honorifics:
            return start
    return ""


def speaks_of_office(text: str) -> bool:
    """Whether an office or honorific stands among the first words of a text."""
    words = key(text).split()[:5]
    return any(office_in(" ".join(words[index:])) for index in range(len(words)))


@lru_cache(maxsize=10_000)
def looks_like_name(label: str) -> bool:
    """Whether every word could belong to a name, an office or an outlet, none to a sentence.

    Behind a comma a role or an office may be written small: “Ana Rosso, conductora”; in capitals it may be long.
    """
    if not label or len(label) > MAX_LABEL:
        return False
    if part_of(label):
        return True
    name, _, after = label.partition(", ")
    if " " in name and (after[:1].islower() or label.isupper()) and (part_of(after) or office_in(after)):
        return looks_like_name(name)
    first = label.lstrip(QUOTES)[:1]
    if not first.isalpha() or first.islower():
        return False
    words = re.split(r"[\s,/]+", label.strip(" ,."))
    office = office_in(label).split()
    return len(words) <= MAX_WORDS and all(
        _is_name_word(word) or key(word) in office or key(word) in words_of("particles") for word in words
    )


def _is_name_word(word):
    if word.isdigit():
        return len(word) < 4
    letters = word.strip(f"{QUOTES}()&*-–.")
    joined = JOINED.match(letters)
    if joined and joined["particle"] in words_of("particles"):
        letters = letters[joined.end() :]
    if not letters:
        return True
    inner = letters.rstrip(".")
    return not letters[0].islower() and letters[0].isalpha() and not re.search(r"[?!;…，。、；]", inner)


def may_be_label(label: str) -> bool:
    """Whether it looks like a name, ends like one, or may be an outlet or role in small letters: “taz”."""
    return looks_like_name(label) or bool(SMALL.fullmatch(label) or ENDS_LIKE_NAME.fullmatch(label))


def is_titled(label: str) -> bool:
    """Whether it is an office (“MINISTER”) or a name with an honorific or office before it (“Mr Peacock”)."""
    return bool(office_in(label)) and looks_like_name(label)


def short_names(labels: Iterable[str]) -> dict[str, str]:
    """Return {key of a label that shortens a name: key of the label with the full name}.

    “Ana Rosso, Radio Quai” first and “Rosso”, “AR” or “Ana Rosso” later are one person, “Minister Ana Rosso” and “Ana
    Rosso” too; so is nobody whom two full names fit.
    """
    labels = {key(label): label for label in labels}
    bearers = defaultdict(set)
    for name, label in labels.items():
        for short in _short_forms(label):
            if short in labels and short != name and len(short) > 1:
                bearers[short].add(name)
    full_names = {short: full.pop() for short, full in bearers.items() if len(full) == 1}
    return {short: full_names.get(full, full) for short, full in full_names.items()}


def _short_forms(label):
    """Return the keys of what may stand for a full name: surname, initials, the name without its office."""
    whole, office = key(label.partition(",")[0]), office_in(label)
    words = whole.removeprefix(office).split()
    if len(words) < 2:
        return set()
    initials = [word[0] for word in words]
    forms = {" ".join(words), "".join(initials), " ".join(initials)}
    return forms | {" ".join(words[-2:]) if office else words[-1]}


def asking_letters(names: Collection[str]) -> set[str]:
    """Return the letters that ask among the keys of labels: those whose answering letter is a label too."""
    return {ask for ask, answer in label_words().letters if ask in names and answer in names}


def is_ordinary(word: str, lines: Lines) -> bool:
    """Whether a word is no name: the text also writes it small, or it often begins a reply."""
    small = word.casefold()
    return lines.writes_small(small) or small in words_of("replies") or small in words_of("first_person")


def calls_for_question(text: str) -> bool:
    """Whether somebody leads through an event: “First question, please”, “Over to you”, “We are out of time”."""
    folded = text.casefold().replace("’", "'")
    return any(phrase in folded for phrase in load("words")["calls"])
