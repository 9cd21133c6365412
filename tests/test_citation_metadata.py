"""What programs find in the heads of pages: Zotero, search engines."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.citing.metadata import linked_data, meta_tags
from interviews.partial_date import PartialDate

from archive_factory import make_interview
from references import URL, make_reference, speaker

SCRIPT = re.compile('<script type="application/ld\\+json">(.*?)</script>', re.DOTALL)


def data_of(client, address):
    (script,) = SCRIPT.findall(client.get(address).content.decode())
    return json.loads(script)


def tags_of(client, address):
    return [
        (name, unescape(content))
        for name, content in re.findall('<meta name="([^"]*)" content="([^"]*)">', client.get(address).content.decode())
    ]


def test_tags_name_what_zotero_reads():
    """Its translator “Embedded Metadata” takes the type from DC.type and reads citation_ and DC. tags."""
    names = [name for name, _ in meta_tags(make_reference())]
    assert ("DC.type", "interview") in meta_tags(make_reference())
    for wanted in ("title", "author", "publication_date", "public_url", "language", "publisher"):
        assert names.count(f"citation_{wanted}") == 1
    assert ("DC.identifier", URL) in meta_tags(make_reference())


def test_tags_say_nothing_that_is_not_known():
    assert not [
        name for name, _ in meta_tags(make_reference(date=None, speakers=())) if "date" in name or "author" in name
    ]


@pytest.mark.parametrize(
    ("date", "written"), [((2025, 3, 14), "2025/03/14"), ((2025, 3), "2025/03"), ((2025,), "2025")]
)
def test_tags_give_the_date_as_far_as_it_is_known(date, written):
    assert ("citation_publication_date", written) in meta_tags(make_reference(date=PartialDate(*date)))


@pytest.mark.parametrize(
    ("name", "country", "written"),
    [
        ("Ursula von der Leyen", "DE", "von der Leyen, Ursula"),
        ("Ban Ki-moon", "KR", "Ban, Ki-moon"),
        ("ليلى الحارثي", "", "ليلى الحارثي"),
        # Zotero would take spaces on both sides of a comma for two people.
        ("Luiz Inácio Lula da Silva", "BR", "Luiz Inácio Lula da Silva"),
        # It takes what follows a second comma for nothing.
        ("Robert Kane, Jr.", "US", "Kane, Robert Jr."),
        ("Robert Kane van Loon, Jr.", "US", "Robert Kane van Loon Jr."),
    ],
)
def test_authors_are_written_so_that_zotero_parts_their_names(name, country, written):
    reference = make_reference(speakers=(speaker(name, country=country),))
    assert ("citation_author", written) in meta_tags(reference)


@given(st.text(max_size=40))
def test_linked_data_of_any_title_cannot_end_its_script(title):
    script = linked_data(make_reference(title=f"</script>{title}<!--"), turns=())
    assert not {"<", ">", "&"} & set(script)
    assert json.loads(script)["name"] == f"</script>{title}<!--"


@pytest.mark.django_db
def test_interview_is_a_conversation_of_questions_with_their_answers(client):
    talks = make_interview([("A?", "One."), ("B?", None)], slug="talks", title="Talks", place="Rome")
    data = data_of(client, talks.get_absolute_url())
    assert (data["@type"], data["name"], data["datePublished"]) == ("Conversation", "Talks", "2019-12-05")
    assert data["author"] == [{"@type": "Person", "name": "Ilan Moreau"}]
    assert data["hasPart"] == [
        {"@type": "Question", "@id": "q1/", "suggestedAnswer": [{"@type": "Answer", "@id": "a1/"}]},
        {"@type": "Question", "@id": "q2/"},
    ]


@pytest.mark.django_db
def test_answer_is_described_with_its_words_its_question_and_its_interview(client):
    talks = make_interview([("A?", "One.\n\nTwo.")], slug="talks", title="Talks")
    address = talks.turns.get(number="a1").get_absolute_url()
    data = data_of(client, address)
    assert (data["@type"], data["text"], data["name"]) == ("Answer", "One.\n\nTwo.", "Answer 1: A?")
    assert data["parentItem"] == {"@type": "Question", "@id": "../q1/", "text": "A?"}
    interview = {"@type": "Conversation", "@id": f"http://testserver{talks.get_absolute_url()}", "name": "Talks"}
    assert data["isPartOf"] == interview
    assert data["url"] == f"http://testserver{address}?v={data['version']}"


@pytest.mark.django_db
def test_outlet_that_asks_is_no_person(client):
    talks = make_interview(outlet="Radio Meridian")
    author = data_of(client, talks.turns.get(number="q1").get_absolute_url())["author"]
    assert author == [{"@type": "Organization", "name": "Radio Meridian"}]


@pytest.mark.django_db
def test_withdrawn_question_is_not_given_away_by_its_answer(client):
    talks = make_interview([("And Libya?", "Near.")])
    talks.turns.filter(number="q1").update(status="withdrawn")
    html = client.get(talks.turns.get(number="a1").get_absolute_url()).content.decode()
    assert "And Libya?" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "kind"), [("q1", "Question"), ("s1", "Quotation")])
def test_questions_and_statements_are_what_they_are(client, number, kind):
    talks = make_interview(statements=["Good afternoon."])
    assert data_of(client, talks.turns.get(number=number).get_absolute_url())["@type"] == kind


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "a1"])
def test_pages_carry_tags_and_name_their_files(client, number):
    talks = make_interview(title='"Talks" & <more>', slug="talks")
    address = talks.turns.get(number=number).get_absolute_url() if number else talks.get_absolute_url()
    assert ("citation_title", '"Talks" & <more>') in tags_of(client, address)
    html = client.get(address).content.decode()
    assert '<meta property="article:published_time" content="2019-12-05">' in html
    for suffix in ("bib", "ris", "json"):
        assert f'href="{address}citation.{suffix}' in html


@pytest.mark.django_db
def test_withdrawn_pages_carry_no_tags(client):
    talks = make_interview(status="withdrawn")
    assert not [name for name, _ in tags_of(client, talks.get_absolute_url()) if name.startswith(("citation_", "DC."))]
