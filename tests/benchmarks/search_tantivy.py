"""The same archive in tantivy, a search engine in Rust: facets counted from fast fields, its own passages."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from pathlib import Path

import tantivy

from benchmarks.search_answers import Answer
from benchmarks.search_questions import Question

SHOWN = 20
FACETS = ("country", "speaker", "outlet", "outlet_country", "year", "language")
COUNTS = {name: {"terms": {"field": name, "size": 1_000}} for name in FACETS}


def build(folder: Path, answers: Iterable[Answer]) -> None:
    """Write the answers into the folder, with one writing thread."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(num_threads=1)
    for answer in answers:
        document = tantivy.Document(
            title=answer.title,
            text=f"{answer.question}\n{answer.answer}",
            country=answer.countries,
            speaker=answer.speaker.name,
            outlet=answer.outlet.name,
            outlet_country=answer.outlet.country,
            language=answer.language,
        )
        document.add_unsigned("year", answer.date.year)
        document.add_date("date", _instant(answer.date))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def searcher(folder: Path) -> Callable[[Question], int]:
    """Return a function that answers a question as a whole page and tells how many answers were found."""
    index = tantivy.Index.open(str(folder))
    opened, schema = index.searcher(), index.schema

    def search(question):
        words = index.parse_query(question.typed, ["text"], conjunction_by_default=True) if question.words else None
        query = _narrowed(words or tantivy.Query.all_query(), question, schema)
        order = {} if words else {"order_by_field": "date"}
        found = opened.search(query, limit=SHOWN, **order)
        opened.aggregate(query, COUNTS)
        passages = tantivy.SnippetGenerator.create(opened, words or query, schema, "text")
        passages.set_max_num_chars(300)
        for _, address in found.hits:
            document = opened.doc(address)
            document.to_dict()
            passages.snippet_from_doc(document).to_html()
        return found.count

    return search


def _schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    for name in FACETS:
        if name != "year":
            builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", stored=True, indexed=True, fast=True)
    builder.add_date_field("date", stored=True, indexed=True, fast=True)
    return builder.build()


def _narrowed(query, question, schema):
    parts = [query]
    if question.country:
        parts.append(tantivy.Query.term_query(schema, "country", question.country))
    if question.year:
        parts.append(tantivy.Query.term_query(schema, "year", question.year))
    if question.since:
        days = map(_instant, (question.since, question.until))
        parts.append(tantivy.Query.range_query(schema, "date", tantivy.FieldType.Date, *days))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _instant(day):
    return datetime.combine(day, time(), UTC)
