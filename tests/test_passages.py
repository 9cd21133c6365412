"""Words of a text named by a link: found again exactly, never guessed."""

import contextlib
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviews.passages import Passage, PassageError, find, locate, parse, passage_for, readings, whole_words

TEXT = (
    "A ceasefire is a promise made in daylight. What we propose is a mission that reports every week.\n\n"
    "We have spoken with Egypt, with Italy – and with the “African Union”. None of them said no. "
    "What we heard is a promise."
)


def found(text, directive):
    place = find(text, parse(directive))
    return place and text[slice(*place)]


@pytest.mark.parametrize(
    ("directive", "words"),
    [
        ("made%20in%20daylight.", "made in daylight."),
        ("MADE%20%20in%0Adaylight", "made in daylight"),
        ("a%20promise", "a promise"),
        ("is-,a%20promise,-.", "a promise"),
        ("heard%20is-,a%20promise", "a promise"),
        ("A%20ceasefire,daylight", "A ceasefire is a promise made in daylight"),
        ("reports,Egypt", "reports every week.\n\nWe have spoken with Egypt"),
        ("week.%20We", None),
        ("week.-,We%20have", "We have"),
        ("every%20week.,-We", "every week."),
        ("Egypt%2C%20with%20Italy%20%2D%20and", "Egypt, with Italy – and"),
        ("the%20%22african%20union%22", "the “African Union”"),
        ("cease", None),
        ("daylight,ceasefire", None),
        ("prom-,a%20promise", None),
    ],
)
def test_passage_is_found_by_whole_words_whatever_their_case_spaces_and_quotes(directive, words):
    assert found(TEXT, directive) == words


def test_of_words_that_stand_there_twice_the_ones_between_their_neighbours_are_meant():
    assert find(TEXT, parse("What%20we"))[0] < find(TEXT, parse("What%20we,-heard"))[0]


def test_accents_and_vowel_signs_may_be_left_out():
    assert found("Le résumé était prêt.", "resume%20etait") == "résumé était"
    assert found("العبّارة تعمل", quote("العبارة")) == "العبّارة"


def test_scripts_without_spaces_are_found_sign_by_sign():
    assert found("我们希望和平。谈判继续。", quote("和平")) == "和平"


def test_number_is_one_word():
    assert found("It has 3,500 seats and 500 cabins.", "500,cabins") == "500 cabins"


@pytest.mark.parametrize(
    "directive",
    [
        *("", ",", ",,,,", "a,b,c,d", "-,", "-", "-,-", "!!!", "a-,,-b", ",a", "a,", "%20"),
        *("%FF", "a,%C3", "%00", "a%00b", "a%7F", "x" * 10_000, "%41" * 9_000),
    ],
)
def test_what_is_no_directive_is_refused_with_a_reason(directive):
    with pytest.raises(PassageError, match="The link"):
        parse(directive)


@pytest.mark.parametrize("directive", ["%0", "%zz", "100%", "<script>alert(1)</script>", "\"'><svg"])
def test_whatever_else_is_words_that_do_not_stand_there(directive):
    assert find(TEXT, parse(directive)) is None


def test_directive_is_read_from_a_query_with_its_commas():
    assert readings("v=1a2b3c4d&passage=well%2C%20yes,no%2Done") == [Passage("well, yes", "no-one")]


def test_directive_that_was_encoded_once_more_on_the_way_is_understood():
    assert Passage("well, yes", "no-one") in readings("passage=well%252C%2520yes%2Cno%252Done")


def test_directive_whose_commas_were_encoded_on_the_way_is_read_both_ways():
    assert readings("passage=it+is%2Cno") == [Passage("it is,no"), Passage("it is", "no")]


def test_query_without_passage_names_none():
    assert readings("v=1a2b3c4d&passages=1") == []


def test_short_passage_is_said_in_full_and_a_long_one_by_its_ends():
    assert str(passage_for(TEXT, TEXT.index("made"), TEXT.index(" What"))) == "made%20in%20daylight%2E"
    assert str(passage_for(TEXT, 0, TEXT.index("\n"))) == "A%20ceasefire%20is%20a,that%20reports%20every%20week%2E"


def test_words_that_stand_there_twice_are_told_apart_by_as_few_others_as_do_it():
    second = TEXT.rindex("is a promise")
    assert str(passage_for(TEXT, second, second + 4)) == "heard-,is%20a"


def test_words_above_the_text_on_its_page_are_told_apart_too():
    assert passage_for("The talks go on.", 0, 9, above="Do the talks go well?") == Passage("The talks", suffix="go on")


def test_words_that_nothing_tells_from_those_above_are_still_found_in_the_text():
    assert passage_for("Talks.", 0, 5, above="Talks. Talks.") == Passage("Talks")


def test_half_chosen_words_are_taken_whole():
    assert TEXT[slice(*whole_words(TEXT, 4, 14))] == "ceasefire is"


@pytest.mark.parametrize("place", [(5, 8), (5, 5), (8, 9), (500, 600)])
def test_place_without_a_word_gives_no_passage(place):
    with pytest.raises(PassageError):
        passage_for("Yes.    …    and then", *place)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("promise made in daylight", "promise made in daylight"),
        ("every week. We have spoken", "every week.\n\nWe have spoken"),
        ("egypt with italy and with the African Union", "Egypt, with Italy – and with the “African Union"),
        ("None of them … promise.", "None of them said no. What we heard is a promise."),
        ("A ceasefire [...] in daylight.", "A ceasefire is a promise made in daylight."),
        ("none of us", None),
        ("…", None),
        ("", None),
    ],
)
def test_typed_words_are_found_without_their_signs_and_breaks(typed, words):
    place = locate(TEXT, typed)
    assert (place and TEXT[slice(*place)]) == words


WORDS = st.lists(
    st.sampled_from(
        ["a", "b", "A", "don't", "ceasefire", "“", ",", "-", "…", "...", " ", "\n", "\n\n", "和", "平", "3,500", "é"]
    )
    | st.text(max_size=4),
    max_size=30,
).map(" ".join)


@given(WORDS, st.data())
@example("yes\n\nyes\n\nyes yes", None)
def test_directive_made_for_any_stretch_of_words_finds_exactly_it(text, data):
    stretches = (
        [data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))] if data else [(5, 8), (10, 13)]
    )
    for stretch in stretches:
        try:
            wanted = whole_words(text, *stretch)
        except PassageError:
            continue
        passage = passage_for(text, *wanted, above="a b ceasefire")
        assert find(text, passage) == wanted


@given(WORDS, st.data())
def test_directive_is_read_as_it_was_written(text, data):
    try:
        passage = passage_for(text, *data.draw(st.tuples(st.integers(0, 20), st.integers(0, len(text)))))
    except PassageError:
        return
    assert find(text, parse(str(passage))) == find(text, passage)


@given(st.text(max_size=60))
def test_any_directive_finds_words_or_nothing_or_is_refused(directive):
    with contextlib.suppress(PassageError):
        found(TEXT, directive)
