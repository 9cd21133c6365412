"""Persons: named in full, introduced by an office or a given name, or by the surname alone."""

from collections.abc import Iterator, Sequence
from itertools import chain

from .cast import Cast, Intro, Member, forms_of_surname
from .cues import load_people
from .lexicon import Lexicon
from .passage import Match, Passage, is_proper, matches_of
from .people import Introduced, introduced, is_name_word, is_person, means_something_else
from .registry import Known
from .roles import PERSON, Role, Sense
from .span import Span

NAMED, SAME_PERSON, OTHER_OF_THE_NAME, UNKNOWN_SURNAME = 97, 85, 60, 75
MOST_INITIALS = 3
NOUNS_IN_CAPITALS = {"de"}  # “Bundeskanzlerin Merkel”: the word before a surname is no given name
PERSON_BY_TITLE = 91  # Lord Hague is surer a person than The Hague


def find_people(passages: Sequence[Passage], known: dict[str, Known], cast: Cast) -> list[list[Span]]:
    """Return the persons of each passage of a document; who takes part is in the cast already."""
    told = [list(introduced(passage)) if passage.lexicon.language == "en" else [] for passage in passages]
    spans = [
        [*named_in_full(passage, known), *told_in_full(passage, names, known)]
        for passage, names in zip(passages, told, strict=True)
    ]
    for span in chain.from_iterable(spans):
        if span.counts:
            cast.add(Member(span.key, span.name), *surnames(span, known))
    for passage, names in zip(passages, told, strict=True):
        add_strangers(passage, names, cast)
    surnames_here = lexicon_of(cast, passages[0].lexicon.language if passages else "en")
    for passage, names, found in zip(passages, told, spans, strict=True):
        taken = {index for span in found for index in range(span.start, span.end)}
        titles = {name.start: name.title for name in names if name.title}
        for match in by_surname(passage, surnames_here):
            if match.start not in taken:
                found.extend(alone(passage, match, titles.get(match.start, ""), cast))
    return spans


def named_in_full(passage: Passage, known: dict[str, Known]) -> Iterator[Span]:
    for match in passage.matches:
        for sense in match.entry.others:
            if is_full_name(sense):
                yield Span(match.start, match.end, PERSON, sense.key, known[sense.key].name, NAMED)
                break


def told_in_full(passage: Passage, names: list[Introduced], known: dict[str, Known]) -> Iterator[Span]:
    """Names of two parts and more that the registry does not know as they stand."""
    for name in names:
        if name.parts < 2 or has_full_name(passage, name):
            continue
        surface = " ".join(passage.surface(name.start, name.end).split())
        person = same_person(passage, name, surface, known)
        if person:
            yield Span(name.start, name.end, PERSON, person.key, person.name, SAME_PERSON)
        else:
            yield Span(name.start, name.end, PERSON, "", surface, name.confidence)


def has_full_name(passage: Passage, name: Introduced) -> bool:
    """Whether the registry knows somebody by the words from some word of a name on: “France Emmanuel Macron”."""
    inside = (passage.beginning.get(index) for index in range(name.start, name.end))
    return any(match and any(is_full_name(sense) for sense in match.entry.others) for match in inside)


def is_full_name(sense: Sense) -> bool:
    return sense.kind == PERSON and sense.role is Role.NAME


def same_person(passage: Passage, name: Introduced, surface: str, known: dict[str, Known]) -> Known | None:
    """The person of the registry with this surname and given name or initial: Sergey V. Lavrov, J. Biden."""
    last = passage.ending.get(name.end)
    first = surface.split(maxsplit=1)[0].rstrip(".")
    senses = last.entry.others if last and last.start > name.start else ()
    bearers = [known[s.key] for s in senses if s.kind == PERSON and s.role in (Role.ALONE, Role.BARE)]
    return next((person for person in bearers if bears_given_name(person, first)), None)


def bears_given_name(person: Known, first: str) -> bool:
    return any(is_same_given_name(name.split()[0], first) for _, name in person.names if " " in name)


def is_same_given_name(one: str, other: str) -> bool:
    """Whether two given names are one: an initial, or Andrei and Andrey, Sergei and Sergey."""
    return one[0] == other if len(other) == 1 else one.rstrip("iyj") == other.rstrip("iyj")


def surnames(span: Span, known: dict[str, Known]) -> list[str]:
    person = known.get(span.key)
    if person is None:
        return []
    single = [name for _, name in person.names if " " not in name]
    return [*forms_of_surname(person.name), person.surname, *single]


def add_strangers(passage: Passage, names: list[Introduced], cast: Cast) -> None:
    """Take into the cast whom only a title introduces: “President Yushchenko”, of whom no more is said."""
    for name in names:
        match = passage.beginning.get(name.start)
        surname = " ".join(passage.surface(name.start, name.end).split())
        if name.parts == 1 and not (match and is_person(match)) and surname.casefold() not in cast.by_surname:
            cast.add(Member("", surname), surname)


def lexicon_of(cast: Cast, language: str) -> Lexicon:
    """The surnames of the document as forms of their own."""
    lexicon = Lexicon(language)
    for surname in cast.surnames:
        for form in {surname, surname.upper()}:
            lexicon.add(form, Sense(PERSON, surname, Role.ALONE))
    return lexicon


def by_surname(passage: Passage, here: Lexicon) -> Iterator[Match]:
    """Surnames that stand alone: those of the document and of the registry, each place once."""
    found = {match.start: match for match in matches_of(passage.words, here)} if here.root else {}
    for match in passage.matches:
        if match.start not in found and is_surname(match):
            found[match.start] = match
    return iter(found.values())


def is_surname(match: Match) -> bool:
    return any(sense.kind == PERSON and sense.role in (Role.ALONE, Role.BARE) for sense in match.entry.others)


def alone(passage: Passage, match: Match, title: str, cast: Cast) -> Iterator[Span]:
    """The person whom a surname means where it stands, or several of whom none counts."""
    surname = " ".join(passage.surface(match.start, match.end).split())
    if not title and not may_stand_alone(passage, match, surname):
        return
    registered = passage.beginning.get(match.start)
    senses = registered.entry.others if registered and registered.end == match.end else []
    known = [sense.key for sense in senses if sense.kind == PERSON and sense.role is Role.ALONE]
    bare = [sense.key for sense in senses if sense.kind == PERSON and sense.role is Role.BARE]
    if registered and means_something_else(registered):
        known, bare = [], [*known, *bare]
    bare = [key for key in dict.fromkeys(bare) if key not in known]
    meant = cast.who(surname, known, bare, Intro("" if title in load_people().forms_of_address else title, bool(title)))
    if (start := before_initials(passage, match.start)) < match.start:
        name = " ".join(passage.surface(start, match.end).split())
        meant = [found for found in meant if found[0].name[0] == name[0]] or [(Member("", name), OTHER_OF_THE_NAME)]
    elif not title and meant and (other := other_given_name(passage, match.start)):
        name = " ".join(passage.surface(other, match.end).split())
        if not any(member.name.split()[0] == passage.words[other] for member, _ in meant):
            yield Span(other, match.end, PERSON, "", name, OTHER_OF_THE_NAME)
            return
    rival = bool(title and registered and means_something_else(registered))
    for member, confidence in meant:
        sure = confidence if member.key else min(confidence, UNKNOWN_SURNAME)
        sure = max(sure, PERSON_BY_TITLE) if rival else sure
        yield Span(start, match.end, PERSON, member.key, member.name, sure)


def before_initials(passage: Passage, start: int) -> int:
    """Where the initials before a surname begin: “S. V. Lavrov”; the start where there are none, as in “M. Macron”."""
    for _ in range(MOST_INITIALS):
        letter = passage.word(start - 2)
        if passage.word(start - 1) != "." or len(letter) != 1 or not letter.isupper() or passage.joined(start - 2):
            break
        if letter in load_people().forms_of_address:
            break
        start -= 2
    return start


def other_given_name(passage: Passage, start: int) -> int | None:
    """Where the word stands before a surname that makes another person of it: Hunter Biden."""
    word, match = passage.word(start - 1), passage.ending.get(start)
    people = load_people()
    no_given_names = people.no_names | people.openers | people.offices | people.forms_of_address
    if not is_proper(word) or word.isupper() or word in no_given_names:
        return None
    if passage.lexicon.language in NOUNS_IN_CAPITALS:
        return None
    if passage.opens_sentence(start - 1) or (match and means_something_else(match)):
        return None
    return start - 1


def may_stand_alone(passage: Passage, match: Match, surname: str) -> bool:
    """Not where another name follows; surnames that are words only amid a sentence, May not beside a date."""
    people = load_people()
    if is_name_word(passage, match.end) and not passage.opens_sentence(match.end):
        return False
    if surname not in people.surnames_that_are_words:
        return True
    before, after = passage.word(match.start - 1), passage.word(match.end)
    if surname == "May" and (before.lower() in people.beside_the_month or before.isdigit() or after.isdigit()):
        return False
    return not passage.opens_sentence(match.start) and not is_proper(after)
