"""The ledger: every character of a source and what became of it."""

from collections.abc import Iterable, Iterator
from html import unescape

from interviews.ingest.lines import Fragment, Hidden
from interviews.ingest.transcript import Span

WHITE_SPACE = "white space"
UNCLAIMED = "unclaimed"


class Ledger:
    """Collects claims on stretches of a text and turns them into spans that tile it."""

    def __init__(self, text: str):
        self.text = text
        self.claims: list[Span] = []

    def claim(self, fragment: Fragment, kind: str, detail: str) -> None:
        """Claim what a fragment stands for in the source."""
        for start, end in fragment.source():
            self.claims.append(Span(start, end, kind, detail))

    def claim_stretch(self, start: int, end: int, kind: str, detail: str) -> None:
        """Claim text[start:end]."""
        self.claims.append(Span(start, end, kind, detail))

    def claim_hidden(self, hidden: Iterable[Hidden]) -> None:
        """Claim what no reader sees as boilerplate, with its reason."""
        self.claims.extend(Span(each.start, each.end, "boilerplate", each.reason) for each in hidden)

    def spans(self) -> tuple[Span, ...]:
        """Return spans that tile the text, without gap or overlap.

        Where two claims meet on one stretch the earlier start wins; white space between two stretches of one turn
        belongs to it.
        """
        return tuple(_merged(self._tiles()))

    def _tiles(self) -> Iterator[Span]:
        at = 0
        for claim in sorted(self.claims, key=lambda span: (span.start, -span.end)):
            if claim.end <= at:
                continue
            if claim.start > at:
                yield self._gap(at, claim.start)
            yield claim if claim.start >= at else claim._replace(start=at)
            at = claim.end
        if at < len(self.text):
            yield self._gap(at, len(self.text))

    def _gap(self, start, end):
        blank = not unescape(self.text[start:end]).strip()
        return Span(start, end, "boilerplate", WHITE_SPACE if blank else UNCLAIMED)


def _merged(tiles) -> Iterator[Span]:
    """Join neighbours of one kind, and take in the white space between them."""
    tiles, held = iter(tiles), []
    for tile in tiles:
        if held and _same(held[0], tile):
            held = [Span(held[0].start, tile.end, tile.kind, tile.detail)]
        elif held and tile.detail == WHITE_SPACE and len(held) == 1 and held[0].detail != WHITE_SPACE:
            held.append(tile)
        else:
            yield from held
            held = [tile]
    yield from held


def _same(one, other):
    return (one.kind, one.detail) == (other.kind, other.detail)


def coverage(spans: Iterable[Span]) -> dict[str, int]:
    """Return {kept, label, metadata, boilerplate}: characters of the source; their sum is its length."""
    counted = {"kept": 0, "label": 0, "metadata": 0, "boilerplate": 0}
    for span in spans:
        counted["kept" if span.kind in ("turn", "direction") else span.kind] += span.end - span.start
    return counted
