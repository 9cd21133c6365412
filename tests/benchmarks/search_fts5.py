"""The same archive in SQLite FTS5, asked in the fastest way that we know: one pass over the matches, then counts.

The matches go into a table in memory with what the facets need, by rowid; each facet is one GROUP BY of it. Passages
are made of the twenty that are shown only. What is asked without words is read off the narrow table of facts.
"""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.search_answers import Answer
from benchmarks.search_questions import Question

SHOWN = 20
SINGLE = ("speaker", "outlet", "outlet_country", "year", "language")
SCHEMA = f"""
CREATE TABLE answers(document INTEGER PRIMARY KEY, title TEXT, text TEXT);
CREATE TABLE facts(document INTEGER PRIMARY KEY, date TEXT, {", ".join(SINGLE)});
CREATE TABLE countries(document INTEGER, country TEXT, PRIMARY KEY(document, country)) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(text, content='answers', content_rowid='document',
    tokenize="porter unicode61 remove_diacritics 2");
"""
INDEXES = "".join(f"CREATE INDEX by_{name} ON facts({name});" for name in ("date", *SINGLE))
INDEXES += "CREATE INDEX by_country ON countries(country, document);"


def build(folder: Path, answers: Iterable[Answer]) -> None:
    """Write the answers into folder/archive.sqlite3, indexed and merged into one segment."""
    with sqlite3.connect(folder / "archive.sqlite3") as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        for answer in answers:
            key = answer.number + 1
            text = f"{answer.question}\n{answer.answer}"
            database.execute("INSERT INTO answers VALUES (?, ?, ?)", (key, answer.title, text))
            database.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", (key, text))
            facts = (answer.speaker.name, answer.outlet.name, answer.outlet.country, answer.date.year, answer.language)
            database.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", (key, str(answer.date), *facts))
            database.executemany("INSERT INTO countries VALUES (?, ?)", ((key, code) for code in answer.countries))
        database.executescript(INDEXES)
        database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        database.execute("ANALYZE")
    database.close()


def searcher(folder: Path) -> Callable[[Question], int]:
    """Return a function that answers a question as a whole page and tells how many answers were found."""
    database = sqlite3.connect(folder / "archive.sqlite3", isolation_level=None)
    database.executescript("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144; PRAGMA mmap_size = 2147483648;")
    columns = ", ".join(("document INTEGER PRIMARY KEY", "score", *SINGLE))
    database.execute(f"CREATE TEMP TABLE matches({columns})")
    return lambda question: (_found if question.words else _everything)(database, question)


def _found(database, question):
    match = f'"{" ".join(question.words)}"' if question.is_phrase else " AND ".join(map('"{}"'.format, question.words))
    narrowing, values = _narrowing(question)
    database.execute("DELETE FROM matches")
    total = database.execute(
        f"INSERT INTO matches SELECT f.document, t.rank, {', '.join(f'f.{name}' for name in SINGLE)} "
        f"FROM texts t CROSS JOIN facts f ON f.document = t.rowid WHERE t.texts MATCH ? {narrowing}",
        (match, *values),
    ).rowcount
    _counts(database, "matches", "matches m CROSS JOIN countries c USING (document)")
    shown = [row[0] for row in database.execute(f"SELECT document FROM matches ORDER BY score LIMIT {SHOWN}")]
    for key in shown:
        database.execute(
            "SELECT a.title, a.text, snippet(texts, 0, '<mark>', '</mark>', '…', 48) "
            "FROM texts JOIN answers a ON a.document = texts.rowid WHERE texts MATCH ? AND texts.rowid = ?",
            (match, key),
        ).fetchone()
    return total


def _everything(database, question):
    _counts(database, "facts", "countries")
    database.execute(
        "SELECT title, text, substr(text, 1, 300) FROM facts JOIN answers USING (document) "
        f"ORDER BY date DESC LIMIT {SHOWN}"
    ).fetchall()
    return database.execute("SELECT count(*) FROM facts").fetchone()[0]


def _counts(database, single, multiple):
    for name in SINGLE:
        database.execute(f"SELECT {name}, count(*) FROM {single} GROUP BY {name}").fetchall()
    database.execute(f"SELECT country, count(*) FROM {multiple} GROUP BY country").fetchall()


def _narrowing(question):
    conditions, values = "", []
    for condition, value in (
        ("f.year = ?", question.year),
        ("f.date >= ?", question.since and str(question.since)),
        ("f.date <= ?", question.until and str(question.until)),
        ("EXISTS (SELECT 1 FROM countries c WHERE c.document = f.document AND c.country = ?)", question.country),
    ):
        if value:
            conditions += f" AND {condition}"
            values.append(value)
    return conditions, values
