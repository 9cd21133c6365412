"""Countries: which of their names mean them, and which capitals stand for them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .context import load_cues, means_the_country, stands_for_state, surely_stands_for_state
from .gazetteer import Gazetteer
from .passage import Match, Passage, Place
from .roles import COUNTRY, DOCUMENT, EVENT, ORGANISATION, PERSON, PLACE, Role, Sense
from .span import Span

HOLDS_COUNTRIES = {ORGANISATION, DOCUMENT, EVENT}
FIRM = {Role.NAME, Role.DEMONYM, Role.PREFIX}
NAMED, LIKELIEST = 98, 60
SEAT_OF_NAMED, SURE_SEAT, SEAT = 75, 55, 35


class Found(NamedTuple):
    """A form that may count where it stands: [start, end) counts words."""

    senses: list[Sense]
    start: int
    end: int
    sure: bool = True

    @property
    def role(self) -> Role:
        return self.senses[0].role


def find_countries(passages: Sequence[Passage], gazetteer: Gazetteer) -> list[list[Span]]:
    """Return the countries of each passage of a document, in the order they stand there.

    An ambiguous form is short for what was last named in full; where nothing was, it means the likeliest.
    A capital counts where its country is named in the document too, or where the words leave no doubt.
    """
    found = [list(forms_that_count(passage)) for passage in passages]
    named_at: dict[str, tuple[int, int]] = {}
    settled = []
    for turn, forms in enumerate(found):
        meant = []
        for index, form in enumerate(forms):
            keys, confidence = meaning(form, named_at)
            if form.role not in (Role.AMBIGUOUS, Role.SEAT):
                named_at.update(dict.fromkeys(keys, (turn, index)))
            meant += [(form, key, confidence) for key in keys]
        settled.append(meant)
    named = {key for meant in settled for form, key, _ in meant if form.role is not Role.SEAT}
    return [[span_of(form, key, confidence, named, gazetteer) for form, key, confidence in meant] for meant in settled]


def meaning(form: Found, named_at: dict[str, tuple[int, int]]) -> tuple[list[str], int]:
    """The codes that a form means, and how sure that is."""
    keys = [sense.key for sense in form.senses]
    if form.role is not Role.AMBIGUOUS:
        return keys, NAMED
    known = [key for key in keys if key in named_at]
    return ([max(known, key=named_at.__getitem__)], NAMED) if known else (keys[:1], LIKELIEST)


def span_of(form: Found, key: str, confidence: int, named: set[str], gazetteer: Gazetteer) -> Span:
    country = gazetteer.countries[key]
    level = "historical" if country.is_historical else "named"
    if form.role is Role.SEAT:
        level, confidence = "metonym", SURE_SEAT if form.sure else SEAT
        if key in named:
            confidence = SEAT_OF_NAMED
    return Span(form.start, form.end, COUNTRY, key, country.name, confidence, level)


def forms_that_count(passage: Passage) -> Iterator[Found]:
    for match in passage.matches:
        if match.entry.countries:
            place = Place(passage.words, match.start, match.end, match.entry.countries, passage.lexicon)
            yield from found_at(place, passage)
        elif match.end > match.start + 1:
            yield from inside(passage, match)


def found_at(place: Place, passage: Passage) -> Iterator[Found]:
    """The form at a place, if it counts there."""
    match place.role:
        case Role.MASK | Role.CITY:
            return
        case Role.PREFIX:
            if passage.joined(place.end) and place.after()[:1].isupper():
                yield Found(place.senses, place.start, place.end - 1)
        case Role.SEAT:
            if stands_for_state(place):
                yield Found(place.senses, place.start, place.end, surely_stands_for_state(place))
        case _:
            if means_the_country(place):
                yield Found(place.senses, place.start, place.end)


def inside(passage: Passage, match: Match) -> Iterator[Found]:
    """Countries in a longer name: Libyan National Army, Iraqi Kurdistan, King Abdullah of Jordan. Never a capital.

    None in that of a water: the Norwegian Sea.
    """
    kinds = {sense.kind for sense in match.entry.others if sense.role in (Role.NAME, Role.AMBIGUOUS)}
    is_water = passage.words[match.end - 1] in load_cues().geography_after
    roles = FIRM if kinds & HOLDS_COUNTRIES else {Role.DEMONYM} if PLACE in kinds and not is_water else set()
    index = match.start
    while index < match.end:
        roles = roles if PERSON not in kinds else {Role.NAME} if passage.words[index - 1] == "of" else set()
        end, senses = passage.lexicon.country_within(passage.words, index, match.end) or (index + 1, [])
        if senses and senses[0].role in roles:
            yield Found(senses, index, end - (senses[0].role is Role.PREFIX))
        index = end
