"""The text of an interview to take away."""

import pytest

from archive_factory import make_interview
from pages_factory import add_source, links_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks():
    return make_interview(
        [("And Libya?", "Near.\n\nItaly is nearer."), ("Et l’été ?", None)], title="Talks in winter", slug="talks"
    )


def test_text_says_what_it_is_and_has_every_turn_under_its_number(client, talks):
    talks.participations.filter(part="interviewee").update(office="Envoy")
    add_source(talks, origin_url="https://ministry.example/talks", licence="CC BY 4.0")
    response = client.get(f"{talks.get_absolute_url()}text/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="talks.txt"'
    assert (
        response.content.decode()
        == """\
Talks in winter

Ilan Moreau, Envoy
Asked by: Harbour Post
Kind: Interview
Date: 5 December 2019
Language: English
Source: https://ministry.example/talks
Licence: CC BY 4.0
Archive: Diplomatic Interview Archive
Permalink: http://testserver/interviews/2019/12/05/talks/

[Q1] Question
And Libya?

[A1] Ilan Moreau
Near.

Italy is nearer.

[Q2] Question
Et l’été ?
"""
    )


def test_text_is_offered_where_the_file_may_not_be_passed_on(client, talks):
    add_source(talks, redistribute=False)
    assert f"{talks.get_absolute_url()}text/" in links_of(client.get(talks.get_absolute_url()))
    assert client.get(f"{talks.get_absolute_url()}text/").status_code == 200


def test_text_holds_no_withdrawn_words_and_says_that_a_sample_is_one(client, talks):
    talks.turns.filter(number="a1").update(status="withdrawn")
    type(talks).objects.update(sample=True)
    words = client.get(f"{talks.get_absolute_url()}text/").content.decode()
    assert "Near." not in words
    assert "the words of this interview are invented" in words


def test_text_of_a_translation_names_the_original(client, talks):
    english = make_interview(translation_of=talks, slug="talks-en")
    assert "Translation of: Talks in winter" in client.get(f"{english.get_absolute_url()}text/").content.decode()


@pytest.mark.parametrize(("status", "code"), [("draft", 404), ("withdrawn", 410)])
def test_text_of_what_readers_may_not_see_is_not_given(client, talks, status, code):
    type(talks).objects.update(status=status, status_reason="Why")
    assert client.get(f"{talks.get_absolute_url()}text/").status_code == code
