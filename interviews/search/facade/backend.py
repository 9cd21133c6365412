"""Our Haystack backend: Whoosh keeps the files, the snapshot finds, and the live index is never emptied."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
from haystack import connections
from haystack.backends import BaseEngine, log_query
from haystack.backends.whoosh_backend import WhooshSearchBackend, WhooshSearchQuery
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_identifier

from interviews.models import Turn
from interviews.search.engine.conditions import AllOf, Nothing
from interviews.search.engine.found import Asked
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.index import schema
from interviews.search.index.upkeep import replace_documents
from interviews.search.overviews.resembling import resembling

from .translating import MATCH_ALL, translate


class ArchiveBackend(WhooshSearchBackend):
    """Reads without asking for the right to write, answers one query with one search, writes under one lock.

    Haystack's own strings are read by Whoosh's parser; what readers type is read by ours and never comes here.
    """

    def setup(self):
        """Nothing: the index is opened by the search or the writing that needs it, in its newest state."""
        self.setup_complete = True

    def build_schema(self, fields):
        return "text", schema.archive_schema()

    def update(self, index, iterable, commit=True):  # noqa: FBT002 - Haystack's signature
        """Put the current documents of these turns in the place of their former ones."""
        replace_documents(iterable)

    def remove(self, obj_or_string, commit=True):  # noqa: FBT002 - Haystack's signature
        replace_documents([], removed=[int(get_identifier(obj_or_string).rpartition(".")[2])])

    def clear(self, models=None, commit=True):  # noqa: FBT002 - Haystack's signature
        raise SearchBackendError("The live index is never emptied; `manage.py reindex` builds it anew beside it.")

    def delete_index(self):
        self.clear()

    @log_query
    def search(
        self,
        query_string: str,
        *,
        sort_by: Iterable[str] = (),
        facets: Mapping[str, Mapping] = MappingProxyType({}),
        narrow_queries: Iterable[str] = (),
        fields: Iterable[str] = (),  # all are given
        **shown,
    ) -> dict:
        """Return {"results", "hits", "facets"} of one search, by relevance where `sort_by` names no numbers.

        Raises IndexUnavailableError, and NotImplementedError for what the archive does not answer.
        """
        if options := {option for chosen in facets.values() for option in chosen}:
            raise NotImplementedError(f"Facets know no {', '.join(sorted(options))}.")
        condition = AllOf(tuple(map(translate, (query_string, *sorted(narrow_queries)))))
        found = current_snapshot().find(Asked(condition))
        return self._answer(found, sort_by=sort_by, facets=facets, **shown)

    def more_like_this(self, model_instance: Turn, additional_query_string: str = MATCH_ALL, **shown) -> dict:
        """Return {"results", "hits", "facets"} of the documents that share the most telling words of one."""
        among = current_snapshot().find(Asked(translate(additional_query_string)))
        return self._answer(resembling(among, model_instance.pk), **shown)

    def _answer(
        self,
        found,
        *,
        start_offset=0,
        end_offset=None,
        sort_by=(),
        facets=(),
        models=(Turn,),
        result_class=SearchResult,
        **unknown,
    ):
        if unknown:
            raise NotImplementedError(f"The archive's search does not know {', '.join(sorted(unknown))}.")
        if others := set(facets).difference(schema.FACETS):
            raise SearchBackendError(f"There is no facet {', '.join(sorted(others))}.")
        if Turn not in models:
            found = found.snapshot.find(Asked(Nothing()))
        documents = _sorted(found, sort_by)[start_offset:end_offset].tolist()
        counts = {facet: sorted(found.counts(facet).items(), key=_most_first) for facet in facets}
        return {
            "results": [self._result(found, document, result_class) for document in documents],
            "hits": found.total,
            "facets": {"fields": counts, "dates": {}, "queries": {}},
        }

    def _result(self, found, document, result_class):
        stored = found.snapshot.stored(document)
        fields = connections[self.connection_alias].get_unified_index().get_index(Turn).fields
        values = {name: field.convert(stored[name]) for name, field in fields.items() if name in stored}
        known_as = f"interviews.turn.{stored['turn']}"
        return result_class("interviews", "turn", stored["turn"], found.score(document), id=known_as, **values)


def _sorted(found, names):
    """The documents by the numbers named, with a minus from the greatest; equal ones by relevance."""
    keys = []
    for name in names:
        column = name.lstrip("-")
        if column != "score" and column not in schema.NUMBERS:
            raise NotImplementedError(f"The archive's search is not sorted by {column}.")
        values = found.scores if column == "score" else found.snapshot.numbers(column)[found.documents]
        keys.append(-values if name.startswith("-") else values)
    return found.documents[np.lexsort(keys[::-1])] if keys else found.documents


def _most_first(value_and_count):
    value, count = value_and_count
    return -count, value


class ArchiveQuery(WhooshSearchQuery):
    """Writes a condition as a string of Whoosh's syntax; the values of facets whole."""

    def build_query_fragment(self, field: str, filter_type: str, value) -> str:
        """Return the string for one filter. Raises NotImplementedError for endings and middles of words."""
        if filter_type in ("contains", "endswith"):
            raise NotImplementedError("Words are looked for whole or by their beginning.")
        if filter_type == "in":
            value = list(value)
            if not value:
                return f"NOT {self.matching_all_fragment()}"
        if field in schema.FACETS and filter_type in ("content", "exact") and isinstance(value, str):
            return '{}:"{}"'.format(field, value.replace('"', " "))
        return super().build_query_fragment(field, filter_type, value)

    def matching_all_fragment(self) -> str:
        return MATCH_ALL

    def set_limits(self, low=None, high=None):
        """Begin and end a slice; Haystack would end an open one where the former slice ended."""
        self.clear_limits()
        super().set_limits(low, high)

    def build_alt_parser_query(self, *unused, **options):
        raise NotImplementedError("The archive has no other parsers of queries.")

    def add_stats_query(self, stats_field, stats_facets):
        raise NotImplementedError("The archive's search does not know statistics.")

    def get_spelling_suggestion(self, preferred_query=None):
        raise NotImplementedError("Spellings are suggested by the archive's own search, not through Haystack.")

    def run_mlt(self, **options):
        super().run_mlt(**{"start_offset": self.start_offset, "end_offset": self.end_offset} | options)


class ArchiveEngine(BaseEngine):
    backend = ArchiveBackend
    query = ArchiveQuery
