"""Citations are right where all is known, and say nothing where it is not."""

import pytest

from interviews.citing.citation import cite, inverted
from interviews.models import Entity

from archive_factory import make_country, make_entity, make_interview

URL = "https://archive.example/interviews/2025/03/14/radio-meridian/a1/"


def cited(number="a1", *, office="", interview=None, **fields):
    interview = interview or make_interview(**fields)
    interview.participations.filter(part="interviewee").update(office=office)
    return cite(interview.turns.get(number=number), url=URL)


@pytest.mark.django_db
def test_citation_names_speaker_office_outlet_date_number_archive_and_address():
    citation = cited(
        speaker="Ilsa Varga", office="Minister of Foreign Affairs", outlet="Radio Meridian", date="2025-03-14"
    )
    assert citation == (
        "Varga, Ilsa, Minister of Foreign Affairs. Interview by Radio Meridian. 14 March 2025. Answer 1. "
        f"Diplomatic Interview Archive. {URL}."
    )


@pytest.mark.django_db
def test_citation_leaves_out_what_is_not_known():
    interview = make_interview(speaker=None, outlet=None, date=None, status="draft")
    interview.turns.update(participation=None)
    assert cited(interview=interview) == f"Interview. Answer 1. Diplomatic Interview Archive. {URL}."


@pytest.mark.django_db
@pytest.mark.parametrize(("precision", "words"), [("month", "March 2025"), ("year", "2025")])
def test_citation_gives_the_date_only_as_far_as_it_is_known(precision, words):
    date = "2025-03-01" if precision == "month" else "2025-01-01"
    assert f"Harbour Post. {words}. Answer 1." in cited(date=date, date_precision=precision)


@pytest.mark.django_db
def test_citation_of_a_press_conference_names_its_place():
    assert "Press conference, Rome. " in cited(kind="press-conference", outlet=None, place="Rome")


@pytest.mark.django_db
def test_citation_of_a_question_names_who_asked_and_who_was_asked():
    citation = cited("q1", speaker="Ilsa Varga", outlet="Radio Meridian")
    assert citation.startswith("Radio Meridian. Interview with Ilsa Varga. 5 December 2019. Question 1. ")


@pytest.mark.django_db
def test_citation_of_a_second_answer_keeps_its_letter():
    interview = make_interview()
    interview.turns.filter(number="a1").update(number="a1b")
    assert "Answer 1b." in cited("a1b", interview=interview)


@pytest.mark.django_db
def test_citation_does_not_double_a_full_stop():
    assert "Harbour Post Ltd. 5 December" in cited(outlet="Harbour Post Ltd.")


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("Ilsa Varga", "Varga, Ilsa"),
        ("Ilsa Maria Varga", "Varga, Ilsa Maria"),
        ("Otto von der Heide", "von der Heide, Otto"),
        ("Сергей Иванов", "Иванов, Сергей"),
        ("Madonna", "Madonna"),
        ("Varga, Ilsa", "Varga, Ilsa"),
        ("ليلى الحارثي", "ليلى الحارثي"),
        ("王 小明", "王 小明"),
    ],
)
def test_names_are_inverted_where_their_script_inverts_names(name, sorted_by):
    assert inverted(Entity(kind="person", name=name)) == sorted_by


@pytest.mark.django_db
def test_family_name_that_comes_first_stays_first():
    person = make_entity("person", "Han Meiling")
    person.country = make_country("CN", "China")
    assert inverted(person) == "Han Meiling"
