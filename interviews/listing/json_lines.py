"""JSON Lines: the first line says what the list is, each other is the record of an answer."""

import json
from collections.abc import Iterator

from interviews.records import turn_record

from .answers import Listing
from .provenance import told


def written(listing: Listing) -> Iterator[str]:
    yield line_of({"type": "list"} | told(listing))
    for turn in listing.turns():
        yield line_of(turn_record(turn, listing.root))


def line_of(data: dict) -> str:
    # The two line ends that JSON allows in strings would part a line for some readers.
    written = json.dumps(data, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{written}\n"
