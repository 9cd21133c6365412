"""The ledger of one file told to people and programs: every stretch of its text and what became of it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from rich.console import Group
from rich.table import Table
from rich.text import Text

from interviews.ingest.spans import UNCLAIMED, coverage
from interviews.ingest.transcript import Span, Transcript

SHOWN = 60


def ledger_object(transcript: Transcript, file: str) -> dict:
    """Return the ledger as JSON values.

    Keys: file; characters, the length of the decoded text; accounted, how many of them a stretch explains; coverage,
    characters by what became of them; stretches in the order of the text, each with start, end (characters), lines
    ([first, last], from 1), kind, detail and text; translation, the same for the other version, where there is one.
    """
    stretches = [
        {"start": span.start, "end": span.end, "lines": list(lines), "kind": span.kind, "detail": span.detail}
        | {"text": transcript.text[span.start : span.end]}
        for span, lines in _with_lines(transcript)
    ]
    told = {
        "file": file,
        "characters": len(transcript.text),
        "accounted": _accounted(transcript),
        "coverage": coverage(transcript.spans),
        "stretches": stretches,
    }
    other = transcript.translation
    return told | ({"translation": ledger_object(other, file)} if other else {})


def ledger_for_people(transcript: Transcript, file: str, *, full: bool = False) -> Group:
    """Return the ledger as something rich can print: the stretches (shortened unless `full`), sums, the balance."""
    told = Group(
        Text(file, style="bold"),
        _stretches(transcript, full=full),
        Text(),
        _sums(transcript),
        Text(),
        Text(_balance(transcript)),
        Text(),
    )
    other = transcript.translation
    return Group(told, ledger_for_people(other, f"{file}, its translation", full=full)) if other else told


def _with_lines(transcript) -> Iterator[tuple[Span, tuple[int, int]]]:
    """Yield each span with the first and the last line on which it stands."""
    starts = [0, *(index + 1 for index, character in enumerate(transcript.text) if character == "\n")]
    for span in transcript.spans:
        yield span, (bisect_right(starts, span.start), bisect_right(starts, span.end - 1))


def _stretches(transcript, *, full):
    table = Table("Lines", "Kind", "Detail", "Text", box=None, pad_edge=False)
    for span, (first, last) in _with_lines(transcript):
        lines = str(first) if first == last else f"{first}-{last}"
        text = transcript.text[span.start : span.end]
        table.add_row(*map(Text, (lines, span.kind, span.detail, text if full else _shortened(text))))
    return table


def _shortened(text):
    """Return a stretch on one line, its middle left out where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN // 2].rstrip()} … {words[-SHOWN // 2 :].lstrip()}"


def _sums(transcript):
    """Return how many characters each kind has, and each reason of boilerplate and fact of metadata in it."""
    counted = Counter()
    for span in transcript.spans:
        detail = span.detail if span.kind in ("boilerplate", "metadata") else ""
        counted[span.kind, detail] += span.end - span.start
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for (kind, detail), characters in sorted(counted.items(), key=lambda item: (item[0][0], -item[1])):
        table.add_row(f"{characters:,}", Text(f"{kind}: {detail}" if detail else kind))
    return table


def _accounted(transcript):
    return sum(span.end - span.start for span in transcript.spans if span.detail != UNCLAIMED)


def _balance(transcript):
    characters, accounted = len(transcript.text), _accounted(transcript)
    if accounted == characters:
        return f"All {characters:,} characters are accounted for."
    return (
        f"{characters - accounted:,} of {characters:,} characters are not accounted for: look for “{UNCLAIMED}” above."
    )
