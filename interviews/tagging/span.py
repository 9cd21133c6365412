"""What the rules hand on: a stretch of words that may speak of an entity, and how sure that is."""

from typing import NamedTuple

SURE_FROM = 90
COUNTS_FROM = 50


class Span(NamedTuple):
    """Words [start, end) of a passage that speak of an entity.

    `key` is "" for what nobody knows yet: its `name` is then as the text has it. `confidence`: 0..100; from
    COUNTS_FROM on readers see it, from SURE_FROM on nobody need look at it. `level`: named | metonym | historical.
    """

    start: int
    end: int
    kind: str
    key: str
    name: str
    confidence: int
    level: str = "named"

    @property
    def counts(self) -> bool:
        return self.confidence >= COUNTS_FROM
