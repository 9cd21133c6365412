import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import Entity, FormerAddress
from interviews.search import Request
from interviews.search.language.request import SORTS

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
    request = read("sort=colour")
    assert request.sort == "newest"
    assert request.notices == ("Results cannot be sorted by “colour”.",)


@pytest.mark.django_db
def test_known_values_are_kept_in_one_form_without_a_notice():
    make_country("IT", "Italy")
    make_interview(speaker="Ilan Moreau", outlet="Harbour Post", language="en")
    request = read("country=it&country=IT&year=2019&speaker=ilan-moreau&outlet=harbour-post&language=en")
    chosen = {"country": "IT", "year": "2019", "speaker": "ilan-moreau", "outlet": "harbour-post", "language": "en"}
    assert request == Request(choices=chosen)
    assert read(request.query_string()) == request


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["it", "IT", "italy", "Italy"])
def test_country_goes_by_its_code_or_its_address(typed):
    make_country("IT", "Italy")
    request = read(f"country={typed}")
    assert (request.chosen("country"), request.notices) == (("IT",), ())


@pytest.mark.django_db
def test_notice_of_an_unknown_country_quotes_what_was_typed():
    assert read("country=Atlantis").notices == ("No country “Atlantis” is known here, so it was left out.",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("outlet_country", "IT"),
        ("about", "organisation:sea-council"),
        ("about", "country:italy"),
        ("month", "2019-12"),
        ("kind", "press-conference"),
        ("length", "very-long"),
        ("interview", "2019/12/05/askanews"),
        ("interview", "2019/askanews"),
        ("language", "zh-hans"),
        ("year", "1950"),
    ],
)
def test_every_facet_can_be_chosen_and_excluded(facet, value):
    make_country("IT", "Italy")
    make_entity("organisation", "Sea Council")
    make_interview(slug="askanews")
    make_interview(slug="askanews", date="2019-01-01", date_precision="year")
    chosen, excluded = read(f"{facet}={value}"), read(f"{facet}=-{value}")
    assert (chosen.notices, excluded.notices) == ((), ())
    assert (chosen.chosen(facet), chosen.excluded(facet)) == ((value,), ())
    assert (excluded.chosen(facet), excluded.excluded(facet)) == ((), (value,))
    assert read(chosen.query_string()) == chosen
    assert read(excluded.query_string()) == excluded


@pytest.mark.django_db
def test_former_and_merged_names_mean_who_is_there_now():
    survivor = make_entity("person", "Ilan Moreau")
    Entity.objects.filter(pk=make_entity("person", "I. Moreau").pk).update(merged_into=survivor)
    FormerAddress.objects.create(path="/people/elan-moreau/", entity=survivor)
    assert read("speaker=i-moreau").chosen("speaker") == ("ilan-moreau",)
    assert read("speaker=elan-moreau").chosen("speaker") == ("ilan-moreau",)
    assert read("about=-person:i-moreau").excluded("about") == ("person:ilan-moreau",)


@pytest.mark.django_db
def test_interview_is_known_under_its_former_path():
    interview = make_interview(slug="askanews")
    FormerAddress.objects.create(path="/interviews/2019/12/04/askanews/", interview=interview)
    assert read("interview=2019/12/04/askanews").chosen("interview") == ("2019/12/05/askanews",)


@pytest.mark.django_db
def test_choices_are_limited_with_a_notice():
    for number in range(30):
        make_entity("person", f"Name {number}")
        make_entity("outlet", f"Name {number}")
    address = "&".join(f"{facet}=name-{number}" for number in range(30) for facet in ("speaker", "outlet"))
    request = read(address)
    assert len(request.choices) == 50
    assert request.notices == ("Only 50 values can be chosen at once: the rest was left out.",)


@pytest.mark.django_db
def test_thousands_of_made_up_values_get_few_notices():
    request = read("&".join(f"year=9{number:04}" for number in range(2_000)))
    assert request.choices == ()
    assert len(request.notices) == 51


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        *("country=ZZ", "country=—", "speaker=nobody", "outlet=%00", "outlet_country=zz", "speaker=" + "a" * 100_000),
        *("about=nato", "about=country:", "about=:", "about=planet:mars", "about=country:zz"),
        *("year=19", "year=0000", "year=twenty", "year=٢٠١٩", "month=2019", "month=2019-13", "month=2019-1"),
        *("language=x", "language=english!", "kind=chat", "length=longest", "length=-", "interview=2019/none"),
        *("interview=//%5B", "interview=%3F", "interview=../../x", "country=--IT"),
    ],
)
def test_unknown_value_is_left_out_with_a_notice(address):
    request = read(address)
    assert request.query_string() == ""
    assert len(request.notices) == (0 if address in ("outlet=%00", "length=-") else 1)


@pytest.mark.django_db
def test_choices_of_all_facets_are_read_with_few_queries(django_assert_max_num_queries):
    make_country("IT", "Italy")
    make_interview(speaker="Ilan Moreau", outlet="Harbour Post")
    with django_assert_max_num_queries(1):
        read("country=it&outlet_country=it&speaker=ilan-moreau&outlet=harbour-post&about=country:italy&year=2019")


@pytest.mark.django_db
def test_value_of_another_kind_is_unknown():
    make_entity("outlet", "Harbour Post")
    assert read("speaker=harbour-post").notices == ("No speaker “harbour-post” is known here, so it was left out.",)


def test_query_loses_control_characters_and_halves_of_characters():
    parameters = QueryDict(mutable=True)
    parameters["q"] = "\x00li\ud800bya\x1f\u0085  talks\n"
    assert Request.from_query(parameters).query == "libya talks"


def test_long_query_is_cut_with_a_notice_that_says_where():
    request = read("q=" + "a" * 990 + "+gas+and+oil" * 1_000)
    assert len(request.query) == 1_000
    assert request.notices == ("The search was cut behind “…aaaaaaaaaa gas and o”: more is not read.",)


@pytest.mark.parametrize("text", ["制", "гáз ", "a\u0301", "😀 ", '"%', "(", "gas "])
def test_query_takes_so_much_room_in_an_address_and_no_more(text):
    query = Request(text * 1_000).query
    assert (text * 1_000).startswith(query)
    assert 990 < len(Request(query).query_string().encode()) <= 1_002
    assert Request(query).query == query


def test_address_has_one_order_and_no_defaults():
    request = Request(
        query="a b",
        choices={
            **{"kind": "briefing", "language": "en", "speaker": "s", "outlet": "o", "year": 2019},
            **{"country": ("LY", "-DE", "IT"), "about": "country:italy", "interview": "2019/12/05/askanews"},
        },
        since=datetime.date(2018, 1, 1),
        until=datetime.date(2020, 1, 1),
        sort="newest",
        page=3,
    )
    assert request.query_string() == (
        "q=a+b&country=IT&country=LY&country=-DE&outlet=o&speaker=s&about=country:italy&year=2019&language=en"
        "&kind=briefing&interview=2019/12/05/askanews&from=2018-01-01&to=2020-01-01&sort=newest&page=3"
    )
    assert Request(query="a", sort="relevance", page=1).query_string() == "q=a"


def test_changing_a_search_goes_back_to_its_first_page():
    request = Request(query="a", page=3, after="1.2.3.4")
    assert request.query_string() == "q=a&page=3&after=1.2.3.4"
    assert request.query_string(sort="oldest") == "q=a&sort=oldest"
    assert request.query_string(page=4) == "q=a&page=4"
    assert request.query_string(page=4, after="2.3.4.5") == "q=a&page=4&after=2.3.4.5"
    assert request.with_value("country", "IT") == Request(query="a", choices={"country": "IT"})
    assert request.with_value("country", "IT").without_value("country", "IT") == Request(query="a")


def test_value_is_chosen_or_excluded_but_never_both():
    request = Request().with_value("country", "IT").excluding("country", "IT")
    assert (request.chosen("country"), request.excluded("country")) == ((), ("IT",))
    assert request.with_value("country", "IT") == Request(choices={"country": "IT"})
    assert request.without_value("country", "IT") == Request()


def test_order_follows_the_query_unless_it_was_chosen():
    assert Request(query="a").changed(query="").sort == "newest"
    assert Request().changed(query="a").sort == "relevance"
    assert Request(query="a", sort="longest").changed(query="b").sort == "longest"


@pytest.mark.parametrize("text", ["0.737398.12.3", "1.2"])
def test_place_in_the_results_is_kept_as_the_engine_writes_it(text):
    assert (read(f"after={text}").after, read(f"before={text}").before) == (text, text)
    assert read(f"after={text}&page=7").query_string() == f"page=7&after={text}"


@pytest.mark.parametrize("text", ["x", "1.2.", "1.-2", "1" * 100, "1.٣", "<script>", "."])
def test_broken_place_is_the_first_page_with_a_notice(text):
    request = read(f"after={text}&page=7")
    assert (request.page, request.after) == (1, "")
    assert "There is no place" in request.notices[0]


@given(
    query=st.text(max_size=60),
    since=st.none() | st.dates(),
    sort=st.sampled_from([None, *SORTS]),
    page=st.integers(1, 10**9),
    years=st.sets(st.integers(1900, 2100).map(str)),
)
def test_address_of_a_search_leads_back_to_it(query, since, sort, page, years):
    years = [f"-{year}" if int(year) % 2 else year for year in sorted(years)][:50]
    request = Request(query=query, choices={"year": years}, since=since, sort=sort, page=page)
    assert read(request.query_string()) == request
