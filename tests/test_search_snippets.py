"""Passages of hits: what is marked, which passages are chosen, and that nothing but marks is markup."""

import re

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.engine.marks import Marks, Nearby
from interviews.search.results.snippets import LONGEST, Marker, marked, snippet
from interviews.search.text.analysis import exact, positions, words

from growing import grows_faster

FILLER = "The delegation arrived and spoke at length of trade and travel. " * 20


def run(text):
    """The words of a text in a row, each in its one form."""
    return tuple(frozenset({exact(word)}) for word in words(text))


def marks(*looked_for, near=()):
    """What to mark: words and, of several words, phrases."""
    runs = [run(text) for text in looked_for]
    forms = [form for one in runs if len(one) == 1 for form in one[0]]
    return Marks(frozenset(forms), tuple(one for one in runs if len(one) > 1), near)


def shown(text, *looked_for, near=()):
    return snippet(text, Marker(marks(*looked_for, near=near)).matches(text))


def bare(html):
    return re.sub(r"</?mark>", "", html)


def test_every_word_looked_for_is_marked_and_no_other():
    assert shown("Sanctions hurt; one sanction hurts, sanctioned or not.", "sanction", "sanctions") == (
        "<mark>Sanctions</mark> hurt; one <mark>sanction</mark> hurts, sanctioned or not."
    )


def test_phrase_is_marked_as_a_phrase_and_its_words_alone_are_not():
    assert shown("A minister, the Foreign\nMinister, foreign.", "foreign minister") == (
        "A minister, the <mark>Foreign Minister</mark>, foreign."
    )


def test_words_of_a_phrase_may_have_several_forms():
    makers = frozenset({"maker", "makers"})
    inflected = Marker(Marks(phrases=((frozenset({"policy", "policies"}), makers),)))
    text = "Policy-makers made policies; no maker did."
    assert marked(text, inflected.matches(text)) == "<mark>Policy-makers</mark> made policies; no maker did."


def test_words_are_marked_whatever_their_accents_signs_and_neighbours():
    text = "“Çavuşoğlu’s” visit, the U.S.’ reply, the S-300 and anti-Russia talk."
    assert shown(text, "cavusoglu", "us", "s 300", "russia") == (
        "“<mark>Çavuşoğlu’s</mark>” visit, the <mark>U.S.</mark>’ reply, the <mark>S-300</mark> and "
        "anti-<mark>Russia</mark> talk."
    )


def test_letters_of_a_longer_word_are_not_marked():
    assert shown("I’ve an I'd, do I? Banks bank,bank at 1,000 of O'Bank", "i", "bank") == (
        "I’ve an I&#x27;d, do <mark>I</mark>? Banks <mark>bank</mark>,<mark>bank</mark> at 1,000 of O&#x27;Bank"
    )


def test_words_without_spaces_between_are_marked():
    assert shown("停火协议已经生效。", "停火") == "<mark>停火</mark>协议已经生效。"


def test_words_are_marked_only_where_they_stand_near_each_other():
    near = (Nearby((run("sanctions"),), (run("medicine"), run("food")), 2),)
    assert shown("Sanctions on medicine, but not on any food at all. All the more sanctions.", near=near) == (
        "<mark>Sanctions</mark> on <mark>medicine</mark>, but not on any food at all. All the more sanctions."
    )


def test_longer_of_two_matches_at_one_place_is_marked():
    assert shown("The foreign minister spoke.", "foreign", "foreign minister", "minister") == (
        "The <mark>foreign minister</mark> spoke."
    )


def test_text_is_escaped():
    hostile = "<img src=x onerror=alert(1)> & <mark>plutonium</mark>"
    html = shown(hostile, "img", "plutonium", "mark")
    assert html == (
        "&lt;<mark>img</mark> src=x onerror=alert(1)&gt; &amp; "
        "&lt;<mark>mark</mark>&gt;<mark>plutonium</mark>&lt;/<mark>mark</mark>&gt;"
    )
    assert isinstance(html, SafeString)


def test_passage_with_most_different_words_comes_though_others_have_more_matches():
    text = f"Libya. {FILLER} Libya, Libya. {FILLER} The ceasefire in Libya holds. {FILLER} Libya."
    assert "The <mark>ceasefire</mark> in <mark>Libya</mark> holds." in shown(text, "libya", "ceasefire")


def test_words_that_stand_far_apart_are_shown_in_up_to_three_passages_in_their_order():
    text = f"{FILLER}The ferry sails. {FILLER}The herring swims. {FILLER}The gull flies. {FILLER}The seal sleeps."
    html = shown(text, "gull", "ferry", "seal", "herring")
    assert re.findall("<mark>(.*?)</mark>", html) == ["ferry", "herring", "gull"]
    assert html.count(" … ") == 2
    assert len(bare(html)) <= 3 * 180


def test_one_word_is_shown_in_two_passages_at_most():
    assert shown(f"Gulls cry. {FILLER}" * 5, "gulls").count("<mark>") == 2


def test_matches_close_together_are_one_passage():
    html = shown(f"{FILLER}The ferry sails to the herring at noon, as the gull flies. {FILLER}", "ferry", "gull")
    assert " … " not in html
    assert html.count("<mark>") == 2


def test_passage_begins_with_its_sentence_where_that_is_near():
    assert shown(f"{FILLER}Then the small old ferry sailed. {FILLER}", "ferry").removeprefix("…").startswith("Then")


def test_passage_is_cut_between_words():
    text = (
        "herring and gulls are what the harbour lives of " * 30 + "with a ferry " + "that sails and sails at noon " * 30
    )
    html = shown(text, "ferry")
    assert html.startswith("…")
    assert html.endswith("…")
    assert set(bare(html).strip("…").split()) <= set(text.split())
    assert 200 <= len(bare(html)) <= LONGEST + 2


def test_without_a_match_the_text_begins():
    html = shown(FILLER, "unicorn")
    assert html.startswith("The delegation arrived")
    assert html.endswith("…")
    assert len(html) <= LONGEST + 1


def test_no_passage_ends_in_the_middle_of_a_list():
    assert not re.search("[,;: –-]…", shown("Herring, gulls, seals, ships, nets, ropes; " * 20))


def test_short_text_is_shown_whole_and_nothing_of_none():
    assert shown("Yes, it is.", "libya") == "Yes, it is."
    assert shown("", "libya") == ""


def test_long_match_does_not_lengthen_the_passage():
    phrase = "again and " * 60
    assert len(bare(shown(phrase * 3, phrase))) <= 3 * 180


def test_no_passage_ends_within_a_phrase():
    for between in range(1, 30):
        text = f"{'y' * between} foreign minister " * 40
        assert set(re.findall("<mark>(.*?)</mark>", shown(text, "foreign minister"))) == {"foreign minister"}


def test_script_without_spaces_is_cut_anywhere():
    assert shown("制" * 1_000) == "制" * LONGEST + "…"


def test_statement_of_nothing_but_matches_is_marked_in_work_that_grows_with_it():
    near = (Nearby((run("to"),), (run("be"),), 5),)

    def marked(text):
        return shown(text, "to", "be", "to be", near=near)

    assert "<mark>to be</mark>" in marked("to be or not to be " * 10_000)
    assert not grows_faster(marked, lambda count: "to be or not to be " * count, 500)


@given(
    st.text(alphabet="ab <>&\"'\n制’.", max_size=2_000),
    st.lists(st.text(alphabet="ab制", min_size=1, max_size=3), max_size=4),
)
def test_nothing_but_marks_is_markup_and_every_character_is_of_the_text(text, looked_for):
    html = shown(text, *looked_for)
    inner = html.replace("<mark>", "").replace("</mark>", "")
    assert not set(inner) & set("<>\"'")
    assert html.count("<mark>") == html.count("</mark>")


@given(st.text(alphabet="aAb \n制’'`.-é(,_1İ", max_size=300), st.sampled_from(["a", "ab", "制", "e", "a b"]))
def test_matches_are_those_of_reading_word_by_word(text, looked_for):
    wanted = [next(iter(form)) for form in run(looked_for)]
    read = [form for form, _, _ in positions(text)]
    form_at = {start: form for form, start, _ in positions(text)}
    places = [place for place in range(len(read)) if read[place : place + len(wanted)] == wanted]
    matches = Marker(marks(looked_for)).matches(text)
    assert bool(matches) == bool(places)
    assert [form_at[match.start] for match in matches] == [wanted[0]] * len(matches)
    if len(wanted) == 1:
        assert len(matches) == len(places)


@given(st.lists(st.text(alphabet="aAb ’.(é", max_size=100), max_size=5), st.sampled_from(["a", "ab", "e", "a b"]))
def test_what_is_found_in_a_text_does_not_depend_on_those_read_before(texts, looked_for):
    marker = Marker(marks(looked_for))
    assert [marker.matches(text) for text in texts] == [Marker(marks(looked_for)).matches(text) for text in texts]
