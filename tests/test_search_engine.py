"""The engine itself: what it remembers, when it stops, where a page goes on, what it marks."""

from itertools import count

import numpy as np
import pytest

from interviews.models import Turn
from interviews.search.engine import expanding, stretches
from interviews.search.engine.caches import ENTRY_BYTES, MOST_OF_ALL, Cache
from interviews.search.engine.conditions import AllOf, Near, Part, Phrase, Prefix, Similar, Without, Word
from interviews.search.engine.found import Asked
from interviews.search.engine.ranking import Place
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.index.upkeep import drain, record_changes, reindex

from archive_factory import make_interview


def said(*answers, **fields):
    """Make and index one interview with these answers."""
    interview = make_interview([("And?", answer) for answer in answers], **fields)
    reindex()
    return interview


def change(interview, number, **fields):
    turn = interview.turns.get(number=number)
    Turn.objects.filter(pk=turn.pk).update(**fields)
    record_changes([turn.pk])
    drain()


def find(condition, **asked):
    return current_snapshot().find(Asked(condition, **asked))


def numbers(documents):
    return [current_snapshot().stored(document)["number"] for document in documents.tolist()]


@pytest.mark.django_db
def test_inflections_are_those_of_the_language_of_the_interview():
    make_interview([("Und?", "Die Häuser.")], language="de")
    make_interview([("And?", "Mr Hauser.")], language="en")
    reindex()
    assert find(Word("Haus")).counts("language") == {"de": 1}
    assert find(Word("Hauser")).counts("language") == {"de": 1, "en": 1}


@pytest.mark.django_db
def test_search_out_of_time_is_exact_for_what_it_looked_at(monkeypatch):
    said("Peace.", "War.", "Peace.", "Peace.")
    monkeypatch.setattr(stretches, "STRETCH", 1)
    clock = count()  # asked for each list of postings: two words, each in texts and in titles
    monkeypatch.setattr(stretches.time, "monotonic", lambda: next(clock))
    found = current_snapshot().find(Asked(AllOf((Word("peace"), Without(Word("absent"))))), seconds=6)
    monkeypatch.undo()
    assert not found.is_complete
    assert (found.examined, numbers(found.documents)) == (1, ["a1"])
    found = find(AllOf((Word("peace"), Without(Word("absent")))))
    assert found.is_complete
    assert numbers(found.documents) == ["a1", "a3", "a4"]


@pytest.mark.django_db
def test_filters_alone_need_no_time():
    said("Peace.")
    assert current_snapshot().find(Asked(Without(Without(AllOf(())))), seconds=-1).total == 1


@pytest.mark.django_db
def test_page_goes_on_where_it_was_though_the_index_changes():
    interview = said("Peace one.", "Peace two.", "Peace three.", "Peace four.")
    place = find(Word("peace"), order="oldest").page(2).after
    said("Peace of long ago.", date="1990-01-01")
    assert numbers(find(Word("peace"), order="oldest").page(2, after=place).documents) == ["a3", "a4"]
    change(interview, "a2", status="withdrawn")
    assert numbers(find(Word("peace"), order="oldest").page(2, after=place).documents) == ["a3", "a4"]


@pytest.mark.django_db
def test_page_of_the_longest_goes_on_where_it_was_though_the_hit_before_it_was_edited():
    interview = said("Peace and peace and peace.", "Peace and then peace.", "Peace and peace.", "Peace.")
    place = find(Word("peace"), order="longest").page(2).after
    for text in ("Peace.", "Peace and nothing but peace, long peace."):
        change(interview, "a2", text=text)
        assert numbers(find(Word("peace"), order="longest").page(1, after=place).documents) == ["a3"]


@pytest.mark.django_db
def test_page_by_relevance_goes_on_after_the_hit_though_its_score_changed():
    interview = said("Peace peace peace.", "Peace, peace and war.", "Peace and war.")
    place = find(Word("peace")).page(1).after
    change(interview, "a1", text="Peace, at length and with many other words, but peace.")
    reindex()
    found = find(Word("peace"))
    first = numbers(found.documents).index("a1")
    assert numbers(found.page(3, after=place).documents) == numbers(found.documents)[first + 1 :]


@pytest.mark.parametrize("text", ["", "1.2.3", "1.2.3.x", "-1.2.3.4", "1.2.3.4.5", "1.2.3." + "9" * 99, "١.٢.٣.٤"])
def test_place_that_nobody_gave_out_is_none(text):
    assert Place.read(text) is None
    assert Place.read(str(Place(1, 2, 3, 4))) == Place(1, 2, 3, 4)


@pytest.mark.django_db
def test_scores_do_not_depend_on_how_the_index_is_cut():
    interview = said("Peace.", "Peace and war, at length.", "War.")
    for number in ("a1", "a2"):
        change(interview, number, position=interview.turns.get(number=number).position)
    in_pieces = find(Word("peace")).scores
    assert len(current_snapshot().segments) == 3
    reindex()
    assert len(current_snapshot().segments) == 1
    assert find(Word("peace")).scores == pytest.approx(in_pieces)


@pytest.mark.django_db
def test_frequency_counts_the_documents_that_stand():
    interview = said("Peace.", "Peace, peace.", "War.")
    assert current_snapshot().frequency("peace") == 2
    change(interview, "a1", text="Silence.")
    assert current_snapshot().frequency("peace") == 1
    assert current_snapshot().frequency("absent") == 0


@pytest.mark.django_db
def test_marks_are_what_was_looked_for_in_the_language_of_the_hit():
    make_interview([("Und?", "Die Häuser sind Häuser.")], language="de")
    make_interview([("And?", "A house of talks, the talk of the houses.")])
    reindex()
    marks = current_snapshot().marks
    assert marks(Word("Haus")).forms == {"haus", "hauser"}
    assert marks(Word("talks"), language="en").forms == {"talk", "talks"}
    assert marks(Word("Häuser"), language="en").forms == {"hauser"}
    assert marks(Phrase(("the", "talk"))).phrases == ((frozenset({"the"}), frozenset({"talk"})),)
    assert marks(AllOf((Word("house", Part.ANSWER), Without(Word("talk")))), language="en").forms == {"house", "houses"}
    assert marks(Word("house", Part.ANSWER), part=Part.QUESTION).forms == set()
    (near,) = marks(Near(Word("house"), Similar("tolk"), 3), language="en").near
    assert near.right == ((frozenset({"talk"}),),)
    assert near.distance == 3


@pytest.mark.django_db
def test_beginning_of_too_many_words_says_that_it_was_cut(monkeypatch):
    said("Talk, talks, talking.")
    assert current_snapshot().marks(Prefix("tal")).cut == ()
    monkeypatch.setattr(expanding, "MOST_FORMS", 2)
    reindex()
    marks = current_snapshot().marks(Prefix("tal"))
    assert marks.cut == ("tal",)
    assert marks.forms == {"talk", "talking"}


def test_equal_questions_are_one():
    assert Asked(chosen={"country": ()}) == Asked()
    assert hash(Asked(chosen={"country": ["IT", "LY"]})) == hash(Asked(chosen={"country": ("LY", "IT")}))
    with pytest.raises(ValueError, match="longest_first"):
        Asked(order="longest_first")


@pytest.fixture
def values():
    """Three values that fill a cache."""
    return [np.zeros(1_000 - ENTRY_BYTES, dtype=np.uint8) for _ in range(3)]


def test_cache_drops_what_was_used_least_recently(values):
    cache = Cache(MOST_OF_ALL * 1_000)
    cache.keep_only_of(["owner"])
    for number in range(MOST_OF_ALL):
        cache.keep(("owner", number), values[0])
    cache.found(("owner", 0))
    cache.keep(("owner", "new"), values[1])
    assert cache.found(("owner", 0)) is values[0]
    assert cache.found(("owner", 1)) is None
    assert cache.found(("owner", "new")) is values[1]


def test_cache_keeps_nothing_large_and_nothing_of_others(values):
    cache = Cache(MOST_OF_ALL * 1_000)
    cache.keep_only_of(["owner"])
    cache.keep(("owner", "large"), np.zeros(2_000, dtype=np.uint8))
    cache.keep(("other", 1), values[0])
    assert cache.found(("owner", "large")) is cache.found(("other", 1)) is None
    assert cache.remembered(("owner", 1), lambda: values[1]) is values[1]
    assert cache.remembered(("owner", 1), lambda: values[2]) is values[1]
    cache.keep_only_of(["other"])
    assert cache.found(("owner", 1)) is None
