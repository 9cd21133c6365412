"""Labels with a dash: “Q - Et le budget ?”, “R - Je l'ai dit.”, “Question – …”."""

import re
from collections.abc import Sequence

from interviews.ingest.establish import Establisher
from interviews.ingest.labels import Mark, part_of
from interviews.ingest.lines import Line
from interviews.ingest.words import label_words

DASH = re.compile(r"(?P<label>[^\W\d_][^\-–—:.?!\n]{0,60}?)\s*[-–—]\s+(?=\S)")


def find(lines: Sequence[Line]) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no label asks."""
    letters = {letter for pair in label_words().letters for letter in pair}
    candidates = [
        Mark(index, 0, found.end(), found["label"], line.is_bold(0, found.end("label")))
        for index, line in enumerate(lines)
        if (found := DASH.match(line.text))
        if part_of(found["label"]) or (found["label"].isupper() and found["label"].lower() in letters)
    ]
    marks = Establisher(lines, candidates).established()
    asks = any(part_of(mark.label) == "interviewer" for mark in marks)
    return marks if asks and len({mark.key for mark in marks}) > 1 else []
