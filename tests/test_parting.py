"""A merge that is undone: all is as it was before, whatever came between, and only what changed is tagged anew."""

import pytest
from test_retag import retag

from interviews.models import (
    Alias,
    Curation,
    Decision,
    Entity,
    FormerAddress,
    IndexChange,
    Mention,
    Participation,
    Rule,
)
from interviews.tagging.curate import confirm, reject, replace, undo
from interviews.tagging.merging import merge
from interviews.tagging.rules import remove, save
from interviews.tagging.tags import tags_of

from archive_factory import make_country, make_entity, make_interview, mention
from ingesting import ingest

pytestmark = pytest.mark.django_db
TEXT = """Foreign Minister Runa Solberg's interview with the newspaper Il Molo, 5 March 2019

Question: What of the Harbour League?

Runa Solberg: The League of Harbours met in March. The Harbour League did not.

Question: And then?

Runa Solberg: {answer}
"""
THEN = "We shall ask the League of Harbours."


@pytest.fixture
def league():
    return known("Harbour League")


@pytest.fixture
def double():
    """The same league, under the name that another text gave it."""
    double = known("League of Harbours")
    double.aliases.create(text="Ligue des ports", language="fr")
    return double


@pytest.fixture
def written(league, double, tmp_path):
    """A function that ingests an interview with this last answer, or ingests it again."""
    file = tmp_path / "harbour.txt"

    def written(answer):
        file.write_text(TEXT.format(answer=answer))
        assert ingest(file)["status"] == 0

    return written


@pytest.fixture
def interviews(league, double, written):
    """One that the tagger read, and one whose marks no tagger would find: the league, its double, and both at once."""
    written(THEN)
    marked = make_interview([("What of it?", "The League.")], statements=["Both."], speaker="Ilan Moreau")
    for number, entities in (("q1", [league]), ("a1", [double]), ("s1", [league, double])):
        mention(marked.turns.get(number=number), *entities)
    Mention.objects.filter(turn__number="s1", entity=league).update(confidence=30, found_with=30)
    return marked


def known(name):
    entity = make_entity("organisation", name)
    Entity.objects.filter(pk=entity.pk).update(verified=True)
    return entity


def state():
    """All that a merge may move, without the keys of rows that are written anew."""
    tables = {Entity: "pk", Alias: "pk", Rule: "pk", FormerAddress: "pk", Participation: "pk"}
    Entity.objects.update(shown_since=None)  # what was shown once was shown, whatever is undone
    kept = [list(table.objects.order_by(by).values()) for table, by in tables.items()]
    return kept + [sorted(map(str, map(without_key, table.objects.values()))) for table in (Mention, Decision)]


def without_key(row):
    return {name: value for name, value in row.items() if name != "id"}


def undo_merge_of(entity, admin_user):
    return undo(Curation.objects.filter(act="merge", other=entity, undone_at=None).get(), by=admin_user)


def entities_of(turn):
    return {entity.name for entity in tags_of(turn)}


def test_nothing_is_tagged_anew_where_nothing_changed(interviews, league, double, admin_user):
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    assert state() != before
    assert undo_merge_of(double, admin_user) == []
    assert state() == before


def test_surer_of_two_mentions_at_one_place_stays(interviews, league, double, admin_user):
    statement = interviews.turns.get(number="s1")
    assert entities_of(statement) == {double.name}
    merge(survivor=league, merged=double, by=admin_user)
    assert entities_of(statement) == {league.name}


def test_retag_in_between_changes_nothing(written, league, double, admin_user):
    written(THEN)
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    retag()
    undo_merge_of(double, admin_user)
    assert state() == before
    assert "0 mentions added, 0 removed" in retag()


@pytest.mark.parametrize(
    "answer", ["Then the Harbour League pays.", "Nobody pays.", "Now the League of Harbours pays."]
)
def test_text_that_changed_in_between_is_tagged_anew(written, league, double, answer, admin_user):
    written(answer)
    wanted = mentions()
    written(THEN)
    former = set(Mention.objects.values_list("turn__text", "entity__name"))
    merge(survivor=league, merged=double, by=admin_user)
    written(answer)
    undo_merge_of(double, admin_user)
    assert mentions() == wanted
    assert set(Mention.objects.exclude(turn__status="current").values_list("turn__text", "entity__name")) <= former
    assert "0 mentions added, 0 removed" in retag()


def mentions():
    found = Mention.objects.values_list("turn__text", "entity__name", "start", "surface", "confidence")
    return sorted(found.filter(turn__status="current"))


def test_interview_that_came_in_between_is_tagged_anew(league, double, written, admin_user):
    merge(survivor=league, merged=double, by=admin_user)
    written(THEN)
    assert not Mention.objects.filter(entity=double).exists()
    undo_merge_of(double, admin_user)
    assert Mention.objects.filter(entity=double).count() == 2
    assert "0 mentions added, 0 removed" in retag()


@pytest.fixture
def third(written, double):
    """Another that stands at the same places as the double."""
    written(THEN)
    third = known("World League")
    for found in Mention.objects.filter(entity=double):
        place = {name: getattr(found, name) for name in ("turn", "start", "end", "surface", "occurrence")}
        Mention.objects.create(**place, entity=third, confidence=20, found_with=20, tagger_version="test")
    return third


def test_second_merge_on_top_is_undone_first(league, double, third, admin_user):
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    merge(survivor=league, merged=third, by=admin_user)
    undo_merge_of(third, admin_user)
    undo_merge_of(double, admin_user)
    assert state() == before


def test_tagger_is_asked_where_two_merges_met_and_the_first_is_undone(league, double, third, admin_user):
    merge(survivor=league, merged=double, by=admin_user)
    merge(survivor=league, merged=third, by=admin_user)
    undo_merge_of(double, admin_user)
    undo_merge_of(third, admin_user)
    assert Mention.objects.filter(entity=double).count() == 2
    assert "0 mentions added, 0 removed" in retag()


def test_merge_of_the_survivor_is_undone_first(interviews, league, double, admin_user):
    third = known("World League")
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    merge(survivor=third, merged=Entity.objects.get(pk=league.pk), by=admin_user)
    with pytest.raises(ValueError, match="not merged into"):
        undo_merge_of(double, admin_user)
    undo_merge_of(league, admin_user)
    undo_merge_of(double, admin_user)
    assert state() == before


def test_decision_on_a_moved_mention_stays_with_the_survivor_and_is_told(interviews, league, double, admin_user):
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    reject(mention=Mention.objects.get(turn__number="a1", turn__interview=interviews), by=admin_user)
    assert undo_merge_of(double, admin_user) == ["1 decision since the merge, about “Harbour League”"]
    assert Decision.objects.get().entity == league
    assert state()[:-1] == before[:-1]


def test_survivor_that_somebody_confirmed_since_stays_vouched_for(league, double, interviews, admin_user):
    Entity.objects.filter(pk=league.pk).update(verified=False)
    merge(survivor=league, merged=double, by=admin_user)
    confirm(mention=Mention.objects.get(turn__number="a1", turn__interview=interviews), by=admin_user)
    undo_merge_of(double, admin_user)
    assert Entity.objects.get(pk=league.pk).verified


def test_decisions_and_rules_come_back(interviews, league, double, admin_user):
    question, answer = interviews.turns.get(number="q1"), interviews.turns.get(number="a1")
    confirm(turn=question, entity=league, by=admin_user)
    reject(turn=question, entity=double, by=admin_user)
    replace(turn=answer, entity=double, replacement=league, by=admin_user)
    for surface, verdict, entity in (
        ("League of Harbours", "reject", double),
        ("Harbour League", "confirm", league),
        ("March", "confirm", double),
    ):
        save(Rule(surface=surface, verdict=verdict, entity=entity), by=admin_user)
    FormerAddress.objects.create(path="/organisations/old-league/", entity=double)
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    undo_merge_of(double, admin_user)
    assert state() == before


def test_decision_that_the_survivors_own_stood_for_comes_back_to_where_the_words_are_now(
    written, league, double, admin_user
):
    written("We shall ask the Harbour League, as ever.")
    turn = Mention.objects.get(turn__text__startswith="We shall").turn
    for decide, entity in ((confirm, league), (reject, double)):
        decide(turn=turn, entity=entity, surface="Harbour League", occurrence=1, by=admin_user)
    merge(survivor=league, merged=double, by=admin_user)
    written("No Harbour League is like another. We shall ask the Harbour League, as ever.")
    undo_merge_of(double, admin_user)
    assert set(Decision.objects.values_list("entity", "verdict", "occurrence")) == {
        (league.pk, "confirm", 2),
        (double.pk, "reject", 2),
    }


def test_rule_that_came_in_between_holds_for_the_survivor_alone(interviews, league, double, admin_user):
    before = state()
    merge(survivor=league, merged=double, by=admin_user)
    rule = save(Rule(surface="League of Harbours", verdict="reject", entity=league), by=admin_user)
    assert Mention.objects.filter(surface="League of Harbours", confidence=0).exists()
    undo_merge_of(double, admin_user)
    assert state()[-2] == before[-2]
    remove(rule, by=admin_user)
    assert state() == before


def test_decision_in_an_interview_that_is_gone_is_no_obstacle(interviews, league, double, admin_user):
    statement = interviews.turns.get(number="s1")
    confirm(turn=statement, entity=league, by=admin_user)
    reject(turn=statement, entity=double, by=admin_user)
    merge(survivor=league, merged=double, by=admin_user)
    interviews.turns.all().delete()
    undo_merge_of(double, admin_user)
    assert not Decision.objects.exists()


def test_index_hears_of_those_who_speak_for_a_country_that_is_given_back(admin_user):
    interview = make_interview()
    old, new = make_country("ZU", "Zubrowka"), make_entity("country", "Republic of Zubrowka")
    Entity.objects.filter(name="Ilan Moreau").update(country=old)
    merge(survivor=new, merged=old, by=admin_user)
    IndexChange.objects.all().delete()
    undo_merge_of(old, admin_user)
    assert set(IndexChange.objects.values_list("turn_id", flat=True)) >= {interview.turns.get(number="a1").pk}
