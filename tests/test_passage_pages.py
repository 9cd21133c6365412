"""Links to words of an answer: marked where they stand, shown as they stood, and refused where they never did."""

import html
import re
from urllib.parse import unquote

import pytest

from interviews.addresses import remember
from interviews.models import Revision

from archive_factory import make_country, make_interview, propose

pytestmark = pytest.mark.django_db
ADDRESS = "/interviews/2019/12/05/harbour-post/a1/"
TEXT = "The ferry runs to Libya every day.\n\nBoth banks pay for the ferry, as ever. Nobody else does."


@pytest.fixture
def answer():
    talks = make_interview([("Is the ferry running?", TEXT), ("And then?", "Rest.")], slug="harbour-post")
    return talks.turns.get(number="a1")


def reworded(answer, text):
    Revision.objects.create(turn=answer, text=answer.text, sha256=Revision.digest(answer.text))
    answer.text = text
    answer.save()


def version(text):
    return Revision.digest(text)[:8]


def marks_in(response):
    """The marked stretches, without links and the like."""
    marks = re.findall(r'<mark class="passage"[^>]*>(.*?)</mark>', response.content.decode())
    return [html.unescape(re.sub("<[^>]*>", "", mark)) for mark in marks]


def test_words_of_a_link_are_marked_without_script(client, answer):
    response = client.get(f"{ADDRESS}?v={version(TEXT)}&passage=BOTH%20banks,the%20ferry")
    assert marks_in(response) == ["Both banks pay for the ferry"]
    assert b'id="passage"' in response.content


def test_passage_across_paragraphs_is_marked_in_each_and_has_one_anchor(client, answer):
    response = client.get(f"{ADDRESS}?passage=every%20day,Both%20banks")
    assert marks_in(response) == ["every day.", "Both banks"]
    assert response.content.count(b'id="passage"') == 1


def test_names_within_marked_words_are_still_links(client, answer):
    propose(answer, make_country("LY", "Libya"), confidence=100)
    body = client.get(f"{ADDRESS}?passage=runs%20to%20Libya%20every").content.decode()
    assert re.search('tabindex="-1">runs to <a class="entity is-country"[^>]*>Libya</a> every</mark>', body)


def test_name_that_the_marked_words_cut_is_no_link(client, answer):
    propose(answer, make_country("LY", "Libya"), confidence=100, surface="Libya every")
    response = client.get(f"{ADDRESS}?passage=to%20Libya")
    assert marks_in(response) == ["to Libya"]
    assert b"entity is-country" not in response.content.partition(b"</article>")[0].partition(b"<article")[2]


def test_words_are_marked_where_names_are_not(client, answer):
    client.cookies["names"] = "hidden"
    assert marks_in(client.get(f"{ADDRESS}?passage=to%20Libya")) == ["to Libya"]


def test_words_stay_marked_when_names_are_switched_off(client, answer):
    propose(answer, make_country("LY", "Libya"), confidence=100)
    asked = "passage=ferry%2C%20as,else&v=" + version(TEXT)
    assert client.get(f"{ADDRESS}?{asked}&names=hidden").url == f"{ADDRESS}?{asked}"
    body = client.get(f"{ADDRESS}?{asked}").content.decode()
    hidden = dict(re.findall('<input type="hidden" name="(v|passage)" value="([^"]*)">', body))
    response = client.get(ADDRESS, hidden | {"names": "shown"}, follow=True)
    assert marks_in(response) == ["ferry, as ever. Nobody else"]


def test_page_tells_link_quotation_and_description_of_the_marked_words(client, answer):
    response = client.get(f"{ADDRESS}?passage=both%20banks%20pay")
    chosen = response.context["chosen"]
    assert (
        chosen.link
        == f"http://testserver{ADDRESS}?v={version(TEXT)}&passage=Both%20banks%20pay#:~:text=Both%20banks%20pay"
    )
    assert chosen.quotation.startswith("“Both banks pay”\nIlan Moreau, “")
    assert chosen.link.partition("#")[0] in chosen.quotation
    assert response.context["cite"].reference.url == chosen.link.partition("#")[0]
    assert '<meta name="description" content="Both banks pay">' in response.content.decode()


def test_question_and_statement_have_passages_too(client, answer):
    assert marks_in(client.get(f"{ADDRESS.replace('a1', 'q1')}?passage=the%20ferry")) == ["the ferry"]


def test_words_that_stayed_are_shown_as_cited_and_lead_to_todays(client, answer):
    reworded(answer, "The ferry runs.\n\nBoth banks pay for the ferry, as ever.")
    response = client.get(f"{ADDRESS}?v={version(TEXT)}&passage=Both%20banks")
    assert marks_in(response) == ["Both banks"]
    assert "This is an earlier version" in response.content.decode()
    today = response.context["chosen"].today
    assert marks_in(client.get(today)) == ["Both banks"]
    assert "were not changed" in response.content.decode()


def test_words_that_changed_are_shown_as_cited_with_the_difference(client, answer):
    reworded(answer, TEXT.replace("Both banks pay", "Both shores pay"))
    response = client.get(f"{ADDRESS}?v={version(TEXT)}&passage=Both%20banks,ferry")
    assert marks_in(response) == ["Both banks pay for the ferry"]
    assert response.context["chosen"].today == ""
    assert "do not stand so in today’s text" in response.content.decode()
    assert re.search("<del>.*banks.*</del>.*<ins>.*shores.*</ins>", response.content.decode())


def test_words_changed_between_the_same_ends_count_as_changed(client, answer):
    reworded(answer, TEXT.replace("for the ferry", "nothing for the ferry"))
    response = client.get(f"{ADDRESS}?v={version(TEXT)}&passage=Both%20banks,as%20ever")
    assert response.context["chosen"].today == ""


@pytest.mark.parametrize("asked", ["", "v={today}&"])
def test_words_that_only_a_former_version_has_lead_to_it(client, answer, asked):
    reworded(answer, "The ferry is gone.")
    response = client.get(f"{ADDRESS}?{asked.format(today=version(answer.text))}passage=Both%20banks")
    assert response.url == f"{ADDRESS}?v={version(TEXT)}&passage=Both%20banks"
    assert marks_in(client.get(response.url)) == ["Both banks"]


def test_long_name_of_a_version_is_shortened_and_the_directive_kept(client, answer):
    response = client.get(f"{ADDRESS}?v={Revision.digest(TEXT)}&passage=ferry%2C%20as")
    assert response.url == f"{ADDRESS}?v={version(TEXT)}&passage=ferry%2C%20as"


def test_moved_answer_keeps_the_words_of_a_link(client, answer):
    other = answer.interview.turns.get(number="a2")
    other.status, other.moved_to = "moved", answer
    other.text = "Nobody else does."
    other.save()
    response = client.get(f"{ADDRESS.replace('a1', 'a2')}?passage=Nobody%20else", follow=True)
    assert response.redirect_chain == [(f"{ADDRESS}?passage=Nobody%20else", 301)]
    assert marks_in(response) == ["Nobody else"]


def test_words_that_a_moved_answer_lost_are_shown_where_they_stood(client, answer):
    other = answer.interview.turns.get(number="a2")
    other.status, other.moved_to, other.text = "moved", answer, "Rest and sleep."
    other.save()
    address = ADDRESS.replace("a1", "a2")
    response = client.get(f"{address}?passage=and%20sleep", follow=True)
    assert response.redirect_chain == [(f"{address}?v={version(other.text)}&passage=and%20sleep", 302)]
    assert marks_in(response) == ["and sleep"]


def test_words_that_never_stood_there_are_not_found_and_the_page_leads_on(client, answer):
    response = client.get(f"{ADDRESS}?passage=Rest")
    body = response.content.decode()
    assert response.status_code == 404
    assert "These words never stood in answer 1" in body
    assert f'href="{ADDRESS}"' in body
    assert "Rest" not in body


def test_version_of_another_answer_is_not_found_with_a_passage_either(client, answer):
    response = client.get(f"{ADDRESS}?v={version('Rest.')}&passage=ferry")
    assert response.status_code == 404
    assert "never had this version" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("passage=" + "x" * 10_000, 400),
        ("passage=" + "%41," * 3_000, 400),
        ("passage=,,,,,,", 400),
        ("passage=", 400),
        ("passage", 400),
        ("passage=%00", 400),
        ("passage=a%1Bb", 400),
        ("passage=%FF%FE", 400),
        ("passage=%zz", 404),
        ("passage=<script>alert(1)</script>", 404),
        ("passage=%3Cscript%3Ealert(1)%3C/script%3E", 404),
        ("passage=ferry&passage=zebra", 404),
        ("v=%00&passage=ferry", 404),
        ("v=zz&passage=,", 400),
    ],
)
def test_hostile_links_are_answered_clearly(client, answer, query, status):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == status
    assert b"alert(1)" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("both banks pay", ["Both banks pay"]),
        ("every day both banks", ["every day.", "Both banks"]),
        ("Both … ever", ["Both banks pay for the ferry, as ever"]),
    ],
)
def test_typed_words_lead_to_the_page_that_marks_them(client, answer, typed, marked):
    response = client.get(f"{ADDRESS}passage/", {"words": typed})
    assert response.status_code == 302
    assert response.url.endswith("#passage")
    assert marks_in(client.get(response.url)) == marked


def test_typed_words_of_a_former_version_lead_to_it(client, answer):
    reworded(answer, "The ferry is gone.")
    response = client.get(f"{ADDRESS}passage/", {"words": "both banks"})
    assert response.url.startswith(f"{ADDRESS}?v={version(TEXT)}&")


@pytest.mark.parametrize("typed", ["<b>zebra", "\0", "zebra " * 900, "…", "!!!"])
def test_typed_words_that_never_stood_there_are_not_found(client, answer, typed):
    response = client.get(f"{ADDRESS}passage/", {"words": typed})
    assert response.status_code == 404
    assert b"<b>zebra" not in response.content


def test_form_without_words_leads_back_to_the_form(client, answer):
    assert client.get(f"{ADDRESS}passage/").url == f"{ADDRESS}#words"


def test_selected_words_get_their_link_and_quotation(client, answer):
    start = TEXT.index("oth banks")
    asked = {"start": start, "end": start + 11, "words": "oth banks p"}
    found = client.get(f"{ADDRESS}passage/", asked).json()
    assert found["words"] == "Both banks pay"
    assert found["link"].endswith("&passage=Both%20banks%20pay#:~:text=Both%20banks%20pay")
    assert found["quotation"].startswith("“Both banks pay”\n")


def test_selected_words_of_a_former_text_get_a_link_to_it(client, answer):
    reworded(answer, "The ferry is gone.")
    found = client.get(f"{ADDRESS}passage/", {"start": 4, "end": 9, "words": "ferry"}).json()
    assert f"?v={version(answer.text)}&" in found["link"]
    found = client.get(f"{ADDRESS}passage/", {"start": 10, "end": 14, "words": "runs"}).json()
    assert f"?v={version(TEXT)}&" in found["link"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"start": "x", "end": "2"}, 400),
        ({"start": "1"}, 400),
        ({"start": "9" * 5000, "end": "2"}, 400),
        ({"start": "-5", "end": "-1"}, 400),
        ({"start": "5", "end": "2"}, 400),
        ({"start": "0", "end": "9", "words": "zebra"}, 404),
    ],
)
def test_selection_that_is_none_is_refused_as_data(client, answer, asked, status):
    response = client.get(f"{ADDRESS}passage/", asked)
    assert response.status_code == status
    assert response.json()["error"]


def test_former_address_keeps_the_words_of_a_link(client, answer):
    remember(interview=answer.interview, former_path="/interviews/2019/12/05/old/")
    response = client.get(f"{ADDRESS.replace('harbour-post', 'old')}?passage=well%2C%20ferry,runs")
    assert response.url == f"{ADDRESS}?passage=well%2C%20ferry,runs"


def test_words_of_a_withdrawn_answer_are_gone(client, answer):
    answer.status = "withdrawn"
    answer.save()
    response = client.get(f"{ADDRESS}?passage=ferry")
    assert response.status_code == 410
    assert client.get(f"{ADDRESS}passage/?words=ferry").status_code == 410


@pytest.mark.parametrize(
    ("language", "marks"),
    [("de", "„|“"), ("fr", "«\u00a0|\u00a0»"), ("ar", "«|»"), ("zz", "“|”")],
)
def test_quotation_has_the_marks_of_its_language(client, answer, language, marks):
    answer.interview.language = language
    answer.interview.save()
    quotation = client.get(f"{ADDRESS}?passage=Both%20banks").context["chosen"].quotation
    assert quotation.startswith("Both banks".join(marks.split("|")))


def test_directive_with_encoded_commas_is_understood(client, answer):
    response = client.get(ADDRESS, {"passage": "Both banks,as ever"})
    assert marks_in(response) == ["Both banks pay for the ferry, as ever"]
    assert unquote(response.context["chosen"].link).count("Both banks pay for the ferry, as ever") == 2
