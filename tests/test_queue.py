"""The review queue: what waits for a curator, in which order, and what else the words may mean."""

import pytest

from interviews.models import Alias, Entity, Rule
from interviews.tagging import queue
from interviews.tagging.curate import confirm, reject

from archive_factory import make_entity, make_interview, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def jordan():
    return make_entity("country", "Jordan", iso_code="JO")


def asking_of(*names, **facts):
    return make_interview([(f"What of {name}?", "It is well.") for name in names], **facts)


def waiting():
    return queue.page_of(queue.pending()).mentions


def test_sure_and_hopeless_mentions_do_not_wait(jordan):
    first, second, third = (asking_of("Jordan").turns.first() for _ in range(3))
    propose(first, jordan, confidence=95)
    propose(second, jordan, confidence=5)
    uncertain = propose(third, jordan, confidence=60)
    assert waiting() == [uncertain]


def test_what_a_curator_or_a_rule_settled_waits_no_longer(jordan, admin_user):
    decided, ruled = (propose(asking_of("Jordan").turns.first(), jordan, confidence=60) for _ in range(2))
    reject(mention=decided, by=admin_user)
    ruled.rule = Rule.objects.create(surface="Jordan", entity=jordan, verdict="confirm")
    ruled.save()
    assert waiting() == []


def test_proposal_waits_no_longer_where_its_words_have_another_meaning(jordan, admin_user):
    turn = asking_of("Jordan").turns.first()
    person = make_entity("person", "Ella Jordan")
    propose(turn, jordan, confidence=45)
    rival = propose(turn, person, confidence=40, surface="Jordan")
    confirm(mention=rival, by=admin_user)
    assert waiting() == []


def test_withdrawn_interviews_have_nothing_to_review(jordan):
    propose(asking_of("Jordan", status="withdrawn").turns.first(), jordan, confidence=60)
    assert waiting() == []


def test_frequent_words_near_the_threshold_in_new_interviews_come_first(jordan):
    georgia, chad = make_entity("country", "Georgia"), make_entity("country", "Chad")
    turns = {name: asking_of(name, date="2019-01-02").turns.first() for name in ("Georgia", "Chad")}
    far = propose(turns["Georgia"], georgia, confidence=85)
    near = propose(turns["Chad"], chad, confidence=55)
    old = propose(asking_of("Jordan", date="2018-01-02").turns.first(), jordan, confidence=65)
    new = propose(asking_of("Jordan", date="2020-01-02").turns.first(), jordan, confidence=65)
    assert waiting() == [new, old, near, far]


def test_one_in_doubt_comes_before_a_dozen_that_are_nearly_sure(jordan):
    for _ in range(12):
        propose(asking_of("Jordan").turns.first(), jordan, confidence=88)
    chad = propose(asking_of("Chad").turns.first(), make_entity("country", "Chad"), confidence=52)
    assert waiting()[0] == chad


def test_pages_hold_every_mention_once(jordan):
    names = [f"Ostland {number}" for number in range(7)]
    entities = [make_entity("place", name) for name in names]
    for _ in range(7):
        talks = asking_of(*names)
        for turn, entity in zip(talks.turns.filter(kind="question").order_by("position"), entities, strict=True):
            propose(turn, entity, confidence=60)
    pages = [queue.page_of(queue.pending(), number) for number in (1, 2, 3)]
    shown = [mention.pk for page in pages for mention in page.mentions]
    assert [len(page.mentions) for page in pages] == [20, 20, 9]
    assert len(set(shown)) == 49 == pages[0].total


def test_candidates_are_rivals_at_the_place_then_bearers_of_the_name(jordan):
    turn = asking_of("Jordan").turns.first()
    rival = make_entity("place", "Jordan River")
    surname, alias = make_entity("person", "Ella Jordan"), make_entity("organisation", "Jordan Society")
    Alias.objects.create(entity=alias, text="Jordan")
    make_entity("person", "Jordan Moreau")
    mention = propose(turn, jordan, confidence=60)
    propose(turn, rival, confidence=30, surface="Jordan")
    assert queue.candidates_for([mention])[mention.pk] == [rival, surname, alias]


def test_page_takes_a_fixed_number_of_queries(jordan, django_assert_num_queries):
    for number in range(15):
        place = make_entity("place", f"Ostland {number}")
        propose(asking_of(place.name).turns.first(), place, confidence=60)
    with django_assert_num_queries(6):
        queue.page_of(queue.pending())


MISSPELT = [
    ("person", "Lidya Morewa", "Lidia Morewa"),
    ("person", "Morewwa", "Lidia Morewa"),
    ("organisation", "Harbor Leage", "Harbour League"),
]


@pytest.mark.parametrize(("kind", "words", "meant"), MISSPELT)
def test_candidates_of_misspelt_words_are_called_nearly_so(kind, words, meant):
    known = {name: make_entity(of_kind, name) for of_kind, _, name in MISSPELT[1:]}
    Entity.objects.update(verified=True)
    strange = make_entity(kind, words)
    mention = propose(asking_of(words).turns.first(), strange, confidence=60)
    assert queue.candidates_for([mention])[mention.pk] == [known[meant]]


NO_SPELLINGS = [
    ("place", "South Velt", "North Velt"),  # another word
    ("document", "Resolution 1284", "Resolution 1248"),  # another number
    ("person", "Velt", "Velte"),  # too short to tell
    ("organisation", "Harbour Leage", "Harbour League"),  # nobody vouches for it
]


@pytest.mark.parametrize(("kind", "words", "other"), NO_SPELLINGS)
def test_what_is_no_spelling_of_a_known_name_is_no_candidate(kind, words, other):
    other = make_entity(kind, other)
    Entity.objects.filter(pk=other.pk).update(verified=kind != "organisation")
    mention = propose(asking_of(words).turns.first(), make_entity(kind, words), confidence=60)
    assert queue.candidates_for([mention])[mention.pk] == []
