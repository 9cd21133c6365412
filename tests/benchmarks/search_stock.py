"""The same archive in Haystack and Whoosh as they come, in the best case: one segment, written by Whoosh alone.

Haystack's own `rebuild_index` opens the index once a document, so that its time grows with the square of their number;
it leaves a segment for every thousand documents, which are slower to search than one.
"""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from django.conf import settings
from haystack import connections, indexes
from haystack.query import SQ, SearchQuerySet
from whoosh.filedb.filestore import FileStorage

from interviews.models import Turn

from benchmarks.search_answers import Answer
from benchmarks.search_questions import Question

SHOWN = 20
FACETS = ("country", "speaker", "outlet", "outlet_country", "year", "language")


class StockIndex(indexes.SearchIndex, indexes.Indexable):
    """The fields that Haystack's tutorial would give an archive like ours."""

    text = indexes.CharField(document=True)
    title = indexes.CharField()
    country = indexes.MultiValueField(faceted=True)
    speaker = indexes.CharField(faceted=True)
    outlet = indexes.CharField(faceted=True)
    outlet_country = indexes.CharField(faceted=True)
    language = indexes.CharField(faceted=True)
    year = indexes.IntegerField(faceted=True)
    date = indexes.DateField()

    def get_model(self):
        return Turn


def build(folder: Path, answers: Iterable[Answer]) -> float:
    """Write the answers into the folder -> seconds of a processor that Whoosh alone needed."""
    backend = _backend(folder)
    _, schema = backend.build_schema(connections["stock"].get_unified_index().all_searchfields())
    spent = process_time()
    writer = FileStorage(str(folder)).create_index(schema).writer()
    spent = process_time() - spent
    for answer in answers:
        document = {name: backend._from_python(value) for name, value in _document(answer).items()}
        started = process_time()
        writer.add_document(**document)
        spent += process_time() - started
    started = process_time()
    writer.commit(optimize=True)
    return spent + process_time() - started


def searcher(folder: Path) -> Callable[[Question], int]:
    """Return a function that answers a question as a whole page and tells how many answers were found."""
    _backend(folder)

    def search(question):
        # As Haystack does by default, which our settings turn off: what is of no known model is left out.
        results = SearchQuerySet(using="stock").models(Turn)
        results = results.auto_query(question.typed) if question.words else results.all()
        if question.country:
            results = results.narrow(f"country:{question.country}").narrow(f"year:{question.year}")
        if question.since:
            results = results.filter(SQ(date__gte=question.since) & SQ(date__lte=question.until))
        for facet in FACETS:
            results = results.facet(facet)
        results = results.highlight()
        for result in results[:SHOWN]:
            result.get_stored_fields()
        results.facet_counts()
        return results.count()

    return search


def _backend(folder):
    """Connect Haystack to an index of its own kind in the folder, beside the archive's."""
    engine = "haystack.backends.whoosh_backend.WhooshEngine"
    settings.HAYSTACK_CONNECTIONS["stock"] = {"ENGINE": engine, "PATH": str(folder)}
    connections.connections_info["stock"] = settings.HAYSTACK_CONNECTIONS["stock"]
    connections["stock"].get_unified_index().build(indexes=[StockIndex()])
    return connections["stock"].get_backend()


def _document(answer):
    facts = {
        "country": answer.countries,
        "speaker": answer.speaker.name,
        "outlet": answer.outlet.name,
        "outlet_country": answer.outlet.country,
        "language": answer.language,
        "year": answer.date.year,
    }
    return {
        "id": f"interviews.turn.{answer.number}",
        "django_ct": "interviews.turn",
        "django_id": str(answer.number),
        "text": f"{answer.question}\n{answer.answer}",
        "title": answer.title,
        "date": datetime.datetime.combine(answer.date, datetime.time()),
        **facts,
        **{f"{name}_exact": value for name, value in facts.items()},
    }
