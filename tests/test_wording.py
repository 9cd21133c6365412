"""Numbers, questions and dates as a reader reads them."""

import datetime

import pytest

from interviews.partial_date import PartialDate
from interviews.wording import counted, figure, shortened_question


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "answer", "0 answers"),
        (1, "answer", "1 answer"),
        (1234, "answer", "1,234 answers"),
        (2, "country/countries", "2 countries"),
        (1, "country/countries", "1 country"),
    ],
)
def test_nouns_agree_with_their_number(number, noun, words):
    assert counted(number, noun) == words


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (1234, "1,234"), (1234.5, "1,234"), (12.34, "12.3"), (0.456, "0.46"), (0.0, "0"), (None, "–")],
)
def test_figures_have_as_many_digits_as_mean_something(number, said):
    assert figure(number) == said


def test_short_question_stays_as_it_is_on_one_line():
    assert shortened_question("You met.\n\nWhat comes next?") == "You met. What comes next?"


def test_long_question_is_shortened_to_what_it_asks():
    preamble = "You have said more than once, and in more than one place, that patience is no policy. " * 2
    asked = "Which of the two policies will your party follow then?"
    assert shortened_question(preamble + asked) == asked


@pytest.mark.parametrize(
    ("address", "words", "machine", "precision"),
    [
        ("2019/12/05", "5 December 2019", "2019-12-05", "day"),
        ("2019/12", "December 2019", "2019-12", "month"),
        ("2019", "2019", "2019", "year"),
    ],
)
def test_partial_date_is_written_as_far_as_it_is_known(address, words, machine, precision):
    date = PartialDate.parse(address)
    assert (str(date), date.words, date.machine, date.precision) == (address, words, machine, precision)


@pytest.mark.parametrize("address", ["2019/13", "2019/02/29", "0000", "2019/00"])
def test_impossible_date_is_an_error(address):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(address)


def test_partial_date_is_stored_as_its_first_day():
    assert PartialDate.parse("2019/12").first_day == datetime.date(2019, 12, 1)


def test_partial_date_knows_the_periods_around_it():
    assert [str(period) for period in PartialDate.parse("2019/12/05").wider] == ["2019", "2019/12"]
    assert PartialDate.parse("2019").wider == []
