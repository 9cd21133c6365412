"""Who says it: how many answers of each speaker were found, and how often the speakers themselves say the words."""

from dataclasses import dataclass

import numpy as np

from interviews.search.engine import columns
from interviews.search.engine.patience import Patience
from interviews.search.language.describing import Description
from interviews.search.language.request import Request
from interviews.search.results.labels import Labels
from interviews.search.results.result_sets import cut_short, last_page_start, result_set, usable_snapshot

from .matches import counted_of, rate_of

PAGE_SPEAKERS = 50
ORDERS = ("answers", "rate")
# A rate among fewer words says little: it stands behind the others.
FEW_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of answers that were found. `value` is that of the facet, `label` the name.

    `matches` counts what the speaker says, questions left out, None where the search looks for no words; `words` those
    of all the answers that the speaker gives under the same filters.
    """

    value: str
    label: str
    answers: int
    matches: int | None
    words: int

    @property
    def rate(self) -> float | None:
        """Matches for so many words of the speaker, as `rate_of` counts them."""
        return rate_of(self.matches, self.words)


@dataclass(frozen=True, slots=True)
class Speakers:
    """A page of those who say it, `size` in all; those shown begin after `start` of them.

    `total` answers were found, of which `unnamed` have a speaker whom the archive does not know.
    """

    description: Description
    request: Request
    order: str
    notices: tuple[str, ...]
    total: int
    unnamed: int
    size: int
    start: int
    speakers: tuple[Speaker, ...]
    counts_matches: bool
    few_words: int = FEW_WORDS


def speakers_of(request: Request, order: str = "answers") -> Speakers | None:
    """Answer a request with the speakers of what was found, most answers or highest rate first.

    A page past the last is answered with the last one. Never raises; None without an index.
    """
    snapshot = usable_snapshot()
    if snapshot is None:
        return None
    patience = Patience()
    results = result_set(snapshot, request, seconds=patience.share(2))
    counts = _counts_of(results.found, seconds=patience.share(1))
    ranked = counts.ranked(order)
    start = last_page_start(request.page, PAGE_SPEAKERS, len(ranked))
    return Speakers(
        description=results.description,
        request=request,
        order=order,
        notices=(*results.notices, *cut_short(counts.examined, snapshot)),
        total=results.found.total,
        unnamed=counts.unnamed,
        size=len(ranked),
        start=start,
        speakers=counts.speakers(ranked[start : start + PAGE_SPEAKERS]),
        counts_matches=counts.matches is not None,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Answers, matches and words of each value of the facet; `unnamed` answers have none."""

    values: tuple[str, ...]
    answers: np.ndarray
    matches: np.ndarray | None
    words: np.ndarray
    unnamed: int
    examined: int

    def ranked(self, order: str) -> list[int]:
        """Return the places of the speakers of answers that were found; those of few words have no rate to go by."""
        places = np.flatnonzero(self.answers).tolist()
        answers, words = self.answers.tolist(), self.words.tolist()
        rates = [0] * len(words)
        if order == "rate" and self.matches is not None:
            rates = np.where(self.words < FEW_WORDS, -1, self.matches / np.maximum(self.words, 1)).tolist()
        return sorted(places, key=lambda place: (-rates[place], -answers[place], self.values[place]))

    def speakers(self, places: list[int]) -> tuple[Speaker, ...]:
        """Return these with their names, in one query."""
        labels = Labels({"speaker": [self.values[place] for place in places]})
        matches = None if self.matches is None else self.matches.tolist()
        return tuple(
            Speaker(
                self.values[place],
                labels.label("speaker", self.values[place]),
                int(self.answers[place]),
                matches and matches[place],
                int(self.words[place]),
            )
            for place in places
        )


def _counts_of(found, *, seconds):
    counted, snapshot = counted_of(found, seconds=seconds), found.snapshot
    facet = columns.read_facet(snapshot.segments, "speaker")
    speakers = np.full(snapshot.size, len(facet.values))
    for first, column, places in zip(snapshot.firsts, facet.columns, facet.places, strict=True):
        speakers[first + column.documents.astype(np.int64)] = places[column.ordinals]

    def sums(documents, weights=None):
        return np.bincount(speakers[documents], weights, len(facet.values) + 1).astype(int)

    answers = sums(counted.found)
    matches = counted.matches and sums(counted.matches.documents[counted.matches.are_in_answers])
    words = sums(counted.base, snapshot.numbers("answer_words")[counted.base])
    return _Counts(
        facet.values,
        answers[:-1],
        None if matches is None else matches[:-1],
        words[:-1],
        int(answers[-1]),
        counted.examined,
    )


def speakers_as_json(page: Speakers) -> dict:
    """Return a page of speakers as plain data; `rate` is matches for each 100,000 words of the speaker."""
    return {
        "total": page.total,
        "unnamed": page.unnamed,
        "speakers_total": page.size,
        "start": page.start,
        "order": page.order,
        "notices": list(page.notices),
        "speakers": [
            {
                "speaker": speaker.value,
                "label": speaker.label,
                "answers": speaker.answers,
                "matches": speaker.matches,
                "words": speaker.words,
                "rate": None if speaker.rate is None else round(speaker.rate, 3),
            }
            for speaker in page.speakers
        ],
    }
