import pytest

from interviews.search.analysis import PART_BREAK, VALUE_BREAK, ValueTokenizer, WordTokenizer, exact, stem, words


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
        ("* … — _", []),
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
    ],
)
def test_spellings_of_one_word_are_one_exact_word(written, typed):
    assert exact(written) == exact(typed)


def test_short_i_stays_a_letter_of_its_own():
    assert exact("мой") == "мой" != exact("мои")


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("sanctions", "sanction"),
        ("negotiations", "negotiated"),
        ("переговорам", "переговоры"),
        ("министрами", "министр"),
    ],
)
def test_inflections_share_a_stem_and_differ_as_exact_words(word, other):
    assert stem(word) == stem(other)
    assert exact(word) != exact(other)


@pytest.mark.parametrize("word", ["US", "us", "may", "was", "300", "S", "news"])
def test_short_words_and_numbers_are_words(word):
    assert stem(word) == word.lower()


def test_positions_leave_a_gap_between_question_and_answer():
    tokens = WordTokenizer(exact)(f"one two{PART_BREAK}three", positions=True)
    assert [(token.text, token.pos) for token in tokens] == [("one", 0), ("two", 1), ("three", 102)]


def test_values_are_never_split_at_commas_or_spaces():
    tokens = ValueTokenizer()(f"Korea, Republic of{VALUE_BREAK}to")
    assert [token.text for token in tokens] == ["Korea, Republic of", "to"]
