"""Haystack's own interface over the archive's index. Each fact that its stock backend gets wrong has a test."""

import datetime
import os
import threading

import pytest
from haystack.exceptions import SearchBackendError
from haystack.inputs import AltParser, AutoQuery, Exact, Not, Raw
from haystack.query import SQ, SearchQuerySet

from interviews.models import Interview, Turn
from interviews.search.facade.backend import ArchiveBackend
from interviews.search.index.upkeep import drain, record_changes, reindex

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


def said(*answers, **fields):
    """Make and index one interview with these answers."""
    interview = make_interview([("And?", answer) for answer in answers], **fields)
    reindex()
    return interview


def answers(results):
    return [result.answer for result in results]


def test_words_phrases_and_exclusions():
    said("Talks with Rome.", "The foreign minister talks.", "Foreign to the minister.")
    everything = SearchQuerySet()
    assert answers(everything.filter(content="talk")) == ["Talks with Rome.", "The foreign minister talks."]
    assert answers(everything.filter(content="foreign minister").order_by("position")) == [
        "The foreign minister talks.",
        "Foreign to the minister.",
    ]
    assert answers(everything.filter(content=Exact("foreign minister"))) == ["The foreign minister talks."]
    assert answers(everything.filter(content="talks").exclude(content="rome")) == ["The foreign minister talks."]
    assert answers(everything.filter(SQ(content="rome") | SQ(content__exact="to the"))) == [
        "Talks with Rome.",
        "Foreign to the minister.",
    ]
    assert answers(everything.filter(content__startswith="forei", content__fuzzy="tolks")) == [
        "The foreign minister talks."
    ]
    assert everything.all().count() == everything.count() == 3


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("talks", ["Talks of the foreign minister in Rome.", "The O’Brien talks on S-300."]),
        ('"foreign minister"', ["Talks of the foreign minister in Rome."]),
        ("talks -rome", ["The O’Brien talks on S-300."]),
        ("NOT rome", []),
        ("O'Brien", ["The O’Brien talks on S-300."]),
        ("S-300", ["The O’Brien talks on S-300."]),
        ('rome"', ["Talks of the foreign minister in Rome."]),
        ("", ["Talks of the foreign minister in Rome.", "The O’Brien talks on S-300."]),
    ],
)
def test_automatic_query_is_read_as_typed(typed, expected):
    said("Talks of the foreign minister in Rome.", "The O’Brien talks on S-300.")
    assert sorted(answers(SearchQuerySet().filter(content=AutoQuery(typed)))) == sorted(expected)


def test_values_of_a_field_with_several_stay_whole():
    korea, italy = make_country("KR", "Korea, Republic of"), make_country("IT", "Italy")
    interview = said("Yes.")
    mention(interview.turns.get(number="a1"), korea, italy)
    reindex()
    results = SearchQuerySet().facet("country").facet("about")
    assert [sorted(result.country) for result in results] == [["IT", "KR"]]
    assert results.facet_counts()["fields"] == {
        "country": [("IT", 1), ("KR", 1)],
        "about": [("country:italy", 1), ("country:korea-republic-of", 1)],
    }


def test_facet_of_names_counts_each_whole():
    make_interview(speaker="Running Rivers")
    make_interview(speaker="Running Waters")
    reindex()
    facets = SearchQuerySet().facet("speaker").facet_counts()["fields"]
    assert facets == {"speaker": [("running-rivers", 1), ("running-waters", 1)]}


@pytest.mark.parametrize("lookup", ["outlet", "outlet__exact", "outlet__in"])
def test_filter_by_a_name_with_commas_and_operators(lookup):
    make_entity("outlet", "News, and Not More", slug="news-and-not-more")
    make_entity("outlet", "News", slug="news")
    for outlet in ("News, and Not More", "News"):
        make_interview([("And?", outlet)], outlet=outlet)
    reindex()
    value = ["news-and-not-more"] if lookup.endswith("in") else "news-and-not-more"
    assert answers(SearchQuerySet().filter(**{lookup: value})) == ["News, and Not More"]
    assert answers(SearchQuerySet().narrow('outlet:"news-and-not-more"')) == ["News, and Not More"]
    assert answers(SearchQuerySet().narrow(SQ(outlet="news-and-not-more"))) == ["News, and Not More"]
    assert answers(SearchQuerySet().filter(outlet='news" OR outlet:"news-and-not-more')) == []


def test_field_in_nothing_finds_nothing():
    said("Yes.")
    assert SearchQuerySet().filter(outlet__in=[]).count() == 0


def test_slices_of_any_length_are_right():
    said(*(f"Number {n}." for n in range(45)))
    results = SearchQuerySet().order_by("position")
    expected = [f"Number {n}." for n in range(45)]
    for first, after in [(3, 5), (2, 5), (40, 45), (44, 60), (0, 45), (7, 7)]:
        assert answers(SearchQuerySet().order_by("position")[first:after]) == expected[first:after]
    assert results[44].answer == "Number 44."
    assert answers(results) == expected
    assert len(results) == results.count() == 45


@pytest.mark.parametrize("before", [SearchQuerySet.count, lambda results: results[0], lambda results: results[:7]])
def test_open_slice_goes_to_the_end_whatever_was_asked_before(before):
    said(*(f"Number {n}." for n in range(45)))
    results = SearchQuerySet().order_by("position")
    before(results)
    assert answers(results[40:]) == [f"Number {n}." for n in range(40, 45)]
    assert len(list(results)) == 45


def test_page_far_behind_the_last_is_empty():
    said("Yes.")
    assert SearchQuerySet()[10_000:10_020] == []


@pytest.mark.parametrize(
    ("lookup", "day", "expected"),
    [
        ("gt", "2014-12-31", [2015]),
        ("gte", "2014-12-31", [2014, 2015]),
        ("lt", "2014-12-31", [2013]),
        ("lte", "2014-12-31", [2013, 2014]),
        ("exact", "2014-12-31", [2014]),
    ],
)
def test_bounds_of_days_are_kept(lookup, day, expected):
    for date in ("2013-12-31", "2014-12-31", "2015-01-01"):
        make_interview(date=date)
    reindex()
    results = SearchQuerySet().filter(**{f"date__{lookup}": datetime.date.fromisoformat(day)}).order_by("date")
    assert [result.date.year for result in results] == expected


def test_ranges_hold_both_their_ends():
    for date in ("2013-12-31", "2014-12-31", "2015-01-01"):
        make_interview(date=date)
    reindex()
    everything = SearchQuerySet()
    assert everything.filter(date__range=[datetime.date(2013, 12, 31), datetime.date(2014, 12, 31)]).count() == 2
    assert everything.filter(year__range=[2014, 2015]).count() == 2
    assert everything.filter(year__gt=2014).count() == everything.filter(year=2015).count() == 1
    assert everything.narrow("year:[2013 TO 2014]").count() == 2
    assert everything.narrow("date:{20131231 TO 2014]").count() == 1
    assert everything.narrow("date:foo").count() == 0


def test_narrowing_to_nothing_still_gives_facets():
    said("Yes.")
    results = SearchQuerySet().narrow("country:XX").facet("country").facet("year")
    assert list(results) == []
    assert results.facet_counts()["fields"] == {"country": [], "year": []}


def test_facets_count_all_that_is_narrowed_whatever_is_sliced():
    italy = make_country("IT", "Italy")
    interview = said(*["Yes."] * 30, date="2019-12-05")
    for turn in interview.turns.filter(kind="answer")[:25]:
        mention(turn, italy)
    reindex()
    results = SearchQuerySet().narrow("country:IT").facet("year")
    assert len(results[:3]) == 3
    assert results.facet_counts()["fields"] == {"year": [("2019", 25)]}


@pytest.mark.parametrize(
    "refused",
    [
        lambda results: results.highlight(),
        lambda results: results.boost("yes", 2.0),
        lambda results: results.date_facet("date", datetime.date(2019, 1, 1), datetime.date(2020, 1, 1), "month"),
        lambda results: results.query_facet("year", "[2019 TO 2020]"),
        lambda results: results.stats("year"),
        lambda results: results.filter(content=AltParser("dismax", "yes")),
        lambda results: results.facet("country", limit=3),
        lambda results: results.order_by("title"),
        lambda results: results.filter(content__contains="es"),
        lambda results: results.filter(content__endswith="es"),
        lambda results: results.filter(content__startswith="ye"),
        lambda results: results.filter(outlet__startswith="harbour"),
        *(
            lambda results, text=text: results.filter(content=Raw(text))
            for text in ("a*", "*a", "*e*", "??*", "[a TO z]", "yes^2")
        ),
    ],
)
def test_what_is_not_answered_is_refused_not_ignored(refused):
    said("Yes.")
    with pytest.raises(NotImplementedError):
        len(refused(SearchQuerySet()))


def test_suggested_spelling_is_refused():
    said("Yes.")
    with pytest.raises(NotImplementedError, match="Spellings"):
        SearchQuerySet().filter(content="yess").spelling_suggestion()


@pytest.mark.parametrize("text", ["x" * 10_000, "word " * 5_000])
def test_very_long_string_is_refused_at_once(text):
    said("Yes.")
    with pytest.raises(SearchBackendError, match="at most"):
        SearchQuerySet().filter(content=Raw(text)).count()


def test_unknown_field_is_refused():
    said("Yes.")
    with pytest.raises(SearchBackendError, match="no field"):
        SearchQuerySet().narrow("secret:x").count()


@pytest.mark.parametrize("brackets", [0, 800])
def test_what_the_parser_cannot_read_is_told(brackets):
    said("Peace.")
    value = Not("war") if not brackets else Raw("(" * brackets + "peace" + ")" * brackets)
    with pytest.raises(SearchBackendError, match="cannot be read"):
        len(SearchQuerySet().filter(content=value))


def test_facet_that_is_none_is_told():
    said("Peace.")
    with pytest.raises(SearchBackendError, match="no facet colour"):
        SearchQuerySet().facet("colour").facet_counts()


def test_two_filters_find_what_one_with_both_words_finds():
    said("The talks go on.", title="Peace")
    assert len(SearchQuerySet().filter(content="peace talks")) == 1
    assert len(SearchQuerySet().filter(content="peace").filter(content="talks")) == 1


def test_order_may_go_both_ways():
    for date in ("2010-05-01", "2020-05-01"):
        make_interview([("One?", "First."), ("Two?", "Second.")], date=date)
    reindex()
    results = SearchQuerySet().order_by("-date", "-position")
    assert [(result.date.year, result.answer) for result in results] == [
        (2020, "Second."),
        (2020, "First."),
        (2010, "Second."),
        (2010, "First."),
    ]
    assert [result.date.year for result in SearchQuerySet().order_by("date", "position")] == [2010, 2010, 2020, 2020]


def test_results_lead_to_their_turns():
    interview = said("Yes.", "No.")
    turns = list(interview.turns.filter(kind="answer").order_by("position"))
    results = SearchQuerySet().models(Turn).order_by("position")
    assert [result.object for result in results] == turns
    assert [result.id for result in results] == [f"interviews.turn.{turn.pk}" for turn in turns]
    assert [result.object for result in results.load_all()] == turns
    assert list(results.values_list("pk", "answer")) == [[turns[0].pk, "Yes."], [turns[1].pk, "No."]]
    assert results.values("outlet", "year")[0] == {"outlet": "harbour-post", "year": 2019}
    assert SearchQuerySet().filter(django_id=turns[1].pk).best_match().answer == "No."


def test_other_models_have_no_documents():
    said("Yes.")
    results = SearchQuerySet()
    results.query.add_model(Interview)
    assert results.count() == 0


def test_similar_documents_share_telling_words():
    interview = said(
        "The treaty on fisheries stays.", "Fisheries matter to the coast.", "The weather is the weather.", "The treaty."
    )
    first = interview.turns.get(number="a1")
    similar = SearchQuerySet().more_like_this(first)
    assert answers(similar) == ["The treaty.", "Fisheries matter to the coast."]
    assert answers(SearchQuerySet().filter(content="coast").more_like_this(first)) == ["Fisheries matter to the coast."]


def test_threads_search_while_others_write():
    interview = said("Yes.", "No.")
    yes = interview.turns.get(number="a1")
    problems, is_over = [], threading.Event()

    def keep_searching():
        while not is_over.is_set():
            try:
                found = answers(SearchQuerySet().filter(content="yes"))
                problems.extend([found] if found != ["Yes."] else [])
            except Exception as error:  # whatever it is, the test must show it
                problems.append(error)

    threads = [threading.Thread(target=keep_searching) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        record_changes([yes.pk])
        drain()
    reindex()
    is_over.set()
    for thread in threads:
        thread.join()
    assert problems == []


def test_index_opened_before_a_fork_serves_the_children():
    said("Yes.")
    assert SearchQuerySet().count() == 1
    child = os.fork()
    if not child:
        os._exit(answers(SearchQuerySet().filter(content="yes")) != ["Yes."])
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_live_index_is_never_emptied():
    said("Yes.")
    backend = ArchiveBackend("default", PATH="unused")
    for empty in (backend.clear, backend.delete_index):
        with pytest.raises(SearchBackendError, match="never emptied"):
            empty()
    assert SearchQuerySet().count() == 1
