"""A list as a file: what its first lines say, and how one answer is written, form by form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import bibliography, json_lines, table
from .answers import Listing


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files: its media type, and what writes a list in it, piece by piece."""

    media_type: str
    write: Callable[[Listing], Iterator[str]]


FORMS = {
    "csv": Form("text/csv; charset=utf-8", table.written),
    "jsonl": Form("application/jsonl; charset=utf-8", json_lines.written),
    "bib": Form("application/x-bibtex; charset=utf-8", bibliography.as_bibtex),
    "ris": Form("application/x-research-info-systems; charset=utf-8", bibliography.as_ris),
}


def file_of(listing: Listing, form: str) -> Iterator[str]:
    """Yield the pieces of the file."""
    return FORMS[form].write(listing)
