"""What stands above the first label: the head of the document, an introduction, or an opening statement."""

import pytest

from interviews.ingest.read import read_transcript

TALK = "Question: Why is the ferry late?\n\nAda Hale: Because it is winter.\n\nQuestion: And?\n\nAda Hale: No more.\n"


def read_below(opening, talk=TALK):
    return read_transcript(f"Talks in the harbour\n\n4 June 2012\n\n{opening}\n\n{talk}".encode())


def codes(transcript):
    return [problem.code for problem in transcript.problems]


@pytest.mark.parametrize(
    "introduction",
    [
        "Hale, 58, has been minister of harbours since the great storm. She was an engineer before that.",
        "Ada Hale has led the ministry of harbours since the storm and wants to build a second pier.",
        "This transcript has been lightly edited. Remarks by the audience could not always be heard.",
        "Following is the transcript of remarks at a media session before the meeting this morning.",
        "The minister of harbours of Norland spoke to the Harbour Post about piers, ferries and the open sea.",
        "HALVIK (Agency) – The minister of harbours of Norland wants a second pier, and she wants it soon.",
        "Die Ministerin sprach mit der Hafenpost über Fähren, Molen und das offene Meer vor der Küste.",
        "La ministra recibe a este diario en su despacho del puerto y habla de muelles y transbordadores.",
    ],
)
def test_prose_that_presents_the_interview_is_no_statement(introduction):
    transcript = read_below(introduction)
    assert [turn.kind for turn in transcript.turns] == ["question", "answer"] * 2
    assert "opening_dropped" not in codes(transcript)


@pytest.mark.parametrize(
    "statement",
    [
        "Good afternoon. The ferry left the harbour this morning and is expected to be back on Friday.",
        "I have come to say three things about the ferry, and you will not like any of the three.",
        "At the invitation of the government of Osland, the harbour master will visit Osland on 5 June.",
        "We spoke to the harbour master this morning, and this interview is the first time that I tell of it.",
    ],
)
def test_prose_that_is_spoken_is_a_statement(statement):
    transcript = read_below(statement)
    assert (transcript.turns[0].kind, transcript.turns[0].paragraphs) == ("statement", (statement,))
    assert "unlabelled_speech" in codes(transcript)


def test_introduction_above_an_opening_statement_is_left_out_and_the_statement_kept():
    statement = "Good afternoon, everyone. I am glad to see so many of you in the harbour today."
    transcript = read_below(f"Ada Hale, 58, spoke in the harbour of Halvik on Monday.\n\n{statement}")
    assert transcript.turns[0].paragraphs == (statement,)


def test_line_that_ends_with_a_quotation_is_a_title_and_no_statement():
    title = "Part 2: ‘The harbour has nothing against the sea, and the sea nothing against it’"
    assert read_below(title).turns[0].kind == "question"


def test_prose_behind_a_divider_that_nobody_is_known_to_say_makes_a_draft():
    prose = (
        "The second pier will be built before the winter. It will be longer than the first, and it will cost less. "
        "Three engineers have been asked to look at the depth of the water."
    )
    transcript = read_below(f"{prose}\n\n***")
    problem = next(problem for problem in transcript.problems if problem.code == "opening_dropped")
    assert (problem.severity, problem.line) == ("draft", 5)


def test_prose_above_a_first_answer_makes_a_draft_where_somebody_says_we():
    prose = "We will build the second pier before the winter. We have asked three engineers to look at the water. " * 2
    talk = "Ada Hale: And I agree.\n\nQuestion: Why?\n\nAda Hale: Because.\n\nQuestion: And?\n\nAda Hale: No more.\n"
    assert "opening_dropped" in codes(read_below(prose, talk))


def test_page_mark_amid_an_opening_statement_is_left_out():
    transcript = read_below("Good morning. I want to speak of the ferry, / 2\n\n2\n\nof the pier and of the harbour.")
    assert transcript.turns[0].paragraphs == (
        "Good morning. I want to speak of the ferry, of the pier and of the harbour.",
    )
