"""Where the name of a person stands in an English text: after an office, after a given name, between initials."""

from collections.abc import Iterator
from typing import NamedTuple

from .context import is_personal_name
from .cues import load_people
from .passage import Match, Passage, Place
from .roles import PERSON, Role

LONGEST_NAME = 6  # words, initials and particles among them
LONGEST_COMPLEMENT = 8
MOST_PARTS = 3  # joined by hyphens
ABBREVIATION = 4  # letters: Gen., Prof.
OTHER_SENSES = {Role.NAME, Role.TITLE, Role.HEAD, Role.AMBIGUOUS}
COUNTRY_SENSES = {Role.NAME, Role.DEMONYM, Role.PREFIX, Role.AMBIGUOUS}
CITIES = {Role.SEAT, Role.CITY}
PERSONAL = {Role.NAME, Role.ALONE, Role.BARE}
PATRONYMICS = ("ovich", "evich", "ovna", "evna")


class Introduced(NamedTuple):
    """A name that its surroundings tell: [start, end) of words; `title` before it, if any; how sure it is a name.

    `parts`: of how many words the name is made; Di Maio is one, Luigi Di Maio two.
    """

    start: int
    end: int
    parts: int
    title: str
    confidence: int


def introduced(passage: Passage) -> Iterator[Introduced]:
    """Yield the names that follow offices, forms of address and given names, or go before an office."""
    for match in passage.matches:
        if match.entry.has(Role.TITLE):
            yield from before_a_title(passage, match)
            yield from after_a_title(passage, match)
        elif match.entry.has(Role.GIVEN):
            yield from after_a_given_name(passage, match)


def before_a_title(passage: Passage, match: Match) -> Iterator[Introduced]:
    """“Ana Ruiz, Prime Minister of Norland”: two words and more before an office that says whose."""
    end = match.start - 1
    if passage.word(end) != "," or passage.word(match.end) not in load_people().links_after_an_office:
        return
    last = passage.ending.get(end)
    if last and last.end - last.start > 1 and not is_person(last):
        return
    start = end
    while end - start < LONGEST_NAME and is_name_word(passage, start - 1):
        start -= 1
    if end - start > 1:
        yield Introduced(start, end, end - start, "", 65)


def after_a_title(passage: Passage, match: Match) -> Iterator[Introduced]:
    """“Mr. Ruiz”, “Foreign Minister Ana Ruiz”, “Presidents Ruiz and Berg”, “Ambassador to Norway, Ana Ruiz”."""
    title = " ".join(passage.words[match.start : match.end])
    start = match.end + (passage.word(match.end) == "." and len(title) <= ABBREVIATION)
    end, words = name_at(passage, start, title)
    if not words:
        start = after_complement(passage, start)
        end, words = name_at(passage, start, title)
        if words and (words > 1 or is_known_person(passage, start)):
            yield Introduced(start, end, words, title, 85)
    elif words > 1 or is_known_person(passage, start) or title[0].isupper():
        yield Introduced(start, end, words, title, 85 if words > 1 else 75)
        if title.endswith("s"):
            yield from others_of_list(passage, end, title)


def others_of_list(passage: Passage, end: int, title: str) -> Iterator[Introduced]:
    """The further names after a title in the plural: “Ministers Lavrov, Di Maio and Maas”."""
    while passage.word(end) in (",", "and", "&"):
        start = end + 1 + (passage.word(end) == "," and passage.word(end + 1) == "and")
        end, words = name_at(passage, start, title)
        if not words:
            return
        yield Introduced(start, end, words, title, 70)


def after_complement(passage: Passage, start: int) -> int:
    """Where a name may begin after “of France”, “of Russia to the OSCE”, “for Foreign Affairs,”; else the start."""
    people = load_people()
    index, limit = start, start + LONGEST_COMPLEMENT
    while passage.word(index) in people.links_after_an_office and index < limit:
        index += 1 + (passage.word(index + 1) == "the")
        index = after_matters(passage, index, limit)
    return index + (passage.word(index) == ",")


def after_matters(passage: Passage, index: int, limit: int) -> int:
    """Skip what an office is about: known names but those of persons, and words such as Foreign Affairs."""
    people = load_people()
    while index < limit:
        match = passage.beginning.get(index)
        if match and (match.entry.countries or match.entry.has(Role.NAME, Role.HEAD)) and not is_person(match):
            index = match.end
        elif passage.word(index) in people.matters or (
            passage.word(index) == "and" and passage.word(index + 1) in people.matters
        ):
            index += 1
        else:
            break
    return index


def after_a_given_name(passage: Passage, match: Match) -> Iterator[Introduced]:
    """“Gayle Smith”, “Yang Jiechi”; no given name alone."""
    people = load_people()
    first = passage.words[match.start]
    opens = passage.opens_sentence(match.start)
    if opens and first in people.given_names_that_are_words:
        return
    end, words = name_at(passage, match.start)
    if words < 2 or end - match.start < 2:
        return
    last = passage.words[end - 1]
    yield Introduced(match.start, end, words, "", 45 if last.endswith(PATRONYMICS) else 65 if opens else 75)


def name_at(passage: Passage, start: int, title: str = "") -> tuple[int, int]:
    """Return the end of the name that begins at a word, and of how many words it is made; 0 where there is none.

    `title`: what stands before it; after Mr or Ms also the name of a country is a surname.
    """
    people = load_people()
    is_address = title in people.forms_of_address
    index, words = start, 0
    while words < LONGEST_NAME:
        word = passage.word(index)
        if len(word) == 1 and word.isupper():
            following = after_initial(passage, index)
        elif word in people.particles and (word.islower() or words or (title and word not in people.given_names)):
            following = after_particles(passage, index)
        else:
            following = 0
        if following:
            index = following
        elif words and word in people.generations:
            return index + 1, words + 1
        elif is_name_word(passage, index) or (is_address and not words and is_surname_by_address(passage, index)):
            index = after_joined(passage, index + 1)
        else:
            break
        words += 1
    return index, words


def after_initial(passage: Passage, index: int) -> int:
    """Where a name goes on after “W.”, “R” or the O of “O'Brien”; 0 if it does not."""
    if passage.word(index + 1) == "'" and passage.joined(index + 2) and passage.word(index + 2)[:1].isupper():
        return after_joined(passage, index + 3)
    after = index + 1 + (passage.word(index + 1) == ".")
    goes_on = is_name_word(passage, after) or (len(passage.word(after)) == 1 and passage.word(after).isupper())
    return after if goes_on and (after > index + 1 or passage.word(index) not in "AI") else 0


def after_particles(passage: Passage, index: int) -> int:
    """Where the word ends that “von der”, “al-”, “Di” belong to; 0 if none follows."""
    people = load_people()
    first = index
    while passage.word(index) in people.particles and index < first + 3:
        index += 1 + (passage.word(index + 1) == "-" and passage.joined(index + 1))
    return after_joined(passage, index + 1) if is_name_word(passage, index) else 0


def after_joined(passage: Passage, index: int) -> int:
    """Where the word ends whose parts are joined by hyphens: Sherwood-Randall, Ki-moon."""
    last = index + 2 * MOST_PARTS
    while (
        index < last
        and passage.word(index) == "-"
        and passage.joined(index)
        and passage.joined(index + 1)
        and passage.word(index + 1).isalpha()
    ):
        index += 2
    return index


def is_name_word(passage: Passage, index: int) -> bool:
    """Whether a word may be part of a person's name: capitalised, and not known to mean anything else."""
    word = passage.word(index)
    people = load_people()
    if len(word) < 2 or not word[0].isupper() or not word.isalpha() or word.isupper():
        return False
    if word in people.no_names or word in people.openers:
        return False
    match = passage.beginning.get(index)
    if match is None or is_person(match) or not means_something_else(match):
        return True
    return match.entry.has(Role.GIVEN) and is_personal_name(place_of(passage, match))


def place_of(passage: Passage, match: Match) -> Place:
    return Place(passage.words, match.start, match.end, match.entry.countries, passage.lexicon)


def is_surname_by_address(passage: Passage, index: int) -> bool:
    """Whether a word after Mr or Ms is a surname, though it be also a country: not “Mr Prime Minister”."""
    word, match = passage.word(index), passage.beginning.get(index)
    people = load_people()
    if len(word) < 3 or not word[0].isupper() or not word.isalpha() or (match and match.entry.has(Role.TITLE)):
        return False
    return word not in people.no_names and word not in people.openers


def means_something_else(match: Match) -> bool:
    others = any(sense.role in OTHER_SENSES and sense.kind != PERSON for sense in match.entry.others)
    titles = match.entry.has(Role.TITLE)
    return others or titles or any(sense.role in COUNTRY_SENSES | CITIES for sense in match.entry.countries)


def is_person(match: Match) -> bool:
    """Whether a form is the name or the surname of a person of the registry."""
    return any(sense.kind == PERSON and sense.role in PERSONAL for sense in match.entry.others)


def is_known_person(passage: Passage, start: int) -> bool:
    match = passage.beginning.get(start)
    return match is not None and is_person(match)


def surname_of(name: str) -> str:
    """The part of a full name that stands alone: “von der Leyen”, “Di Maio”, “Yang” of Yang Jiechi; '' of one word.

    >>> surname_of("Ursula von der Leyen")
    'von der Leyen'
    """
    people = load_people()
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".") in people.generations:
        words.pop()
    if len(words) < 2:
        return ""
    if words[0] in people.family_names_first:
        return words[0]
    first = next((i for i, word in enumerate(words[1:-1], 1) if word in people.particles), len(words) - 1)
    return " ".join(words[first:])
