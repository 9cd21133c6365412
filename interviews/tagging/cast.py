"""Who is spoken of in one document: a surname alone means whoever bears it there, else whom the registry knows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from .people import surname_of
from .registry import Known, Office

NAMED_HERE, NAMED_TOGETHER = 95, 45
BY_OFFICE, BY_FORMER_OFFICE, BY_DATE, BY_LATEST_OFFICE = 92, 80, 70, 52
UNDECIDED, ONE_OF_THE_NAME, SURNAME_ONLY = 40, 60, 65
MOST_OF_A_NAME = 5  # more of one document are not told apart
FAR, LESS_WHERE_FAR = 10, 25  # years; of confidence
# A surname alone is the surer the rarer it is; longer ones are rarer.
BY_LENGTH = ((8, 85), (6, 78), (4, 70), (0, 60))


class Member(NamedTuple):
    """A person of the document; `key` is "" for one whom only the text knows."""

    key: str
    name: str


class Intro(NamedTuple):
    """What is said before a surname: an `office`, or "", and whether anything is (`said`), be it only Mr or Ms."""

    office: str
    said: bool


@dataclass(slots=True)
class Cast:
    """The people named in full in one document, by surname; `known`: those of the registry, by key."""

    known: dict[str, Known]
    day: date | None = None
    by_surname: dict[str, dict[Member, None]] = field(default_factory=lambda: defaultdict(dict))
    surnames: set[str] = field(default_factory=set)

    def add(self, member: Member, *surnames: str) -> None:
        """Take a person named in full into the cast, under these surnames or the one of the name."""
        for surname in surnames or forms_of_surname(member.name):
            self.by_surname[surname.casefold()][member] = None
            self.surnames.add(surname)

    def who(self, surname: str, known: list[str], bare: list[str], intro: Intro) -> list[tuple[Member, int]]:
        """Return whom a surname alone may mean, each with a confidence: one who counts, or proposals.

        `known`: keys of the people of the registry who may be called so; `bare`: of those whose surname is too common
        to stand alone; `intro`: what is said before it.
        """
        here = list(islice(self.by_surname.get(surname.casefold(), ()), MOST_OF_A_NAME))
        of_registry = self.of_registry([*known, *bare] if intro.said else known)
        if len(here) == 1:
            other = self.by_office(of_registry, intro.office) if not self.may_be_called(here[0], intro.office) else None
            return [other or (here[0], NAMED_HERE)]
        of_document = self.of_registry([member.key for member in here])
        decided = self.by_office(of_document or of_registry, intro.office)
        if decided and not (here and decided[1] == BY_LATEST_OFFICE):
            return [decided]
        if here:
            return [(member, NAMED_TOGETHER) for member in here]
        if len(known) == 1:
            return [(self.member(known[0]), self.sureness(surname, self.known[known[0]]))]
        if intro.said:
            fits = [person for person in of_registry if not person.offices]
            alone = len(of_registry) == len(fits) == 1 and intro.office
            return [(self.member(fits[0].key), ONE_OF_THE_NAME) if alone else (Member("", surname), SURNAME_ONLY)]
        return [(self.member(key), UNDECIDED) for key in known]

    def sureness(self, surname: str, person: Known) -> int:
        """How sure a surname alone means its one bearer: less where the day is far from all that is known of them."""
        year = self.day.year if self.day else None
        years = [int(bound[:4]) for office in person.offices for bound in (office.since, office.until) if bound]
        in_office = any(not office.until for office in person.offices)
        far = year and years and (year < min(years) - FAR or (year > max(years) + FAR and not in_office))
        return rarity(surname) - (LESS_WHERE_FAR if far else 0)

    def member(self, key: str) -> Member:
        return Member(key, self.known[key].name)

    def of_registry(self, keys: Iterable[str]) -> list[Known]:
        return [self.known[key] for key in keys if key in self.known]

    def may_be_called(self, member: Member, office: str) -> bool:
        """Whether a person may bear an office: one of whom no other office is known, or that one."""
        known = self.known.get(member.key)
        return not office or not known or not known.offices or any(is_called(held, office) for held in known.offices)

    def by_office(self, people: list[Known], title: str) -> tuple[Member, int] | None:
        """The one among people who held the office then, or had held it before; without a title: any office.

        Of several people in a document without a day the last to hold it is meant.
        """
        held = [
            (known, office) for known in people for office in known.offices if not title or is_called(office, title)
        ]
        day = self.day
        now = [known.key for known, office in held if day and covers(office, day)]
        before = [known.key for known, office in held if title and not begins_after(office, day)]
        undated = not day and len(people) > 1 and held
        last = [max(held, key=lambda pair: pair[1].since)[0].key] if undated else []
        for keys, sure in (
            (now, BY_OFFICE if title else BY_DATE),
            (before, BY_FORMER_OFFICE),
            (last, BY_LATEST_OFFICE),
        ):
            if len(set(keys)) == 1:
                return self.member(keys[0]), sure
        return None


def forms_of_surname(name: str) -> list[str]:
    """The surname of a full name, also without its Arabic article: al-Sarraj, Sarraj."""
    surname = surname_of(name)
    article, _, rest = surname.partition("-")
    return [surname, rest] if rest and article.lower() in ("al", "el") else [surname] if surname else []


def rarity(surname: str) -> int:
    return next(confidence for length, confidence in BY_LENGTH if len(surname) >= length)


def is_called(office: Office, title: str) -> bool:
    """Whether the holder of an office is addressed by a title: “Secretary” fits “US Secretary of State”."""
    words = office.title.lower().split()
    return all(word in words for word in title.lower().replace("presidents", "president").split())


def covers(office: Office, day: date) -> bool:
    """Whether an office was held on a day; a bound is as exact as it is written."""
    told = day.isoformat()
    return office.since <= told[: len(office.since)] and (not office.until or told[: len(office.until)] <= office.until)


def begins_after(office: Office, day: date | None) -> bool:
    return bool(day) and office.since > day.isoformat()[: len(office.since)]
