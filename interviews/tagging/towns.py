"""Places that nobody listed, told by the country or region after them: “in Cartagena, Colombia”."""

from collections.abc import Iterator

from .cues import load_people
from .passage import Match, Passage, is_proper
from .people import COUNTRY_SENSES
from .roles import PLACE, Role
from .span import Span

WHERE = {"at", "from", "in", "near", "of", "outside", "to", "visited"}
TOLD, PROPOSED = 65, 40


def find_towns(passage: Passage) -> Iterator[Span]:
    """Yield unknown names between a word such as “in” and a comma with a country; without one, as proposals."""
    for index, word in enumerate(passage.words):
        if word not in WHERE:
            continue
        end = after_unknown(passage, index + 1)
        if end == index + 1:
            continue
        told = passage.word(end) == "," and is_place(passage.beginning.get(end + 1))
        if told or word == "in":
            name = " ".join(passage.surface(index + 1, end).split())
            yield Span(index + 1, end, PLACE, "", name, TOLD if told else PROPOSED)


def after_unknown(passage: Passage, index: int) -> int:
    """Where a row of capitalised words ends that are known as nothing else."""
    people = load_people()
    while is_proper(passage.word(index)) and len(passage.word(index)) > 1 and not passage.word(index).isupper():
        word = passage.word(index)
        if index in passage.beginning or word in people.no_names or word in people.openers:
            break
        index += 1
    return index


def is_place(match: Match | None) -> bool:
    if match is None:
        return False
    is_country = any(sense.role in COUNTRY_SENSES for sense in match.entry.countries)
    return is_country or any(sense.kind == PLACE and sense.role is Role.NAME for sense in match.entry.others)
