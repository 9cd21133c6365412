"""How texts become words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.text.analysis import exact, form_meant, forms, positions, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the US may act", ["the", "US", "may", "act"]),
        ("S-300s, US-led", ["S", "300s", "US", "led"]),
        ("Russia’s O'Brien", ["Russia’s", "O'Brien"]),
        ("the U.S. and U.N.", ["the", "U.S.", "and", "U.N."]),
        ("J.F.Kennedy", ["J.F.", "Kennedy"]),
        ("Cafe\u0301 na\u0308ive", ["Cafe\u0301", "na\u0308ive"]),
        ("制裁 переговоры", ["制", "裁", "переговоры"]),
        ("<img src=x>", ["img", "src", "x"]),
        ("l'Inde, qu’une D'Alema", ["l", "Inde", "qu", "une", "D", "Alema"]),
        ("dell’Unione, lorsqu'il", ["dell", "Unione", "lorsqu", "il"]),
        ("l'e\u0301tat l’été d'hier", ["l", "e\u0301tat", "l", "été", "d", "hier"]),
        ("aujourd'hui, N'Djamena, D'Souza, T's", ["aujourd'hui", "N'Djamena", "D'Souza", "T's"]),
        ("l’11 settembre, quest'anno, Sant’Egidio", ["l", "11", "settembre", "quest", "anno", "Sant", "Egidio"]),
        ("ジョー・エク", ["ジ", "ョ", "ー", "エ", "ク"]),
        ("* … — _", []),
        ("70,000-strong 1.250.000 $2,500.", ["70,000", "strong", "1.250.000", "2,500"]),
        ("1,234.5 12,345,678th", ["1,234", "5", "12", "345", "678th"]),
        ("2,5 12.03.2014 05.2014 March 5,2014", ["2", "5", "12", "03", "2014", "05", "2014", "March", "5", "2014"]),
        ("0.125 1999,200 1,200,30 8.8.2008", ["0", "125", "1999", "200", "1", "200", "30", "8", "8", "2008"]),
    ],
)
def test_words_are_found_as_written(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Russia’s", "russia"),
        ("Russia's", "RUSSIA‘S"),
        ("O’Brien", "OBrien"),
        ("Çavuşoğlu", "cavusoglu"),
        ("Szijjártó", "Szijjarto"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "Café"),
        ("ещё", "еще"),
        ("за\u0301мок", "замок"),
        ("U.S.", "US"),
        ("co\u00adoperate", "cooperate"),
        ("70,000", "70000"),
        ("مصطفى", "مصطفي"),
        ("أمريكا", "امريكا"),
        ("مسؤول", "مسوول"),
        ("سـلام", "سلام"),
        ("سَلام", "سلام"),
        ("ایران", "ايران"),
        ("٢٠١٤", "2014"),
        ("1.250.000", "1,250,000"),
        ("70’000", "70000"),
    ],
)
def test_spellings_of_one_word_are_one_exact_word(written, typed):
    assert exact(written) == exact(typed)


@pytest.mark.parametrize("written", ["US", "U.S.", "u.s.", "U.S", "US’s", "U.S.'s"])
def test_acronym_that_is_a_word_too_has_a_form_of_its_own_besides(written):
    assert forms(written) == ("us", "US")
    assert form_meant(written) == "US"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("It’s", ("it", "it's")),
        ("that's", ("that", "that's")),
        ("we‘re", ("were", "we're")),
        ("DON'T", ("dont", "don't")),
    ],
)
def test_contraction_has_a_form_of_its_own_besides(written, expected):
    assert forms(written) == expected
    assert form_meant(written) == expected[-1]


@pytest.mark.parametrize("written", ["us", "Us", "who", "Start", "NATO", "Salt", "Russia’s", "O’Brien", "its"])
def test_any_other_word_has_one_form(written):
    assert forms(written) == (exact(written),) == (form_meant(written),)


def test_short_i_stays_a_letter_of_its_own():
    assert exact("мой") == "мой" != exact("мои")


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "sanctions", "sanctioned"),
        ("en", "negotiations", "Negotiated"),
        ("en", "minister’s", "ministers"),
        ("ru", "переговорам", "переговоры"),
        ("ru", "министрами", "министр"),
        ("fr", "négociations", "négocier"),
        ("fr", "l’élection", "élections"),
        ("de", "Verhandlungen", "Verhandlung"),
        ("de", "Häuser", "Haus"),
        ("es", "sanciones", "sanción"),
        ("it", "trattative", "trattativa"),
        ("pt", "ministros", "ministra"),
        ("pt", "sanções", "sanção"),
        ("ar", "المفاوضات", "مفاوضات"),
        ("ar", "والعقوبات", "عقوبات"),
        ("ar", "الوزير", "وزير"),
        ("ar", "المستشفى", "مستشفي"),
        ("fa", "کشورهای", "كشور"),
        ("pl", "sankcje", "sankcji"),
        ("ar", "لروسيا", "روسيا"),
        ("pt", "internacionais", "internacional"),
        ("pt", "possíveis", "possivel"),
        ("pt", "homens", "homem"),
        ("pt", "europeus", "europeu"),
        ("pt-br", "ministros", "ministro"),
        ("en", "crises", "crisis"),
        ("en", "referenda", "referendums"),
    ],
)
def test_inflections_share_a_stem_in_their_language(language, word, other):
    one, two = words(word)[-1], words(other)[-1]
    assert set(stems(one, language)) & set(stems(two, language))
    assert exact(one) != exact(two)


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fr", "négociations", "negociations"),
        ("es", "sanción", "sancion"),
        ("pt", "sanções", "sancao"),
        ("de", "Gespräche", "Gesprache"),
        ("de", "Flüchtlinge", "Fluechtling"),
        ("en", "Schröder", "Schroeder"),
        ("fr", "Støre", "Stoere"),
    ],
)
def test_who_leaves_out_accents_finds_the_same_stem(language, written, typed):
    assert set(stems(written, language)) & set(stems(typed, language))


def test_stems_are_cut_as_the_language_does():
    assert stems("sanctions", "fr") == stems("sanction", "fr")
    assert stems("chats", "fr") != stems("chats", "fi")


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [("ru", "ministers", "minister"), ("en", "переговорам", "переговоры"), ("", "ministers", "minister")],
)
def test_word_in_a_script_that_is_not_the_language_s_is_cut_by_its_script(language, word, other):
    assert stems(word, language) == stems(other, language)


@pytest.mark.parametrize("word", ["US", "us", "may", "was", "300", "S", "news", "制", "ま"])
@pytest.mark.parametrize("language", ["en", "zh", "ja", ""])
def test_short_words_numbers_and_single_characters_are_words_as_they_stand(word, language):
    assert stems(word, language) == (exact(word),) == (word.lower(),)


def test_positions_count_the_words_and_know_their_characters():
    text = "The U.S. of Russia’s"
    assert positions(text) == [("the", 0, 3), ("us", 4, 8), ("of", 9, 11), ("russia", 12, 20)]


def test_threads_cut_words_at_once():
    """Snowball's objects are not safe between threads: ours are asked one after the other."""
    many = [f"negotiation{number}s" for number in range(2000)]
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda word: stems.__wrapped__(word, "en"), many * 2))
    assert told == [stems(word, "en") for word in many * 2]


@given(
    st.text(alphabet="aDlqunéѐи\u0306\u0301.'’\u00ad _-中ー1b\u0640 ", max_size=30),
    st.sampled_from(["en", "ru", "fr", ""]),
)
def test_analysis_takes_any_text(text, language):
    for word, (form, start, end) in zip(words(text), positions(text), strict=True):
        assert text[start:end] == word
        assert form == exact(word) == exact(form)
        assert all(stems(word, language))
