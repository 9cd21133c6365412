"""Where words stand as a name by themselves, and not as a part of a longer one: “Jordan”, not “Michael Jordan”."""

from bisect import bisect_left, bisect_right

from .passage import Match, Passage, is_proper
from .people import introduced, is_name_word
from .persons import NOUNS_IN_CAPITALS, other_given_name
from .roles import Role

CUES = {Role.TITLE, Role.GIVEN, Role.HEAD}  # they tell of the names beside them, and are none


class Surroundings:
    """The names of a passage by the words that belong to them: `known` forms, and names of persons that are `told`."""

    def __init__(self, passage: Passage):
        self.passage = passage
        known = [match for match in passage.matches if is_name(match)]
        self.known = {index: match for match in known for index in range(match.start, match.end)}
        told = introduced(passage) if passage.lexicon.language == "en" else ()
        self.told = {index: name for name in told for index in range(name.start, name.end)}

    def hold_more(self, start: int, end: int, *, of_person: bool) -> bool:
        """Whether text[start:end] belongs to a longer name, to a mask or to the name of a person.

        `of_person`: the words mean a person, so that a form of address before them says nothing against it.
        """
        passage = self.passage
        first, last = bisect_right(passage.ends, start), bisect_left(passage.ends, end) + 1
        known, told = ([of[i] for i in range(first, last) if i in of] for of in (self.known, self.told))
        if any(match.start < first or last < match.end for match in known):
            return True
        if passage.lexicon.language in NOUNS_IN_CAPITALS or not is_proper(passage.word(last - 1)):
            return False
        if any(not of_person or (name.start, name.end) != (first, last) for name in told):
            return True
        return goes_on(passage, last) or begins_before(passage, first)


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
