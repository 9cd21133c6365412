"""Entities of the data files, automatic mentions of turns, persons and outlets found by their names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Decision, Entity, FormerAddress, Interview, Mention
from interviews.tagging.link import differences, find_or_make_outlet, find_or_make_person, load_authority, tag_turns
from interviews.tagging.tagger import Tag

from archive_factory import make_country, make_entity, make_interview
from ingesting import TEXT, ingest

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
    first, second = (
        make_interview([("What of Norway?", None)]),
        make_interview([("Does the dialogue with Oslo go on?", None)]),
    )
    tag_turns([*first.turns.all(), *second.turns.all()])
    assert not second.turns.mentioning(Entity.objects.get(iso_code="NO")).exists()


def test_language_of_the_interview_is_used():
    interview = make_interview([("Что скажете о Норвегии?", None)], language="ru")
    tag_turns(interview.turns.all())
    assert tags(interview) == {"q1": [("NO", "Норвегии")]}


def test_tagging_again_writes_nothing(django_assert_max_num_queries):
    interview = make_interview(EXCHANGES)
    tag_turns(interview.turns.all())
    before = list(Mention.objects.values())
    with django_assert_max_num_queries(9):
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


def found(interview, kind, key, surface, *, name="", confidence=90):
    """Let the tagger find these words in the first turn; return the mention that is written, or None."""
    first = interview.turns.get(position=1)
    start = first.text.index(surface)
    tag = Tag(kind, key, name, surface, start, start + len(surface), "named", confidence)
    turns = list(interview.turns.select_related("interview"))
    tag_turns(turns, tags=[[tag], *([] for _ in turns[1:])])
    return Mention.objects.filter(turn=first).first()


def test_entity_of_the_data_files_is_found_by_its_key():
    mention = found(make_interview([("What of the UN?", None)]), "organisation", "united-nations", "UN", confidence=61)
    assert (mention.entity.key, mention.surface, mention.occurrence) == ("united-nations", "UN", 1)
    assert (mention.confidence, mention.found_with, mention.rule) == (61, 61, None)


def test_entity_that_only_the_archive_knows_is_found_by_its_number():
    league = make_entity("organisation", "Harbour League")
    interview = make_interview([("And the League?", None)])
    assert found(interview, "organisation", f"#{league.pk}", "League").entity == league


def test_entity_is_found_as_the_survivor_of_a_merge():
    old, new = make_entity("organisation", "Old League"), make_entity("organisation", "New League")
    Entity.objects.filter(pk=old.pk).update(merged_into=new)
    assert found(make_interview([("And the League?", None)]), "organisation", f"#{old.pk}", "League").entity == new


def test_somebody_who_takes_part_is_found_as_that_person():
    interview = make_interview([("You say that Moreau agrees?", "Yes.")], speaker="Ilan Moreau")
    namesake = make_entity("person", "Ilan Moreau", slug="another")
    mention = found(interview, "person", "@Ilan Moreau", "Moreau", name="Ilan Moreau")
    assert mention.entity == interview.participations.get(part="interviewee").person
    assert mention.entity != namesake


def test_unknown_person_becomes_an_unverified_entity_once():
    interview = make_interview([("Did Minister Vera Lindt agree?", None)])
    person = found(interview, "person", "", "Vera Lindt", name="Vera Lindt", confidence=50).entity
    assert (person.kind, person.name, person.slug, person.verified) == ("person", "Vera Lindt", "vera-lindt", False)
    again = make_interview([("Did VERA LINDT agree?", None)])
    assert found(again, "person", "", "VERA LINDT", name="VERA LINDT").entity == person


def test_unknown_person_whom_the_tagger_doubts_is_not_made():
    interview = make_interview([("Did Minister Vera Lindt agree?", None)])
    assert found(interview, "person", "", "Vera Lindt", name="Vera Lindt", confidence=49) is None
    assert not Entity.objects.filter(name="Vera Lindt").exists()


def test_known_person_whom_the_tagger_doubts_is_proposed():
    person = find_or_make_person(name="Vera Lindt")
    interview = make_interview([("Did Vera Lindt agree?", None)])
    assert found(interview, "person", "", "Vera Lindt", name="Vera Lindt", confidence=49).entity == person
    assert not interview.turns.mentioning(person).exists()


def test_same_words_are_counted_through_the_turn():
    interview = make_interview([("Norway, and Norway again, and Norwegians.", None)])
    tag_turns(interview.turns.all())
    mentions = Mention.objects.order_by("start").values_list("surface", "occurrence")
    assert list(mentions) == [("Norway", 1), ("Norway", 2), ("Norwegians", 1)]


def test_number_of_queries_does_not_grow_with_the_turns():
    load_authority()
    counts = []
    for exchanges in (5, 50):
        talks = make_interview([("What of Norway and Minister Vera Lindt?", "Italy says no.")] * exchanges)
        with CaptureQueriesContext(connection) as queries:
            changes = differences(talks.turns.select_related("interview"))
        assert len(changes.added) >= 2 * exchanges
        counts.append(len(queries))
    assert counts[1] <= counts[0]


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


def test_names_are_read_once_however_many_are_met():
    def queries(*names):
        text = " ".join(f"President {name} called." for name in names)
        interview = make_interview([(text, None)])
        with CaptureQueriesContext(connection) as asked:
            tag_turns(interview.turns.all())
        return len(asked)

    queries("Aurel Sandu")
    assert queries("Boris Velt", "Carla Dorn", "Edda Falk", "Hugo Ruis") <= queries("Dario Melk") + 2


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("S.V. Lavrov", "sergey-lavrov"),
        ("С.В.Лавров", "sergey-lavrov"),
        ("A. Lavrov", "a-lavrov"),
        ("G. Bush", "g-bush"),
    ],
    ids=["one", "in Cyrillic letters", "nobody", "several"],
)
def test_initials_of_a_label_mean_the_one_office_holder_who_bears_them(texts, label, slug):
    ingest(texts("ferry.txt", TEXT.replace("Foreign Minister Runa Solberg's i", "I").replace("Runa Solberg", label)))
    answer = Interview.objects.get().turns.get(number="a1")
    assert answer.participation.person.slug == slug
