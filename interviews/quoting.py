"""Words as they stand, in the quotation marks of their language."""

import json
from pathlib import Path

# The outer marks, after the Unicode CLDR; Arabic has those of its press. French sets a space within them.
MARKS = json.loads((Path(__file__).parent / "data" / "quotation_marks.json").read_text(encoding="utf-8"))
SPACED = {"fr": "\u00a0"}


def quoted(words, language):
    """Return words in the quotation marks of a language (ISO 639-1); English ones where it has none of its own."""
    code = language.partition("-")[0]
    opening, closing = MARKS.get(code, MARKS[""]).split()
    space = SPACED.get(code, "")
    return f"{opening}{space}{words}{space}{closing}"
