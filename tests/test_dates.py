import datetime

import pytest

from interviews.ingest.calendars import months
from interviews.ingest.dates import broken_dates, date_in_number, find_dates, only_year


def first(text):
    return next(find_dates(text), None)


@pytest.mark.parametrize(
    "text",
    [
        "December 5, 2019",
        "5 December 2019",
        "the 5th of December, 2019",
        "5 DECEMBER, 2019",
        "December 5 2019",
        "05/12/2019 and no more",
        "2019-12-05",
        "2019-12-05T15:44:05Z",
        "Thu, 05 Dec 2019 01:29:13 +0000",
        "5 декабря 2019 года",
        "5 декабря 2019 г.",
        "le 5 décembre 2019",
        "5. Dezember 2019",
        "05.12.2019",
        "5 de diciembre de 2019",
        "5 dicembre 2019",
        "5 de dezembro de 2019",
        "5 грудня 2019 року",
        "2019年12月5日",
        "5 ديسمبر 2019",
        ".5 DECEMBER 2019",
        "2019/12/05",
        "2019. 12. 5.",
        "05-Dec-2019",
        "20191205",
        "Date: 20191205",
        "5.XII.2019",
        "5 XII 2019",
        "05. 12. 2019",
        "Dec. 5, 2019",
        "令和元年12月5日",
        "平成31年12月5日",
        "民國108年12月5日(星期四)",
        "二〇一九年十二月五日",
        "2019년 12월 5일",
        "٥ ديسمبر ٢٠١٩",
        "5 كانون الأول/ديسمبر 2019",
        "٥ ربيع الآخر ١٤٤١ الموافق ٥ ديسمبر ٢٠١٩",
        "5 ธันวาคม 2562",
        "๕ ธันวาคม พ.ศ. ๒๕๖๒",
        "2019. december 5.",
        "2019 m. gruodžio 5 d.",
        "2019 жылғы 5 желтоқсан",
        "5 ARALIK 2019",
        "5 grudnia 2019 r.",
        "5. prosince 2019",
        "5 Δεκεμβρίου 2019",
        "ngày 5 tháng 12 năm 2019",
        "5 बजे, 5 दिसंबर 2019",
        "5 בדצמבר 2019",
    ],
)
def test_day_is_read_in_every_form(text):
    found = first(text)
    assert (found.day, found.precision) == (datetime.date(2019, 12, 5), "day")


def test_first_of_a_month_may_be_an_ordinal():
    assert first("le 1er mars 2010").day == datetime.date(2010, 3, 1)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("5 December 201918:00", datetime.time(18)),
        ("21 апреля 2025 года 16:45 Москва", datetime.time(16, 45)),
        ("11 апреля 2019 года, 10:15", datetime.time(10, 15)),
        ("June 4, 2012 2:05 p.m.", datetime.time(14, 5)),
        ("4 June 2012", None),
        ("4 June 2012 99:99", None),
    ],
)
def test_time_after_a_date_is_read_even_glued_to_it(text, time):
    assert first(text).time == time


@pytest.mark.parametrize(("text", "day"), [("March 2012", (2012, 3, 1)), ("апрель 1987 г.", (1987, 4, 1))])
def test_month_alone_has_its_precision(text, day):
    assert (first(text).day, first(text).precision) == (datetime.date(*day), "month")


def test_year_alone_has_its_precision():
    assert (only_year("Interview, 1987").day, only_year("Interview, 1987").precision) == (
        datetime.date(1987, 1, 1),
        "year",
    )
    assert only_year("1,987 boats") is None


@pytest.mark.parametrize(("text", "is_open"), [("03/04/2019", True), ("27/04/2019", False), ("03.04.2019", False)])
def test_day_and_month_are_open_only_where_both_orders_fit(text, is_open):
    assert first(text).is_open is is_open


def test_month_first_where_only_that_fits():
    assert first("04/27/2019").day == datetime.date(2019, 4, 27)


@pytest.mark.parametrize(
    "text", ["1735-04-03-2031", "3 OCTOBER 19190", "31 February 2019", "version 1.2.2019.4", "yesterday"]
)
def test_what_is_no_date_is_not_read_as_one(text):
    assert first(text) is None


def test_name_of_a_month_means_one_month_but_for_one_of_croatian():
    assert {name for name, numbers in months().items() if len(numbers) > 1 and len(name) > 3} == {
        "listopad",
        "listopada",
    }
    assert {number for numbers in months().values() for number in numbers} == set(range(1, 13))


@pytest.mark.parametrize(
    "text", ["5-6 December 2019", "December 5-6, 2019", "5 and 6 December 2019", "5. und 6. Dezember 2019"]
)
def test_several_days_give_the_first_and_the_last(text):
    assert (first(text).day, first(text).last) == (datetime.date(2019, 12, 5), datetime.date(2019, 12, 6))


@pytest.mark.parametrize("text", ["3 OCTOBER 19190", "24 June 207", "31 February 2019", "l4 March 2019O", "31/02/2019"])
def test_slip_in_a_date_is_found_as_one(text):
    assert broken_dates(f"HALVIK {text}") == [text]


def test_letter_for_a_figure_makes_no_date_of_the_month():
    assert first("l4 March 2019") is None


def test_weekday_beside_a_date_is_kept():
    assert first("Thursday, 5 December 2019").weekdays == {3}
    assert first("2019年12月5日(星期四)").weekdays == {3}
    assert first("5 December 2019").weekdays == frozenset()


def test_date_at_the_end_of_the_number_of_a_document():
    assert date_in_number("443-12-03-2024").day == datetime.date(2024, 3, 12)
    assert date_in_number("443-12-03-2024 and more") is None


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("27/02/79", "1979-02-27", "None"),
        ("4/18/22", "2022-04-18", "None"),
        ("20.07.14", "2014-07-20", "2020-07-14"),
        ("31.07.14", "2014-07-31", "2031-07-14"),
        ("3/04/22", "2022-04-03", "2022-03-04"),
    ],
)
def test_year_of_two_figures_is_read_and_open_where_it_could_stand_first(text, day, other):
    assert (str(first(text).day), str(first(text).other)) == (day, other)
