"""Organisations, places, documents and events that the registry knows by the form that stands in the text."""

from collections.abc import Iterator, Sequence

from .context import load_cues, stands_for_state, surely_stands_for_state
from .cues import load_people
from .passage import Match, Passage, Place
from .registry import Known
from .roles import ORGANISATION, PERSON, PLACE, Role, Sense
from .span import Span

OF_SEVERAL_WORDS, LONG_ACRONYM, SHORT_ACRONYM, ONE_WORD, ONE_WORD_OPENING = 97, 95, 88, 90, 80
NAMED_HERE, LIKELIEST, LIKELIEST_OF_DOUBTFUL, DOUBTFUL = 90, 60, 55, 40
SURE_SEAT, SEAT = 70, 40

Entities = dict[tuple[str, str], Known]


def find_registered(passages: Sequence[Passage], entities: Entities) -> list[list[Span]]:
    """Return what the registry knows in each passage of a document, persons apart.

    A form that several entities claim means the one that is named by another form in the document, else the likeliest.
    """
    forms = [[match for match in passage.matches if not is_surname_of_other(passage, match)] for passage in passages]
    told = list(zip(passages, forms, strict=True))
    sure = [[span for match in matches for span in named(passage, match, entities)] for passage, matches in told]
    here = {(span.kind, span.key) for spans in sure for span in spans}
    return [
        [*spans, *(span for match in matches for span in ambiguous(passage, match, entities, here))]
        for (passage, matches), spans in zip(told, sure, strict=True)
    ]


def is_surname_of_other(passage: Passage, match: Match) -> bool:
    """Whether a form of one word is the surname of somebody whose given name stands before it: “John Denver”."""
    word, before = passage.words[match.start], passage.ending.get(match.start)
    if match.end > match.start + 1 or word.isupper() or not before or before.entry.has(Role.NAME, Role.AMBIGUOUS):
        return False
    people, given = load_people(), passage.word(match.start - 1)
    opens = passage.opens_sentence(before.start)
    return given in people.given_names and not (opens and given in people.given_names_that_are_words)


def named(passage: Passage, match: Match, entities: Entities) -> Iterator[Span]:
    """The entity whose name a form is."""
    senses = [sense for sense in match.entry.others if sense.role is Role.NAME and sense.kind != PERSON]
    for sense in senses[:1]:
        kind, key = sense.kind, sense.key
        if not is_of_the_usa(passage, match, entities[kind, key]):
            yield Span(match.start, match.end, kind, key, entities[kind, key].name, sureness(passage, match))
    for sense in match.entry.others:
        if sense.role is Role.SEAT and (confidence := acting(passage, match, sense)):
            name = entities[sense.kind, sense.key].name
            yield Span(match.start, match.end, sense.kind, sense.key, name, confidence, "metonym")


def is_of_the_usa(passage: Passage, match: Match, known: Known) -> bool:
    """Whether a place abroad only lends its name to a town of the USA: “Birmingham, Alabama”."""
    state = passage.word(match.end + 1) if passage.word(match.end) == "," else ""
    return known.kind == PLACE and known.country not in ("", "US") and state in load_cues().states_of_the_usa


def sureness(passage: Passage, match: Match) -> int:
    if match.end - match.start > 1:
        return OF_SEVERAL_WORDS
    word = passage.words[match.start]
    if word.isupper():
        return LONG_ACRONYM if len(word) > 3 else SHORT_ACRONYM
    return ONE_WORD_OPENING if passage.opens_sentence(match.start) else ONE_WORD


def acting(passage: Passage, match: Match, sense: Sense) -> int:
    """How sure a city stands for the body that sits there: Brussels for the European Union; 0 where it does not."""
    place = Place(passage.words, match.start, match.end, [sense], passage.lexicon)
    if not stands_for_state(place):
        return 0
    return SURE_SEAT if surely_stands_for_state(place) else SEAT


def ambiguous(passage: Passage, match: Match, entities: Entities, here: set[tuple[str, str]]) -> Iterator[Span]:
    """Which of several entities a form means: that of the country before it, the one named here, the likeliest."""
    senses = [sense for sense in match.entry.others if sense.role is Role.AMBIGUOUS]
    known = [sense for sense in senses if sense.kind]
    candidates = [sense for sense in known if not is_of_the_usa(passage, match, entities[sense.kind, sense.key])]
    if not candidates or match.entry.has(Role.NAME):
        return
    named = [sense for sense in candidates if (sense.kind, sense.key) in here]
    country, is_other = owner(passage, match, candidates[0].kind)
    owned = [sense for sense in candidates if country and entities[sense.kind, sense.key].country == country]
    meant = (owned or named or candidates)[0]
    if owned or (len(named) == 1 and not is_other):
        confidence = NAMED_HERE
    elif is_other or not senses[0].kind:
        confidence = DOUBTFUL
    else:
        confidence = LIKELIEST if len(candidates) == len(senses) else LIKELIEST_OF_DOUBTFUL
    yield Span(match.start, match.end, meant.kind, meant.key, entities[meant.kind, meant.key].name, confidence)


def owner(passage: Passage, match: Match, kind: str) -> tuple[str, bool]:
    """The code of a country right before a form or after its “of”, or "", and whether a country or place there makes
    it another's: “the Australian Senate”, “the Arizona Supreme Court”, “the Senate of Australia”.
    """
    beside = passage.ending.get(match.start)
    if beside is None and kind in (ORGANISATION, PLACE) and passage.word(match.end) == "of":
        beside = passage.beginning.get(match.end + 1 + (passage.word(match.end + 1) == "the"))
    if beside is None:
        return "", False
    countries = [sense.key for sense in beside.entry.countries if sense.role in (Role.NAME, Role.DEMONYM)]
    is_place = any(sense.kind == PLACE and sense.role is Role.NAME for sense in beside.entry.others)
    return (countries or [""])[0], bool(countries or is_place)
