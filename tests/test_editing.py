"""Facts and names of an entity that a curator changes: what follows, and how it is undone."""

import pytest

from interviews.models import Curation, Entity, FormerAddress, IndexChange
from interviews.tagging.curate import undo
from interviews.tagging.editing import add_alias, edit, remove_alias
from interviews.tagging.establishing import load_authority

from archive_factory import make_entity, make_interview, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def league():
    return make_entity("organisation", "Harbour League")


def names(entity):
    return set(entity.aliases.values_list("text", flat=True))


def test_edited_entity_keeps_its_former_name_and_address(league, admin_user, client):
    turn = make_interview([("What of the league?", None)]).turns.get()
    mention(turn, league)
    IndexChange.objects.all().delete()
    edit(league, name="League of Harbours", slug="harbours", note="A union", by=admin_user, reason="renamed itself")
    league.refresh_from_db()
    assert (league.name, league.slug, league.note) == ("League of Harbours", "harbours", "A union")
    assert names(league) == {"Harbour League"}
    assert FormerAddress.objects.get().path == "/organisations/harbour-league/"
    assert list(IndexChange.objects.values_list("turn_id", flat=True)) == [turn.pk]
    act = Curation.objects.get()
    assert (act.act, act.entity, act.by, act.reason) == ("edit", league, admin_user, "renamed itself")
    assert act.detail["changed"] == ["name", "slug", "note"]
    assert (act.detail["before"]["name"], act.detail["after"]["name"]) == ("Harbour League", "League of Harbours")


def test_nothing_is_tagged_anew_for_a_name_that_it_had_before(league, admin_user):
    edit(league, name="League of Harbours", verified=True, by=admin_user)
    turn = make_interview([("What of the Harbour League?", None)]).turns.get()
    other = make_entity("place", "Harbour")
    mention(turn, other)
    edit(league, name="Harbour League", by=admin_user)
    assert turn.mentions.get().entity == other
    edit(league, name="Harbour", by=admin_user)
    assert turn.mentions.get().entity == league


def test_edit_that_changes_nothing_is_no_act(league, admin_user):
    edit(league, name="Harbour League", by=admin_user)
    assert not Curation.objects.exists()


def test_edit_is_undone_but_for_what_was_changed_since(league, admin_user):
    edit(league, note="A union", wikidata="Q7", by=admin_user)
    act = Curation.objects.get()
    edit(league, note="A port union", by=admin_user)
    undo(act, by=admin_user)
    league = Entity.objects.get(pk=league.pk)
    assert (league.note, league.wikidata) == ("A port union", "")


def test_names_are_given_taken_away_and_undone(league, admin_user):
    alias = add_alias(league, text="LoH", kind="acronym", by=admin_user)
    assert add_alias(league, text="LoH", by=admin_user) == alias
    remove_alias(alias, by=admin_user)
    taken, given = Curation.objects.all()
    undo(taken, by=admin_user)
    assert [(alias.text, alias.kind) for alias in league.aliases.all()] == [("LoH", "acronym")]
    undo(given, by=admin_user)
    assert names(league) == set()


def test_name_of_the_data_files_that_a_curator_takes_away_does_not_come_back(admin_user):
    load_authority()
    norway = Entity.objects.get(iso_code="NO")
    remove_alias(norway.aliases.get(text="Norwegian", language="en"), by=admin_user)
    load_authority()
    assert not norway.aliases.filter(text="Norwegian").exists()
