"""Organisations, places, documents and events that the registry knows by the form that stands in the text."""

from collections.abc import Iterator, Sequence

from .context import stands_for_state
from .passage import Match, Passage, Place
from .registry import Known
from .roles import PERSON, Role, Sense
from .span import Span

OF_SEVERAL_WORDS, LONG_ACRONYM, SHORT_ACRONYM, ONE_WORD, ONE_WORD_OPENING = 97, 95, 88, 90, 80
NAMED_HERE, LIKELIEST, LIKELIEST_OF_DOUBTFUL, DOUBTFUL = 90, 60, 55, 40
SEAT = 70

Entities = dict[tuple[str, str], Known]


def find_registered(passages: Sequence[Passage], entities: Entities) -> list[list[Span]]:
    """Return what the registry knows in each passage of a document, persons apart.

    A form that several entities claim means the one that is named by another form in the document, else the likeliest.
    """
    sure = [[span for match in passage.matches for span in named(passage, match, entities)] for passage in passages]
    here = {(span.kind, span.key) for spans in sure for span in spans}
    return [
        [*spans, *(span for match in passage.matches for span in ambiguous(match, entities, here))]
        for passage, spans in zip(passages, sure, strict=True)
    ]


def named(passage: Passage, match: Match, entities: Entities) -> Iterator[Span]:
    """The entity whose name a form is."""
    senses = [sense for sense in match.entry.others if sense.role is Role.NAME and sense.kind != PERSON]
    for sense in senses[:1]:
        kind, key = sense.kind, sense.key
        yield Span(match.start, match.end, kind, key, entities[kind, key].name, sureness(passage, match))
    for sense in match.entry.others:
        if sense.role is Role.SEAT and acts(passage, match, sense):
            name = entities[sense.kind, sense.key].name
            yield Span(match.start, match.end, sense.kind, sense.key, name, SEAT, "metonym")


def sureness(passage: Passage, match: Match) -> int:
    if match.end - match.start > 1:
        return OF_SEVERAL_WORDS
    word = passage.words[match.start]
    if word.isupper():
        return LONG_ACRONYM if len(word) > 3 else SHORT_ACRONYM
    return ONE_WORD_OPENING if passage.opens_sentence(match.start) else ONE_WORD


def acts(passage: Passage, match: Match, sense: Sense) -> bool:
    """Whether a city stands for the body that sits there: Brussels for the European Union."""
    return stands_for_state(Place(passage.words, match.start, match.end, [sense], passage.lexicon))


def ambiguous(match: Match, entities: Entities, here: set[tuple[str, str]]) -> Iterator[Span]:
    senses = [sense for sense in match.entry.others if sense.role is Role.AMBIGUOUS]
    if not senses or match.entry.has(Role.NAME):
        return
    told = [sense for sense in senses if (sense.kind, sense.key) in here]
    candidates = [sense for sense in senses if sense.kind and sense.kind != PERSON]
    if len(told) == 1:
        meant, confidence = told[0], NAMED_HERE
    elif not candidates:
        return
    elif not senses[0].kind:
        meant, confidence = candidates[0], DOUBTFUL
    else:
        meant = candidates[0]
        confidence = LIKELIEST_OF_DOUBTFUL if any(not sense.kind for sense in senses) else LIKELIEST
    yield Span(match.start, match.end, meant.kind, meant.key, entities[meant.kind, meant.key].name, confidence)
