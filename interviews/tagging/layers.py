"""Of all that the rules found in a passage, what stands: nothing overlaps but a country inside a longer name."""

from collections.abc import Iterable

from .roles import COUNTRY
from .span import Span


def standing(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that stand, in the order of the text.

    What counts goes before proposals, longer before shorter, the surer before the less sure. A proposal stands where
    nothing that counts does; a capital that may mean its state also upon the city, and several persons upon one name.
    """
    ranked = sorted(spans, key=rank)
    taken: dict[int, Span] = {}
    kept = []
    for span in ranked:
        holders = {taken[index] for index in range(span.start, span.end) if index in taken}
        if all(may_share(span, holder) for holder in holders):
            kept.append(span)
            for index in range(span.start, span.end):
                taken.setdefault(index, span)
    return sorted(kept, key=lambda s: (s.start, -s.end, s.kind, -s.confidence, s.key))


def rank(span: Span) -> tuple:
    """What comes first where two spans compete; a city that stands for its state is no longer the city."""
    length, is_city = span.start - span.end, span.level != "metonym"
    return not span.counts, length, is_city, -span.confidence, span.start, span.kind, span.key


def may_share(span: Span, holder: Span) -> bool:
    """Whether a span may stand on words that another holds already."""
    same = (span.start, span.end) == (holder.start, holder.end)
    if same and span.kind == holder.kind:
        return span.kind == COUNTRY or not (span.counts or holder.counts)
    if span.level == "metonym":
        return same and not span.counts
    if span.kind != COUNTRY:
        return False
    return holder.start <= span.start and span.end <= holder.end and not same
