"""Bars by year and month: their geometry, their gaps and their labels."""

from interviews.charts import chart_of_months, chart_of_years, with_shares


def chart(counts, **options):
    return chart_of_years(counts, url_of=lambda year: f"?year={year}", **options)


def test_no_counts_give_no_chart():
    assert chart([]) is None


def test_years_without_a_count_are_gaps_between_bars():
    bars = chart([(2009, 2), (2012, 4)]).bars
    assert [(bar.name, bar.count) for bar in bars] == [("2009", 2), ("2010", 0), ("2011", 0), ("2012", 4)]
    assert [bar.height for bar in bars[1:3]] == ["0.0%", "0.0%"]


def test_bar_heights_are_in_proportion_and_stand_on_the_base():
    low, high = chart([(2009, 50), (2010, 100)]).bars
    assert (low.y, low.height) == ("50.0%", "50.0%")
    assert (high.y, high.height) == ("0.0%", "100.0%")


def test_smallest_count_is_still_seen():
    assert chart([(2009, 1), (2010, 10_000)]).bars[0].height == "4.0%"


def test_bars_share_the_width():
    shown = chart([(year, 1) for year in range(2000, 2020)])
    assert shown.slot_width == "5.00%"
    assert [bar.slot for bar in shown.bars[:3]] == ["0.00%", "5.00%", "10.00%"]


def test_bars_of_few_years_are_no_blocks():
    assert chart([(2019, 5)]).slot_width == "8.33%"


def test_bars_lead_to_their_evidence():
    assert [bar.url for bar in chart([(2009, 1), (2010, 1)]).bars] == ["?year=2009", "?year=2010"]


def test_many_years_are_labelled_sparsely_and_on_phones_more_sparsely():
    bars = chart([(year, 1) for year in range(1950, 2026)]).bars
    labelled = [bar.name for bar in bars if bar.label]
    on_phones = [bar.name for bar in bars if bar.label and not bar.minor]
    assert labelled[:3] == ["1950", "1955", "1960"]
    assert on_phones == ["1950", "1965", "1980", "1995", "2010", "2025"]


def test_chosen_years_are_selected():
    shown = chart([(2009, 1), (2010, 1)], selected={2010})
    assert shown.has_selection
    assert [bar.selected for bar in shown.bars] == [False, True]


def test_table_beside_the_chart_has_no_empty_rows():
    assert [bar.name for bar in chart([(2009, 1), (2011, 1)]).counted] == ["2009", "2011"]


def test_year_has_twelve_months_and_only_those_with_a_count_lead_somewhere():
    shown = chart_of_months(2019, {5: 3, 12: 1}, url_of=lambda month: f"?month=2019-{month:02}", selected={12})
    assert len(shown.bars) == 12
    assert [(bar.name, bar.url, bar.selected) for bar in shown.counted] == [
        ("May 2019", "?month=2019-05", False),
        ("December 2019", "?month=2019-12", True),
    ]
    assert "".join(bar.label for bar in shown.bars) == "JFMAMJJASOND"


def test_shares_are_per_cent_of_the_first():
    assert with_shares([("Libya", 8), ("Italy", 2)]) == [("Libya", 8, "100.0"), ("Italy", 2, "25.0")]
