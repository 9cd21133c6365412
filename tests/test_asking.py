"""What a question asks, without the words around it."""

import pytest

from interviews.asking import asked_in

LONG = "Nobody has said so in public, and few have said so in private, as far as the papers know. "


@pytest.mark.parametrize(
    "asked",
    [
        "Can the neighbours still rely on what you sign?",
        "Сколько студентов учится в Острее и кто им платит?",
        "¿Qué se siente al volver a esta casa como ministro?",
        "كم عدد السفن التي ستصل إلى الميناء في الربيع؟",
        "新的桥梁何时向公众开放？",
    ],
)
def test_question_itself_is_kept_without_preamble(asked):
    assert asked_in(f"Hello, Minister. {LONG}{asked}", 90) == asked


def test_chinese_question_is_kept_without_preamble():
    assert asked_in("欢迎来到今天的节目。谢谢。新的桥梁何时向公众开放？", 14) == "新的桥梁何时向公众开放？"


@pytest.mark.parametrize(
    "preamble",
    ["Thank you. ", "Per Lindal of The Harbour Courier, from Halvik. ", "Ana Ruiz, Radio Meridian. ", "(Laughter.) "],
)
def test_courtesies_introductions_and_remarks_before_a_remark_are_left_out(preamble):
    assert asked_in(f"{preamble}The ferries stopped in May. {LONG}", 60) == "The ferries stopped in May."


@pytest.mark.parametrize(
    "opening",
    [
        "So, ",
        "And ",
        "Minister, ",
        "Mr Lind, ",
        "Madame la Ministre, ",
        "Арсений Павлович, ",
        "I have to ask you this: ",
    ],
)
def test_what_stands_before_a_long_question_is_left_out(opening):
    assert asked_in(f"{LONG}{opening}what will your neighbours say to the dam?", 60) == (
        "What will your neighbours say to the dam?"
    )


def test_subject_before_a_question_stays():
    asked = "On the dam, what will your neighbours say to it?"
    assert asked_in(LONG + asked, 60) == asked


def test_terse_question_keeps_the_sentence_before_it():
    assert asked_in(f"{LONG}Your guns fell silent. Why?", 110) == "Your guns fell silent. Why?"


def test_terse_question_after_a_long_sentence_keeps_its_last_clause():
    assert asked_in(
        "A paper in Geneva writes at length that you have promised a cut, and you sell gas. Is that so?", 50
    ) == ("… you sell gas. Is that so?")


def test_request_to_ask_is_not_the_question():
    assert asked_in(f"Can I just ask a follow-up? {LONG}Who will pay for the third dam on the river?", 60) == (
        "Who will pay for the third dam on the river?"
    )


def test_of_a_long_sentence_the_clause_that_asks_is_kept():
    question = (
        "If the others begin to feel cornered in all this and maybe desperate, do you fear for the ferries in spring?"
    )
    assert asked_in(question, 90) == "Do you fear for the ferries in spring?"


def test_question_that_stays_long_is_cut_where_a_clause_ends():
    question = "What do you think of the new leader of the fleet and do you think that the attempt was made on purpose?"
    assert asked_in(question, 80) == "What do you think of the new leader of the fleet and do you think…"


def test_cut_line_does_not_end_in_a_word_that_wants_another():
    assert asked_in(
        "Is there any room at all left on the upper decks of the old ferry to the southern islands?", 72
    ) == ("Is there any room at all left on the upper decks of the old ferry…")


def test_initials_and_titles_end_no_sentence():
    asked = "Mr. Dorn, nothing that the U.S. or J. Orvel did has helped. What now?"
    assert asked_in(f"Welcome to the evening programme. {asked}", 80) == asked


def test_one_endless_word_is_cut():
    assert asked_in("x" * 500, 110) == "x" * 109 + "…"


def test_words_without_a_question_are_kept_from_their_beginning():
    assert asked_in("The ferries stopped in May. Since then nothing came. " + LONG, 60) == (
        "The ferries stopped in May. Since then nothing came."
    )


def test_nothing_but_remarks_is_cut_as_it_is():
    assert asked_in("(Laughter.) " * 20, 60).startswith("(Laughter.)")
