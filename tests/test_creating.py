"""An entity made of words of a turn: confirmed there, found elsewhere, taken back."""

import threading
import time

import pytest

from interviews.models import Curation, Decision, Entity, FormerAddress, IndexChange, Retagging, Turn
from interviews.search.index.upkeep import is_current, reindex
from interviews.tagging.creating import InUseError, KnownAlreadyError, NotAnEntityError, create
from interviews.tagging.curate import confirm, undo
from interviews.tagging.editing import add_alias
from interviews.tagging.retagging import FEW, retag_waiting
from interviews.tagging.tags import marks_of, tags_of

from archive_factory import make_entity, make_interview

pytestmark = pytest.mark.django_db
TEXT = "What of the league, the Harbour League?"


@pytest.fixture
def turn():
    return make_interview([(TEXT, "The Harbour League? Nothing.")]).turns.get(number="q1")


def made(turn, admin_user, words="Harbour League", **given):
    start = turn.text.index(words)
    return create(turn=turn, start=start, end=start + len(words), **{"kind": "organisation", "by": admin_user} | given)


def test_words_become_a_verified_entity_that_stands_there(turn, admin_user):
    league = made(turn, admin_user, reason="named so")
    assert (league.kind, league.name, league.slug, league.verified) == (
        "organisation",
        "Harbour League",
        "harbour-league",
        True,
    )
    [mark] = marks_of(turn)
    assert (mark.entity, mark.start) == (league, TEXT.index("Harbour"))
    assert {act.act for act in league.curations.all()} == {"create", "decide"}
    assert IndexChange.objects.filter(turn_id=turn.pk).exists()


def test_entity_may_be_called_otherwise_than_the_words(turn, admin_user):
    league = made(turn, admin_user, "league", name="Harbour  League", note="A port union")
    assert (league.name, league.note) == ("Harbour League", "A port union")
    assert Decision.objects.get().surface == "league"


@pytest.mark.parametrize("words", [" ", "Harbour League ", "", "x" * 301, "one\n\ntwo"])
def test_words_that_are_no_name_are_refused(words, admin_user):
    turn = make_interview([(f"So {words} it is?", None)]).turns.get()
    start = turn.text.index(words)
    with pytest.raises(NotAnEntityError):
        create(turn=turn, start=start, end=start + len(words), kind="place", by=admin_user)


@pytest.mark.parametrize("name", ["<b>League</b>", "League\u202eeugaeL", "x" * 10_000, "League\x00"])
def test_hostile_name_is_refused(turn, name, admin_user):
    with pytest.raises(NotAnEntityError, match="name"):
        made(turn, admin_user, name=name)
    with pytest.raises(NotAnEntityError, match="name"):
        add_alias(make_entity("place", "Tresk"), text=name, by=admin_user)


def test_note_that_no_table_may_hold_makes_no_entity(turn, admin_user):
    with pytest.raises(NotAnEntityError, match="The note holds the hidden character"):
        made(turn, admin_user, note="A port \u202enoinu")


def test_identifier_of_another_entity_makes_no_second_one(turn, admin_user):
    known = made(turn, admin_user, wikidata="Q7")
    with pytest.raises(KnownAlreadyError) as raised:
        made(turn, admin_user, words="league", wikidata="Q7")
    assert raised.value.entity == known


def test_known_entity_is_not_made_twice(turn, admin_user):
    known = make_entity("organisation", "HARBOUR LEAGUE")
    with pytest.raises(KnownAlreadyError) as raised:
        made(turn, admin_user)
    assert raised.value.entity == known


def test_creation_is_undone_and_the_address_says_so(turn, admin_user):
    league = made(turn, admin_user)
    undo(Curation.objects.get(act="create"), by=admin_user)
    assert not Entity.objects.filter(pk=league.pk).exists()
    assert league not in tags_of(turn)
    assert "was removed" in FormerAddress.objects.get(path="/organisations/harbour-league/").gone_reason


def test_creation_of_what_is_used_since_is_not_undone(turn, admin_user):
    league = made(turn, admin_user)
    confirm(turn=turn.replies.get(), entity=league, by=admin_user)
    with pytest.raises(InUseError, match="decisions"):
        undo(Curation.objects.get(act="create"), by=admin_user)
    assert Curation.objects.get(act="create").undone_at is None


@pytest.mark.django_db(transaction=True)
def test_entity_is_found_in_other_interviews_and_nobody_waits_for_many(turn, admin_user, monkeypatch):
    others = [make_interview([("The Harbour League again?", None)]).pk for _ in range(FEW)]
    make_interview([("Nothing of it.", None)])
    reindex()
    monkeypatch.setattr("interviews.tagging.retagging.retag_waiting", lambda: None)
    before = threading.active_count()
    league = made(turn, admin_user)
    deadline = time.monotonic() + 30
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [each.pk for each in Retagging.objects.all()] == others[-1:]
    assert {each.interview_id for each in Turn.objects.mentioning(league)} == {turn.interview_id, *others[:-1]}
    assert is_current()


@pytest.mark.django_db(transaction=True)
def test_interviews_that_a_process_left_waiting_are_tagged_by_the_next(turn, admin_user, monkeypatch):
    for _ in range(FEW + 1):
        make_interview([("The Harbour League again?", None)])
    monkeypatch.setattr("interviews.tagging.retagging.beside", lambda work: None)
    league = made(turn, admin_user)
    assert Retagging.objects.count() == 2
    retag_waiting()
    assert not Retagging.objects.exists()
    assert Turn.objects.mentioning(league).values("interview").distinct().count() == FEW + 2
