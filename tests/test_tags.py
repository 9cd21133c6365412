"""What of mentions and decisions readers see as tags and marks: what is said of the fewest words counts."""

import pytest

from interviews.models import Decision, Entity, Mention, Turn
from interviews.tagging.places import occurrence_at, occurrences_of
from interviews.tagging.tagger import COUNTS_FROM
from interviews.tagging.tags import marks_of, tags_of

from archive_factory import make_country, make_interview

# Every entity there is, is asked for.
pytestmark = pytest.mark.usefixtures("nothing_known")
TEXT = "Georgia is near. Georgia, the state, is far; Georgian wine is not."


@pytest.fixture
def georgia():
    return make_country("GE", "Georgia")


@pytest.fixture
def america():
    return make_country("US", "United States")


@pytest.fixture
def turn():
    return make_interview([(TEXT, None)]).turns.get()


def mark(turn, entity, surface="Georgia", occurrence=1, confidence=100):
    """Let the tagger have found the n-th of these words."""
    start = -1
    for _ in range(occurrence):
        start = turn.text.index(surface, start + 1)
    place = {"start": start, "end": start + len(surface), "surface": surface, "occurrence": occurrence}
    return Mention.objects.create(turn=turn, entity=entity, confidence=confidence, tagger_version="test", **place)


def decide(turn, entity, verdict, surface="", occurrence=0, replacement=None):
    place = {"surface": surface, "occurrence": occurrence}
    return Decision.objects.create(turn=turn, entity=entity, verdict=verdict, replacement=replacement, **place)


def seen(turn):
    """The tags of a turn, as its row tells them and as the database finds them, which must be the same."""
    turn = Turn.objects.get(pk=turn.pk)
    tags = tags_of(turn)
    assert {e for e in Entity.objects.all() if turn in Turn.objects.mentioning(e)} == set(tags)
    assert tags_of(Turn.objects.with_tags().get(pk=turn.pk)) == tags
    return [entity.iso_code for entity in tags]


def marked(turn):
    return [(mark.start, mark.entity.iso_code) for mark in marks_of(Turn.objects.get(pk=turn.pk))]


def test_mention_below_the_threshold_is_a_proposal_and_no_tag(turn, georgia):
    mark(turn, georgia, confidence=COUNTS_FROM - 1)
    assert seen(turn) == []
    assert marked(turn) == []
    assert not Entity.objects.spoken_of().exists()


def test_mention_at_the_threshold_is_a_tag(turn, georgia):
    mark(turn, georgia, confidence=COUNTS_FROM)
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(0, "GE")]


def test_confirmed_proposal_is_a_tag(turn, georgia):
    mark(turn, georgia, confidence=10)
    decide(turn, georgia, "confirm", "Georgia", 1)
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(0, "GE")]


def test_tag_stands_while_one_of_its_mentions_does(turn, georgia):
    mark(turn, georgia)
    mark(turn, georgia, occurrence=2)
    decide(turn, georgia, "reject", "Georgia", 2)
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(0, "GE")]
    decide(turn, georgia, "reject", "Georgia", 1)
    assert seen(turn) == []


def test_word_on_one_occurrence_outweighs_that_on_all(turn, georgia):
    mark(turn, georgia)
    mark(turn, georgia, occurrence=2)
    decide(turn, georgia, "reject", "Georgia")
    decide(turn, georgia, "confirm", "Georgia", 1)
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(0, "GE")]


def test_word_on_a_form_outweighs_that_on_the_turn(turn, georgia):
    mark(turn, georgia)
    mark(turn, georgia, "Georgian")
    decide(turn, georgia, "reject")
    decide(turn, georgia, "confirm", "Georgian")
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(TEXT.index("Georgian"), "GE")]


def test_replaced_occurrence_is_the_other_and_the_rest_stays(turn, georgia, america):
    mark(turn, georgia)
    mark(turn, georgia, occurrence=2)
    decide(turn, georgia, "replace", "Georgia", 2, replacement=america)
    assert seen(turn) == ["GE", "US"]
    assert marked(turn) == [(0, "GE"), (17, "US")]


def test_confirmed_words_are_marked_though_no_program_finds_them(turn, georgia):
    decide(turn, georgia, "confirm", "Georgia", 2)
    assert seen(turn) == ["GE"]
    assert marked(turn) == [(17, "GE")]


def test_confirmed_form_is_marked_as_words_of_its_own_only(turn, georgia):
    decide(turn, georgia, "confirm", "Georgia")
    assert marked(turn) == [(0, "GE"), (17, "GE")]


def test_confirmed_turn_is_tagged_without_a_mark(turn, georgia):
    decide(turn, georgia, "confirm")
    assert seen(turn) == ["GE"]
    assert marked(turn) == []


def test_shorter_mark_follows_the_longer_that_holds_it(turn, georgia, america):
    mark(turn, georgia)
    mark(turn, america, "Georgia is near")
    assert marked(turn) == [(0, "US"), (0, "GE")]


@pytest.mark.parametrize(
    ("text", "surface", "standing"),
    [
        ("Nigeria and Niger", "Niger", [(2, 12)]),
        ("Russo-Japanese", "Russo", [(1, 0)]),
        ("Niger’s, (Niger)", "Niger", [(1, 0), (2, 10)]),
        ("在中国和中国", "中国", [(1, 1), (2, 4)]),
        ("nothing", "Niger", []),
    ],
)
def test_words_are_found_where_they_stand_alone(text, surface, standing):
    assert list(occurrences_of(text, surface)) == standing
    assert all(occurrence_at(text, surface, start) == occurrence for occurrence, start in standing)
