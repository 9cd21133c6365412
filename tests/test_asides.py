"""What stands between and inside speeches and was not said."""

import pytest

from interviews.ingest.read import read_transcript

LONG = "It will be longer than the first pier, and the water there is deep enough for every ferry."


def turns_of(text):
    return read_transcript(text.encode()).turns


def answer_with(line):
    """Return the first answer, where `line` stands between two of its paragraphs."""
    text = f"Question: Why?\n\nMs Hale: {LONG}\n\n{line}\n\n{LONG}\n\nQuestion: And when?\n\nMs Hale: In June.\n"
    return turns_of(text)[1].paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Story continues below",
        "Read more: Norland and the open sea",
        "Image: Ada Beispiel / Agency",
        "Share this article",
        "Lesen Sie auch: Die Fähre kommt wieder zu spät",
        "Lire aussi : Le bac est en retard",
        "Читайте также: Паром опять опоздал",
        "“The water is deep enough”",
        "THE SECOND PIER",
        "Question and Answer Session",
        "**The second pier**",
        "2",
        "- 3 -",
        "/ 4",
        "95-3689 Page 2",
        "(PTO",
        "Inquiries:  (02) 5550 7500 2",
        ". . . . .",
    ],
)
def test_lines_of_page_and_site_inside_an_answer_are_left_out(line):
    assert answer_with(line) == (LONG, LONG)


@pytest.mark.parametrize(
    "line",
    [
        "Norland and Osland",
        "The second pier",
        "Thank you",
        "“The water is deep enough.”",
        "Listen: it is late.",
        "Photos of the new pier",
        "(Laughter.)",
        "[inaudible]",
    ],
)
def test_words_that_somebody_may_have_said_stay(line):
    assert answer_with(line) == (LONG, line, LONG)


def test_several_short_lines_without_a_stop_are_headings_in_a_text_that_else_has_its_stops():
    text = (
        f"Question: Why?\n\nMs Hale: {LONG}\n\nThe second pier\n\nQuestion: When?\n\nMs Hale: {LONG}\n\n"
        f"A question of money\n\nQuestion: And how?\n\nMs Hale: {LONG}\n"
    )
    transcript = read_transcript(text.encode())
    assert [turn.paragraphs for turn in transcript.turns if turn.kind == "answer"] == [(LONG,)] * 3
    assert [problem.line for problem in transcript.problems if problem.code == "heading_left_out"] == [5]


def test_items_of_a_list_are_no_headings():
    words = ("We want three things:", "Ferries", "Piers", "Money", LONG)
    answer = "Ms Hale: " + "\n\n".join(words)
    text = f"Question: Why?\n\n{answer}\n\nQuestion: When?\n\n{answer}\n"
    assert turns_of(text)[1].paragraphs == words


@pytest.mark.parametrize("label", ["MS HALE (cont):", "MS HALE4 ( cont):", "MS HALE, cont:", "MS HALE (continued):"])
def test_label_that_a_page_break_repeats_begins_no_turn(label):
    text = (
        "JOURNALIST: Why?\n\nMS HALE: It is a question for the\n\n"
        f"{label} harbour master.\n\nJOURNALIST: When?\n\nMS HALE: In June.\n"
    )
    assert [turn.paragraphs for turn in turns_of(text)] == [
        ("Why?",),
        ("It is a question for the harbour master.",),
        ("When?",),
        ("In June.",),
    ]


def test_narrator_below_a_rule_is_no_part_of_the_answer_above():
    text = (
        "Question: Why?\n\nMs Hale: Because.\n\n***\n\nAfter the press conference, a reporter asked about the pier."
        "\n\nMs Hale: It is long.\n\nQuestion: And?\n\nMs Hale: No.\n"
    )
    assert [turn.paragraphs for turn in turns_of(text)][1:3] == [("Because.",), ("It is long.",)]


def test_break_of_the_programme_stands_alone_and_laughter_stays_with_the_words():
    text = (
        "Question: Why?\n\nMs Hale: Because.\n\n(Commercial break)\n\nQuestion: When?\n\nMs Hale: In June.\n\n"
        "(Laughter.)\n\nQuestion: Sure?\n\nMs Hale: No.\n\n(The briefing was concluded at 2:10 p.m.)\n"
    )
    assert [(turn.kind, turn.paragraphs) for turn in turns_of(text)] == [
        ("question", ("Why?",)),
        ("answer", ("Because.",)),
        ("direction", ("(Commercial break)",)),
        ("question", ("When?",)),
        ("answer", ("In June.", "(Laughter.)")),
        ("question", ("Sure?",)),
        ("answer", ("No.",)),
        ("direction", ("(The briefing was concluded at 2:10 p.m.)",)),
    ]


def test_remark_in_brackets_may_be_a_whole_turn_and_never_makes_one():
    text = (
        "Question: (In Norlandic.)\n\nMs Hale: (Via interpreter) Yes.\n\n"
        "Question: You spent 2 (Minister interjects: 2.6 million) million. Why?\n\nMs Hale: (inaudible) pier.\n"
    )
    assert [turn.paragraphs for turn in turns_of(text)] == [
        ("(In Norlandic.)",),
        ("(Via interpreter) Yes.",),
        ("You spent 2 (Minister interjects: 2.6 million) million. Why?",),
        ("(inaudible) pier.",),
    ]


def test_wrapped_line_that_begins_like_furniture_is_a_line_of_the_speech():
    text = (
        "Question: Why is it that the ferry has been late on every day of the\nweek so far?\n\n"
        "Ms Hale: We have made all those who asked about it a promise that the\n"
        "inquiries into the delay will be held in public and that we then will\n"
        "share\nall that is found with those who were waiting at the harbour for it.\n\n"
        "Question: And when will that be, if I may ask you, in this year or in\nthe next?\n\nMs Hale: In this.\n"
    )
    answer = " ".join(turns_of(text)[1].paragraphs)
    assert "a promise that the inquiries into the delay will" in answer
    assert "that we then will share all that is found" in answer


@pytest.mark.parametrize("mark", ["/ 4", "(PTO", "(more follows)"])
def test_page_mark_after_the_last_word_of_a_page_is_left_out(mark):
    assert answer_with(f"The pier is short. {mark}") == (LONG, "The pier is short.", LONG)
