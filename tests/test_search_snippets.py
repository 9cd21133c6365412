import re

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.query import parse
from interviews.search.snippets import LENGTH, Wanted, snippet, wanted_by

FILLER = "The delegation arrived and spoke at length of trade and travel. " * 20


def shown(query, *texts):
    return snippet(texts, wanted_by(parse(query).node))


def test_matching_words_are_marked_in_any_inflection():
    assert shown("sanction", "Sanctions hurt; one sanction hurts.") == (
        "<mark>Sanctions</mark> hurt; one <mark>sanction</mark> hurts."
    )


def test_phrase_is_marked_as_a_phrase_and_its_words_alone_are_not():
    assert shown('"foreign minister"', "A minister, the Foreign\nMinister, foreign.") == (
        "A minister, the <mark>Foreign Minister</mark>, foreign."
    )


def test_hyphenated_word_is_marked_whole():
    assert shown("s-300", "The S-300 and the 300.") == "The <mark>S-300</mark> and the 300."


def test_excluded_words_and_field_filters_are_not_marked():
    assert shown("talks -sanctions year:2019", "Talks, sanctions, 2019.") == "<mark>Talks</mark>, sanctions, 2019."


def test_text_and_query_are_escaped():
    hostile = "<img src=x onerror=alert(1)> & <mark>plutonium</mark>"
    html = shown("<img plutonium </mark>", hostile)
    assert html == (
        "&lt;<mark>img</mark> src=x onerror=alert(1)&gt; &amp; "
        "&lt;<mark>mark</mark>&gt;<mark>plutonium</mark>&lt;/<mark>mark</mark>&gt;"
    )
    assert isinstance(html, SafeString)


def test_passage_with_most_different_words_is_chosen():
    html = shown("libya ceasefire", f"Libya. Libya. {FILLER} The ceasefire in Libya holds. {FILLER} Libya.")
    assert "The <mark>ceasefire</mark> in <mark>Libya</mark> holds." in html
    assert html.startswith("…")
    assert html.endswith("…")


def test_passage_is_cut_between_words():
    html = shown("ceasefire", f"{FILLER}ceasefire {FILLER}")
    text = re.sub(r"</?mark>", "", html).strip("…")
    assert 240 <= len(text) <= 320
    assert set(text.split()) <= set(f"{FILLER} ceasefire".split())


def test_question_is_shown_only_where_the_answer_does_not_match():
    assert shown("libya", "Yes, Libya.", "And Libya?") == "Yes, <mark>Libya</mark>."
    assert shown("libya", "Yes, it is.", "And Libya?") == "And <mark>Libya</mark>?"
    assert shown("year:2019", "Yes, it is.", "And Libya?") == "Yes, it is."
    assert shown("libya", "", "Is it?") == "Is it?"


def test_without_a_query_the_answer_begins():
    html = shown("", FILLER)
    assert html.startswith("The delegation arrived")
    assert html.endswith("…")
    assert len(html) <= LENGTH + 1


def test_long_match_does_not_lengthen_the_passage():
    phrase = "again and " * 60
    html = shown(f'"{phrase}"', phrase * 3)
    assert len(re.sub(r"</?mark>", "", html)) <= LENGTH + 2


def test_script_without_spaces_is_cut_anywhere():
    html = snippet(["制" * 1_000], Wanted())
    assert html == "制" * LENGTH + "…"


@given(st.text(alphabet="ab <>&\"'\n制’", max_size=2_000), st.text(alphabet='ab <>&"制', max_size=20))
def test_nothing_but_marks_is_markup(text, query):
    html = shown(query, text)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert not set(bare) & set("<>\"'")
    assert html.count("<mark>") == html.count("</mark>")
