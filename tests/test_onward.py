"""From one interview to the next: of its speaker, of its outlet, in another language."""

import pytest

from interviews.onward import onward_from
from interviews.translations import other_languages_of

from archive_factory import make_entity, make_interview
from pages_factory import links_and_words, words_of

pytestmark = pytest.mark.django_db


def onward(interview):
    """{name of speaker or outlet: (slug before, slug after)} as the end of the page has it."""
    return {
        each.entity.name: tuple(other and other.slug for other in (each.before, each.after))
        for each in onward_from(interview, versions=other_languages_of(interview))
    }


def test_nearest_interviews_of_the_speaker_and_of_the_outlet_are_named():
    for date, speaker, outlet, slug in (
        ("2015-05-06", "Ilan Moreau", "Harbour Post", "far"),
        ("2016-05-06", "Ilan Moreau", "Lighthouse Weekly", "near"),
        ("2018-05-06", "Livia Marr", "Harbour Post", "next-there"),
        ("2019-05-06", "Ilan Moreau", "Harbour Post", "next"),
    ):
        make_interview(date=date, speaker=speaker, outlet=outlet, slug=slug)
    talks = make_interview(date="2017-05-06")
    assert onward(talks) == {"Ilan Moreau": ("near", "next"), "Harbour Post": ("far", "next-there")}


def test_interviews_of_one_day_follow_each_other_by_address():
    for slug in ("b", "a", "c"):
        make_interview(slug=slug, outlet=None)
    talks = make_interview(slug="b-2", outlet=None)
    assert onward(talks) == {"Ilan Moreau": ("b", "c")}


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_readers_may_not_see_is_not_named(status):
    make_interview(date="2016-05-06", status=status, status_reason="Why")
    assert onward(make_interview()) == {}


def test_who_only_asked_elsewhere_has_no_other_interview():
    other = make_interview(date="2016-05-06", speaker="Livia Marr", outlet=None)
    other.participations.filter(part="interviewer").update(person=make_entity("person", "Ilan Moreau"))
    assert onward(make_interview()) == {}


def test_undated_draft_has_no_place_among_others(client):
    make_interview()
    assert onward(make_interview(date=None, status="draft")) == {}


def test_translation_is_no_other_interview():
    original = make_interview(language="ru", slug="talks")
    english = make_interview(slug="talks-en", translation_of=original)
    assert onward(original) == onward(english) == {}


def test_next_interview_is_named_with_date_and_title_at_the_end_of_the_page(client):
    later = make_interview(date="2020-03-04", title="Talks in spring")
    page = client.get(make_interview().get_absolute_url())
    assert "Ilan Moreau After Talks in spring 4 March 2020" in words_of(page)
    assert (later.get_absolute_url(), "Talks in spring") in links_and_words(page)
