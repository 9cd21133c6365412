"""Judged searches are answered better than stock Haystack with Whoosh answers them; the measures are what they say."""

from math import log2

import pytest

from benchmarks import relevance


def assert_better_than_stock(archive, shared):
    judged = [each for each in relevance.read_judgements() if each.archive == archive]
    ranked = relevance.ask_in_own_process(archive, shared)
    ours, stock = (relevance.measures(judged, ranked[name]) for name in ("ours", "stock"))
    assert ours[0] > stock[0]
    assert ours[1] > stock[1]


def test_samples_are_found_better_than_stock_finds_them(tmp_path):
    assert_better_than_stock("samples", tmp_path)


@pytest.mark.corpus
def test_real_texts_are_found_better_than_stock_finds_them(shared):
    assert_better_than_stock("corpus", shared)


def test_queries_are_numbered_from_one_to_forty():
    assert [each.number for each in relevance.read_judgements()] == list(range(1, 41))


def test_the_best_order_gains_one_and_no_answer_nothing():
    grades = {"a": 3, "b": 1}
    assert relevance.ndcg(grades, ["a", "b"]) == 1
    assert relevance.ndcg(grades, ["c"]) == 0


def test_gain_grows_with_the_grade_and_falls_with_the_rank():
    assert relevance.ndcg({"a": 3, "b": 1}, ["b", "c", "a"]) == (1 + 7 / log2(4)) / (7 + 1 / log2(3))


def test_what_stands_below_the_tenth_place_gains_nothing():
    assert relevance.ndcg({"a": 3}, [*"bcdefghijk", "a"]) == 0


def test_reciprocal_rank_is_that_of_the_first_answer_worth_reading():
    assert relevance.reciprocal_rank({"a": 1, "b": 2, "c": 3}, ["a", "x", "b", "c"]) == 1 / 3
    assert relevance.reciprocal_rank({"a": 1}, ["a"]) == 0
