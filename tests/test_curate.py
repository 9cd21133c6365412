"""What a decision does to the tags that readers see."""

import threading
import time

import pytest
from django.db import connection

from interviews.models import Curation, Decision, IndexChange, Mention, Turn
from interviews.search import facet_counts
from interviews.search.index.documents import document_of
from interviews.search.index.upkeep import is_current, reindex
from interviews.tagging.curate import (
    AlreadyUndoneError,
    DecidedMeanwhileError,
    confirm,
    decide_all,
    messages_for,
    reject,
    replace,
    told,
    undo,
    withdraw,
)
from interviews.tagging.tags import tags_of

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
    assert document_of(answer).values["country"] == ["NO"]
    reject(turn=question, entity=norway, by=admin_user)
    assert document_of(Turn.objects.get(pk=answer.pk)).values["country"] == []


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


@pytest.fixture
def other(django_user_model):
    return django_user_model.objects.create(username="vera")


@pytest.fixture
def found(question):
    """What the tagger found in the question."""
    return question.mentions.get()


def test_decision_on_a_mention_speaks_of_these_words(found, admin_user):
    decision = reject(mention=found, by=admin_user)
    assert (decision.surface, decision.occurrence) == (found.surface, found.occurrence)


def test_act_is_kept_in_the_history(question, norway, italy, admin_user):
    replace(turn=question, entity=norway, replacement=italy, by=admin_user, reason="a misprint")
    act = Curation.objects.get()
    assert (act.act, act.entity, act.other, act.turn) == ("decide", norway, italy, question)
    assert (act.by, act.reason, act.detail["verdict"]) == (admin_user, "a misprint", "replace")


def test_who_saw_an_older_state_decides_nothing_and_both_are_told(found, admin_user, other):
    first = confirm(mention=found, by=admin_user, seen=None)
    with pytest.raises(DecidedMeanwhileError, match="admin decided “Norway: confirmed” meanwhile") as raised:
        reject(mention=found, by=other, seen=None, reason="a ship")
    assert raised.value.decision == first
    assert Decision.objects.get() == first
    [message] = messages_for(admin_user)
    assert (message.act, message.by, message.detail["verdict"], message.reason) == (
        "contest",
        other,
        "reject",
        "a ship",
    )
    assert messages_for(other) == []


def test_who_has_seen_the_decision_changes_it_and_the_first_is_told_once(found, admin_user, other):
    first = confirm(mention=found, by=admin_user, seen=None)
    reject(mention=found, by=other, seen=first.pk)
    [message] = messages_for(admin_user)
    assert (message.act, message.by, message.detail["verdict"]) == ("decide", other, "reject")
    told([message])
    assert messages_for(admin_user) == []


def test_decision_on_the_turn_is_one_that_must_have_been_seen(question, found, norway, admin_user, other):
    of_turn = confirm(turn=question, entity=norway, by=admin_user)
    with pytest.raises(DecidedMeanwhileError):
        reject(mention=found, by=other, seen=None)
    reject(mention=found, by=other, seen=of_turn.pk)
    assert Decision.objects.count() == 2


def test_decision_that_is_gone_meanwhile_is_told(found, admin_user, other):
    first = confirm(mention=found, by=admin_user)
    withdraw([first], by=admin_user)
    with pytest.raises(DecidedMeanwhileError, match="took the decision back"):
        reject(mention=found, by=other, seen=first.pk)


def test_nobody_is_told_of_what_they_did_themselves(found, admin_user):
    reject(mention=found, by=admin_user)
    confirm(mention=found, by=admin_user)
    assert messages_for(admin_user) == []


def test_undone_act_lets_what_was_decided_before_hold_again(found, norway, admin_user, other):
    confirm(mention=found, by=other, reason="heard it")
    reject(mention=found, by=admin_user)
    undo(Curation.objects.first(), by=admin_user)
    decision = Decision.objects.get()
    assert (decision.verdict, decision.by, decision.reason) == ("confirm", other, "heard it")
    undo(Curation.objects.last(), by=admin_user)
    assert not Decision.objects.filter(verdict="reject").exists()


def test_undo_leaves_what_was_decided_since(found, admin_user, other):
    confirm(mention=found, by=admin_user)
    act = Curation.objects.get()
    reject(mention=found, by=other)
    undo(act, by=admin_user)
    assert Decision.objects.get().verdict == "reject"


def test_act_is_undone_once(found, admin_user):
    confirm(mention=found, by=admin_user)
    act = Curation.objects.get()
    undo(act, by=admin_user)
    with pytest.raises(AlreadyUndoneError, match="undone already"):
        undo(Curation.objects.get(pk=act.pk), by=admin_user)
    assert [(each.act, each.undone_by) for each in Curation.objects.order_by("pk")] == [
        ("decide", admin_user),
        ("undo", None),
    ]


@pytest.fixture
def many(norway, italy):
    """Sixty turns that the tagger marked as speaking of Norway, or of Italy."""
    for country in (norway, italy):
        for _ in range(3):
            for turn in make_interview([("What then?", "Nothing.")] * 5).turns.all():
                mention(turn, country)
    return Mention.objects.all()


def test_many_mentions_are_decided_together(many, norway, italy, admin_user, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        assert decide_all(many, "reject", by=admin_user, reason="ships") == 60
    assert [tags_of(turn) for turn in Turn.objects.with_tags()] == [[]] * 60
    acts = Curation.objects.all()
    assert {(act.entity, len(act.detail["decisions"])) for act in acts} == {(norway, 30), (italy, 30)}
    assert IndexChange.objects.count() == 60


def test_many_decisions_are_undone_together(many, norway, italy, admin_user):
    decide_all(many, "replace", replacement=norway, by=admin_user)
    assert Decision.objects.count() == 30
    undo(Curation.objects.get(), by=admin_user)
    assert not Decision.objects.exists()
    assert Turn.objects.mentioning(italy).count() == 30


@pytest.mark.django_db(transaction=True)
def test_index_follows_a_bulk_that_nobody_waits_for(many, norway, admin_user):
    reindex()
    before = threading.active_count()
    decide_all(many, "reject", by=admin_user)
    deadline = time.monotonic() + 30
    while (IndexChange.objects.exists() or threading.active_count() > before) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert is_current()
    assert facet_counts("country") == {}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_the_same_moment_one_is_refused(found, admin_user, other):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("two connections to one SQLite in memory do not wait for each other, as those to a file do")
    outcomes, start = {}, threading.Barrier(2)

    def decide_as(user, verdict):
        start.wait()
        try:
            outcomes[user] = verdict(mention=found, by=user, seen=None)
        except DecidedMeanwhileError as error:
            outcomes[user] = error
        finally:
            connection.close()

    both = [(admin_user, confirm), (other, reject)]
    threads = [threading.Thread(target=decide_as, args=each) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [first] = [user for user, outcome in outcomes.items() if isinstance(outcome, Decision)]
    [second] = [user for user, outcome in outcomes.items() if isinstance(outcome, DecidedMeanwhileError)]
    assert Decision.objects.get() == outcomes[first]
    assert [message.by for message in messages_for(first)] == [second]
