"""English words: British and American spellings are one, words of another meaning are not."""

import pytest

from interviews.search.text.analysis import stems

ONE = [
    ("organisation", "organization"),
    ("recognised", "recognize"),
    ("stabilising", "stabilize"),
    ("analysed", "analyze"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("neighbouring", "neighbors"),
    ("behaviour", "behavior"),
    ("centre", "centers"),
    ("programmes", "program"),
    ("licence", "license"),
    ("importance", "important"),
    ("authority", "authorities"),
]
TWO = [
    ("four", "for"),
    ("prize", "prise"),
    ("fences", "fenses"),
    ("normalize", "normal"),
    ("imports", "important"),
    ("accords", "according"),
    ("units", "united"),
    ("authors", "authorities"),
    ("goods", "good"),
]


@pytest.mark.parametrize(("word", "other"), ONE)
def test_spellings_and_inflections_of_a_word_share_a_stem(word, other):
    assert stems(word, "en") == stems(other, "en")


@pytest.mark.parametrize(("word", "other"), TWO)
def test_words_that_mean_something_else_do_not(word, other):
    assert stems(word, "en") != stems(other, "en")


def test_other_languages_keep_their_spelling():
    assert stems("amour", "fr") != stems("amor", "fr")
