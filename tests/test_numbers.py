"""Numbers of turns are given once and never reused."""

from interviews.ingest.numbers import numbers_for
from interviews.ingest.transcript import SpokenTurn


def turn(number, kind, reply_to=None):
    return SpokenTurn(number, kind, None, None, ("Words.",), (1, 1), reply_to=reply_to)


FIRST = [
    turn("s1", "statement"),
    turn("q1", "question"),
    turn("a1", "answer", "q1"),
    turn("q2", "question"),
    turn("a2", "answer", "q2"),
]


def test_first_reading_counts_exchanges():
    assert numbers_for(FIRST) == ["s1", "q1", "a1", "q2", "a2"]


def test_second_answer_to_a_question_gets_a_letter():
    again = [*FIRST, turn("a2b", "answer", "q2"), turn("a2c", "answer", "q2")]
    assert numbers_for(again)[-2:] == ["a2b", "a2c"]


def test_unanswered_question_keeps_questions_and_answers_in_step():
    read = [turn("q1", "question"), turn("q2", "question"), turn("a2", "answer", "q2")]
    assert numbers_for(read) == ["q1", "q2", "a2"]


def test_inserted_exchange_takes_the_next_unused_number():
    new = [turn("q1", "question"), turn("a1", "answer", "q1"), turn("q2", "question"), turn("a2", "answer", "q2")]
    inherited = {2: "q1", 3: "a1"}
    assert numbers_for(new, inherited=inherited, used=["q1", "a1", "q2", "a2"]) == ["q3", "a3", "q1", "a1"]


def test_number_of_a_withdrawn_answer_is_not_given_again():
    new = [turn("q1", "question"), turn("a1", "answer", "q1")]
    assert numbers_for(new, inherited={0: "q1"}, used=["q1", "a1"]) == ["q1", "a1b"]
