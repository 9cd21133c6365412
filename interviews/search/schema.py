"""The index's fields, read off the Haystack index in search_indexes.py."""

from haystack import connections
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from whoosh import __version__ as whoosh_version
from whoosh.fields import DATETIME, NUMERIC, STORED, TEXT, FieldType, Schema
from whoosh.fields import ID as IDENTIFIER
from whoosh.formats import Existence

from .analysis import ANALYSIS_VERSION, ValueTokenizer

# Raise it whenever documents are made otherwise from the same rows: every index is then built anew.
DOCUMENT_VERSION = 2


def archive_schema() -> Schema:
    """Return the Whoosh schema of the archive's index."""
    return build_schema(connections["default"].get_unified_index().all_searchfields())


def build_schema(fields) -> Schema:
    """Return the Whoosh schema for Haystack's fields (name -> field).

    Texts bring their analyser; without one a field holds whole values (slugs, codes), never split, stemmed or
    joined by commas. Only texts other than the document keep positions: phrases are looked for there.
    """
    keys = {ID: IDENTIFIER(stored=True, unique=True)}
    keys |= {name: IDENTIFIER(stored=True) for name in (DJANGO_CT, DJANGO_ID)}
    return Schema(**keys, **{field.index_fieldname: _whoosh_field(field) for field in fields.values()})


def _whoosh_field(field):
    if not field.indexed:
        return STORED()
    if field.field_type == "integer":
        return NUMERIC(int, stored=True, sortable=True)
    if field.field_type == "date":
        return DATETIME(stored=True, sortable=True)
    if field.analyzer is None:
        return FieldType(Existence(), ValueTokenizer(), stored=True)
    return TEXT(field.analyzer, phrase=not field.document, stored=field.stored)


def fingerprint() -> dict:
    """Return what must be equal for an index to be read and written by this code, as JSON keeps it."""
    return {
        "analysis": ANALYSIS_VERSION,
        "document": DOCUMENT_VERSION,
        "whoosh": ".".join(map(str, whoosh_version)),
        "fields": {name: repr(field) for name, field in sorted(archive_schema().items())},
    }
