"""The query language from end to end: what is typed, and which answers are found."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_search_query import PIECES

from interviews.models import Entity
from interviews.search import Request, search
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """Four interviews of one answer each, known by their speakers: ann, bo, cy and di."""
    libya, italy = make_country("LY", "Libya"), make_country("IT", "Italy")
    council = make_entity("organisation", "Sea Council")
    ann = make_interview(
        [("Will the sanctions on medicine end?", "No minister will lift one sanction before the harvest.")],
        **{"speaker": "Ann", "outlet": "Harbour Post", "title": "Talks in Rome", "date": "2014-03-05"},
    )
    bo = make_interview(
        [("What of the ferry?", "The US-led talks on medicine and then, at length and in detail, on sanctions.")],
        **{"speaker": "Bo", "outlet": "Radio Meridian", "title": "A ferry", "kind": "briefing", "date": "2014-01-01"},
        date_precision="year",
    )
    cy = make_interview(
        [("А переговоры?", "Министры ещё говорят о пароме.")],
        **{"speaker": "Cy", "outlet": "Harbour Post", "title": "Паром", "language": "ru", "date": "2019-06-01"},
    )
    di = make_interview(
        [("Is the minister in Lybia?", "To be there, or not to be there.")],
        **{"speaker": "Di", "outlet": None, "title": "At sea", "date": "2010-12-31"},
    )
    mention(ann.turns.get(number="a1"), libya, italy)
    mention(bo.turns.get(number="q1"), libya)
    mention(cy.turns.get(number="a1"), council)
    Entity.objects.filter(pk=make_entity("country", "Jamahiriya").pk).update(merged_into=libya)
    Entity.objects.filter(pk=make_entity("person", "Diana Old").pk).update(
        merged_into=di.participations.get(part="interviewee").person
    )
    reindex()


@pytest.mark.parametrize(
    ("query", "total"),
    [("l'Europe", 2), ("Europe", 2), ("d’europe", 2), ('"l’Europe"', 1), ("-l'Europe", 1), ("l’accord", 1)],
)
def test_article_before_a_word_is_not_looked_for_and_in_a_phrase_it_is(db, query, total):
    make_interview([("Et l’Europe ?", "Oui."), ("Un accord d’Europe ?", "Non."), ("Et vous ?", "Non.")], language="fr")
    reindex()
    assert search(Request(query)).total == total


@pytest.mark.parametrize(
    ("query", "speakers"),
    [
        ("", "ann bo cy di"),
        ("sanction", "ann bo"),
        ("sanctions medicine", "ann bo"),
        ('"sanction"', "ann"),
        ('"not to be"', "di"),
        ("sanctions -ferry", "ann"),
        ("ferry OR lybia", "bo di"),
        ("(ferry OR harvest) medicine", "ann bo"),
        ("NOT sanctions", "cy di"),
        ("sanctions NEAR/2 medicine", "ann"),
        ("medicine NEAR/2 sanctions", "ann"),
        ("sanctions NEAR/20 medicine", "ann bo"),
        ('"one sanction" NEAR/3 (lift OR raise)', "ann"),
        ("harvest NEAR/50 medicine", ""),
        ("minist*", "ann di"),
        ("мини*", "cy"),
        ("lybya~", "di"),
        ("US-led", "bo"),
        ("led-US", ""),
        ("ministers", "ann di"),
        ("министрами", "cy"),
        ("еще паромы", "cy"),
        ("in:question sanctions", "ann"),
        ("in:answer sanctions", "ann bo"),
        ("in:question minister", "di"),
        ("(in:question minister) OR (in:answer minister)", "ann di"),
        ("(in:question ferry) sanctions", "bo"),
        ("title:rome", "ann"),
        ("title:talks", "ann"),
        ("rome", ""),
        ("title:(rome OR ferry) -medicine", ""),
        ("speaker:ann", "ann"),
        ("-speaker:(ann OR bo)", "cy di"),
        ('speaker:"diana old"', "di"),
        ("speaker:old", "di"),
        ("outlet:harbour -country:italy", "cy"),
        ("country:libya", "ann bo"),
        ("country:jamahiriya -country:it", "bo"),
        ('about:"sea council"', "cy"),
        ("about:libya about:italy", "ann"),
        ("before:2014", "di"),
        ("after:2014", "cy"),
        ("before:2014-03", "bo di"),
        ("after:2014-03-05 -after:2014", "bo"),
        ("year:2014", "ann bo"),
        ("year:2010..2014", "ann bo di"),
        ("year:2014-03..", "ann bo cy"),
        ("year:..2013", "di"),
        ("language:russian", "cy"),
        ("kind:briefing", "bo"),
        ("speaker:ann OR ferry", "ann bo"),
        ("mood:medicine", ""),
        ("speaker:nobody OR ferry", "bo"),
    ],
)
def test_query_finds_what_it_says(archive, query, speakers):
    assert sorted(hit.speaker.lower() for hit in search(Request(query)).hits) == speakers.split()


@pytest.mark.parametrize(
    ("address", "speakers"),
    [
        ("country=LY&country=-IT", "bo"),
        ("country=-LY", "cy di"),
        ("speaker=-ann&year=2014", "bo"),
        ("month=2019-06&month=2014-03", "ann cy"),
        ("about=organisation:sea-council", "cy"),
        ("kind=-interview", "bo"),
        ("language=ru", "cy"),
        ("length=short&outlet=harbour-post", "ann cy"),
        ("speaker=diana-old", "di"),
        ("interview=2019/06/01/nothing", "ann bo cy di"),
    ],
)
def test_choices_find_what_they_say(archive, address, speakers):
    found = search(Request.from_query(QueryDict(address)))
    assert sorted(hit.speaker.lower() for hit in found.hits) == speakers.split()


@pytest.mark.parametrize(
    "query",
    [
        *("a*", "*a", "***", "~" * 1_000, "(" * 1_000 + "a" + ")" * 1_000, '"' + "the " * 200 + '"', '"' * 1_000),
        *(" OR ".join(["minister"] * 1_000), "minister NEAR " * 200 + "minister", "the " * 2_500, "x" * 10_000),
        *("speaker:" * 1_000, "-" * 10_000, "sanction~ " * 100, "min* " * 100, "\x00\ud800\uffff" * 100),
    ],
)
def test_whatever_is_typed_is_answered(archive, query):
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    page = search(Request.from_query(parameters))
    assert page.notices or page.total or query in ("***", "-" * 10_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*PIECES, " ", " ", "minister", "sanction"]), max_size=25).map("".join))
def test_any_query_is_answered(archive, query):
    page = search(Request(query))
    assert 0 <= page.total <= 4
    assert page.description.sentence
