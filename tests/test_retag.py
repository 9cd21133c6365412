"""`manage.py retag`: automatic mentions follow the tagger, decisions stay."""

import io

import pytest
from django.core.management import call_command

from interviews.models import Decision, Entity, IndexChange, Mention
from interviews.tagging.curate import confirm, reject
from interviews.tagging.link import load_authority
from interviews.tagging.tags import tags_of

from archive_factory import make_interview, mention

pytestmark = pytest.mark.django_db


def retag(**options):
    out = io.StringIO()
    call_command("retag", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def question():
    """A question that names Norway and is wrongly marked as speaking of Italy."""
    load_authority()
    turn = make_interview([("What of Norway?", None)], title="Harbour talks").turns.get()
    mention(turn, Entity.objects.get(iso_code="IT"))
    return turn


def codes(turn):
    return [entity.iso_code for entity in tags_of(turn)]


def test_retag_replaces_automatic_mentions_and_says_what_it_did(question):
    printed = retag()
    assert codes(question) == ["NO"]
    assert "+ Norway: “Norway” in q1 of Harbour talks" in printed
    assert "- Italy: “Italy” in q1 of Harbour talks" in printed
    assert "1 interviews: 1 mentions added, 1 removed, in 1 turns." in printed


def test_retag_tells_the_search_index(question):
    retag()
    assert set(IndexChange.objects.values_list("turn_id", flat=True)) == {question.pk}


def test_dry_run_says_the_same_and_changes_nothing(question):
    printed = retag(dry_run=True)
    assert "+ Norway" in printed
    assert "1 mentions would be added, 1 would be removed" in printed
    assert codes(question) == ["IT"]
    assert not IndexChange.objects.exists()


def test_second_run_changes_nothing(question):
    retag()
    before = list(Mention.objects.values())
    assert "0 mentions added, 0 removed, in 0 turns" in retag()
    assert list(Mention.objects.values()) == before


def test_rejected_tag_stays_rejected(question, admin_user):
    norway = Entity.objects.get(iso_code="NO")
    reject(turn=question, entity=norway, by=admin_user, reason="a ship's name")
    retag()
    retag()
    assert Mention.objects.filter(turn=question, entity=norway).exists()
    assert codes(question) == []


def test_confirmed_tag_stays_though_no_program_finds_it(question, admin_user):
    confirm(turn=question, entity=Entity.objects.get(iso_code="IT"), by=admin_user)
    retag()
    assert set(codes(question)) == {"NO", "IT"}
    assert Decision.objects.count() == 1


def test_retag_of_an_empty_archive_says_so():
    assert "0 interviews: 0 mentions added" in retag()
