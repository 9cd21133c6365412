"""An address with `?v=` shows the words that somebody cited, whatever became of them since."""

import pytest

from interviews.models import Decision, Revision, Source, Turn
from interviews.versions import versions_of

from archive_factory import make_country, make_interview, propose
from ingesting import TEXT, ingest
from pages_factory import links_and_words, links_of, title_of, words_of

pytestmark = pytest.mark.django_db
HOME = "/interviews/2019/03/05/il-molo/"
FORMER = "Both banks pay, each for its own half, as they always did."
ASKED_NEW = "Who will pay for the new bridge?"


@pytest.fixture
def receive(texts):
    """A function that receives an edition of the text; the first is received already."""

    def receive(*replacements):
        text = TEXT
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        return ingest(texts("ferry.txt", text))

    receive()
    return receive


def address_of(number, text):
    return f"{HOME}{number}/?v={Revision.digest(text)[:8]}"


@pytest.fixture
def reworded(receive):
    """The archive after a second edition, in which an answer and its question have other words."""
    receive(("Both banks", "Both shores"), ("Who pays for the second bridge?", ASKED_NEW))


def test_former_version_is_shown_with_its_question_as_it_stood(client, reworded):
    response = client.get(address_of("a2", FORMER))
    assert response.status_code == 200
    assert "Q2 Who pays for the second bridge? A2 Runa Solberg " + FORMER in words_of(response)
    assert ASKED_NEW not in words_of(response)
    assert "The question is shown as it was asked then." in words_of(response)


def test_former_version_says_so_with_its_dates_and_leads_on(client, reworded):
    response = client.get(address_of("a2", FORMER))
    version = versions_of(Turn.objects.get(number="a2"))[1]
    days = f"from {version.since:%-d %B %Y} until {version.until:%-d %B %Y}"
    assert f"These are not today’s words They stood here {days} ." in words_of(response)
    assert (f"{HOME}a2/", "Today’s version") in links_and_words(response)
    assert (f"{HOME}a2/history/", "All versions") in links_and_words(response)
    assert "as it stood until" in title_of(response)


def test_former_version_names_the_file_that_it_came_in(client, reworded):
    response = client.get(address_of("a2", FORMER))
    first = Source.objects.earliest("received_at")
    address = f"{HOME}source/?file={first.sha256[:8]}#a2"
    assert (address, "ferry.txt") in links_and_words(response)
    assert FORMER in words_of(client.get(address))


def test_former_version_tells_what_has_changed_since(client, reworded):
    assert "Both Taken out: banks (end of what was taken out) Added: shores (end of what was added) pay" in words_of(
        client.get(address_of("a2", FORMER))
    )


def test_former_version_is_for_no_search_engine_and_cites_itself(client, reworded):
    address = address_of("a2", FORMER)
    page = client.get(address).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert f"http://testserver{address}." in page


def test_present_version_has_the_usual_page(client, reworded):
    address = address_of("a2", FORMER.replace("banks", "shores"))
    page = client.get(address).content.decode()
    assert '/a2/">' in page.split('rel="canonical"')[1].split("\n")[0]
    assert "These are not today’s words" not in page
    assert client.get(f"{HOME}a2/?v=").content.decode() == client.get(f"{HOME}a2/").content.decode()


def test_version_whose_question_alone_was_reworded_is_today_s_and_says_when(client, receive):
    assert "The question was reworded" not in words_of(client.get(address_of("a2", FORMER)))
    receive(("Who pays for the second bridge?", ASKED_NEW))
    response = client.get(address_of("a2", FORMER))
    assert ASKED_NEW in words_of(response)
    assert "The question was reworded on" in words_of(response)
    assert f"{HOME}q2/history/" in links_of(response)
    assert "The question was reworded on" not in words_of(client.get(f"{HOME}a2/"))


def test_former_version_of_a_question_is_shown_with_its_answers_as_they_stood(client, reworded):
    response = client.get(address_of("q2", "Who pays for the second bridge?"))
    assert "Q2 Who pays for the second bridge? A2 Runa Solberg " + FORMER in words_of(response)
    assert "The answers are shown as they were then." in words_of(response)


def test_answer_that_came_later_does_not_stand_under_a_former_question(client, receive):
    receive(("Who pays for the second bridge?", ASKED_NEW))
    receive(
        ("Who pays for the second bridge?", ASKED_NEW), ("as they always did.", "as always.\n\nOra Lind: We do not.")
    )
    response = client.get(address_of("q2", "Who pays for the second bridge?"))
    assert FORMER in words_of(response)
    assert "We do not." in words_of(client.get(f"{HOME}q2/"))
    assert "We do not." not in words_of(response)


def test_names_are_marked_in_the_present_words_alone(client):
    answer = make_interview([("What of Libya?", "Libya is well.")]).turns.get(number="a1")
    libya = make_country("LY", "Libya")
    propose(answer, libya, confidence=100)
    Decision.objects.create(turn=answer, entity=libya, surface="Libya", verdict="confirm")
    Revision.of(answer).save()
    former = versions_of(answer)[0].short
    Turn.objects.filter(pk=answer.pk).update(text="Libya is very well.")
    assert "/countries/libya/" in links_of(client.get(answer.get_absolute_url()))
    response = client.get(f"{answer.get_absolute_url()}?v={former}")
    assert "Libya is well." in words_of(response)
    assert "/countries/libya/" not in links_of(response)


@pytest.mark.parametrize("write", [str.upper, lambda short: short[:4]], ids=["capitals", "beginning"])
def test_version_written_otherwise_leads_to_its_proper_name(client, reworded, write):
    home, short = address_of("a2", FORMER).split("?v=")
    response = client.get(home, {"v": write(short), "passage": "Both banks"})
    assert (response.status_code, response["Location"]) == (302, f"{home}?v={short}&passage=Both%20banks")


@pytest.mark.parametrize("name", ["00000000", "nonsense", "12", "<script>", "\0", "%", "é" * 900])
def test_name_that_the_turn_never_had_is_not_found_and_says_so(client, reworded, name):
    response = client.get(f"{HOME}a2/", {"v": name})
    assert response.status_code == 404
    is_name = name == "00000000"
    assert ("Answer 2 never had this version" in words_of(response)) is is_name
    assert ("This is not the name of a version" in words_of(response)) is not is_name
    assert {f"{HOME}a2/", f"{HOME}a2/history/", HOME} <= set(links_of(response))
    assert "<script>" not in response.content.decode().partition("<main")[2]


def test_version_of_another_answer_is_not_found_and_leads_to_that_answer(client, reworded):
    short = address_of("a2", FORMER).partition("?v=")[2]
    response = client.get(f"{HOME}a1/?v={short}")
    assert response.status_code == 404
    assert "Answer 1 never had this version" in words_of(response)
    assert (f"{HOME}a2/?v={short}", "answer 2") in links_and_words(response)
    assert FORMER not in words_of(response)


def test_words_of_a_withdrawn_answer_are_not_given_away_by_their_name(client, reworded):
    Turn.objects.filter(number="a2").update(status="withdrawn", status_reason="It was not hers.")
    response = client.get(address_of("a2", FORMER).replace("a2", "a1"))
    assert response.status_code == 404
    assert "answer 2" not in words_of(response)
    gone = client.get(address_of("a2", FORMER))
    assert gone.status_code == 410
    assert "It was not hers." in words_of(gone)
    assert FORMER not in words_of(gone)
    assert "Answer 2. Diplomatic Interview Archive. Accessed" in words_of(gone)
    assert f" http://testserver{HOME}a2/." in words_of(gone)


def test_cited_words_of_a_merged_answer_are_shown_and_lead_to_where_they_are_now(client, receive):
    merged = "Ask me when the second one stands."
    receive(("\n\nQuestion: Will there be a third bridge?\n\nRuna Solberg: ", " "))
    assert Turn.objects.get(number="a3").moved_to.number == "a2"
    assert client.get(f"{HOME}a3/")["Location"] == f"{HOME}a2/"
    response = client.get(address_of("a3", merged))
    assert response.status_code == 200
    assert f"A3 Runa Solberg {merged}" in words_of(response)
    assert "Since then they are part of answer 2 ." in words_of(response)
    assert client.get(f"{HOME}a3/?v=00000000").status_code == 404


def test_former_version_of_a_draft_is_not_found_by_readers(client, admin_client, reworded):
    interview = Turn.objects.get(number="a2").interview
    interview.status = "draft"
    interview.save()
    assert client.get(address_of("a2", FORMER)).status_code == 404
    assert admin_client.get(address_of("a2", FORMER)).status_code == 200
