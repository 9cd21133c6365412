"""The text of an interview to take away: plain, Markdown, TEI."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from interviews.texts.markdown import escaped
from interviews.texts.tei import written

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import add_source, links_of

pytestmark = pytest.mark.django_db
FORMS = ["txt", "md", "tei"]
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HOSTILE = [
    "# no heading\n- no list\n1. no list\n> no quotation",
    "*no* _emphasis_ `code` <b>bold</b> &amp; [link](x) ![image](y)",
    "---\n\n===\n\n    no code\n\n|a|b|\n|-|-|",
]


def taken(client, interview, form):
    response = client.get(interview.get_absolute_url(), {"format": form})
    assert response.status_code == 200
    return response.content.decode()


def document_of(client, interview):
    return ElementTree.fromstring(taken(client, interview, "tei").encode())  # noqa: S314 - our own


def segments_of(document):
    """{number of a turn: its paragraphs} of a TEI document."""
    return {
        said.get("n"): ["".join(each.itertext()) for each in said.findall(f"{TEI}seg")]
        for said in document.iter(f"{TEI}u")
    }


def shown(markdown):
    """The words that Markdown shows, without spaces."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return "".join("".join(ElementTree.fromstring(f"<a>{html}</a>").itertext()).split())  # noqa: S314 - our own


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


@pytest.mark.parametrize("form", FORMS)
def test_words_that_may_not_be_passed_on_are_in_no_form(client, talks, form):
    add_source(talks, redistribute=False, licence="For readers only.")
    words = taken(client, talks, form)
    assert "Italy is nearer" not in words
    assert "And Libya" not in words
    assert "For readers only." in words
    assert "Talks in winter" in words


def test_forms_are_offered_on_the_page(client, talks):
    assert {f"?format={form}" for form in FORMS} <= set(links_of(client.get(talks.get_absolute_url())))


def test_address_that_the_text_once_had_goes_on_working(client, talks):
    assert client.get(f"{talks.get_absolute_url()}text/").content.decode() == taken(client, talks, "txt")


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


def test_tei_has_an_utterance_a_turn_and_a_segment_a_paragraph(client, talks):
    assert segments_of(document_of(client, talks)) == {
        "q1": ["And Libya?"],
        "a1": ["Near.", "Italy is nearer."],
        "q2": ["Et l’été ?"],
    }


def test_tei_says_who_speaks_in_which_part_and_to_which_question(client, talks):
    talks.participations.filter(part="interviewee").update(office="Envoy")
    document = document_of(client, talks)
    [answer] = [said for said in document.iter(f"{TEI}u") if said.get("n") == "a1"]
    assert (answer.get("ana"), answer.get("corresp"), answer.get("who")) == ("#answer", "#q1", "#person-ilan-moreau")
    [person] = [each for each in document.iter(f"{TEI}person") if each.get(ID) == "person-ilan-moreau"]
    assert (person.findtext(f"{TEI}persName/{TEI}term"), person.findtext(f"{TEI}occupation")) == (
        "Ilan Moreau",
        "Envoy",
    )
    assert answer.get("source").startswith(f"http://testserver{talks.get_absolute_url()}a1/?v=")


def test_tei_marks_names_within_names(client):
    army = make_entity("organisation", "Libyan National Army")
    talks = make_interview([("Who?", "The Libyan National Army, I hear.")], slug="army")
    answer = talks.turns.get(number="a1")
    mention(answer, make_country("LY", "Libya"))
    answer.mentions.update(start=4, end=10, surface="Libyan")
    answer.mentions.create(entity=army, start=4, end=24, surface="Libyan National Army", tagger_version="1")
    [outer] = list(document_of(client, talks).iter(f"{TEI}seg"))[-1].findall(f"{TEI}name")
    inner = outer.find(f"{TEI}name")
    assert (outer.get("type"), inner.get("type"), inner.text, inner.tail) == ("ORG", "LOC", "Libyan", " National Army")


def test_every_reference_of_tei_leads_to_a_name_that_stands_once(client, talks):
    document = document_of(client, talks)
    names = [each.get(ID) for each in document.iter() if each.get(ID)]
    assert len(names) == len(set(names))
    led_to = [
        part for each in document.iter() for name in ("who", "corresp", "ana") for part in each.get(name, "").split()
    ]
    assert {part.removeprefix("#") for part in led_to} <= set(names)


def test_stage_direction_is_an_incident_in_tei(client):
    talks = make_interview([("Who?", "Nobody.")], slug="laughter")
    talks.turns.create(number="d1", position=99, kind="direction", text="(Laughter)")
    [incident] = document_of(client, talks).iter(f"{TEI}incident")
    assert incident.findtext(f"{TEI}desc") == "(Laughter)"


@pytest.mark.parametrize("words", [*HOSTILE, "a\x0bb\ud7ff]]>&<", "من أنت؟ \u202ehidden"])
def test_hostile_words_are_whole_in_tei(client, words):
    talks = make_interview([("So?", words)], slug="hostile", title=f"<{words[:9]}>")
    paragraphs = segments_of(document_of(client, talks))["a1"]
    assert "\n\n".join(paragraphs) == words.replace("\x0b", " ")


@given(st.text())
def test_whatever_is_written_in_xml_is_read_back(words):
    element = ElementTree.Element("a")
    element.text = written(words)
    read = ElementTree.fromstring(ElementTree.tostring(element))  # noqa: S314 - our own
    assert (read.text or "") == re.sub("\r\n?", "\n", written(words)).replace("\r", "\n")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_text_is_markup_in_markdown(client, words):
    talks = make_interview([("So?", words)], slug="hostile")
    _, _, body = taken(client, talks, "md").partition("\n---\n")
    assert "".join(words.split()) in shown(body)


@given(st.lists(st.text(alphabet="abc 1.)-+*_`#>[]()!&<|~=:\\\n\t", min_size=1), min_size=1))
def test_every_line_comes_back_from_markdown(lines):
    words = "\n".join(lines)
    assert shown("\n\n".join(escaped(part) for part in words.split("\n\n"))) == "".join(words.split())


def test_markdown_begins_with_its_facts_and_numbers_are_links(client, talks):
    words = taken(client, talks, "md")
    assert words.startswith('---\ntitle: "Talks in winter"\nid: "urn:uuid:')
    assert f"## [Q1](http://testserver{talks.get_absolute_url()}q1/) **Question**" in words
