import pytest

from interviews.ingest.numbers import numbers_for
from interviews.ingest.read import read_transcript
from interviews.ingest.turns import is_courtesy


def turns_of(text):
    return read_transcript(text.encode()).turns


def numbers_of(text):
    return [turn.number for turn in turns_of(text)]


JOINT = """Joint press conference, 4 June 2012

MINISTER HALE: Good morning. We have signed the convention on the ferry.

MINISTER SOL: And on the harbour.

JOURNALIST: Who decides when you quarrel?

MINISTER HALE: We do.

MINISTER SOL: And then three engineers.

MODERATOR: The lady in the second row.

JOURNALIST: Is there a danger?

JOURNALIST: And the fish?

MINISTER SOL: The fish have not been asked.
"""


def test_answers_bear_the_number_of_their_question_and_letters_after_the_first():
    assert numbers_of(JOINT) == ["s1", "s2", "q1", "a1", "a1b", "m1", "q2", "q3", "a3"]


def test_answers_name_the_question_they_reply_to():
    assert {turn.number: turn.reply_to for turn in turns_of(JOINT) if turn.kind == "answer"} == {
        "a1": "q1",
        "a1b": "q1",
        "a3": "q3",
    }


def test_numbers_agree_with_those_the_archive_gives_out():
    turns = turns_of(JOINT)
    assert numbers_for(turns) == [turn.number for turn in turns]


def test_letters_go_on_after_z():
    text = "Question: Who is here?\n\n" + "Hale: I am.\n\nSol: And I.\n\n" * 15
    assert numbers_of(text)[26:29] == ["a1z", "a1bb", "a1bc"]


@pytest.mark.parametrize("divider", ["Q&A", "Questions and Answers", "***", "## Questions"])
def test_unlabelled_opening_statement_is_kept_above_what_divides_it_from_the_questions(divider):
    opening = "Good morning, everyone. I am glad to see so many of you in the harbour today."
    text = f"Hale in the harbour\n\n9 May 2011\n\n{opening}\n\n{divider}\n\nQuestion: Why?\n\nMs Hale: Because.\n"
    assert [(turn.kind, turn.paragraphs) for turn in turns_of(text)][:2] == [
        ("statement", (opening,)),
        ("question", ("Why?",)),
    ]


@pytest.mark.parametrize(
    "line", ["Thank you", "On 3 March 2024 we signed.", "Norland\n\nWe follow what happens there."]
)
def test_short_line_or_date_in_an_unlabelled_opening_statement_is_part_of_it(line):
    opening = f"Good morning, everyone. I am glad to see so many of you in the harbour today.\n\n{line}"
    text = f"Hale in the harbour\n\n9 May 2011\n\n{opening}\n\nQuestion: Why?\n\nMs Hale: Because.\n"
    assert turns_of(text)[0].paragraphs == tuple(opening.split("\n\n"))


def test_wrapped_opening_statement_is_kept_from_its_first_line():
    opening = "Good morning, everyone. I am glad to see so many\nof you in the harbour today.\n\n"
    text = f"Hale in the harbour\n\n9 May 2011\n\n{opening}***\n\nQuestion: Why?\n\nMs Hale: Because.\n"
    assert turns_of(text)[0].paragraphs == (" ".join(opening.split()),)


def test_invitation_of_a_site_above_the_title_is_no_opening_statement():
    head = "We welcome your letters to this page.\n\nInterview with Ada Hale\n\nNorland\n\n"
    assert turns_of(f"{head}Question: Why?\n\nMs Hale: Because.\n")[0].number == "q1"


def test_words_before_any_question_are_statements():
    assert [turn.kind for turn in turns_of(JOINT)][:2] == ["statement", "statement"]


def test_lines_of_a_turn_begin_at_its_label():
    text = "Question: Why?\n\nHale:\n\nBecause.\n\nAnd so.\n\nQuestion: When?\n\nHale: In June.\n"
    assert [turn.lines for turn in turns_of(text)] == [(1, 1), (3, 7), (9, 9), (11, 11)]


def test_interrupted_turn_that_is_taken_up_continues():
    text = (
        "PRESIDENT BERG: He was looking for a harbour —\n\nMINISTER HALE: Yes.\n\nPRESIDENT BERG: — and found one.\n\n"
        "QUESTION: Where?\n\nPRESIDENT BERG: In Halvik.\n"
    )
    assert [turn.continues for turn in turns_of(text)] == [False, False, True, False, False]


def test_who_was_cut_off_by_a_half_said_word_continues_even_with_a_capital():
    text = (
        "QUESTION: Was it hard?\n\nMINISTER HALE: It was a winter in which —\n\nQUESTION: Or is —\n\n"
        "MINISTER HALE: Very hard. We all know it.\n\nQUESTION: And now?\n\nMINISTER HALE: Now we rest.\n"
    )
    assert [turn.continues for turn in turns_of(text)] == [False, False, False, True, False, False]


def test_answer_to_a_new_question_does_not_continue_an_answer_that_was_cut_off():
    text = (
        "QUESTION: Was it hard?\n\nMINISTER HALE: It was a winter in which —\n\n"
        "QUESTION: Which of the winters do you mean?\n\nMINISTER HALE: The last.\n"
    )
    assert not any(turn.continues for turn in turns_of(text))


def test_statement_that_an_interjection_cut_off_goes_on_as_a_statement():
    text = (
        "MINISTER HALE: I have come to speak of the ferry and —\n\n(Cross-talk.)\n\nQUESTION: Louder, please.\n\n"
        "MINISTER HALE: — of the pier.\n\nQUESTION: Which pier?\n\nMINISTER HALE: The second.\n"
    )
    assert [(turn.number, turn.kind) for turn in turns_of(text)][::2] == [
        ("s1", "statement"),
        ("s2", "statement"),
        ("a2", "answer"),
    ]


def test_closing_words_after_the_last_answer_are_a_statement():
    text = (
        "JOURNALIST: Who pays?\n\nMINISTER HALE: We do.\n\n"
        "MINISTER SOL: In conclusion, let me thank the harbour master for his fish.\n"
    )
    assert [turn.number for turn in turns_of(text)] == ["q1", "a1", "s1"]


def test_several_sentences_with_question_marks_are_one_question():
    text = "Question: Why? And when? Who knows?\n\nHale: Nobody. Do you?\n\nQuestion: No.\n\nHale: Well then.\n"
    assert [turn.kind for turn in turns_of(text)] == ["question", "answer"] * 2


def test_call_of_the_next_journalist_is_the_moderator_speaking():
    text = "QUESTION: Why?\n\nMS PORTER: Because it is late.\n\nQUESTION: Thanks.\n\nMS PORTER: Let’s go to Ana Sol.\n"
    assert [turn.kind for turn in turns_of(text)] == ["question", "answer", "question", "moderator"]


def test_direction_keeps_its_place_in_the_text():
    text = (
        "QUESTION: (Off-mike.)\n\nHALE: (Via interpreter) In June. (Laughter.)\n\n(Applause.)\n\n"
        "QUESTION: And?\n\nHALE: No.\n"
    )
    first, second = turns_of(text)[:2]
    assert (first.kind, first.courtesy, first.paragraphs) == ("question", True, ("(Off-mike.)",))
    assert second.paragraphs == ("(Via interpreter) In June. (Laughter.)", "(Applause.)")


@pytest.mark.parametrize(
    "prose",
    [
        "The conclusion is quite simple: we meet again.",
        "He said: “Bring a chair.”",
        "One question about steel: today we have none.",
        "Libya: we have often spoken of it.",
        "Again: it is late.",
        "First: it is late. Second: it is cold.",
        "“Question: why?” is what he asked me.",
        "https://ferry.example: see there.",
        "At 12:30 it left.",
        "Note: the ferry is late.",
    ],
)
def test_colon_in_prose_makes_no_turn(prose):
    text = f"Question: Why?\n\nHale: Because.\n\n{prose}\n\n{prose}\n\nQuestion: When?\n\nHale: In June.\n"
    assert [turn.label for turn in turns_of(text)] == ["Question", "Hale", "Question", "Hale"]
    assert turns_of(text)[1].paragraphs == ("Because.", prose, prose)


@pytest.mark.parametrize(
    "name",
    ["Omar al-Dahri", "Selim el-Nasr", "Farid ul-Rahim", "Amina bint Selim", "Luc-Yves d'Ambert", "P. 't Veld"],
)
def test_particle_joined_to_a_name_leaves_it_a_label(name):
    text = f"Question: Who is here?\n\n{name}: I am.\n\n" * 2
    assert {turn.label for turn in turns_of(text)} == {"Question", name}


@pytest.mark.parametrize("label", ["bpa", "m-tv", "de Bode", "30 Minuten", "4News", "«Вестник»", "Audience member"])
def test_short_label_that_takes_turns_is_one_whatever_its_first_letter(label):
    text = f"{label}: Who is here?\n\nMs Hale: I am.\n\n" * 2
    assert [(turn.kind, turn.label) for turn in turns_of(text)] == [("question", label), ("answer", "Ms Hale")] * 2


def test_role_in_small_letters_that_takes_turns_answers():
    text = "Question: Who is here?\n\nminister: I am.\n\n" * 2
    assert [turn.kind for turn in turns_of(text)] == ["question", "answer"] * 2


@pytest.mark.parametrize(
    "prose",
    ["Minister: we are sorry, they said.", "One of them wrote, and I quote:\nMinister: You have failed."],
)
def test_titled_name_used_once_in_prose_makes_no_turn(prose):
    text = f"Question: Why?\n\nMs Hale: Because.\n\n{prose}\n\nQuestion: When?\n\nMs Hale: In June.\n"
    assert [turn.label for turn in turns_of(text)] == ["Question", "Ms Hale"] * 2


def test_address_directly_below_a_label_alone_on_its_line_belongs_to_its_speech():
    address, rest = "Madam President: Have you heard?", "PRESIDENT SOL:\n\nYes.\n\n"
    text = f"QUESTION:\n\n{address}\n\n{rest}QUESTION:\n\nWhen?\n\n{rest}"
    assert turns_of(text)[0].paragraphs == (address,)


def test_bare_letter_before_a_sentence_with_a_colon_is_the_whole_label():
    text = (
        "Q    Mr. Hale, when?\n\nMR. HALE: Soon.\n\nQ    — how soon?  The Mayor said: “Today.”\n\nMR. HALE: In June.\n"
    )
    assert [turn.label for turn in turns_of(text)] == ["Q", "MR. HALE"] * 2


def test_credit_at_the_end_is_no_turn():
    text = "Frage: Wann?\n\nHale: Im Juni.\n\nFrage: Warum?\n\nHale: Darum.\n\nInterview: Erika Beispiel\n"
    assert [turn.paragraphs for turn in turns_of(text)][-1] == ("Darum.",)


def test_page_break_inside_a_sentence_is_mended_even_before_a_capital():
    text = (
        "Question: Will it\n\never come?\n\nHale: As soon as we have been lent the dredger by the\n\n\n\n"
        "Kingdom of Denmark, yes.\n\nThey said so.\n\nQuestion: And?\n\nHale: No.\n"
    )
    question, answer = turns_of(text)[:2]
    assert question.paragraphs == ("Will it ever come?",)
    assert answer.paragraphs == (
        "As soon as we have been lent the dredger by the Kingdom of Denmark, yes.",
        "They said so.",
    )


def test_page_furniture_inside_an_answer_is_left_out_and_its_sentence_mended():
    text = (
        "Journalist: Why?\n\nMinister: It is a question for the\n\n"
        "Minister’s Office: 02 5550 7500     Department: 02 5550 1555\n2\n\nInternational Committee.\n\n"
        "Minister’s Office: 02 5550 7500     Department: 02 5550 1555\n3\n\n- 4 -\n\n"
        "Page 5 of 7\n\nJournalist: And?\n\nMinister: No.\n\nENDS\n\nMedia contact: 02 5550 7500\n"
    )
    assert [turn.paragraphs for turn in turns_of(text)] == [
        ("Why?",),
        ("It is a question for the International Committee.",),
        ("And?",),
        ("No.",),
    ]


def test_number_alone_after_a_label_is_an_answer():
    text = "Q:\n\nHow many?\n\nMR HALE:\n\n12.\n\nQ:\n\nSure?\n\nMR HALE:\n\nYes.\n"
    assert turns_of(text)[1].paragraphs == ("12.",)


def test_wrapped_lines_are_one_paragraph_and_a_list_stays_a_list():
    text = (
        "QUESTION: Why is it that the ferry has been late on every day of\nthis week?\n\n"
        "HALE: There are several reasons for it, and all of them are in-\nformal, as you will under\u00ad\nstand:\n"
        "1. the weather is bad in the morning and worse in the evening;\n2. the chairs are wet.\n\n"
        "QUESTION: And the people who were waiting at the harbour for all\nthat time?\n\nHALE: They are wet too.\n"
    )
    turns = turns_of(text)
    assert turns[0].paragraphs == ("Why is it that the ferry has been late on every day of this week?",)
    assert turns[1].paragraphs == (
        "There are several reasons for it, and all of them are in-formal, as you will understand:",
        "1. the weather is bad in the morning and worse in the evening;",
        "2. the chairs are wet.",
    )


def test_end_mark_ends_the_transcript_but_a_word_of_a_speaker_does_not():
    text = "Q:\n\nHow is it?\n\nMR HALE:\n\nFine.\n\nQ:\n\nSure?\n\nMR HALE:\n\nFine\n\nENDS\n\nHarbour Office"
    assert [turn.paragraphs for turn in turns_of(text)] == [("How is it?",), ("Fine.",), ("Sure?",), ("Fine",)]


def test_words_of_menus_are_words_when_somebody_says_them():
    text = "Q:\n\nWhere do you go?\n\nMR HALE:\n\nHome.\n\nQ:\n\nSure?\n\nMR HALE:\n\nYes.\n"
    assert turns_of(text)[1].paragraphs == ("Home.",)


def test_label_glued_to_the_end_of_a_sentence_begins_a_turn():
    text = "Question: Why?\nMr. Hale: So. Question: And when? Mr. Hale: In June.\nQuestion: Sure?\nMr. Hale: Yes.\n"
    assert numbers_of(text) == ["q1", "a1", "q2", "a2", "q3", "a3"]


def test_footer_of_a_site_is_no_part_of_the_last_answer():
    text = "Question: Why?\n\nHale: Because.\n\n\n\nEmbassies and consulates of Varland\n\nWorking with the Ministry"
    assert turns_of(text)[-1].paragraphs == ("Because.",)


def test_unfinished_last_words_of_a_speaker_stay():
    text = "Question: Why?\n\nHale: Because.\n\nMR VANCE: Thank you all very much"
    assert turns_of(text)[-1].paragraphs == ("Thank you all very much",)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Thank you.", False),
        ("Thank you so much, Secretary. Thank you.", True),
        ("Good morning, Mika.", False),
        ("Jalina, can you hear me?", True),
        ("Mr. Minister —", True),
        ("Ana —", True),
        ("Okay.", True),
        ("(Off-mike.)", True),
        ("Merci.", True),
        ("Спасибо.", True),
        ("Vielen Dank, Herr Minister.", True),
        ("Go ahead.", False),
        ("Yes, please, go ahead.", True),
        ("Next question, please.", False),
        ("You’re welcome.", False),
        ("Good to see you. How are you?", True),
        ("Hello? Can you hear me?", True),
        ("That’s right.", True),
        ("Yes.", True),
        ("I see.", True),
        ("In case —", True),
        ("Just a follow-up.", True),
        ("Pardon?", False),
        ("Hören Sie mich?", True),
        ("¿Me escucha?", True),
        ("Dernière question.", True),
        ("Последний вопрос, пожалуйста.", True),
        ("Вы меня слышите?", True),
        ("谢谢。", True),
        ("ありがとうございました。", True),
        ("Dziękuję bardzo.", True),
        ("Muito obrigado, ministro.", True),
        ("Grazie mille, ministro.", True),
    ],
)
def test_thanks_greetings_and_calls_are_courtesies(text, asks):
    assert is_courtesy(text, asks=asks)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Yes.", False),
        ("No.", False),
        ("Norway.", False),
        ("1957.", False),
        ("Why?", True),
        ("Thank you. When?", True),
        ("Thank you. The ferry is late.", False),
        ("The oil?", True),
        ("12.", False),
        ("Sure?", True),
        ("That’s wrong.", True),
        ("Yes. But who pays?", True),
        ("We welcome it.", False),
        ("Absolutely.", False),
        ("Sure. Yes.", False),
        ("I will. Thanks very much.", False),
        ("It was a winter in which —", False),
        ("Two questions. First, the pier.", True),
    ],
)
def test_short_words_with_substance_are_none(text, asks):
    assert not is_courtesy(text, asks=asks)
