"""Charts of several series: their scale, their gaps and their labels."""

import pytest

from interviews.curves import Value, curves_of


def chart(*series, periods=None):
    """A chart of numbers, None for gaps."""
    periods = periods or [str(2000 + place) for place in range(len(series[0]))]
    return curves_of(periods, [[Value(number, "", "") for number in numbers] for numbers in series])


def test_without_a_value_there_is_no_chart():
    assert chart([None, None]) is None
    assert chart([]) is None


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0, "0 1 2"),
        (1, "0 1 2"),
        (4, "0 1 2 3 4"),
        (7, "0 2 4 6 8"),
        (1234, "0 500 1,000 1,500"),
        (0.3, "0 0.1 0.2 0.3"),
        (75.5, "0 20 40 60 80"),
    ],
)
def test_grid_has_round_numbers_up_to_the_highest(highest, labels):
    assert " ".join(tick.label for tick in chart([highest]).grid) == labels


def test_values_stand_in_proportion_and_in_the_middle_of_their_period():
    (curve,) = chart([4, 1]).curves
    assert [(mark.x, mark.y) for mark in curve.marks] == [("25.00%", "0.00%"), ("75.00%", "75.00%")]
    assert curve.runs == ("25.00,0.00 75.00,75.00",)


def test_all_series_have_one_scale():
    low, high = chart([1], [4]).curves
    assert (low.marks[0].y, high.marks[0].y) == ("75.00%", "0.00%")


def test_lines_break_at_gaps_and_what_stands_alone_is_a_mark():
    (curve,) = chart([1, 2, None, 3, None, 2, 2]).curves
    assert [len(run.split()) for run in curve.runs] == [2, 2]
    assert len(curve.marks) == 5


def test_many_periods_are_labelled_sparsely_and_on_phones_more_sparsely():
    ticks = chart([1] * 47).periods
    assert [tick.label for tick in ticks][:3] == ["2000", "2004", "2008"]
    assert [tick.label for tick in ticks if not tick.minor] == ["2000", "2012", "2024", "2036"]
