"""What the index knows of some answers: how many, when, by whom, what else they speak of, and which are newest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviews.search.language.describing import Description
from interviews.search.language.request import Request
from interviews.search.results.facets import most_frequent
from interviews.search.results.labels import Labels, Named
from interviews.search.results.result_sets import last_page_start, result_set, usable_snapshot

PAGE_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value of a facet that `count` of the answers have, by its name and the address of its page."""

    value: str
    named: Named
    count: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most frequent values of a facet, most answers first; `size` values there are in all."""

    facet: str
    ranked: tuple[Ranked, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The answers that a request finds, `total` in all, of which the keys of the `turns` of one page are given.

    `years` count them as if no year were chosen. `page` is the number of the page, of `pages`.
    """

    description: Description
    total: int
    years: Mapping[str, int]
    rankings: Mapping[str, Ranking]
    turns: tuple[int, ...]
    page: int
    pages: int


def profile_of(request: Request, facets: Sequence[str], *, most: int) -> Profile | None:
    """Return what a request finds, with the `most` frequent values of some facets; None without an index.

    Of a facet that is chosen the other values are counted that the answers found have as well, but for "speaker",
    whose values are counted as alternatives. Past the last page the last is given.
    """
    snapshot = usable_snapshot()
    if snapshot is None:
        return None
    results = result_set(snapshot, request)
    found = results.found
    counts = {facet: _counts(found, facet) for facet in facets}
    shown = {facet: most_frequent(counts[facet], most) for facet in facets}
    start = last_page_start(request.page, PAGE_ANSWERS, found.total)
    documents = found.documents[start : start + PAGE_ANSWERS]
    return Profile(
        description=results.description,
        total=found.total,
        years=found.counts("year"),
        rankings=_rankings(shown, counts),
        turns=tuple(snapshot.numbers("turn")[documents].tolist()),
        page=start // PAGE_ANSWERS + 1,
        pages=max(1, -(-found.total // PAGE_ANSWERS)),
    )


def _counts(found, facet):
    if facet == "speaker":
        return found.counts(facet)
    chosen = found.asked.chosen.get(facet, ())
    beside = found.snapshot.counts(facet, found.mask)
    return {value: count for value, count in beside.items() if value not in chosen}


def _rankings(shown, counts):
    labels = Labels(shown)
    return {
        facet: Ranking(
            facet,
            tuple(
                Ranked(value, named, counts[facet][value]) for value in values if (named := labels.named(facet, value))
            ),
            len(counts[facet]),
        )
        for facet, values in shown.items()
    }
