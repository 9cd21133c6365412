"""The names of those who are cited: which part is sorted by, and in which order the parts stand.

The rules are those of the Chicago Manual's chapter on indexes (17th edition, 16.71 to 16.87). Particles stay before
the family name, as the people concerned are called in English: von der Leyen, de Hoop Scheffer, da Silva (16.71).
"""

import re
from dataclasses import dataclass

# Where the family name is written first in English too.
FAMILY_NAME_FIRST = {"CN", "KH", "KP", "KR", "MO", "VN"}
# Where it is unless a Western given name leads: Lai Ching-te and Lee Hsien Loong, but Joseph Wu.
OFTEN_FAMILY_NAME_FIRST = {"HK", "SG", "TW"}
# Where there are no family names, or nobody sorts by them.
WITHOUT_FAMILY_NAME = {"ER", "ET", "MM", "TH"}
NOT_INVERTED = re.compile("[^\u0000-\u058f\u1e00-\u22ff]")  # scripts beyond Latin, Greek, Cyrillic and Armenian
SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}


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

    Names of one word and names in scripts that do not invert have none. A comma tells the family name: so a curator
    settles a doubtful case.
    """
    written = " ".join(written.split())
    name, comma, after = written.partition(", ")
    if comma and after in SUFFIXES:
        return _named(name, country=country, suffix=after)
    if comma:
        return _parted(f"{after} {name}", given=after, surname=name)
    return _named(written, country=country)


def _named(name, *, country, suffix=""):
    words = name.split()
    if len(words) > 1 and not suffix and words[-1] in SUFFIXES:
        *words, suffix = words
    if len(words) < 2 or country in WITHOUT_FAMILY_NAME or NOT_INVERTED.search(name):
        return Name(name)
    if _leads(words, country=country):
        return Name(name, given=" ".join(words[1:]), family=words[0], family_first=True)
    particles = [place for place, word in enumerate(words[1:-1], start=1) if word[0].islower()]
    start = particles[0] if particles else len(words) - 1
    return _parted(name, given=" ".join(words[:start]), surname=" ".join(words[start:]), suffix=suffix)


def _leads(words, *, country):
    """Whether the family name stands first. Where both occur, given names of two syllables tell."""
    if country in OFTEN_FAMILY_NAME_FIRST:
        return len(words) == 3 or "-" in words[-1]
    return country in FAMILY_NAME_FIRST


def _parted(whole, *, given, surname, suffix=""):
    words = surname.split()
    lower = next((place for place, word in enumerate(words) if not word[0].islower()), len(words))
    particles = min(lower, len(words) - 1)  # “al-Maliki” is all there is
    return Name(whole, given, " ".join(words[:particles]), " ".join(words[particles:]), suffix)
