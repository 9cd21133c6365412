"""What the index holds of a document: texts, the values of facets, numbers, and what a list of results prints."""

from collections.abc import Callable, Iterable

import Stemmer
from whoosh import __version__ as whoosh_version
from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence

from interviews.search.text.analysis import ANALYSIS_VERSION
from interviews.tagging.tagger import TAGGER_VERSION

from .codec import CODEC_VERSION, ArchiveSegment, MappedStorage, WordPositions

# Raise it whenever documents are made otherwise from the same rows: every index is then built anew.
DOCUMENT_VERSION = 4

# Question and answer are one text. The words of a question are numbered from 0, those of an answer from here.
ANSWER_AT = 1 << 20
INDEX_NAME = "MAIN"
TEXTS = ("text", "title")
FACETS = (
    "about",
    "country",
    "document",
    "event",
    "interview",
    "interview_country",
    "kind",
    "language",
    "length",
    "month",
    "organisation",
    "outlet",
    "outlet_country",
    "person",
    "place",
    "speaker",
    "speaker_country",
    "year",
)
# Columns of numbers, by their type: first those of eight bytes. Days are proleptic Gregorian ordinals; "interview" and
# "turn" are keys of rows.
NUMBERS = {
    "interview": "q",
    "turn": "q",
    "date": "i",
    "last_day": "i",
    "position": "i",
    "question_words": "i",
    "answer_words": "i",
    "title_words": "i",
}
# What is stored beside texts and values, so that a list of results needs no rows.
SHOWN = ("question", "answer", "turn", "number", "turn_kind", "voice", "outlet_name", "dated", "date", "position")
STORED_COLUMN = "_stored"  # as Whoosh's own codec calls it
# Length of an answer -> the words from which on it has it.
LENGTHS = {"short": 0, "medium": 100, "long": 300, "very-long": 1000}


class Field(FieldType):
    """Words with their positions, or whole values (slugs, codes).

    Not scorable by Whoosh: ranking is ours, which takes lengths from the numbers.
    """

    def __init__(self, format):
        super().__init__(format, None, stored=True)


def archive_schema() -> Schema:
    """Return the Whoosh schema of the archive's index."""
    fields = {name: Field(WordPositions()) for name in TEXTS}
    fields |= {name: Field(Existence()) for name in FACETS}
    return Schema(**fields, **{name: STORED() for name in SHOWN})


def write_terms(storage: MappedStorage, segment: ArchiveSegment, terms_of: Callable[[str], Iterable[tuple]]) -> None:
    """Write all terms of a new segment: `terms_of` gives those of a field as TermWriter.add_term takes them."""
    schema, writer = archive_schema(), segment.codec().field_writer(storage, segment)
    try:
        for name in (*TEXTS, *FACETS):
            writer.start_field(name, schema[name])
            for term in terms_of(name):
                writer.add_term(*term)
            writer.finish_field()
    finally:
        writer.close()


def fingerprint() -> dict:
    """Return what must be equal for an index to be read and written by this code, as JSON keeps it."""
    return {
        "analysis": ANALYSIS_VERSION,
        "snowball": Stemmer.version(),
        "codec": CODEC_VERSION,
        "document": DOCUMENT_VERSION,
        "tagger": TAGGER_VERSION,
        "whoosh": ".".join(map(str, whoosh_version)),
        "texts": list(TEXTS),
        "facets": list(FACETS),
        "numbers": NUMBERS,
    }
