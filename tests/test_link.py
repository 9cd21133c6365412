"""Entities of the data files, automatic mentions of turns, persons and outlets found by their names."""

import pytest

from interviews.models import Decision, Entity, FormerAddress, Mention
from interviews.tagging.link import find_or_make_outlet, find_or_make_person, load_authority, tag_turns

from archive_factory import make_country, make_interview

pytestmark = pytest.mark.django_db
EXCHANGES = [("What of Norway?", "Oslo insists on it, and so does Italy."), ("And the Libyans?", "No word yet.")]


def tags(interview):
    """{number of turn: [(code, surface), ...]} of the automatic mentions."""
    found = {}
    for mention in Mention.objects.filter(turn__interview=interview).select_related("turn", "entity"):
        found.setdefault(mention.turn.number, []).append((mention.entity.iso_code, mention.surface))
    return found


def test_turns_are_tagged_together():
    interview = make_interview(EXCHANGES)
    changed = tag_turns(interview.turns.all())
    assert tags(interview) == {
        "q1": [("NO", "Norway")],
        "a1": [("NO", "Oslo"), ("IT", "Italy")],
        "q2": [("LY", "Libyans")],
    }
    assert changed == set(interview.turns.exclude(number="a2").values_list("pk", flat=True))
    assert set(Mention.objects.values_list("level", flat=True)) == {"named", "metonym"}


def test_interviews_do_not_mix():
    first, second = make_interview([("What of Norway?", None)]), make_interview([("Has Oslo agreed?", None)])
    tag_turns([*first.turns.all(), *second.turns.all()])
    assert tags(second) == {}


def test_language_of_the_interview_is_used():
    interview = make_interview([("Что скажете о Норвегии?", None)], language="ru")
    tag_turns(interview.turns.all())
    assert tags(interview) == {"q1": [("NO", "Норвегии")]}


def test_tagging_again_writes_nothing(django_assert_max_num_queries):
    interview = make_interview(EXCHANGES)
    tag_turns(interview.turns.all())
    before = list(Mention.objects.values())
    with django_assert_max_num_queries(6):
        assert tag_turns(interview.turns.select_related("interview")) == set()
    assert list(Mention.objects.values()) == before


def test_changed_text_writes_only_differences():
    interview = make_interview([("Norway or Italy?", "Italy.")])
    tag_turns(interview.turns.all())
    kept = set(Mention.objects.filter(entity__iso_code__in=["NO"]).values_list("pk", flat=True))
    question = interview.turns.get(number="q1")
    question.text = "Norway or Libya?"
    question.save()
    assert tag_turns(interview.turns.all()) == {question.pk}
    assert tags(interview) == {"q1": [("NO", "Norway"), ("LY", "Libya")], "a1": [("IT", "Italy")]}
    assert kept <= set(Mention.objects.values_list("pk", flat=True))


def test_decisions_are_left_alone(django_user_model):
    interview = make_interview(EXCHANGES)
    tag_turns(interview.turns.all())
    question = interview.turns.get(number="q1")
    Decision.objects.create(turn=question, entity=Entity.objects.get(iso_code="NO"), verdict="reject")
    before = list(Decision.objects.values())
    tag_turns(interview.turns.all())
    assert list(Decision.objects.values()) == before


def test_mentions_of_a_merged_country_go_to_the_survivor():
    survivor = make_country("XK", "Kosovo")
    load_authority()
    Entity.objects.filter(iso_code="RS").update(merged_into=survivor)
    interview = make_interview([("What of Serbia?", None)])
    tag_turns(interview.turns.all())
    assert tags(interview) == {"q1": [("XK", "Serbia")]}


@pytest.mark.parametrize("name", ["Ilan Moreau", "ILAN MOREAU", "Ilán  Moreau", "ilan moreau", "Ilan-Moreau"])
def test_person_is_found_whatever_case_accents_and_punctuation(name):
    person = find_or_make_person(name="Ilan Moreau")
    assert find_or_make_person(name=name) == person


@pytest.mark.parametrize("name", ["Ilan J. Moreau", "Moreau", "Ilana Moreau"])
def test_another_name_is_another_person_until_an_alias_says_otherwise(name):
    person = find_or_make_person(name="Ilan Moreau")
    person.aliases.create(text="I. J. Moreau")
    assert find_or_make_person(name="I.J. Moreau") != person
    assert find_or_make_person(name="I J Moreau") == person
    assert find_or_make_person(name=name) != person


def test_merged_person_is_found_as_the_survivor():
    merged, survivor = find_or_make_person(name="I. Moreau"), find_or_make_person(name="Ilan Moreau")
    merged.merged_into = survivor
    merged.save()
    assert find_or_make_person(name="I. Moreau") == survivor


def test_names_of_one_address_form_get_addresses_of_their_own():
    first, second = find_or_make_person(name="Ilya Moro"), find_or_make_person(name="Илья Моро")
    assert (first.slug, second.slug) == ("ilya-moro", "ilya-moro-2")


def test_former_address_of_an_entity_is_not_given_to_another():
    first = find_or_make_person(name="Vera Lindt")
    FormerAddress.objects.create(path="/people/ilan-moreau/", entity=first)
    FormerAddress.objects.create(path="/people/ilan-moreau-2/", gone_reason="removed")
    assert find_or_make_person(name="Ilan Moreau").slug == "ilan-moreau-3"


def test_name_in_another_script_gets_a_readable_address():
    assert find_or_make_person(name="Илья Моро").slug == "ilya-moro"


def test_outlet_keeps_its_country_and_is_given_one_where_it_has_none():
    norway, italy = make_country("NO", "Norway"), make_country("IT", "Italy")
    outlet = find_or_make_outlet(name="Harbour Post")
    assert outlet.country is None
    assert find_or_make_outlet(name="Harbour Post", country="NO").country == norway
    assert find_or_make_outlet(name="Harbour Post", country="IT").country == norway
    assert find_or_make_outlet(name="Hill Post", country="IT").country == italy


def test_kinds_do_not_mix():
    assert find_or_make_outlet(name="Ilan Moreau") != find_or_make_person(name="Ilan Moreau")


def test_nobody_is_made_of_an_empty_name():
    with pytest.raises(ValueError, match="needs a name"):
        find_or_make_person(name="  ")
