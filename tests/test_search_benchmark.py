"""What `make bench` compares is comparable: the engines answer the same questions over the same answers alike."""

from itertools import chain, repeat

import pytest
from haystack import connections

from benchmarks import search_archive, search_fts5, search_rows, search_stock, search_tantivy
from benchmarks.search_answers import made_answers
from benchmarks.search_questions import EVERYTHING, KINDS, chosen_questions
from benchmarks.search_report import ENGINES, report, targets

SIZE = 60


@pytest.fixture(scope="module")
def answers():
    return list(made_answers(SIZE))


@pytest.fixture
def archive(answers, archive_data, monkeypatch, transactional_db):
    """An indexed archive of the answers."""
    monkeypatch.setenv("ARCHIVE_DATA", str(archive_data))
    search_rows.build(archive_data, answers)
    search_archive.build_index()
    yield
    connections.connections_info.pop("stock", None)


def test_engines_find_the_same_but_for_endings(answers, archive, tmp_path):
    questions = chosen_questions(answers, SIZE)
    facade = search_archive.facade()
    ours = [facade(question) for question in questions]
    for engine in (search_stock, search_fts5, search_tantivy):
        folder = tmp_path / engine.__name__
        folder.mkdir()
        engine.build(folder, answers)
        search = engine.searcher(folder)
        equal = sum(search(question) == found for question, found in zip(questions, ours, strict=True))
        assert equal >= 0.95 * len(questions), engine.__name__
    pages = search_archive.pages()
    assert all(pages(question) for question in questions[:1])
    assert {question.kind for question in questions} == set(KINDS)
    assert dict(zip((q.kind for q in questions), ours, strict=True))[EVERYTHING] == SIZE


def test_same_answers_are_made_whatever_their_number(answers):
    assert answers[:20] == list(made_answers(20))


def figures(**milliseconds):
    """What a measured size gives, each engine taking as long as said for every request, one where nothing is."""
    asked = {
        engine: {part: dict(zip(KINDS, repeat([milliseconds.get(engine, 1.0)]))) for part in ("first", "repeated")}
        | {"found": dict(zip(KINDS, repeat([3]))), "first_of_process": 5.0}
        for engine in ENGINES
    }
    built = {"cpu": 1.0, "bare": 4.0, "bytes": 1_000, "memory_peak": 200.0}
    changes = {key: [5.0] for key in ("write", "write_wall", "searchable", "searchable_wall")}
    return {
        "size": 50_000,
        "ask": asked,
        "build": dict.fromkeys(("archive", "stock", "fts5", "tantivy"), built),
        "memory": {"memory_django": 70.0, "memory_after": 100.0, "anonymous": 20.0},
        "changes": changes | {"bulk": 900.0, "bulk_wall": 900.0, "bulk_size": 1_000},
    }


def test_report_says_what_is_reached_and_what_not():
    lines = "\n".join(chain(report({50_000: figures(stock=100.0, fts5=0.1)})))
    assert "times as fast as stock, every kind    at least 6         100.00     reached" in lines
    assert "repeated requests: times as long as FTS5              at most 0.5         10.00     NOT REACHED" in lines


def test_all_targets_are_reached_by_an_engine_that_is_fast_enough():
    fast = figures(stock=100.0, fts5=2.0)
    assert all(target.is_reached for target in targets(fast, smaller=fast))
    assert len(list(targets(fast, smaller=fast))) == len(list(targets(fast, smaller=None))) + 1
