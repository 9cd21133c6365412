"""One conversation in several languages: which interviews hold it, and which of their turns say the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

from django.db.models import Q

from interviews.ingest.words import letters_in
from interviews.models import Interview, Turn

ALONE = 1.0  # what it costs to leave a turn without a counterpart
OTHER_SPEAKER = 0.5
OTHER_FIGURES = 1.0  # dates and numbers are the same in all languages, where they are not written out
FIGURES = re.compile(r"\d+")
SHORT = 10  # letters, among which a few more or less mean little
STRAYS = 30  # turns by which two running orders may be apart before they are not the same conversation


def other_languages_of(interview: Interview) -> list[Interview]:
    """Return the published versions of an interview in other languages, the original first."""
    original = interview.translation_of_id or interview.pk
    family = Interview.objects.published().filter(Q(pk=original) | Q(translation_of=original))
    others = family.exclude(pk=interview.pk).select_related("outlet__country").with_speakers()
    return sorted(others, key=lambda each: (each.pk != original, each.language, each.slug))


def aligned(ones: Sequence[Turn], others: Sequence[Turn]) -> list[tuple[Turn | None, Turn | None]]:
    """Pair the turns of two versions in their running order; a turn without a counterpart has None beside it.

    Only turns of one kind are a pair. Of all ways to pair them the one is taken whose turns are the most alike in
    speaker, figures and length (after W. A. Gale and K. W. Church, A Program for Aligning Sentences in Bilingual
    Corpora, 1993).
    """
    traits = [[_traits(turn) for turn in turns] for turns in (ones, others)]
    reach = abs(len(ones) - len(others)) + STRAYS
    best = {(0, 0): (0.0, None)}
    for row in range(len(ones) + 1):
        for column in range(max(0, row - reach), min(len(others), row + reach) + 1):
            best.setdefault((row, column), min(_steps(*traits, best, row, column), default=(inf, None)))
    return _way_back(ones, others, best)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a turn has in common with its translation; `length` is a logarithm."""

    kind: str
    length: float
    person: int | None
    figures: frozenset[str]


def _traits(turn):
    person = turn.participation and turn.participation.person_id
    return _Traits(turn.kind, log(letters_in(turn.text) + SHORT), person, frozenset(FIGURES.findall(turn.text)))


def _steps(ones, others, best, row, column):
    """The costs of the ways to a place in the two running orders: by a pair, or past a turn that stands alone."""
    if row and column and (row - 1, column - 1) in best:
        one, other = ones[row - 1], others[column - 1]
        yield best[row - 1, column - 1][0] + _unlikeness(one, other), (row - 1, column - 1)
    for before in ((row - 1, column), (row, column - 1)):
        if before in best:
            yield best[before][0] + ALONE, before


def _unlikeness(one, other):
    if one.kind != other.kind:
        return inf
    speakers = OTHER_SPEAKER * (len({one.person, other.person} - {None}) > 1)
    either = one.figures | other.figures
    figures = OTHER_FIGURES * (1 - len(one.figures & other.figures) / len(either)) if either else 0.0
    return abs(one.length - other.length) + speakers + figures


def _way_back(ones, others, best):
    place, pairs = (len(ones), len(others)), []
    while place != (0, 0):
        (row, column), (row_before, column_before) = place, best[place][1]
        one = ones[row_before] if row_before < row else None
        pairs.append((one, others[column_before] if column_before < column else None))
        place = best[place][1]
    return pairs[::-1]
