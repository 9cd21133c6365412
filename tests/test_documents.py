"""What the index takes from a turn, its question and their interview."""

import datetime

import pytest

from interviews.models import Turn
from interviews.search.index.documents import document_of

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = pytest.mark.django_db


def document(interview, number):
    return document_of(Turn.objects.documents().for_indexing().get(interview=interview, number=number))


def test_texts_are_those_of_the_question_the_answer_and_the_title():
    interview = make_interview([("Why?", "Because."), ("And now?", None)], statements=["Enough."], title="Talks")
    texts = {number: document(interview, number).texts for number in ("a1", "q2", "s1")}
    assert texts == {
        "a1": {"question": "Why?", "answer": "Because.", "title": "Talks"},
        "q2": {"question": "And now?", "answer": "", "title": "Talks"},
        "s1": {"question": "", "answer": "Enough.", "title": "Talks"},
    }


def test_about_is_what_question_and_answer_are_tagged_with_each_once():
    interview = make_interview()
    italy, treaty = make_country("IT", "Italy"), make_entity("document", "Quay Treaty")
    mention(interview.turns.get(number="q1"), italy)
    mention(interview.turns.get(number="a1"), italy, treaty)
    values = document(interview, "a1").values
    assert values["about"] == ["country:italy", "document:quay-treaty"]
    assert values["country"] == ["IT"]


def test_values_of_the_interview_are_slugs_codes_and_its_path():
    interview = make_interview(date="2019-12-05", slug="talks", kind="briefing", language="fr")
    interview.outlet.country = make_country("NO", "Norway")
    interview.outlet.save()
    values = document(interview, "a1").values
    assert {name: values[name] for name in ("interview", "kind", "language", "month", "year", "speaker", "outlet")} == {
        "interview": ["2019/12/05/talks"],
        "kind": ["briefing"],
        "language": ["fr"],
        "month": ["2019-12"],
        "year": ["2019"],
        "speaker": ["ilan-moreau"],
        "outlet": ["harbour-post"],
    }
    assert values["outlet_country"] == ["NO"]


@pytest.mark.parametrize(
    ("precision", "months", "last_day"),
    [("day", ["2019-02"], (2019, 2, 1)), ("month", ["2019-02"], (2019, 2, 28)), ("year", [], (2019, 12, 31))],
)
def test_day_is_a_span_as_long_as_the_date_is_unknown(precision, months, last_day):
    made = document(make_interview(date="2019-02-01", date_precision=precision), "a1")
    assert made.values["month"] == months
    assert made.numbers["date"] == datetime.date(2019, 2, 1).toordinal()
    assert made.numbers["last_day"] == datetime.date(*last_day).toordinal()


def test_what_nobody_knows_is_left_out():
    made = document(make_interview(speaker=None, outlet=None, language=""), "a1")
    assert [made.values[name] for name in ("speaker", "outlet", "outlet_country", "language")] == [[]] * 4


def test_documents_cost_few_queries_however_many_they_are(django_assert_max_num_queries):
    for number in range(5):
        made = make_interview([("Why?", "Because.")] * 3, outlet=f"Paper {number}", speaker=f"Person {number}")
        made.outlet.country = make_country("NO", "Norway")
        made.outlet.save()
        mention(made.turns.get(number="a1"), make_country("IT", "Italy"))
    with django_assert_max_num_queries(8):
        assert len([document_of(turn) for turn in Turn.objects.documents().for_indexing()]) == 15
