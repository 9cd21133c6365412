"""`manage.py retag`: automatic mentions follow the tagger, decisions stay."""

import dataclasses
import io

import pytest
from django.core.management import CommandError, call_command

from interviews.management.commands import retag as command
from interviews.models import Authority, Decision, Entity, IndexChange, Interview, Mention, Turn
from interviews.tagging.curate import confirm, reject
from interviews.tagging.gazetteer import DATA, GazetteerError
from interviews.tagging.link import load_authority
from interviews.tagging.sayings import everything_said
from interviews.tagging.tags import marks_of, tags_of

from archive_factory import make_interview, mention
from ingesting import ingest

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
    assert "+1 Norway (country): “Norway” in q1 of Harbour talks" in printed
    assert "-1 Italy (country): “Italy” in q1 of Harbour talks" in printed
    assert "1 interviews: 1 mentions added, 1 removed, in 1 turns." in printed


def test_retag_tells_the_search_index(question):
    retag()
    assert set(IndexChange.objects.values_list("turn_id", flat=True)) == {question.pk}


def test_dry_run_says_the_same_and_changes_nothing(question):
    printed = retag(dry_run=True)
    assert "+1 Norway" in printed
    assert "1 mentions would be added, 1 would be removed" in printed
    assert codes(question) == ["IT"]
    assert not IndexChange.objects.exists()


def test_dry_run_reads_the_data_files_once_where_the_archive_knows_them(question, monkeypatch):
    monkeypatch.setattr(command, "DRY_BATCH", 1)
    read = []
    monkeypatch.setattr("interviews.tagging.establishing.fingerprint_of", lambda folder: read.append(folder) or "same")
    Authority.objects.update(fingerprint="same")
    make_interview([("And of Norway?", None)])
    assert "+2 Norway" in retag(dry_run=True)
    assert len(read) == 1


def test_second_run_changes_nothing(question):
    retag()
    before = list(Mention.objects.values())
    assert "0 mentions added, 0 removed, in 0 turns" in retag()
    assert list(Mention.objects.values()) == before


@pytest.fixture
def gudru(monkeypatch):
    """Two interviews, each a batch of its own: of the place that the first may name the second is sure."""
    monkeypatch.setattr(command, "BATCH", 1)
    make_interview([("What of it?", "We met in Gudru.")])
    make_interview([("And then?", "Talks were held in Gudru, Norway.")])


def test_doubtful_name_that_a_later_interview_is_sure_of_is_marked_in_the_same_run(gudru):
    assert "3 mentions added" in retag()
    assert sorted(Mention.objects.filter(surface="Gudru").values_list("confidence", flat=True)) == [40, 65]
    assert "0 mentions added, 0 removed" in retag()


def test_run_that_broke_off_is_finished_by_the_next(gudru, monkeypatch):
    written = command.write
    monkeypatch.setattr(command, "write", lambda changes: 1 / 0 if Mention.objects.exists() else written(changes))
    make_interview([("What of Norway?", None)], date="2010-01-01")
    with pytest.raises(ZeroDivisionError):
        retag()
    assert sorted(Mention.objects.values_list("surface", flat=True)) == ["Gudru", "Norway"]
    monkeypatch.setattr(command, "write", written)
    retag()
    assert sorted(Mention.objects.values_list("surface", flat=True)) == ["Gudru", "Gudru", "Norway", "Norway"]


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


def test_changes_are_told_by_entity_with_their_number(question):
    make_interview([("Norway, and Norway?", "Norway.")])
    assert "+4 Norway (country): “Norway” in q1 of Harbour talks" in retag(dry_run=True)


def test_rejected_words_stay_rejected_and_confirmed_ones_confirmed(admin_user):
    load_authority()
    turn = make_interview([("Norway and Norway?", None)]).turns.get()
    retag()
    first, second = turn.mentions.filter(entity__kind="country").order_by("start")
    reject(mention=first, by=admin_user)
    confirm(mention=second, by=admin_user)
    Mention.objects.all().delete()
    retag()
    assert [(mark.start, str(mark.entity)) for mark in marks_of(turn)] == [(11, "Norway")]
    confirm(mention=first, by=admin_user)
    Turn.objects.filter(pk=turn.pk).update(text="Nordic and Nordic?")
    retag()
    assert codes(turn) == ["NO"]


def test_later_version_of_the_data_files_is_brought_in(question, monkeypatch):
    retag()
    renamed = [
        dataclasses.replace(saying, name="Kingdom of Norway") if saying.key == "NO" else saying
        for saying in everything_said()
    ]
    monkeypatch.setattr("interviews.tagging.establishing.everything_said", lambda _: renamed)
    Authority.objects.all().delete()
    retag(dry_run=True)
    assert Entity.objects.get(iso_code="NO").name == "Norway"
    assert "0 mentions added, 0 removed" in retag()
    assert Entity.objects.get(iso_code="NO").name == "Kingdom of Norway"


def test_person_whom_a_pattern_finds_is_made_once_and_in_no_dry_run(admin_user):
    make_interview([("Did Foreign Minister Vera Lindt agree?", "Minister Lindt did.")])
    retag(dry_run=True)
    assert not Entity.objects.filter(name="Vera Lindt").exists()
    retag()
    assert "0 mentions added, 0 removed" in retag()
    assert not Entity.objects.get(name="Vera Lindt").verified


def test_broken_data_file_stops_it_with_file_line_and_mend(question, monkeypatch):
    def broken(_):
        raise GazetteerError(DATA / "people.csv", "line 7", "the slug stands twice; correct one.")

    Authority.objects.all().delete()
    monkeypatch.setattr("interviews.tagging.establishing.everything_said", broken)
    before = list(Mention.objects.values()), list(Entity.objects.values())
    with pytest.raises(CommandError, match=r"people.csv, line 7: the slug .* Nothing was changed"):
        retag()
    assert (list(Mention.objects.values()), list(Entity.objects.values())) == before


def test_broken_data_file_stops_an_ingest_too(texts, monkeypatch):
    def broken(_):
        raise GazetteerError(DATA / "people.csv", "line 7", "the slug stands twice; correct one.")

    Authority.objects.all().delete()
    monkeypatch.setattr("interviews.tagging.establishing.everything_said", broken)
    with pytest.raises(CommandError, match=r"people.csv, line 7: the slug .* Nothing was changed"):
        ingest(texts("talk.txt"))
    assert not Interview.objects.exists()


def test_retag_of_an_empty_archive_says_so():
    assert "0 interviews: 0 mentions added" in retag()
