"""Pages of countries, people, outlets and other entities, their feeds, and the lists of them."""

from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import F

from interviews.models import Alias, Decision, Entity, FormerAddress, Interview, Mention, Turn
from interviews.search.index.upkeep import record_changes, reindex

from archive_factory import make_country, make_entity, make_interview, mention
from ingesting import TEXT, ingest
from pages_factory import links_and_words, links_of, title_of, words_of

pytestmark = pytest.mark.django_db


def page_of(client, address):
    """An entity's page as a reader finds it: the index has all that was written."""
    reindex()
    return client.get(address)


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
    page = words_of(page_of(client, "/countries/libya/"))
    assert "2 answers that mention Libya" in page
    assert page.index("It is near.") < page.index("Libya has one.")
    assert "It is deep." not in page


def test_country_page_counts_by_year_and_each_year_chooses_its_answers(client, talks):
    response = page_of(client, "/countries/libya/")
    assert "<title>2017: 1 answer</title>" in response.content.decode()
    of_2017 = client.get("/countries/libya/?year=2017")
    assert "/countries/libya/?year=2017" in links_of(response)
    assert "1 answer that mentions Libya, in 2017" in words_of(of_2017)
    assert "/search/?country=LY&year=2017" in links_of(of_2017)


def test_country_page_leads_to_the_search_of_what_it_shows(client, talks):
    assert "/search/?country=LY" in links_of(page_of(client, "/countries/libya/"))


def test_country_page_gives_code_and_other_names_in_english(client, nothing_known, libya):
    for text, language, kind in [
        ("State of Libya", "en", "name"),
        ("Libyan", "en", "demonym"),
        ("Libye", "fr", "name"),
        ("Libya", "tr", "name"),
    ]:
        Alias.objects.create(entity=libya, text=text, language=language, kind=kind)
    page = words_of(page_of(client, "/countries/libya/"))
    assert "ISO 3166: LY Also called State of Libya No answers" in page


def test_country_that_no_answer_speaks_of_says_so(client, libya):
    assert "No answers that mention Libya" in words_of(page_of(client, "/countries/libya/"))


def test_person_page_lists_own_answers_and_offices(client, talks):
    talks.participations.filter(part="interviewee").update(office="Minister of Foreign Affairs")
    response = page_of(client, "/people/ilan-moreau/")
    page = words_of(response)
    assert "2 answers by Ilan Moreau" in page
    assert "Minister of Foreign Affairs" in page
    assert "Libya has one." not in page
    assert "/search/?speaker=ilan-moreau" in links_of(response)


def test_person_who_only_asks_has_the_interviews_listed(client, talks):
    person = make_entity("person", "Petra Lind")
    talks.participations.filter(part="interviewer").update(person=person)
    page = words_of(page_of(client, "/people/petra-lind/"))
    assert "Interviews in which Petra Lind takes part" in page
    assert talks.title in page


def test_outlet_page_lists_the_answers_given_to_it_and_its_country(client, talks):
    outlet = talks.outlet
    outlet.country = make_country("NO", "Norway")
    outlet.save()
    response = page_of(client, outlet.get_absolute_url())
    assert "3 answers given to Harbour Post" in words_of(response)
    assert "/countries/norway/" in links_of(response)


@pytest.mark.parametrize(
    ("kind", "folder"),
    [("organisation", "organisations"), ("place", "places"), ("document", "documents"), ("event", "events")],
)
def test_other_entities_have_pages_of_the_same_kind(client, talks, kind, folder):
    entity = make_entity(kind, "Danube Accords")
    mention(talks.turns.get(number="a2"), entity)
    response = page_of(client, f"/{folder}/danube-accords/")
    assert "1 answer that mention Danube Accords" not in words_of(response)
    assert "1 answer that mentions Danube Accords" in words_of(response)
    assert f"/search/?{kind}=danube-accords" in links_of(response)


def test_drafts_do_not_appear_on_entity_pages(client, talks):
    make_interview([("And then?", "Rest.")], status="draft")
    assert "2 answers by Ilan Moreau" in words_of(page_of(client, "/people/ilan-moreau/"))
    talks.status = "draft"
    talks.save()
    assert "1 answer that mentions Libya" in words_of(page_of(client, "/countries/libya/"))


def test_long_lists_of_answers_have_pages(client, libya):
    talks = make_interview([("And Libya?", f"Answer number {number}.") for number in range(21)])
    for turn in talks.turns.filter(kind="answer"):
        mention(turn, libya)
    second = page_of(client, "/countries/libya/?page=2")
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


def test_page_without_an_index_shows_what_is_known_and_that_answers_come_later(client, talks, libya):
    Alias.objects.create(entity=libya, text="Great Jamahiriya", language="en")
    response = client.get("/countries/libya/")
    page = words_of(response)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert title_of(response).startswith("Libya")
    assert "ISO 3166: LY" in page
    assert "Also called Great Jamahiriya" in page
    assert "The answers cannot be listed just now" in page
    assert client.get("/countries/libya/feed/").status_code == 503


def test_person_s_page_without_an_index_shows_the_interviews(client, talks):
    response = client.get("/people/ada-roth/")
    assert response.status_code == 503
    assert [link for link in links_of(response) if link.startswith("/interviews/2017/03/02/")]


def test_person_list_tells_who_answers_from_who_asks(client, talks):
    talks.participations.filter(part="interviewer").update(person=make_entity("person", "Petra Lind"))
    page = words_of(page_of(client, "/people/"))
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
    page = words_of(page_of(client, "/outlets/radio-meridian/"))
    assert "1 answer given to Radio Meridian" in page
    assert "Ilan Moreau Radio Meridian 5 December 2019 It is near." in page
    assert "It is deep." not in page


def test_title_of_an_answer_names_the_outlet_that_asked(client, conference):
    title = title_of(client.get(conference.turns.get(number="a1").get_absolute_url()))
    assert "Answer 1, Ilan Moreau, Radio Meridian, 5 December 2019" in title


def test_address_of_whom_no_text_names_any_more_says_so(client, texts):
    ingest(texts("ferry.txt"))
    assert page_of(client, "/people/runa-solberg/").status_code == 200
    ingest(texts("ferry.txt", TEXT.replace("Solberg", "Sunderby")))
    gone = page_of(client, "/people/runa-solberg/")
    assert gone.status_code == 410
    assert "No interview that readers may see names this person any more" in words_of(gone)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
@pytest.mark.parametrize("address", ["/people/hidden-person/", "/outlets/hidden-post/"])
def test_who_is_known_only_from_what_is_not_published_is_seen_by_those_who_may_view_interviews(client, status, address):
    make_interview(status=status, speaker="Hidden Person", outlet="Hidden Post")
    reindex()
    assert client.get(address).status_code == 404
    colleague = User.objects.create_user("colleague", is_staff=True)
    client.force_login(colleague)
    assert client.get(address).status_code == 404
    colleague.user_permissions.set(Permission.objects.filter(codename="view_interview"))
    assert client.get(address).status_code == 200


def test_person_who_is_only_spoken_of_has_a_page(client, talks):
    mention(talks.turns.get(number="a1"), make_entity("person", "Petra Lind"))
    assert page_of(client, "/people/petra-lind/").status_code == 200


def say(turn, entity, words):
    """Mark some words of a turn."""
    start = turn.text.index(words)
    Mention.objects.create(
        turn=turn, entity=entity, start=start, end=start + len(words), surface=words, tagger_version="test"
    )


@pytest.fixture
def council():
    """A council that Ada Roth speaks of in 2017, with NATO, and Ilan Moreau in 2019, once in his question only."""
    council = make_entity("organisation", "Sea Council")
    older = make_interview([("And now?", "It is late. The Sea Council & NATO meet. Then we go.")], date="2017-03-02")
    older.participations.filter(part="interviewee").update(person=make_entity("person", "Ada Roth"))
    say(older.turns.get(number="a1"), council, "Sea Council")
    say(older.turns.get(number="a1"), make_entity("organisation", "NATO"), "NATO")
    newer = make_interview([("What of the Sea Council?", "It rests."), ("And then?", "The council rests.")])
    say(newer.turns.get(number="q1"), council, "Sea Council")
    say(newer.turns.get(number="a2"), council, "council")
    return council


def test_answer_stands_with_the_sentence_that_speaks_of_it(client, council):
    html = page_of(client, "/organisations/sea-council/").content.decode()
    assert "The <mark>Sea Council</mark> &amp; NATO meet.</p>" in " ".join(html.split()).replace(" </p>", "</p>")
    assert "It is late" not in html
    assert "It rests." in html


def test_who_speaks_of_it_is_counted_and_chosen(client, council):
    response = page_of(client, "/organisations/sea-council/")
    assert "Who speaks of it Ilan Moreau 2 Ada Roth 1" in words_of(response)
    assert "/organisations/sea-council/?speaker=ada-roth" in links_of(response)
    chosen = client.get("/organisations/sea-council/?speaker=ada-roth")
    assert "1 answer by Ada Roth that mentions Sea Council" in words_of(chosen)
    assert ("/organisations/sea-council/", "without by Ada Roth") in links_and_words(chosen)
    both = words_of(client.get("/organisations/sea-council/?speaker=ada-roth&year=2019"))
    assert "No answers by Ada Roth that mention Sea Council, in 2019" in both


def test_what_is_spoken_of_with_it_is_counted_without_itself(client, council):
    assert "Spoken of with it Organisations NATO 1 3 answers" in words_of(
        page_of(client, "/organisations/sea-council/")
    )


def test_all_that_is_spoken_of_with_it_is_listed_by_a_link(client, council):
    answer = Mention.objects.filter(entity=council).first().turn
    mention(answer, *(make_entity("organisation", f"Office {number}") for number in range(9)))
    response = page_of(client, "/organisations/sea-council/")
    assert "All 10 organisations" in words_of(response)
    address = "/search/facets/organisation/?about=organisation:sea-council"
    assert address in links_of(response)
    assert "Office 8 not 1" in words_of(client.get(address))


def test_choice_that_is_not_understood_is_told(client, council):
    page = words_of(page_of(client, "/organisations/sea-council/?year=soon"))
    assert "No year “soon” is known here" in page


@pytest.fixture
def lind():
    """Petra Lind answers once and is spoken of once."""
    lind = make_entity("person", "Petra Lind")
    make_interview([("And you?", "I am well.")], speaker="Petra Lind")
    say(make_interview([("And she?", "Petra Lind is well.")]).turns.get(number="a1"), lind, "Petra Lind")
    return lind


def test_what_a_person_says_and_what_is_said_of_her_stand_apart(client, lind):
    says = page_of(client, "/people/petra-lind/")
    assert "Says 1 Is spoken of 1" in words_of(says)
    assert "1 answer by Petra Lind" in words_of(says)
    assert "Who speaks of" not in words_of(says)
    of = client.get("/people/petra-lind/?said=of")
    assert "1 answer that mentions Petra Lind" in words_of(of)
    assert "I am well." not in words_of(of)
    assert "Who speaks of this person Ilan Moreau 1" in words_of(of)


def test_page_of_whom_only_others_speak_shows_that_at_once(client, lind):
    mention(make_interview().turns.get(number="a1"), make_entity("person", "Ada Roth"))
    page = words_of(page_of(client, "/people/ada-roth/"))
    assert "1 answer that mentions Ada Roth" in page
    assert "Is spoken of 1" not in page


@pytest.mark.parametrize("kind", ["organisation", "place", "document", "event"])
def test_what_nothing_published_speaks_of_is_not_public(client, kind):
    draft = make_interview(status="draft")
    entity = make_entity(kind, "Danube Accords")
    mention(draft.turns.get(number="a1"), entity)
    assert page_of(client, entity.get_absolute_url()).status_code == 404
    Mention.objects.all().delete()
    Entity.objects.filter(pk=entity.pk).update(key="danube-accords")
    assert page_of(client, entity.get_absolute_url()).status_code == 404


@pytest.fixture
def accords():
    """A document of the data files that one published answer speaks of; its page is known to readers."""
    talks, entity = (
        make_interview(speaker="Ilan Moreau", outlet="Harbour Post"),
        make_entity("document", "Danube Accords"),
    )
    Entity.objects.update(key=F("slug"))
    answer = talks.turns.get(number="a1")
    mention(answer, entity)
    record_changes([answer.pk])
    return entity


def test_what_only_a_withdrawn_interview_speaks_of_had_a_page_and_says_that_it_is_gone(client, accords):
    Interview.objects.update(status="withdrawn")
    speaker, outlet = make_entity("person", "Ilan Moreau"), make_entity("outlet", "Harbour Post")
    for entity in (accords, speaker, outlet):
        assert page_of(client, entity.get_absolute_url()).status_code == 410
    assert page_of(client, f"{accords.get_absolute_url()}feed/").status_code == 410


def test_what_is_spoken_of_no_longer_had_a_page_and_says_that_it_is_gone(client, accords):
    Mention.objects.all().delete()
    assert page_of(client, accords.get_absolute_url()).status_code == 410


def test_what_curators_rejected_everywhere_is_not_public(client, council):
    for turn in {mark.turn for mark in Mention.objects.filter(entity=council)}:
        Decision.objects.create(turn=turn, entity=council, verdict="reject")
    assert page_of(client, "/organisations/sea-council/").status_code == 404


def test_note_says_what_it_is(client, council):
    Entity.objects.filter(pk=council.pk).update(note="Council of states by the sea", wikidata="Q1")
    response = page_of(client, "/organisations/sea-council/")
    assert "Organisation Sea Council Council of states by the sea" in words_of(response)
    assert "https://www.wikidata.org/wiki/Q1" in links_of(response)


ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client, address):
    response = page_of(client, address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def test_feed_gives_the_newest_answers_with_lasting_names_and_dates(client, council):
    feed = feed_of(client, "/organisations/sea-council/feed/")
    entries = feed.findall(f"{ATOM}entry")
    names = {turn.identifier.urn for turn in Turn.objects.documents().select_related("interview")}
    assert len(entries) == 3
    assert {entry.findtext(f"{ATOM}id") for entry in entries} <= names
    assert "The <mark>Sea Council</mark> &amp; NATO meet." in {entry.findtext(f"{ATOM}summary") for entry in entries}
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    again = feed_of(client, "/organisations/sea-council/feed/")
    assert ElementTree.tostring(again) == ElementTree.tostring(feed)


def test_feed_is_named_on_the_page_and_takes_its_side(client, lind):
    assert "/people/petra-lind/?format=atom" in links_of(page_of(client, "/people/petra-lind/"))
    assert "/people/petra-lind/?said=of&format=atom" in links_of(client.get("/people/petra-lind/?said=of"))
    [entry] = feed_of(client, "/people/petra-lind/feed/?said=of").findall(f"{ATOM}entry")
    assert "Petra Lind</mark> is well." in entry.findtext(f"{ATOM}summary")


def test_feed_of_hostile_words_is_whole(client):
    talks = make_interview([("<b>Now?</b>\x0b]]>", "<script>x</script>\x01 & so")], title="<i>")
    mention(talks.turns.get(number="a1"), make_entity("organisation", "<Sea> & ]]>", slug="sea"))
    [entry] = feed_of(client, "/organisations/sea/feed/").findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "<b>Now?</b> ]]>"
    assert "<script>" not in entry.findtext(f"{ATOM}summary")


def test_feed_of_what_was_merged_is_that_of_the_survivor(client, council):
    survivor = make_entity("organisation", "Council of the Sea")
    Entity.objects.filter(pk=council.pk).update(merged_into=survivor)
    response = client.get("/organisations/sea-council/feed/?year=2019")
    assert (response.status_code, response["Location"]) == (301, "/organisations/council-of-the-sea/feed/?year=2019")


def test_feed_under_a_former_name_leads_to_the_present_one(client, council):
    FormerAddress.objects.create(path="/organisations/lake-council/", entity=council)
    response = client.get("/organisations/lake-council/feed/")
    assert (response.status_code, response["Location"]) == (301, "/organisations/sea-council/feed/")


@pytest.mark.parametrize("kind", ["organisation", "place", "document", "event"])
def test_every_kind_has_a_list_with_counts(client, talks, kind):
    entity = make_entity(kind, "Danube Accords")
    make_entity(kind, "Never named")
    mention(talks.turns.get(number="a2"), entity)
    response = page_of(client, f"/{kind}s/")
    assert "Danube Accords 1" in words_of(response)
    assert "Never named" not in words_of(response)
    assert entity.get_absolute_url() in links_of(response)


def test_list_can_be_searched_by_any_name_and_sorted(client, talks):
    for number in range(30):
        mention(talks.turns.get(number="a2"), make_entity("organisation", f"Órgan {number:02}"))
    council = make_entity("organisation", "Sea Council")
    Alias.objects.create(entity=council, text="SC")
    mention(talks.turns.get(number="a1"), council)
    mention(talks.turns.get(number="a2"), council)
    found = words_of(page_of(client, "/organisations/?find=sc"))
    assert "1 of 31 organisations with “sc”" in found
    assert "Sea Council 2" in found
    assert "Órgan" not in found
    assert "Órgan 07" in words_of(client.get("/organisations/?find=organ+07"))
    highest = words_of(client.get("/organisations/?order=count"))
    assert highest.index("Sea Council") < highest.index("Órgan 00")
    assert "No name here holds these letters." in words_of(client.get("/organisations/?find=zz"))


def test_people_who_are_spoken_of_have_a_list_of_their_own(client, lind):
    page = words_of(page_of(client, "/people/?said=of"))
    assert "1 person that answers speak of" in page
    assert "Petra Lind 1" in page
