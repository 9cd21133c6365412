"""The names of those who are cited: which part is sorted by, and in which order the parts stand.

The rules are those of the Chicago Manual's chapter on indexes (17th edition, 16.71 to 16.87). Particles stay before
the family name, as the people concerned are called in English: von der Leyen, de Hoop Scheffer, da Silva (16.71).

data/names.json lists the countries (ISO codes) whose people write the family name first in English too, those where
they do unless a Western given name leads (Lai Ching-te, Lee Hsien Loong, but Joseph Wu), those where there are no
family names or nobody sorts by them, those where people have two; particles, which belong to the family name in
capitals too; titles of those who are known by the given name; and suffixes.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

KNOWN = {
    name: frozenset(words)
    for name, words in json.loads((Path(__file__).parent / "data" / "names.json").read_text(encoding="utf-8")).items()
}
NOT_INVERTED = re.compile("[^\u0000-\u058f\u1e00-\u22ff]")  # scripts beyond Latin, Greek, Cyrillic and Armenian
AFTER_INITIALS = re.compile(r"\.(?=\w\w)")  # С.В.Лавров


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, with its parts where it has some.

    >>> name_of_person("Jaap de Hoop Scheffer")
    Name(whole='Jaap de Hoop Scheffer', given='Jaap', particle='de', family='Hoop Scheffer', suffix='', ...)
    """

    whole: str
    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    family_first: bool = False

    @property
    def surname(self):
        """The family name with its particle; '' where the name has no parts: those of bodies, of unnamed speakers."""
        return f"{self.particle} {self.family}".strip()

    @property
    def in_list(self):
        """The name as a list is sorted by: “Varga, Ilsa”, “von der Leyen, Ursula”, “Ban Ki-moon”, “Spokesperson”."""
        if not self.family or self.family_first:
            return self.whole
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)


def name_of_person(written, *, country=""):
    """Return the name of a person as the archive writes it, with its parts; `country` is an ISO code or ''.

    Names of one word, family names alone (von der Leyen) and names in scripts that do not invert have none. A comma
    tells the family name: so a curator settles a doubtful case.
    """
    written = " ".join(written.split())
    name, comma, after = written.partition(", ")
    if comma and after in KNOWN["suffixes"]:
        return _named(name, country=country, suffix=after)
    if comma:
        return _parted(f"{after} {name}", given=after, surname=name)
    return _named(written, country=country)


def _named(name, *, country, suffix=""):
    whole = f"{name}, {suffix}" if suffix else name
    words = AFTER_INITIALS.sub(". ", name).split()
    if words and not suffix and words[-1] in KNOWN["suffixes"]:
        *words, suffix = words
    if len(words) < 2 or words[0][0].islower() or _is_crowned(words):
        return Name(whole)
    if country in KNOWN["without_family_name"] or NOT_INVERTED.search(name):
        return Name(whole)
    if _leads(words, country=country):
        return Name(whole, given=" ".join(words[1:]), family=words[0], family_first=True)
    start = _start_of_surname(words, country=country)
    return _parted(whole, given=" ".join(words[:start]), surname=" ".join(words[start:]), suffix=suffix)


def _is_crowned(words):
    """King Abdullah, Catherine the Great."""
    return words[0] in KNOWN["crowned"] or "the" in words


def _start_of_surname(words, *, country):
    """Return where the family name begins: with its first particle, with the last word, or with the one before."""
    last = len(words) - 1
    lower = (place for place in range(1, last) if words[place][0].islower() and "-" not in words[place])
    start = next(lower, last)
    is_second = last > 2 if start == last else words[start:-1] == ["de"]
    if country in KNOWN["two_family_names"] and start > 1 and is_second:
        return start - 1  # López Obrador, Pérez de Cuéllar
    while start > 1 and words[start - 1].lower() in KNOWN["particles"]:
        start -= 1
    return start


def _leads(words, *, country):
    """Whether the family name stands first. Where both occur, a given name of two syllables tells."""
    if country in KNOWN["often_family_name_first"]:
        return len(words) == 3 or "-" in words[-1]
    return country in KNOWN["family_name_first"]


def _parted(whole, *, given, surname, suffix=""):
    words = surname.split()
    proper = (place for place, word in enumerate(words[:-1]) if not word[0].islower() or "-" in word)
    particles = next(proper, len(words) - 1)
    return Name(whole, given, " ".join(words[:particles]), " ".join(words[particles:]), suffix)
