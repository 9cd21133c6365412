"""Two entries that are one: what the survivor takes over, where the other's address leads, and how they are parted."""

import pytest
from test_retag import retag

from interviews.models import Alias, Curation, Decision, Entity, FormerAddress, IndexChange, Mention, Merge, Rule, Turn
from interviews.search import facet_counts
from interviews.search.index.upkeep import reindex
from interviews.tagging.authority import find_or_make_person
from interviews.tagging.curate import AlreadyUndoneError, confirm, reject, replace, undo
from interviews.tagging.establishing import load_authority
from interviews.tagging.merging import MergeError, merge, preview
from interviews.tagging.rules import save
from interviews.tagging.tags import tags_of

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def league():
    return make_entity("organisation", "Harbour League")


@pytest.fixture
def double():
    """The same league, under the name that another text gave it."""
    double = make_entity("organisation", "League of Harbours")
    double.aliases.create(text="LoH", kind="acronym")
    return double


@pytest.fixture
def interview(league, double):
    """Speaks of the league in the question, of its double in the first answer, of both in the second."""
    interview = make_interview(
        [("What of the Harbour League?", "The LoH."), (None, "The League, the LoH, the League.")]
    )
    for number, entities in (("q1", [league]), ("a1", [double]), ("a2", [league, double])):
        mention(interview.turns.get(number=number), *entities)
    IndexChange.objects.all().delete()
    return interview


def rows():
    """All that a merge may move, as it is."""
    tables = (Entity, Alias, Decision, Rule, FormerAddress)
    return [list(table.objects.order_by("pk").values()) for table in tables] + [sorted(tagged())]


def tagged():
    return {(turn.number, entity.pk) for turn in Turn.objects.with_tags() for entity in tags_of(turn)}


def test_survivor_takes_over_mentions_and_names(interview, league, double, admin_user):
    done = merge(survivor=league, merged=double, by=admin_user, reason="the same")
    assert tagged() == {("q1", league.pk), ("a1", league.pk), ("a2", league.pk)}
    assert set(league.aliases.values_list("text", flat=True)) == {"LoH", "League of Harbours"}
    assert (done.survivor, done.merged, done.by, done.reason) == (league, double, admin_user, "the same")
    act = Curation.objects.get()
    assert (act.act, act.entity, act.other, act.merge) == ("merge", league, double, done)


def test_address_of_the_merged_leads_to_the_survivor_in_one_hop(client, interview, league, double, admin_user):
    third = make_entity("organisation", "The League")
    FormerAddress.objects.create(path="/organisations/old-league/", entity=third)
    merge(survivor=double, merged=third, by=admin_user)
    merge(survivor=league, merged=Entity.objects.get(pk=double.pk), by=admin_user)
    for path in (double.get_absolute_url(), third.get_absolute_url(), "/organisations/old-league/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, league.get_absolute_url())


def test_decisions_go_to_the_survivor_whose_own_stay(interview, league, double, admin_user):
    answer, both = interview.turns.get(number="a1"), interview.turns.get(number="a2")
    reject(turn=answer, entity=double, by=admin_user)
    reject(turn=both, entity=double, by=admin_user)
    confirm(turn=both, entity=league, by=admin_user)
    merge(survivor=league, merged=double, by=admin_user)
    assert set(Decision.objects.values_list("turn", "entity", "verdict")) == {
        (answer.pk, league.pk, "reject"),
        (both.pk, league.pk, "confirm"),
    }


def test_that_one_is_the_other_becomes_a_confirmation(interview, league, double, admin_user):
    replace(turn=interview.turns.get(number="a1"), entity=double, replacement=league, by=admin_user)
    merge(survivor=league, merged=double, by=admin_user)
    decision = Decision.objects.get()
    assert (decision.entity, decision.verdict, decision.replacement) == (league, "confirm", None)


def test_rules_participations_and_outlets_go_to_the_survivor(admin_user):
    interview = make_interview(speaker="I. Moreau", outlet="Harbor Post")
    speaker, outlet = interview.participations.get(part="interviewee").person, interview.outlet
    rule = save(Rule(surface="talks", verdict="reject", speaker=speaker), by=admin_user)
    moreau, post = make_entity("person", "Ilan Moreau"), make_entity("outlet", "Harbour Post")
    merge(survivor=moreau, merged=speaker, by=admin_user)
    merge(survivor=post, merged=outlet, by=admin_user)
    interview.refresh_from_db()
    rule.refresh_from_db()
    assert interview.participations.get(part="interviewee").person == moreau
    assert (interview.outlet, rule.speaker) == (post, moreau)


def test_search_finds_the_survivor(interview, league, double, admin_user):
    reindex()
    merge(survivor=league, merged=double, by=admin_user)
    assert set(IndexChange.objects.values_list("turn_id", flat=True)) >= set(
        interview.turns.filter(number__in=["a1", "a2"]).values_list("pk", flat=True)
    )
    reindex()
    assert facet_counts("about") == {"organisation:harbour-league": 2}


def test_label_of_the_merged_means_the_survivor(admin_user):
    old, new = make_entity("person", "I. Moreau"), make_entity("person", "Ilan Moreau")
    merge(survivor=new, merged=old, by=admin_user)
    assert find_or_make_person(name="I. Moreau") == new


def test_survivor_becomes_what_the_data_files_know(admin_user):
    load_authority()
    known, own = Entity.objects.get(key="united-nations"), make_entity("organisation", "World League")
    merge(survivor=own, merged=known, by=admin_user)
    own.refresh_from_db()
    assert (own.key, own.name, own.verified) == ("united-nations", "World League", True)
    load_authority()
    assert Entity.objects.filter(key="united-nations").get() == own


def test_gaps_of_the_survivor_are_filled(admin_user):
    old, new = make_entity("person", "I. Moreau"), make_entity("person", "Ilan Moreau")
    Entity.objects.filter(pk=old.pk).update(wikidata="Q7", country=make_country("NO", "Norway"), note="Envoy")
    Entity.objects.filter(pk=new.pk).update(note="Ambassador")
    merge(survivor=new, merged=old, by=admin_user)
    new.refresh_from_db()
    assert (new.wikidata, new.country.iso_code, new.note) == ("Q7", "NO", "Ambassador")


def test_preview_counts_what_would_go_over_and_changes_nothing(interview, league, double, admin_user):
    reject(turn=interview.turns.get(number="a1"), entity=double, by=admin_user)
    before = rows()
    found = preview(survivor=league, merged=double)
    assert (found.names, found.mentions, found.decisions, found.turns) == (("LoH", "League of Harbours"), 2, 1, 2)
    assert rows() == before


@pytest.mark.parametrize("second", ["itself", "kind", "merged"])
def test_what_cannot_be_merged_is_refused(league, double, second, admin_user):
    if second == "merged":
        merge(survivor=make_entity("organisation", "Third League"), merged=double, by=admin_user)
    others = {"itself": league, "kind": make_entity("place", "Harbour"), "merged": double}
    with pytest.raises(MergeError):
        merge(survivor=league, merged=others[second], by=admin_user)


def test_undone_merge_leaves_all_as_it_was(interview, league, double, admin_user):
    answer, both = interview.turns.get(number="a1"), interview.turns.get(number="a2")
    FormerAddress.objects.create(path="/organisations/old-league/", entity=double)
    Entity.objects.filter(pk=double.pk).update(wikidata="Q7")
    replace(turn=answer, entity=double, replacement=league, by=admin_user)
    reject(turn=both, entity=double, by=admin_user)
    confirm(turn=both, entity=league, by=admin_user)
    save(Rule(surface="LoH", verdict="confirm", entity=double), by=admin_user)
    save(Rule(surface="League", verdict="confirm", entity=league), by=admin_user)
    retag()
    before = rows()
    merge(survivor=league, merged=double, by=admin_user)
    assert rows() != before
    undo(Curation.objects.get(act="merge"), by=admin_user)
    after = rows()
    decided = [{name: value for name, value in row.items() if name != "id"} for row in after[2]]
    assert sorted(decided, key=str) == sorted(
        ({name: value for name, value in row.items() if name != "id"} for row in before[2]), key=str
    )
    assert [*after[:2], *after[3:]] == [*before[:2], *before[3:]]
    assert Merge.objects.get().undone_by == admin_user
    with pytest.raises(AlreadyUndoneError):
        undo(Curation.objects.get(act="merge"), by=admin_user)


def test_undo_keeps_what_the_survivor_was_given_since(interview, league, double, admin_user):
    merge(survivor=league, merged=double, by=admin_user)
    league.aliases.create(text="The Harbours")
    reject(turn=interview.turns.get(number="a1"), entity=league, by=admin_user)
    undo(Curation.objects.get(act="merge"), by=admin_user)
    assert league.aliases.filter(text="The Harbours").exists()
    assert Decision.objects.get().entity == league


def test_retag_keeps_a_merge_and_a_second_one_changes_nothing(admin_user):
    load_authority()
    interview = make_interview([("What of Norway and Sweden?", "Norway says so.")])
    retag()
    norway, sweden = Entity.objects.get(iso_code="NO"), Entity.objects.get(iso_code="SE")
    before = tagged()
    merge(survivor=sweden, merged=norway, by=admin_user)
    assert tagged() - before == {("a1", sweden.pk)}
    assert not interview.turns.mentioning(norway).exists()
    merged = list(Mention.objects.order_by("pk").values())
    assert "0 mentions added, 0 removed" in retag()
    assert list(Mention.objects.order_by("pk").values()) == merged
    undo(Curation.objects.get(act="merge"), by=admin_user)
    assert tagged() == before
    assert "0 mentions added, 0 removed" in retag()
    assert interview.turns.mentioning(norway).count() == 2
