import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from interviews.search import Request
from interviews.search.request import SORTS

from archive_factory import make_country, make_entity, make_interview


def read(address):
    return Request.from_query(QueryDict(address))


def test_empty_address_asks_for_everything_newest_first():
    assert read("") == Request(sort="newest")


def test_query_is_sorted_by_relevance_unless_told_otherwise():
    assert read("q=libya").sort == "relevance"
    assert read("q=libya&sort=oldest").sort == "oldest"
    assert read("sort=relevance").sort == "newest"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2019", datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)),
        ("2020-02", datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)),
        ("2019-12-05", datetime.date(2019, 12, 5), datetime.date(2019, 12, 5)),
    ],
)
def test_part_of_a_date_stands_for_its_first_or_last_day(text, since, until):
    request = read(f"from={text}&to={text}")
    assert (request.since, request.until, request.notices) == (since, until, ())


@pytest.mark.parametrize("text", ["2019-02-31", "9999999", "2019-13", "0000", "yesterday", "²⁰¹⁹", "2019-1-1-1", "-"])
def test_impossible_date_is_left_out_with_a_notice(text):
    request = read(f"from={text}")
    assert request.since is None
    assert "is no date" in request.notices[0]


def test_dates_the_wrong_way_round_are_exchanged_with_a_notice():
    request = read("from=2020&to=2018-05")
    assert (request.since, request.until) == (datetime.date(2018, 5, 1), datetime.date(2020, 12, 31))
    assert request.notices == ("The first date was after the last one: the two were exchanged.",)


@pytest.mark.parametrize("address", ["from=2019-05-20&to=2019", "from=2019&to=2019-05", "from=2019-05&to=2019-05-20"])
def test_dates_that_overlap_are_the_right_way_round(address):
    assert read(address).notices == ()


@pytest.mark.parametrize("page", ["-1", "0", "abc", "1.5", "٣", "²", "1 2"])
def test_impossible_page_is_the_first_with_a_notice(page):
    request = read(f"page={page}")
    assert request.page == 1
    assert "no page" in request.notices[0]


@pytest.mark.parametrize("page", ["1000000000", "9" * 5_000])
def test_enormous_page_is_taken_as_it_is(page):
    assert read(f"page={page}").page == 10**9


def test_unknown_sort_gets_the_default_with_a_notice():
    request = read("sort=length")
    assert request.sort == "newest"
    assert request.notices == ("Results cannot be sorted by “length”.",)


@pytest.mark.django_db
def test_known_values_are_kept_in_one_form_without_a_notice():
    make_country("IT", "Italy")
    make_interview(speaker="Ilan Moreau", outlet="Harbour Post", language="en")
    request = read("country=it&country=IT&year=2019&speaker=ilan-moreau&outlet=harbour-post&language=en")
    assert request == Request(
        countries=("IT",), years=("2019",), speakers=("ilan-moreau",), outlets=("harbour-post",), languages=("en",)
    )
    assert read(request.query_string()) == request


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["it", "IT", "italy", "Italy"])
def test_country_goes_by_its_code_or_its_address(typed):
    make_country("IT", "Italy")
    request = read(f"country={typed}")
    assert (request.countries, request.notices) == (("IT",), ())


@pytest.mark.django_db
def test_notice_of_an_unknown_country_quotes_what_was_typed():
    assert read("country=Atlantis").notices == ("No country “Atlantis” is known here, so it was left out.",)


@pytest.mark.django_db
def test_only_years_of_published_interviews_can_be_chosen():
    make_interview(date="2019-01-01")
    make_interview(date="2020-01-01", status="draft")
    request = read("year=2019&year=2020&year=9999")
    assert request.years == ("2019",)
    assert request.notices == (
        "No year “2020” is known here, so it was left out.",
        "No year “9999” is known here, so it was left out.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("parameter", "kind"), [("speaker", "person"), ("outlet", "outlet")])
def test_choices_of_a_facet_are_limited_with_a_notice(parameter, kind):
    for number in range(60):
        make_entity(kind, f"Name {number}")
    request = read("&".join(f"{parameter}=name-{number}" for number in range(60)))
    assert len(request.chosen(parameter)) == 50
    assert "50 values" in request.notices[0]


@pytest.mark.django_db
def test_thousands_of_made_up_values_get_few_notices():
    request = read("&".join(f"year={number:04}" for number in range(2_000)))
    assert request.years == ()
    assert len(request.notices) == 51


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["country=ZZ", "country=—", "year=19", "year=2019", "year=twenty", "speaker=nobody", "outlet=%00", "language=xx"],
)
def test_unknown_value_is_left_out_with_a_notice(address):
    request = read(address)
    assert request.query_string() == ""
    assert len(request.notices) == (0 if "%00" in address else 1)


@pytest.mark.django_db
def test_value_of_another_kind_is_unknown():
    make_entity("outlet", "Harbour Post")
    assert read("speaker=harbour-post").notices == ("No speaker “harbour-post” is known here, so it was left out.",)


def test_query_loses_control_characters_and_halves_of_characters():
    parameters = QueryDict(mutable=True)
    parameters["q"] = "\x00li\ud800bya\x1f\u0085  talks\n"
    assert Request.from_query(parameters).query == "libya talks"


def test_long_query_is_cut_with_a_notice():
    request = read("q=" + "a" * 10_000)
    assert len(request.query) == 1_000
    assert request.notices == ("Only the first 1,000 characters of the search were read.",)


def test_address_has_one_order_and_no_defaults():
    request = Request(
        query="a b",
        countries=("LY", "IT"),
        years=("2019",),
        speakers=("s",),
        outlets=("o",),
        languages=("en",),
        since=datetime.date(2018, 1, 1),
        until=datetime.date(2020, 1, 1),
        sort="newest",
        page=3,
    )
    assert request.query_string() == (
        "q=a+b&country=IT&country=LY&year=2019&from=2018-01-01&to=2020-01-01"
        "&speaker=s&outlet=o&language=en&sort=newest&page=3"
    )
    assert Request(query="a", sort="relevance", page=1).query_string() == "q=a"


def test_changing_a_search_goes_back_to_its_first_page():
    request = Request(query="a", page=3)
    assert request.query_string() == "q=a&page=3"
    assert request.query_string(sort="oldest") == "q=a&sort=oldest"
    assert request.query_string(page=4) == "q=a&page=4"
    assert request.with_value("country", "IT") == Request(query="a", countries=("IT",))
    assert request.with_value("country", "IT").without_value("country", "IT") == Request(query="a")


@given(
    query=st.text(max_size=60),
    since=st.none() | st.dates(),
    sort=st.sampled_from([None, *SORTS]),
    page=st.integers(1, 10**9),
)
def test_address_of_a_search_leads_back_to_it(query, since, sort, page):
    request = Request(query=query, since=since, sort=sort, page=page)
    assert read(request.query_string()) == request
