"""CSV (RFC 4180) for spreadsheets and statistics: an answer a row, UTF-8 with its mark, dates as ISO 8601 has them.

What several columns could hold is parted by “; ”. The last columns say of each row where the list comes from, so that
tables of several searches can be joined, and nothing stands before the names of the columns.
"""

import csv
from collections.abc import Iterator

from interviews.cells import harmless
from interviews.citing import chicago, phrases
from interviews.models import Turn
from interviews.records import turn_record
from interviews.records.turns import question_of
from interviews.tagging.tags import tags_of

from .answers import Listing
from .bibliography import reference
from .provenance import PROVENANCE, told

MARK = "\ufeff"
OF_ANSWER = ("id", "url", "number", "type", "date", "language", "interview", "interview_url", "outlet", "place")
OF_SPEECH = ("speaker", "office", "question", "text", "withheld", "version")
SPOKEN_OF = {
    "country": "countries",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "document": "documents",
    "event": "events",
    "outlet": "outlets",
}
COLUMNS = (*OF_ANSWER, *OF_SPEECH, *SPOKEN_OF.values(), "citation", *PROVENANCE)


class Line:
    """What `csv` writes to: it hands the line on."""

    def write(self, line: str) -> str:
        return line


def written(listing: Listing) -> Iterator[str]:
    """Yield the lines of the table."""
    write = csv.writer(Line()).writerow
    yield MARK + write(COLUMNS)
    source = told(listing)
    for turn in listing.turns():
        row = row_of(turn, listing) | source
        yield write([harmless(str(row[column] or "")) for column in COLUMNS])


def row_of(turn: Turn, listing: Listing) -> dict[str, str | None]:
    """Return the cells of an answer by column; of countries the ISO 3166 codes, of all else the names."""
    record = turn_record(turn, listing.root)
    interview, speaker, asked = record["interview"], record["speaker"], record["reply_to"]
    return {
        **{column: record[column] for column in ("id", "url", "number", "type", "text", "withheld", "version")},
        "date": interview["date"],
        "language": turn.interview.language,
        "interview": interview["title"],
        "interview_url": interview["url"],
        "outlet": turn.outlet and turn.outlet.name,
        "place": turn.interview.place,
        "speaker": speaker and speaker["name"],
        "office": speaker and speaker["office"],
        "question": asked and asked["text"],
        **spoken_of(turn),
        "citation": phrases.plain(chicago.bibliography(reference(listing, turn))),
    }


def spoken_of(turn: Turn) -> dict[str, str]:
    """Return what an answer and its question speak of, by column."""
    asked = question_of(turn)
    named = dict.fromkeys([*tags_of(turn), *(tags_of(asked) if asked else [])])
    return {
        column: "; ".join(entity.iso_code or entity.name for entity in named if entity.kind == kind)
        for kind, column in SPOKEN_OF.items()
    }
