"""Where words stand as a name by themselves, and not as a part of a longer one: “Jordan”, not “Michael Jordan”."""

from bisect import bisect_left, bisect_right

from .passage import Match, Passage, is_proper
from .people import introduced, is_name_word
from .persons import NOUNS_IN_CAPITALS, other_given_name
from .roles import Role

CUES = {Role.TITLE, Role.GIVEN, Role.HEAD}  # they tell of the names beside them, and are none


def is_part(passage: Passage, start: int, end: int, *, of_person: bool) -> bool:
    """Whether text[start:end] of a passage belongs to a longer name, to a mask or to the name of a person.

    `of_person`: the words mean a person, so that a form of address before them says nothing against it.
    """
    first, last = bisect_right(passage.ends, start), bisect_left(passage.ends, end) + 1
    if any(reaches_beyond(match, first, last) and is_name(match) for match in passage.matches):
        return True
    if passage.lexicon.language in NOUNS_IN_CAPITALS or not is_proper(passage.word(last - 1)):
        return False
    return (
        goes_on(passage, last)
        or begins_before(passage, first)
        or is_of_person(passage, first, last, of_person=of_person)
    )


def reaches_beyond(match: Match, first: int, last: int) -> bool:
    """Whether a form overlaps the words [first, last) and holds others as well."""
    return match.start < last and first < match.end and not (first <= match.start and match.end <= last)


def is_name(match: Match) -> bool:
    return bool(match.entry.countries) or any(sense.role not in CUES for sense in match.entry.others)


def goes_on(passage: Passage, index: int) -> bool:
    """Whether a name goes on with this word: “Jordan Peterson”, “the Jordan Times”, “the Jordan Institute”."""
    match = passage.beginning.get(index)
    is_head = match is not None and match.entry.has(Role.HEAD) and is_proper(passage.word(index))
    return is_head or (is_name_word(passage, index) and not passage.opens_sentence(index))


def begins_before(passage: Passage, index: int) -> bool:
    """Whether the word before begins the name: “Katie Jordan”, “in South Jordan”."""
    before = passage.ending.get(index)
    is_given = before is not None and before.entry.has(Role.GIVEN) and not before.entry.countries
    return is_given or other_given_name(passage, index) is not None


def is_of_person(passage: Passage, first: int, last: int, *, of_person: bool) -> bool:
    """Whether the words stand in the name of a person: “Mr. Jordan” where they mean no person."""
    if passage.lexicon.language != "en":
        return False
    names = [name for name in introduced(passage) if name.start < last and first < name.end]
    return any(not of_person or (name.start, name.end) != (first, last) for name in names)
