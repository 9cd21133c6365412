"""Our Haystack backend: Whoosh keeps the files, the snapshot finds, and the live index is never emptied."""

from collections.abc import Iterable
from dataclasses import replace

from haystack import connections
from haystack.backends import BaseEngine, log_query
from haystack.backends.whoosh_backend import WhooshSearchBackend, WhooshSearchQuery
from haystack.constants import DJANGO_CT, DJANGO_ID
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.query import SearchQuerySet
from haystack.utils import get_identifier
from haystack.utils.app_loading import haystack_get_model
from whoosh.qparser import QueryParser
from whoosh.query import And

from . import schema
from .index import replace_documents
from .snapshot import EVERYTHING, NEWEST_FIRST, Asked, current_snapshot


class ArchiveBackend(WhooshSearchBackend):
    """Reads without asking for the right to write, answers one query with one search, writes under one lock.

    Haystack's own strings are read by Whoosh's parser; what readers type is read by ours and comes as `asked`.
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

    def more_like_this(self, *args, **kwargs):
        raise NotImplementedError("The archive does not look for similar documents.")

    @log_query
    def search(
        self,
        query_string: str,
        *,
        sort_by: Iterable[str] = ("-score", *NEWEST_FIRST),
        start_offset: int = 0,
        end_offset: int | None = None,
        facets: Iterable[str] = (),
        narrow_queries: Iterable[str] = (),
        asked: Asked | None = None,
        result_class=SearchResult,
        **options,
    ) -> dict:
        """Return {"results", "hits", "facets"} of one search. Raises IndexUnavailableError.

        Of Haystack's further options only `models` is known, and there is one.
        """
        if unknown := options.keys() - {"models"}:
            raise NotImplementedError(f"The archive's search does not know {', '.join(sorted(unknown))}.")
        snapshot = current_snapshot()
        asked = asked or Asked()
        queries = [self._parse(text) for text in (query_string, *narrow_queries)]
        found = snapshot.find(replace(asked, query=And([asked.query, *queries])), order=sort_by)
        shown = slice(start_offset, end_offset)
        return {
            "results": [
                self._result(snapshot.stored(int(document)), float(score), result_class)
                for document, score in zip(found.documents[shown], found.scores[shown], strict=True)
            ],
            "hits": len(found.documents),
            "facets": {
                "fields": {facet: sorted(found.facets[facet].items(), key=_most_first) for facet in facets},
                "dates": {},
                "queries": {},
            },
        }

    def _parse(self, query_string):
        if query_string == "*":
            return EVERYTHING
        # Not normalised: Whoosh would make "match all and x" a match-all.
        return QueryParser("text", schema.archive_schema()).parse(query_string, normalize=False)

    def _result(self, stored, score, result_class):
        app_label, model_name = stored.pop(DJANGO_CT).split(".")
        pk = stored.pop(DJANGO_ID)
        model = haystack_get_model(app_label, model_name)
        fields = connections[self.connection_alias].get_unified_index().get_index(model).fields
        for name, field in fields.items():
            if name in stored and not field.is_multivalued:
                stored[name] = field.convert(stored[name])
        return result_class(app_label, model_name, pk, score, **stored)


def _most_first(value_and_count):
    value, count = value_and_count
    return -count, value


class ArchiveQuery(WhooshSearchQuery):
    """Carries what Haystack's strings cannot say down to the backend."""

    def __init__(self, using="default"):
        super().__init__(using)
        self.asked = None

    def build_params(self, *args, **kwargs):
        return super().build_params(*args, **kwargs) | {"asked": self.asked}

    def _clone(self, klass=None, using=None):
        clone = super()._clone(klass, using)
        clone.asked = self.asked
        return clone


class ArchiveSearchQuerySet(SearchQuerySet):
    """Haystack's SearchQuerySet with what our façade asks."""

    def asking(self, asked: Asked):
        """Narrow to a parsed query, chosen facet values and dates."""
        clone = self._clone()
        clone.query.asked = asked
        return clone


class ArchiveEngine(BaseEngine):
    backend = ArchiveBackend
    query = ArchiveQuery
