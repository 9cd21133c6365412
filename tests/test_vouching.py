"""What curators vouch for is known to the tagger, also where texts are read ahead without a database."""

import datetime

import pytest

from interviews.ingest.ahead import Readers
from interviews.ingest.prepared import Prepared
from interviews.ingest.read import read_transcript
from interviews.models import Curation, Entity, Interview, Mention, Turn
from interviews.tagging import link
from interviews.tagging.curate import confirm, reject, replace, undo
from interviews.tagging.editing import edit
from interviews.tagging.establishing import load_authority
from interviews.tagging.link import tag_turns
from interviews.tagging.tags import tags_of
from interviews.tagging.vouching import tagger_of_archive, vouched_for

from archive_factory import make_entity, make_interview
from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db


def test_entity_that_a_curator_vouches_for_is_known_with_its_names():
    league = make_entity("organisation", "Harbour League")
    league.aliases.create(text="Гаванская лига", language="ru")
    assert vouched_for() == ()
    Entity.objects.update(verified=True)
    [known] = vouched_for()
    assert (known.kind, known.key, known.name) == ("organisation", f"#{league.pk}", "Harbour League")
    assert known.names == (("en", "Harbour League"), ("ru", "Гаванская лига"))


def test_name_that_a_curator_gave_an_entity_of_the_files_is_known():
    load_authority()
    Entity.objects.get(iso_code="NO").aliases.create(text="Land of the Fjords")
    [known] = vouched_for()
    assert (known.kind, known.key, known.names) == ("country", "NO", (("en", "Land of the Fjords"),))


def test_name_given_to_a_person_of_the_files_is_known_beside_what_they_say():
    load_authority()
    lavrov = Entity.objects.get(key="sergey-lavrov")
    lavrov.aliases.create(text="Sergei V. Lavrov")
    [known] = vouched_for()
    assert ("en", "Sergei V. Lavrov") in known.names
    assert ("en", "Sergey Lavrov") in known.names
    assert known.offices


def test_what_is_vouched_for_is_tagged_in_the_archive():
    league = make_entity("organisation", "Harbour League")
    league.aliases.create(text="Land of Ports")
    Entity.objects.update(verified=True)
    load_authority()
    Entity.objects.get(iso_code="NO").aliases.create(text="Land of the Fjords")
    turns = make_interview([("The Harbour League in the Land of the Fjords?", "A Land of Ports.")]).turns
    tag_turns(turns.select_related("interview"))
    names = [[str(entity) for entity in tags_of(turn)] for turn in turns.order_by("position")]
    assert names == [["Harbour League", "Norway"], ["Harbour League"]]


def test_merged_entity_is_known_as_its_survivor():
    old, new = make_entity("organisation", "Old League"), make_entity("organisation", "New League")
    Entity.objects.filter(pk=old.pk).update(merged_into=new)
    Entity.objects.update(verified=True)
    assert [known.key for known in vouched_for()] == [f"#{new.pk}"]


def test_texts_read_ahead_are_tagged_as_the_archive_tags_them(texts):
    ingest(texts("talk.txt"))
    interview = Interview.objects.get()
    turns = list(interview.turns.current().select_related("interview"))
    voices = link.voices_of(turns)
    prepared = Prepared.of(read_transcript(TEXT.encode()), vouched_for())
    assert prepared.holds_for(link.setting_of_rows(interview, voices[interview.pk]), vouched_for())
    assert prepared.tags == link.tags_of(turns, voices, tagger_of_archive())
    with Readers(1, vouched_for()) as readers:
        assert readers.begin(lambda: readers.read(TEXT.encode()))() == prepared


def test_tags_found_ahead_do_not_hold_where_the_archive_knows_more(texts):
    ingest(texts("talk.txt"))
    interview = Interview.objects.get()
    prepared = Prepared.of(read_transcript(TEXT.encode()))
    turns = list(interview.turns.current().select_related("interview"))
    setting = link.setting_of_rows(interview, link.voices_of(turns)[interview.pk])
    assert prepared.holds_for(setting, ())
    assert not prepared.holds_for(setting._replace(date=datetime.date(1999, 1, 1)), ())
    make_entity("organisation", "Harbour League")
    Entity.objects.update(verified=True)
    assert not prepared.holds_for(setting, vouched_for())
    assert not prepared.holds_for(setting._replace(people=()), ())


@pytest.fixture
def unknown():
    """An entity that only a pattern named, with a mention of it."""
    turns = make_interview([("Who came?", "The Korvat Harbour Institute came.")]).turns
    tag_turns(turns.select_related("interview"))
    return Mention.objects.get(entity__name="Korvat Harbour Institute")


def is_vouched_for(entity):
    return Entity.objects.get(pk=entity.pk).verified


def test_who_confirms_a_mention_vouches_for_its_entity(unknown, admin_user):
    assert not unknown.entity.verified
    confirm(mention=unknown, by=admin_user)
    assert is_vouched_for(unknown.entity)
    assert [known.name for known in vouched_for()] == ["Korvat Harbour Institute"]


def test_who_says_which_other_it_is_vouches_for_that_one_only(unknown, admin_user):
    other = make_entity("organisation", "Harbour Institute of Velt")
    replace(mention=unknown, replacement=other, by=admin_user)
    assert (is_vouched_for(other), is_vouched_for(unknown.entity)) == (True, False)


def test_who_rejects_a_mention_vouches_for_nothing(unknown, admin_user):
    reject(mention=unknown, by=admin_user)
    assert not is_vouched_for(unknown.entity)


@pytest.mark.parametrize("surname", ["Velt", "Di Velt"])
def test_person_known_by_a_surname_is_not_looked_for_everywhere(surname, admin_user):
    person = make_entity("person", surname)
    turn = make_interview([("Who came?", f"Minister {surname} came.")]).turns.get(number="a1")
    confirm(turn=turn, entity=person, surface=surname, by=admin_user)
    assert not is_vouched_for(person)


def test_undone_decision_no_longer_vouches(unknown, admin_user):
    confirm(mention=unknown, by=admin_user)
    undo(Curation.objects.get(act="decide"), by=admin_user)
    assert not is_vouched_for(unknown.entity)


def test_undone_decision_still_vouches_where_somebody_else_did_since(unknown, admin_user):
    confirm(mention=unknown, by=admin_user)
    edit(Entity.objects.get(pk=unknown.entity_id), by=admin_user, note="An institute.")
    undo(Curation.objects.get(act="decide"), by=admin_user)
    assert is_vouched_for(unknown.entity)


def test_confirmed_entity_is_found_in_what_is_tagged_from_then_on(admin_user):
    fair = make_entity("event", "Moonlit Lantern Days")
    turns = [make_interview([("When?", f"At the Moonlit Lantern Days {n}.")]).turns.get(number="a1") for n in (1, 2)]
    confirm(turn=turns[0], entity=fair, surface="Moonlit Lantern Days", by=admin_user)
    tag_turns(turns[1:])
    assert tags_of(Turn.objects.get(pk=turns[1].pk)) == [fair]
    undo(Curation.objects.get(act="decide"), by=admin_user)
    tag_turns(turns[1:])
    assert tags_of(Turn.objects.get(pk=turns[1].pk)) == []
