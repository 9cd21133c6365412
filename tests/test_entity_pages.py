"""Pages of countries, people, outlets and other entities, and the lists of them."""

import pytest
from django.contrib.auth.models import Permission, User

from interviews.models import Alias
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention
from ingesting import TEXT, ingest
from pages_factory import links_of, title_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def libya():
    return make_country("LY", "Libya")


@pytest.fixture
def talks(libya):
    """Three exchanges of 2017 and 2019: one answer and one question speak of Libya."""
    older = make_interview([("What of the coast?", "Libya has one.")], date="2017-03-02", speaker="Ada Roth")
    newer = make_interview([("And Libya?", "It is near."), ("And the sea?", "It is deep.")])
    mention(older.turns.get(number="a1"), libya)
    mention(newer.turns.get(number="q1"), libya)
    return newer


def test_country_page_lists_the_answers_that_speak_of_it_newest_first(client, talks):
    page = words_of(client.get("/countries/libya/"))
    assert "2 answers that mention Libya" in page
    assert page.index("It is near.") < page.index("Libya has one.")
    assert "It is deep." not in page


def test_country_page_counts_by_year_and_each_year_leads_to_the_search(client, talks):
    response = client.get("/countries/libya/")
    assert "<title>2017: 1 answer</title>" in response.content.decode()
    assert "/search/?country=LY&year=2017" in links_of(response)


def test_country_page_leads_to_the_search_of_what_it_shows(client, talks):
    assert "/search/?country=LY" in links_of(client.get("/countries/libya/"))


def test_country_page_gives_code_and_other_names_in_english(client, libya):
    for text, language, kind in [
        ("State of Libya", "en", "name"),
        ("Libyan", "en", "demonym"),
        ("Libye", "fr", "name"),
        ("Libya", "tr", "name"),
    ]:
        Alias.objects.create(entity=libya, text=text, language=language, kind=kind)
    page = words_of(client.get("/countries/libya/"))
    assert "ISO 3166: LY Also called State of Libya No answers" in page


def test_country_that_no_answer_speaks_of_says_so(client, libya):
    assert "No answers that mention Libya" in words_of(client.get("/countries/libya/"))


def test_person_page_lists_own_answers_and_offices(client, talks):
    talks.participations.filter(part="interviewee").update(office="Minister of Foreign Affairs")
    response = client.get("/people/ilan-moreau/")
    page = words_of(response)
    assert "2 answers by Ilan Moreau" in page
    assert "Minister of Foreign Affairs" in page
    assert "Libya has one." not in page
    assert "/search/?speaker=ilan-moreau" in links_of(response)


def test_person_who_only_asks_has_the_interviews_listed(client, talks):
    person = make_entity("person", "Petra Lind")
    talks.participations.filter(part="interviewer").update(person=person)
    page = words_of(client.get("/people/petra-lind/"))
    assert "Interviews in which Petra Lind takes part" in page
    assert talks.title in page


def test_outlet_page_lists_the_answers_given_to_it_and_its_country(client, talks):
    outlet = talks.outlet
    outlet.country = make_country("NO", "Norway")
    outlet.save()
    response = client.get(outlet.get_absolute_url())
    assert "3 answers given to Harbour Post" in words_of(response)
    assert "/countries/norway/" in links_of(response)


@pytest.mark.parametrize(
    ("kind", "folder"),
    [("organisation", "organisations"), ("place", "places"), ("document", "documents"), ("event", "events")],
)
def test_other_entities_have_pages_of_the_same_kind(client, talks, kind, folder):
    entity = make_entity(kind, "Danube Accords")
    mention(talks.turns.get(number="a2"), entity)
    response = client.get(f"/{folder}/danube-accords/")
    assert "1 answer that mention Danube Accords" not in words_of(response)
    assert "1 answer that mentions Danube Accords" in words_of(response)
    assert f"/search/?{kind}=danube-accords" in links_of(response)


def test_drafts_do_not_appear_on_entity_pages(client, talks):
    make_interview([("And then?", "Rest.")], status="draft")
    assert "2 answers by Ilan Moreau" in words_of(client.get("/people/ilan-moreau/"))
    talks.status = "draft"
    talks.save()
    assert "1 answer that mentions Libya" in words_of(client.get("/countries/libya/"))


def test_long_lists_of_answers_have_pages(client, libya):
    talks = make_interview([("And Libya?", f"Answer number {number}.") for number in range(21)])
    for turn in talks.turns.filter(kind="answer"):
        mention(turn, libya)
    second = client.get("/countries/libya/?page=2")
    assert "Page 2 of 2" in words_of(second)
    assert "Answer number 20." in words_of(second)
    assert "Answer number 0." not in words_of(second)


def test_country_list_counts_answers(client, talks):
    reindex()
    response = client.get("/countries/")
    assert "Libya 2" in words_of(response)
    assert "/countries/libya/" in links_of(response)


def test_country_list_without_an_index_does_not_say_that_there_are_none(client, talks):
    response = client.get("/countries/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "No answer speaks" not in words_of(response)


def test_person_list_tells_who_answers_from_who_asks(client, talks):
    talks.participations.filter(part="interviewer").update(person=make_entity("person", "Petra Lind"))
    page = words_of(client.get("/people/"))
    assert "Ada Roth 1 Ilan Moreau 2" in page
    assert page.index("Who asks and leads the conversation") < page.index("Petra Lind")


def test_outlet_list_counts_published_interviews(client, talks):
    make_interview(outlet="Radio Draft", status="draft")
    page = words_of(client.get("/outlets/"))
    assert "Harbour Post 2" in page
    assert "Radio Draft" not in page


@pytest.fixture
def conference():
    """A press conference in which a journalist of Radio Meridian asks the first of two questions."""
    conference = make_interview([("And Libya?", "It is near."), ("And the sea?", "It is deep.")], outlet=None)
    asking = conference.participations.create(
        part="interviewer", label="RADIO MERIDIAN", outlet=make_entity("outlet", "Radio Meridian")
    )
    conference.turns.filter(number="q1").update(participation=asking)
    return conference


def test_outlet_that_asks_at_a_press_conference_is_listed(client, conference):
    assert "Radio Meridian 1" in words_of(client.get("/outlets/"))


def test_outlet_page_lists_the_answers_that_its_journalist_got(client, conference):
    page = words_of(client.get("/outlets/radio-meridian/"))
    assert "1 answer given to Radio Meridian" in page
    assert "Ilan Moreau Radio Meridian 5 December 2019 It is near." in page
    assert "It is deep." not in page


def test_title_of_an_answer_names_the_outlet_that_asked(client, conference):
    title = title_of(client.get(conference.turns.get(number="a1").get_absolute_url()))
    assert "Answer 1, Ilan Moreau, Radio Meridian, 5 December 2019" in title


def test_address_of_whom_no_text_names_any_more_says_so(client, texts):
    ingest(texts("ferry.txt"))
    assert client.get("/people/runa-solberg/").status_code == 200
    ingest(texts("ferry.txt", TEXT.replace("Solberg", "Sunderby")))
    gone = client.get("/people/runa-solberg/")
    assert gone.status_code == 410
    assert "No interview that readers may see names this person any more" in words_of(gone)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
@pytest.mark.parametrize("address", ["/people/hidden-person/", "/outlets/hidden-post/"])
def test_who_is_known_only_from_what_is_not_published_is_seen_by_those_who_may_view_interviews(client, status, address):
    make_interview(status=status, speaker="Hidden Person", outlet="Hidden Post")
    assert client.get(address).status_code == 404
    colleague = User.objects.create_user("colleague", is_staff=True)
    client.force_login(colleague)
    assert client.get(address).status_code == 404
    colleague.user_permissions.set(Permission.objects.filter(codename="view_interview"))
    assert client.get(address).status_code == 200


def test_person_who_is_only_spoken_of_has_a_page(client, talks):
    mention(talks.turns.get(number="a1"), make_entity("person", "Petra Lind"))
    assert client.get("/people/petra-lind/").status_code == 200
