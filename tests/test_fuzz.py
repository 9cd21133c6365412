"""Whatever happens to a text, it is read with nothing lost, or refused in words. For hours of it: make fuzz."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.ingest.transcript import UnreadableError

from accounting import assert_nothing_lost
from mutations import mutated, texts

QUIET = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(seed=st.integers(0, 2**32))
def test_mutated_texts_are_read_or_refused(seed):
    assert_read_or_refused(mutated(texts(), seed))


@pytest.mark.corpus
@QUIET
@given(seed=st.integers(0, 2**32))
def test_mutated_texts_of_the_corpus_are_read_or_refused(shared, seed):
    assert_read_or_refused(mutated(texts(shared / "corpus"), seed))


def test_the_same_seed_gives_the_same_text():
    assert mutated(texts(), 7) == mutated(texts(), 7) != mutated(texts(), 8)


def assert_read_or_refused(data):
    try:
        assert_nothing_lost(data)
    except UnreadableError as error:
        assert error.problem.message
