"""Where words, phrases and words near each other stand in a stretch of documents.

A place in a text is one number, its key: `document << 32 | position`. Lists of keys ascend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from interviews.search.index.schema import ANSWER_AT
from interviews.search.index.segment import Postings

from .conditions import AnyOf, Near, Part, Phrase, Prefix, Similar, Word
from .expanding import Forms, runs_of
from .stretches import Stretch

DOCUMENT_BITS = 32
POSITION = (1 << DOCUMENT_BITS) - 1
# Looking up each key of a list in another this many times as long is cheaper than merging the two.
MUCH_LONGER = 8


@dataclass(frozen=True, slots=True)
class Spans:
    """Runs of words: the keys of their first and last words; `starts` ascend."""

    starts: np.ndarray
    ends: np.ndarray

    def within(self, mask: np.ndarray) -> "Spans":
        kept = mask[self.starts >> DOCUMENT_BITS]
        return Spans(self.starts[kept], self.ends[kept])


def postings_of(stretch: Stretch, field: str, forms: Forms) -> Postings:
    """Return where any of the forms stands, form after form: documents may come again, no position does."""
    found = [_in_languages(stretch, postings, languages) for postings, languages in _known(stretch, field, forms)]
    if len(found) == 1:
        return found[0]
    empty = np.zeros(0, dtype=np.uint32)
    return Postings(
        np.concatenate([empty, *(postings.documents for postings in found)]),
        np.concatenate([empty, *(postings.counts for postings in found)]),
        np.concatenate([empty, *(postings.positions for postings in found)]),
    )


def run_starts(stretch: Stretch, field: str, run: Sequence[Forms]) -> np.ndarray:
    """Return the keys of the first words wherever words stand in a row; the rarest word is looked for first."""
    places = [postings_of(stretch, field, forms) for forms in run]
    common = reduce(np.logical_and, (_mask(stretch, postings.documents) for postings in places))
    starts = None
    for place in sorted(range(len(places)), key=lambda place: len(places[place].positions)):
        if not common.any():
            return np.zeros(0, dtype=np.int64)
        keys = _keys(places[place], common) - place
        starts = keys if starts is None else _in_both(starts, keys)
        common = _mask(stretch, starts >> DOCUMENT_BITS)
    return starts


def near_starts(stretch: Stretch, field: str, near: Near) -> np.ndarray:
    """Return the keys of the first words of the left side's places that have one of the right side's near them."""
    left, right = _sides(stretch, field, near)
    return left.starts[_have_near(left, right, near.distance)]


def near_spans(stretch: Stretch, field: str, near: Near) -> Spans:
    """Return the spans of either side that have one of the other near them."""
    left, right = _sides(stretch, field, near)
    pairs = ((left, _have_near(left, right, near.distance)), (right, _have_near(right, left, near.distance)))
    return joined([Spans(spans.starts[are_near], spans.ends[are_near]) for spans, are_near in pairs])


def _sides(stretch, field, near):
    """Both sides in the documents that hold both."""
    left, right = (spans_of(stretch, field, side) for side in (near.left, near.right))
    common = _mask(stretch, left.starts >> DOCUMENT_BITS) & _mask(stretch, right.starts >> DOCUMENT_BITS)
    return left.within(common), right.within(common)


def _have_near(spans, others, distance):
    """The mask of the spans that have one of the others before or behind them."""
    if not len(spans.starts):
        return np.zeros(0, dtype=bool)
    ends = np.sort(others.ends)
    after = np.searchsorted(others.starts, spans.ends, "right")
    before = np.searchsorted(ends, spans.starts, "left") - 1
    follows = others.starts[np.minimum(after, len(ends) - 1)] - spans.ends
    precedes = spans.starts - ends[np.maximum(before, 0)]
    return _is_within(follows, distance) | _is_within(precedes, distance)


def _is_within(steps, distance):
    return (steps > 0) & (steps <= distance)


def _known(stretch, field, forms):
    for form, languages in forms.languages.items():
        postings = stretch.postings(field, form)
        if postings is not None:
            yield postings, languages


def _in_languages(stretch, postings, languages):
    """Leave out the documents in other languages."""
    if languages is None or len(languages) == len(stretch.segment.languages()):
        return postings
    return _within(postings, stretch.in_languages(languages))


def _within(postings, mask):
    kept = mask[postings.documents]
    if kept.all():
        return postings
    return Postings(
        postings.documents[kept], postings.counts[kept], postings.positions[np.repeat(kept, postings.counts)]
    )


def _mask(stretch, documents):
    mask = np.zeros(stretch.size, dtype=bool)
    mask[documents] = True
    return mask


def _keys(postings, mask):
    """The keys of all positions in the documents of the mask."""
    postings = _within(postings, mask)
    documents = np.repeat(postings.documents.astype(np.int64) << DOCUMENT_BITS, postings.counts)
    keys = documents + postings.positions
    if np.any(postings.documents[1:] <= postings.documents[:-1]):  # several forms, one after the other
        keys.sort(kind="stable")
    return keys


def _in_both(keys, others):
    """The keys that two ascending lists share."""
    if len(keys) * MUCH_LONGER < len(others):
        places = np.minimum(np.searchsorted(others, keys), len(others) - 1)
        return keys[others[places] == keys]
    merged = np.concatenate((keys, others))
    merged.sort(kind="stable")
    return merged[1:][merged[1:] == merged[:-1]]


def spans_of(stretch: Stretch, field: str, side: Word | Phrase | Prefix | Similar | AnyOf) -> Spans:
    """Return where a side of a Near, or anything else but a Near, stands in the part that it names."""
    if isinstance(side, AnyOf):
        return joined([spans_of(stretch, field, part) for part in side.parts])
    runs = runs_of(stretch.segment, side).values()
    return _in_part(joined([_spans_of_run(stretch, field, run) for run in runs]), side.part)


def _spans_of_run(stretch, field, run):
    if len(run) > 1:
        starts = run_starts(stretch, field, run)
    else:
        starts = _keys(postings_of(stretch, field, run[0]), np.ones(stretch.size, dtype=bool))
    return Spans(starts, starts + len(run) - 1)


def _in_part(spans, part):
    if part == Part.TEXT:
        return spans
    kept = ((spans.starts & POSITION) >= ANSWER_AT) == (part == Part.ANSWER)
    return Spans(spans.starts[kept], spans.ends[kept])


def joined(spans: Sequence[Spans]) -> Spans:
    """Return the spans of several lists in one."""
    if len(spans) == 1:
        return spans[0]
    starts = np.concatenate([np.zeros(0, dtype=np.int64), *(part.starts for part in spans)])
    ends = np.concatenate([np.zeros(0, dtype=np.int64), *(part.ends for part in spans)])
    order = np.argsort(starts, kind="stable")
    return Spans(starts[order], ends[order])
