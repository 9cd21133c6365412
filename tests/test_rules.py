"""What a rule of a curator makes of words: previewed, applied, narrowed, taken back."""

import pytest
from test_retag import retag

from interviews.models import Curation, Entity, IndexChange, Mention, Rule, Turn
from interviews.tagging.curate import confirm, undo
from interviews.tagging.establishing import load_authority
from interviews.tagging.link import tag_turns
from interviews.tagging.queue import pending
from interviews.tagging.rules import RuleClashError, preview, preview_removal, remove, save
from interviews.tagging.tags import marks_of, tags_of

from archive_factory import make_entity, make_interview, propose

pytestmark = pytest.mark.django_db
EXCHANGES = [("What of Georgia?", "Georgia will vote. South Georgia will not."), ("And Norway?", "Georgia again.")]


@pytest.fixture
def interview():
    load_authority()
    interview = make_interview(EXCHANGES, speaker="Ilan Moreau", title="Harbour talks")
    tag_turns(interview.turns.all())
    IndexChange.objects.all().delete()
    return interview


@pytest.fixture
def state(interview):
    """The state of Georgia, which no data file knows."""
    return make_entity("place", "State of Georgia")


@pytest.fixture
def georgia(interview):
    return Entity.objects.get(iso_code="GE")


def seen():
    """{number of turn: [(words, entity), ...]} as readers see them."""
    turns = Turn.objects.with_tags().order_by("interview", "position")
    return {turn.number: [(turn.text[m.start : m.end], str(m.entity)) for m in marks_of(turn)] for turn in turns}


def test_rule_rejects_a_form_everywhere(interview, georgia, admin_user):
    save(Rule(surface="Georgia", verdict="reject", entity=georgia), by=admin_user, reason="the state")
    assert not Turn.objects.mentioning(georgia).exists()
    assert seen()["q2"] == [("Norway", "Norway")]
    assert Mention.objects.filter(entity=georgia).exists()
    act = Curation.objects.get()
    assert (act.act, act.by, act.reason, act.rule.surface) == ("rule", admin_user, "the state", "Georgia")


def test_rule_gives_a_form_another_meaning(interview, georgia, state, admin_user):
    save(Rule(surface="Georgia", verdict="replace", entity=state), by=admin_user)
    assert seen()["q1"] == [("Georgia", "State of Georgia")]
    assert not Turn.objects.mentioning(georgia).exists()


def test_rule_marks_words_that_the_tagger_does_not_know(interview, admin_user):
    vote = make_entity("event", "Autumn vote")
    save(Rule(surface="vote", verdict="confirm", entity=vote), by=admin_user)
    assert ("vote", "Autumn vote") in seen()["a1"]
    mention = Mention.objects.get(entity=vote)
    assert (mention.found_with, mention.occurrence, mention.rule.surface) == (None, 1, "vote")


def test_rule_leaves_longer_names_alone(interview, georgia, state, admin_user):
    before = [mark for mark in seen()["a1"] if mark[0] != "Georgia"]
    save(Rule(surface="Georgia", verdict="confirm", entity=state), by=admin_user)
    assert [mark for mark in seen()["a1"] if mark[0] != "Georgia"] == before


PARTS_OF_LONGER_NAMES = [
    "Michael Jordan played in the city of Bergen.",
    "The judge heard Katie Jordan in Bergen.",
    "The note was sent by Mr. Jordan to Bergen.",
    "The paper is called the Jordan Gazette in Bergen.",
    "We flew over Jordan River on our way to Bergen.",
    "We spoke with Jordan Peterson in Bergen.",
]


@pytest.mark.parametrize("text", PARTS_OF_LONGER_NAMES)
def test_rule_holds_only_where_its_words_are_a_whole_name(text, admin_user):
    jordan = make_entity("place", "Harbour of Jordan")
    interview = make_interview([("And then?", text), ("Where to?", "We sail to Jordan now.")])
    tag_turns(interview.turns.all())
    before = seen()
    rule = Rule(surface="Jordan", verdict="confirm", entity=jordan)
    foretold = preview(rule)
    save(rule, by=admin_user)
    assert seen() == before | {"a2": [("Jordan", "Harbour of Jordan")]}
    assert (foretold.added, foretold.removed, foretold.turns) == (1, 1, 1)


@pytest.mark.parametrize("text", ["It lies in New Jersey.", "It lies on the New Jersey Turnpike."])
def test_rule_leaves_alone_what_a_mask_covers(text, admin_user):
    island = make_entity("place", "Isle of Jersey")
    tag_turns(make_interview([("And then?", text)]).turns.all())
    save(Rule(surface="Jersey", verdict="confirm", entity=island), by=admin_user)
    assert not Mention.objects.filter(entity=island).exists()


def test_rule_of_a_person_holds_after_a_title(admin_user):
    person = make_entity("person", "Lina Jordan")
    tag_turns(make_interview([("And then?", "The note was sent by Mr. Jordan to us.")]).turns.all())
    save(Rule(surface="Jordan", verdict="confirm", entity=person), by=admin_user)
    assert seen()["a1"] == [("Jordan", "Lina Jordan")]


def test_rule_holds_where_the_words_begin_a_sentence(admin_user):
    tower = make_entity("place", "Tower of Jordan")
    tag_turns(
        make_interview([("And then?", "Is Jordan near? Jordan is. In Jordan, Norway’s envoy waits.")]).turns.all()
    )
    save(Rule(surface="Jordan", verdict="confirm", entity=tower), by=admin_user)
    assert [mark for mark in seen()["a1"] if mark[0] == "Jordan"] == [("Jordan", "Tower of Jordan")] * 3


def test_retagging_keeps_what_a_rule_leaves_alone(admin_user):
    jordan = make_entity("place", "Harbour of Jordan")
    tag_turns(make_interview([("And then?", f"{PARTS_OF_LONGER_NAMES[1]} We sail to Jordan.")]).turns.all())
    save(Rule(surface="Jordan", verdict="confirm", entity=jordan), by=admin_user)
    after = seen()
    retag()
    assert seen() == after


def test_rule_of_a_speaker_holds_for_that_speaker_alone(interview, georgia, state, admin_user):
    speaker = interview.participations.get(part="interviewee").person
    save(Rule(surface="Georgia", verdict="replace", entity=state, speaker=speaker), by=admin_user)
    assert seen()["q1"] == [("Georgia", "Georgia")]
    assert seen()["a2"] == [("Georgia", "State of Georgia")]


def test_narrowest_rule_wins(interview, georgia, state, admin_user):
    speaker = interview.participations.get(part="interviewee").person
    save(Rule(surface="Georgia", verdict="reject", entity=georgia, interview=interview), by=admin_user)
    save(Rule(surface="Georgia", verdict="replace", entity=state), by=admin_user)
    save(Rule(surface="Georgia", verdict="replace", entity=state, speaker=speaker), by=admin_user)
    assert seen()["a2"] == []
    save(
        Rule(surface="Georgia", verdict="confirm", entity=georgia, speaker=speaker, interview=interview), by=admin_user
    )
    assert seen()["a2"] == [("Georgia", "Georgia")]
    assert seen()["q1"] == []


def test_rule_without_an_entity_takes_all_meanings_away(interview, admin_user):
    save(Rule(surface="Norway", verdict="reject"), by=admin_user)
    assert seen()["q2"] == []


def test_decision_outweighs_a_rule(interview, georgia, state, admin_user):
    question = interview.turns.get(number="q1")
    confirm(mention=question.mentions.get(), by=admin_user)
    save(Rule(surface="Georgia", verdict="confirm", entity=state), by=admin_user)
    assert tags_of(question) == [georgia]
    assert tags_of(interview.turns.get(number="a2")) == [state]
    assert list(Turn.objects.mentioning(georgia)) == [question]
    assert question not in Turn.objects.mentioning(state)


def test_preview_says_how_many_names_wait_no_longer(georgia, state, admin_user):
    waiting = make_interview([("And then?", "Georgia is near.")]).turns.get(number="a1")
    propose(waiting, georgia, confidence=60)
    before = pending().count()
    rule = Rule(surface="Georgia", verdict="replace", entity=state)
    foretold = preview(rule)
    save(rule, by=admin_user)
    assert foretold.settled == before - pending().count() == 1


def test_preview_says_what_readers_would_see_and_changes_nothing(interview, georgia, state, admin_user):
    confirm(mention=interview.turns.get(number="q1").mentions.get(), by=admin_user)
    found = preview(Rule(surface="Georgia", verdict="replace", entity=state))
    assert (found.added, found.removed, found.turns) == (2, 2, 2)
    assert {(turn.number, turn.text[m.start : m.end], m.entity) for turn, m in found.examples_added} == {
        ("a1", "Georgia", state),
        ("a2", "Georgia", state),
    }
    assert {m.entity for _, m in found.examples_removed} == {georgia}
    assert not Rule.objects.exists()
    assert seen()["a2"] == [("Georgia", "Georgia")]


def test_removed_rule_lets_the_tagger_speak_again(interview, state, admin_user):
    before = seen()
    rule = save(Rule(surface="Georgia", verdict="confirm", entity=state), by=admin_user)
    assert seen() != before
    assert preview_removal(rule).turns == 3
    remove(rule, by=admin_user)
    assert seen() == before
    assert [act.act for act in Curation.objects.all()] == ["unrule", "rule"]


def test_mention_keeps_its_key_when_a_rule_changes_what_is_said_of_it(interview, georgia, admin_user):
    keys = set(Mention.objects.values_list("pk", flat=True))
    remove(save(Rule(surface="Georgia", verdict="reject", entity=georgia), by=admin_user), by=admin_user)
    assert set(Mention.objects.values_list("pk", flat=True)) == keys


def test_rule_is_undone_and_its_removal_too(interview, state, admin_user):
    before = seen()
    save(Rule(surface="Georgia", verdict="replace", entity=state), by=admin_user)
    ruled = seen()
    undo(Curation.objects.get(act="rule"), by=admin_user)
    assert seen() == before
    undo(Curation.objects.get(act="unrule"), by=admin_user)
    assert seen() == ruled


def test_second_rule_about_the_same_words_and_scope_is_refused(interview, georgia, state, admin_user):
    first = save(Rule(surface="Georgia", verdict="replace", entity=state), by=admin_user)
    with pytest.raises(RuleClashError, match="already") as raised:
        save(Rule(surface="Georgia", verdict="confirm", entity=georgia), by=admin_user)
    assert raised.value.rule == first
    assert Rule.objects.get() == first


@pytest.mark.parametrize("rule", [{"surface": " ", "verdict": "reject"}, {"surface": "Georgia", "verdict": "confirm"}])
def test_rule_that_says_nothing_is_refused(interview, rule, admin_user):
    with pytest.raises(ValueError, match="names words"):
        save(Rule(**rule), by=admin_user)


def test_index_hears_of_the_turns_that_a_rule_changes(interview, state, admin_user):
    save(Rule(surface="Georgia", verdict="replace", entity=state), by=admin_user)
    changed = set(IndexChange.objects.values_list("turn_id", flat=True))
    assert changed == set(interview.turns.filter(text__contains="Georgia").values_list("pk", flat=True))


def test_retag_keeps_to_the_rules_and_changes_nothing_more(interview, georgia, state, admin_user):
    save(Rule(surface="Georgia", verdict="confirm", entity=state), by=admin_user)
    save(Rule(surface="Norway", verdict="reject"), by=admin_user)
    before = list(Mention.objects.order_by("pk").values())
    assert "0 mentions added, 0 removed" in retag()
    assert list(Mention.objects.order_by("pk").values()) == before
    later = make_interview([("And Georgia?", None)])
    retag()
    assert tags_of(later.turns.get()) == [state]
