"""What a decision does to the tags that readers see."""

import pytest

from interviews.models import Decision, IndexChange, Turn
from interviews.tagging.curate import confirm, reject, replace
from interviews.tagging.tags import countries_of, tags_of

from archive_factory import make_country, make_interview, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def norway():
    return make_country("NO", "Norway")


@pytest.fixture
def italy():
    return make_country("IT", "Italy")


@pytest.fixture
def question(norway):
    """A question tagged with Norway, with an answer tagged with nothing."""
    interview = make_interview([("What of Norway?", "All is well.")])
    turn = interview.turns.get(number="q1")
    mention(turn, norway)
    return turn


def test_rejected_tag_is_no_tag(question, norway, admin_user):
    reject(turn=question, entity=norway, by=admin_user)
    assert tags_of(question) == []
    assert not Turn.objects.mentioning(norway).exists()


def test_rejected_tag_no_longer_counts_for_the_answer(question, norway, admin_user):
    answer = question.replies.get()
    assert countries_of(answer) == [norway]
    reject(turn=question, entity=norway, by=admin_user)
    assert countries_of(Turn.objects.get(pk=answer.pk)) == []


def test_confirming_adds_a_tag_that_no_program_found(question, italy, admin_user):
    confirm(turn=question, entity=italy, by=admin_user)
    assert italy in tags_of(question)
    assert list(Turn.objects.mentioning(italy)) == [question]


def test_replaced_tag_is_the_other(question, norway, italy, admin_user):
    replace(turn=question, entity=norway, replacement=italy, by=admin_user)
    assert tags_of(question) == [italy]


def test_nothing_is_replaced_by_itself(question, norway, admin_user):
    with pytest.raises(ValueError, match="replaced by itself"):
        replace(turn=question, entity=norway, replacement=norway, by=admin_user)


def test_later_decision_takes_the_place_of_the_earlier(question, norway, italy, admin_user):
    replace(turn=question, entity=norway, replacement=italy, by=admin_user)
    confirm(turn=question, entity=norway, by=admin_user, reason="looked again")
    decision = Decision.objects.get()
    assert (decision.verdict, decision.replacement, decision.by, decision.reason) == (
        "confirm",
        None,
        admin_user,
        "looked again",
    )


def test_decision_tells_the_search_index(question, norway, admin_user):
    reject(turn=question, entity=norway, by=admin_user)
    assert list(IndexChange.objects.values_list("turn_id", flat=True)) == [question.pk]
