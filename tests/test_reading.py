"""The page of an interview and the pages of its questions and answers."""

import re

import pytest
from django.db.models import F
from django.utils.html import escape

from interviews.models import Decision, Mention, Revision

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import add_source, links_and_words, links_of, title_of, words_of

pytestmark = pytest.mark.django_db
HOSTILE = """<script>alert("x")</script> & 'quoted'"""


@pytest.fixture
def talks():
    return make_interview(
        [
            ("And Libya?", "Libya is near.\n\nItaly is nearer."),
            ("And the rest?", None),
            ("And the sea?", "It is deep."),
        ],
        statements=["Good afternoon."],
        title="Talks in winter",
        slug="harbour-post",
    )


def turn(interview, number):
    return interview.turns.get(number=number)


def page_of(client, interview, number=""):
    address = turn(interview, number).get_absolute_url() if number else interview.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    return response


def mark(turn, entity, surface=None):
    surface = surface or entity.name
    start = turn.text.index(surface)
    return Mention.objects.create(
        turn=turn, entity=entity, start=start, end=start + len(surface), surface=surface, tagger_version="test"
    )


def test_interview_page_shows_who_for_whom_when_and_in_which_language(client, talks):
    talks.participations.filter(part="interviewee").update(office="Minister of Foreign Affairs")
    page = words_of(page_of(client, talks))
    assert "Ilan Moreau , Minister of Foreign Affairs Harbour Post 5 December 2019 English" in page


def test_numbers_in_the_margin_are_permalinks_and_every_paragraph_has_an_anchor(client, talks):
    response = page_of(client, talks)
    html = response.content.decode()
    for number in ("q1", "a1", "q2", "q3", "a3", "s1"):
        assert turn(talks, number).get_absolute_url() in links_of(response)
        assert f'id="{number}"' in html
    assert 'id="a1-p1"' in html
    assert 'id="a1-p2"' in html
    assert "#a1-p2" in links_of(response)


def test_contents_lists_the_questions_without_the_courtesies(client, talks):
    talks.turns.filter(number="q3").update(courtesy=True)
    links = links_of(page_of(client, talks))
    assert "#q1" in links
    assert "#q2" in links
    assert "#q3" not in links


def test_withdrawn_and_moved_turns_are_not_in_the_dialogue(client, talks):
    talks.turns.filter(number="a1").update(status="withdrawn")
    talks.turns.filter(number="a3").update(status="moved", moved_to=turn(talks, "q3"))
    page = words_of(page_of(client, talks))
    assert "Libya is near" not in page
    assert "It is deep" not in page


def test_who_asks_is_named_at_each_question_only_where_several_ask(client, talks):
    asking = talks.participations.get(part="interviewer")
    asking.person = make_entity("person", "Petra Lind")
    asking.save()
    assert times_named(client, talks, "Petra Lind") == 1
    other = talks.participations.create(part="interviewer", label="Second", person=make_entity("person", "Jon Berg"))
    talks.turns.filter(number="q3").update(participation=other)
    assert times_named(client, talks, "Petra Lind") == 3


def times_named(client, talks, name):
    """How often a page names somebody, before it says how to cite it."""
    return words_of(page_of(client, talks)).partition("Cite this interview")[0].count(name)


def test_answer_page_shows_the_answer_with_its_question_only(client, talks):
    page = words_of(page_of(client, talks, "a1"))
    assert "Answer 1 of 2" in page
    assert page.index("And Libya?") < page.index("Libya is near.")
    assert "It is deep." not in page


def test_question_page_shows_all_its_answers(client, talks):
    second = talks.turns.create(number="a1b", position=20, kind="answer", text="So it is.", reply_to=turn(talks, "q1"))
    page = words_of(page_of(client, talks, "q1"))
    assert "Libya is near." in page
    assert "So it is." in page
    assert second.get_absolute_url() in links_of(page_of(client, talks, "a1"))


def test_statement_page_stands_alone(client, talks):
    page = words_of(page_of(client, talks, "s1"))
    assert "Statement 1" in page
    assert "Good afternoon." in page


def test_answer_whose_question_was_withdrawn_stands_alone(client, talks):
    talks.turns.filter(number="q1").update(status="withdrawn")
    page = words_of(page_of(client, talks, "a1"))
    assert "Libya is near." in page
    assert "And Libya?" not in page


def test_neighbours_of_an_answer_are_what_stands_alone_before_and_after(client, talks):
    html = page_of(client, talks, "q2").content.decode()
    assert f'<a rel="prev" href="{turn(talks, "a1").get_absolute_url()}">' in html
    assert f'<a rel="next" href="{turn(talks, "a3").get_absolute_url()}">' in html


def test_neighbours_of_an_answered_question_are_questions(client, talks):
    html = page_of(client, talks, "q3").content.decode()
    assert f'<a rel="prev" href="{turn(talks, "q2").get_absolute_url()}">' in html
    assert 'rel="next"' not in html


def test_answer_page_offers_its_absolute_link_and_its_citation(client, talks):
    answer = turn(talks, "a1")
    address = f"http://testserver{answer.get_absolute_url()}?v={Revision.digest(answer.text)[:8]}"
    response = page_of(client, talks, "a1")
    assert f'<input id="permalink" type="text" readonly value="{address}" dir="ltr">' in response.content.decode()
    for citation in (
        "Moreau, Ilan. “Talks in winter.” Interview by Harbour Post. December 5, 2019. Answer 1. ",
        "Moreau, Ilan. “Talks in winter.” Interview by Harbour Post. Diplomatic Interview Archive , version ",
        "Moreau, I. (2019, December 5). Talks in winter (Answer 1; Version ",
    ):
        assert citation in words_of(response)


def test_query_string_is_no_part_of_the_link_and_of_the_canonical_address(client, talks):
    address = turn(talks, "a1").get_absolute_url()
    html = client.get(f"{address}?from=mail").content.decode()
    assert "from=mail" not in html


def test_titles_name_question_speaker_and_date(client, talks):
    assert title_of(page_of(client, talks, "a1")) == (
        "And Libya? Answer 1, Ilan Moreau, Harbour Post, 5 December 2019 · Diplomatic Interview Archive"
    )


def test_first_mention_of_a_country_is_a_link_to_it(client, talks):
    answer = turn(talks, "a1")
    mark(answer, make_country("LY", "Libya"))
    html = page_of(client, talks, "a1").content.decode()
    assert '<a class="entity is-country" href="/countries/libya/">Libya</a> is near.' in html


def test_second_mention_of_a_country_in_a_turn_is_no_link(client):
    talks = make_interview([("Well?", "Libya, and Libya again.")])
    answer, libya = turn(talks, "a1"), make_country("LY", "Libya")
    mark(answer, libya)
    Mention.objects.create(turn=answer, entity=libya, start=11, end=16, surface="Libya", tagger_version="test")
    html = page_of(client, talks, "a1").content.decode()
    assert '<a class="entity is-country" href="/countries/libya/">Libya</a>, and Libya again.' in html


def test_mention_in_a_later_paragraph_is_linked_there(client, talks):
    mark(turn(talks, "a1"), make_country("IT", "Italy"))
    html = page_of(client, talks, "a1").content.decode()
    assert '<p id="a1-p2"><a class="entity is-country" href="/countries/italy/">Italy</a> is nearer.' in html


def test_rejected_mention_is_neither_linked_nor_listed(client, talks):
    answer, libya = turn(talks, "a1"), make_country("LY", "Libya")
    mark(answer, libya)
    Decision.objects.create(turn=answer, entity=libya, verdict="reject")
    assert "/countries/libya/" not in links_of(page_of(client, talks, "a1"))


def test_replaced_mention_leads_to_the_replacement(client, talks):
    answer = turn(talks, "a1")
    wrong, right = make_country("LY", "Libya"), make_country("LB", "Lebanon")
    mark(answer, wrong)
    Decision.objects.create(turn=answer, entity=wrong, verdict="replace", replacement=right)
    html = page_of(client, talks, "a1").content.decode()
    assert '<a class="entity is-country" href="/countries/lebanon/" title="Country: Lebanon">Libya</a>' in html


def test_countries_of_the_question_are_countries_of_the_answer(client, talks):
    mark(turn(talks, "q1"), make_country("LY", "Libya"))
    assert "Speaks of Countries Libya" in words_of(page_of(client, talks, "a1"))


def test_countries_of_the_answers_are_countries_of_the_question_page_only(client, talks):
    mark(turn(talks, "a1"), make_country("IT", "Italy"))
    listed = "Speaks of Countries Italy"
    assert listed in words_of(page_of(client, talks, "q1"))
    assert listed not in words_of(page_of(client, talks, "q3"))


def test_words_of_others_keep_their_own_direction_in_a_citation(client):
    talks = make_interview(speaker="ليلى الحارثي", outlet="قناة")
    html = page_of(client, talks, "a1").content.decode()
    assert '<p id="chicago-1" dir="ltr"><bdi>ليلى الحارثي</bdi>. “<bdi>' in html
    assert "</bdi>.” Interview by <bdi>قناة</bdi>. December 5, 2019. Answer 1. <bdi>" in html


def test_hostile_words_are_shown_as_words(client):
    talks = make_interview(
        [(HOSTILE, f"Libya {HOSTILE}")],
        title=HOSTILE,
        place=HOSTILE,
        speaker=HOSTILE,
        outlet=HOSTILE,
        status="published",
    )
    talks.participations.update(office=HOSTILE)
    mark(turn(talks, "a1"), make_country("LY", "Libya"))
    add_source(talks, licence=HOSTILE)
    for number in ("", "q1", "a1"):
        response = page_of(client, talks, number)
        assert "<script>alert" not in response.content.decode()
        assert "&amp;lt;" not in response.content.decode()
        assert escape(HOSTILE) in response.content.decode()


def test_words_carry_their_language_and_direction(client):
    talks = make_interview([("ماذا بعد؟", "محادثات.")], language="ar")
    html = page_of(client, talks).content.decode()
    assert '<article class="dialogue" dir="rtl"' in html
    assert '<div class="speech" lang="ar" dir="rtl">' in html
    assert '<html lang="en" ' in html


def test_every_page_of_a_text_names_its_source_licence_and_origin(client, talks):
    source = add_source(talks, licence="CC BY 4.0", origin_url="https://ministry.example/talks.html")
    for number in ("", "a1", "q1", "s1"):
        response = page_of(client, talks, number)
        page = words_of(response)
        assert "CC BY 4.0" in page
        assert "2019/talks.txt" in page
        assert source.sha256[:16] in page
        assert "https://ministry.example/talks.html" in links_of(response)


def test_origin_that_is_no_web_address_is_no_link(client, talks):
    add_source(talks, origin_url="javascript:alert(1)")
    response = page_of(client, talks)
    assert "javascript:alert(1)" not in links_of(response)
    assert "javascript:alert(1)" in words_of(response)


def test_source_is_downloaded_as_received(client, talks):
    add_source(talks, data := "Q: Où?\r\nA: Là.\r\n".encode("cp1252"), encoding="cp1252")
    response = client.get(f"{talks.get_absolute_url()}source/file/")
    assert response.getvalue() == data
    assert response["Content-Type"] == "text/plain; charset=windows-1252"
    assert response["Content-Disposition"] == 'attachment; filename="harbour-post.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_withheld_source_can_be_read_but_not_downloaded(client, talks):
    add_source(talks, redistribute=False, licence="All rights reserved")
    for address in ("source/", "source/file/"):
        response = client.get(f"{talks.get_absolute_url()}{address}")
        assert response.status_code == 403
    assert "Its publisher has not allowed the file to be passed on: All rights reserved." in words_of(response)
    assert "Libya is near." in words_of(page_of(client, talks))


def test_text_without_a_file_has_no_download(client, talks):
    assert client.get(f"{talks.get_absolute_url()}source/").status_code == 404
    assert "entered by hand" in words_of(page_of(client, talks))


def test_sample_interview_says_so_on_every_page_of_it(client):
    talks = make_interview(sample=True)
    for number in ("", "q1", "a1"):
        assert "The people and the words of this interview are invented." in words_of(page_of(client, talks, number))


def test_person_under_two_labels_is_named_once(client):
    interview = make_interview([("Who?", "I."), ("And then?", "I again.")], speaker="Vera Lindt")
    person = interview.participations.get(part="interviewee").person
    again = interview.participations.create(part="interviewee", label="MS LINDT", person=person, office="Envoy")
    interview.turns.filter(number="a2").update(participation=again)
    facts = client.get(interview.get_absolute_url()).content.decode().split('<p class="meta">')[1].split("</p>")[0]
    assert facts.count("Vera Lindt") == 1
    assert "Envoy" in facts


def test_answer_and_interview_list_what_they_speak_of_by_kind(client, talks):
    answer = turn(talks, "a1")
    mark(answer, make_country("LY", "Libya"))
    mention(answer, make_entity("person", "Petra Lind"), make_entity("organisation", "NATO"))
    listed = "Countries Libya People Petra Lind Organisations NATO"
    assert f"Speaks of {listed}" in words_of(page_of(client, talks, "a1"))
    page = words_of(client.get(talks.get_absolute_url()))
    assert f"Speaks of 1 country, 1 person, 1 organisation {listed}" in page


def test_name_with_markup_is_shown_as_it_is(client):
    talks = make_interview([("Well?", "Of <b>Petra</b> Lind.")])
    lind = make_entity("person", 'Petra "<Lind>"', slug="lind")
    Mention.objects.create(turn=turn(talks, "a1"), entity=lind, start=3, end=15, surface="x", tagger_version="test")
    html = page_of(client, talks, "a1").content.decode()
    link = '<a class="entity is-person" href="/people/lind/" title="Person: Petra &quot;&lt;Lind&gt;&quot;">'
    assert f"Of {link}&lt;b&gt;Petra&lt;/b&gt;</a> Lind." in html


def test_of_names_within_names_the_longest_is_linked(client):
    talks = make_interview([("Well?", "The Libyan National Army left Libya.")])
    army, libya = make_entity("organisation", "Libyan National Army"), make_country("LY", "Libya")
    for entity, start, end in ((libya, 4, 10), (army, 4, 24), (libya, 30, 35)):
        Mention.objects.create(
            turn=turn(talks, "a1"), entity=entity, start=start, end=end, surface="x", tagger_version="test"
        )
    linked = links_and_words(page_of(client, talks, "a1"))
    assert ("/organisations/libyan-national-army/", "Libyan National Army") in linked
    assert ("/countries/libya/", "Libya") in linked
    assert ("/countries/libya/", "Libyan") not in linked


def test_proposal_that_the_tagger_is_not_sure_of_is_not_marked(client, talks):
    mark(turn(talks, "a1"), make_country("LY", "Libya"))
    Mention.objects.update(confidence=40)
    assert "/countries/libya/" not in links_of(page_of(client, talks, "a1"))


@pytest.mark.parametrize("end", ["", "a1/"])
def test_names_are_not_marked_where_the_reader_switched_that_off_until_switched_on(client, talks, end):
    mark(turn(talks, "a1"), make_country("LY", "Libya"))
    address = f"{talks.get_absolute_url()}{end}"
    assert "Do not mark names in the text" in words_of(client.get(address))
    chosen = client.get(f"{address}?names=hidden")
    assert (chosen.status_code, chosen["Location"]) == (302, address)
    plain = client.get(address)
    assert "Libya is near." in plain.content.decode()
    assert "Cookie" in plain["Vary"]
    client.get(f"{address}?names=shown")
    assert ">Libya</a> is near." in client.get(address).content.decode()


def test_choice_that_is_none_changes_nothing(client, talks):
    response = client.get(f"{talks.get_absolute_url()}?names=purple")
    assert response.status_code == 200
    assert not response.cookies


@pytest.fixture
def conference(talks):
    """Two courtesies and a moderator stand before the last question."""
    moderating = talks.participations.create(part="moderator", label="Chair", person=make_entity("person", "Jon Berg"))
    talks.turns.filter(position__gte=4).update(position=F("position") + 3)
    for position, (number, kind) in enumerate([("m1", "moderator"), ("q9", "question"), ("m2", "moderator")], start=4):
        turn = talks.turns.create(
            number=number, kind=kind, position=position, text="One moment.", courtesy=kind == "question"
        )
        if kind == "moderator":
            turn.participation = moderating
            turn.save()
    return talks


def test_courtesies_and_moderators_are_hidden_by_a_switch_that_counts_them_and_keep_their_numbers(client, conference):
    address = conference.get_absolute_url()
    shown = client.get(address)
    assert "Hide courtesies and moderators (3)" in words_of(shown)
    assert '<details class="passed-over"' not in shown.content.decode()
    client.get(f"{address}?courtesies=hidden")
    hidden = client.get(address)
    assert "Show courtesies and moderators (3 hidden)" in words_of(hidden)
    assert "3 turns hidden: M1, Q9, M2" in words_of(hidden)
    assert 'id="m1"' in hidden.content.decode().split('<details class="passed-over"')[1]
    client.get(f"{address}?courtesies=shown")
    assert "turns hidden" not in words_of(client.get(address))


def test_switches_are_apart_and_keep_the_rest_of_the_address(client, conference):
    address = conference.get_absolute_url()
    chosen = client.get(f"{address}?names=hidden&courtesies=hidden&beside=ru")
    assert chosen["Location"] == f"{address}?beside=ru"
    assert {name: cookie.value for name, cookie in chosen.cookies.items()} == {
        "names": "hidden",
        "courtesies": "hidden",
    }


def test_interview_without_courtesies_has_no_switch_for_them(client, talks):
    assert "courtesies" not in words_of(page_of(client, talks))


def test_contents_lists_statements_with_who_makes_them(client, talks):
    assert ("#s1", "S1 Statement, Ilan Moreau") in links_and_words(page_of(client, talks))


def test_interview_that_only_states_has_contents_without_questions(client):
    statement = make_interview([], statements=["Good afternoon."])
    assert "0 questions" not in words_of(page_of(client, statement))
    assert ("#s1", "S1 Statement, Ilan Moreau") in links_and_words(page_of(client, statement))


def test_office_is_told_where_somebody_begins_to_speak(client, talks):
    talks.participations.filter(part="interviewee").update(office="Envoy")
    speaking = re.findall(r'<p class="speaker([^"]*)"[^>]*>(.*?)</p>', page_of(client, talks).content.decode())
    assert [re.sub("<[^>]*>", "", words) for _, words in speaking] == [
        "Ilan Moreau, Envoy",
        "Ilan Moreau",
        "Ilan Moreau",
    ]
    assert [classes for classes, _ in speaking] == ["", " unseen", " unseen"]


def test_of_several_who_answer_each_is_named_unless_one_goes_on(client, talks):
    other = talks.participations.create(part="interviewee", label="Lind", person=make_entity("person", "Petra Lind"))
    talks.turns.filter(number="a3").update(participation=other)
    loud = re.findall(r'<p class="speaker"[^>]*>(.*?)</p>', page_of(client, talks).content.decode())
    assert loud == ["Ilan Moreau", "Petra Lind", "Ilan Moreau"]


def test_moderators_and_interpreters_are_named_as_such(client, conference):
    assert "Jon Berg , moderator" in words_of(page_of(client, conference))
    page = words_of(page_of(client, conference))
    assert "moderated by Jon Berg" in page
    conference.participations.filter(part="moderator").update(part="interpreter")
    assert "Jon Berg , interpreter" in words_of(page_of(client, conference))
    assert "interpreted by Jon Berg" in words_of(page_of(client, conference))
