"""A file that holds a text in two languages gives two interviews, each with numbers and addresses that last."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from interviews.ingest.bilingual import as_translation
from interviews.ingest.read import read_transcript
from interviews.models import Interview, Source

from ingesting import TEXT, UNDATED, ingest

pytestmark = pytest.mark.django_db
FRENCH = """Entretien de la ministre Runa Solberg avec le journal italien Il Molo

Question : Madame la ministre, le bac vers la Libye circule-t-il de nouveau ?

Runa Solberg : Il circule depuis lundi. Nous en sommes convenus avec la Libye et avec l'Égypte en janvier.

Question : Qui paie le second pont ?

Runa Solberg : Les deux rives paient, chacune pour sa moitié, comme elles l'ont toujours fait.
"""


@pytest.fixture
def receive(texts, monkeypatch):
    """A function that ingests an English and a French text as one file."""

    def receive(english=TEXT, french=FRENCH, **options):
        def read(data, **options):
            text = read_transcript(english.encode())
            other = as_translation(read_transcript(french.encode()), text.header) if french else None
            return replace(text, translation=other)

        monkeypatch.setattr("interviews.ingest.loading.read_transcript", read)
        return ingest(texts("both.txt", english + french), **options)

    return receive


def interviews():
    return {interview.language: interview for interview in Interview.objects.all()}


def test_both_texts_are_interviews_of_one_source(receive):
    report = receive()
    assert (report["created"], len(report["files"])) == (1, 1)
    assert report["files"][0]["address"] == "/interviews/2019/03/05/il-molo/"
    assert report["files"][0]["translation"]["address"] == "/interviews/2019/03/05/il-molo-fr/"
    english, french = interviews()["en"], interviews()["fr"]
    assert french.translation_of == english
    assert Source.objects.get().readings.count() == 2
    assert [turn.number for turn in french.turns.order_by("position")] == ["q1", "a1", "q2", "a2"]
    assert (french.status, french.outlet, english.translation_of) == ("published", english.outlet, None)


def test_same_file_again_changes_neither(receive):
    receive()
    assert receive()["unchanged"] == 1


def test_numbers_of_both_survive_a_new_version(receive):
    receive()
    report = receive(TEXT.replace("Monday", "Sunday"), FRENCH.replace("lundi", "dimanche"))
    assert (report["updated"], Interview.objects.count()) == (1, 2)
    assert report["files"][0]["reason"] == "1 turn changed"
    assert [change["number"] for change in report["files"][0]["translation"]["changes"]] == ["a1"]
    assert "dimanche" in interviews()["fr"].turns.get(number="a1").text


def test_new_address_of_the_text_is_followed_by_its_translation(receive, client):
    receive()
    receive(TEXT.replace("Il Molo", "Il Faro"), FRENCH.replace("Il Molo", "Il Faro"))
    assert interviews()["fr"].get_absolute_url() == "/interviews/2019/03/05/il-faro-fr/"
    response = client.get("/interviews/2019/03/05/il-molo-fr/a1/")
    assert response["Location"] == "/interviews/2019/03/05/il-faro-fr/a1/"


def test_translation_that_is_no_longer_in_the_file_is_withdrawn_until_it_comes_back(receive, client):
    receive()
    receive(french="")
    assert client.get("/interviews/2019/03/05/il-molo-fr/a1/").status_code == 410
    assert client.get("/interviews/2019/03/05/il-molo/a1/").status_code == 200
    receive(TEXT.replace("Monday", "Sunday"))
    assert client.get("/interviews/2019/03/05/il-molo-fr/a1/").status_code == 200


def test_translation_that_comes_later_is_added(receive):
    receive(french="")
    assert receive()["files"][0]["translation"]["outcome"] == "created"
    assert interviews()["fr"].translation_of == interviews()["en"]


def test_translation_is_known_by_its_file_whatever_a_curator_says_of_it(receive):
    receive()
    Interview.objects.filter(language="fr").update(translation_of=None, slug="le-mole")
    receive(TEXT.replace("Monday", "Sunday"), FRENCH.replace("lundi", "dimanche"))
    assert (Interview.objects.count(), interviews()["fr"].slug) == (2, "le-mole")


def test_date_by_hand_is_that_of_both(receive):
    undated = TEXT.replace(", 5 March 2019", "")
    receive(undated)
    assert {each.status for each in interviews().values()} == {"draft"}
    receive(undated, date=date(2019, 3, 5))
    assert {each.get_absolute_url() for each in interviews().values()} == {
        "/interviews/2019/03/05/il-molo/",
        "/interviews/2019/03/05/il-molo-fr/",
    }
    assert {each.status for each in interviews().values()} == {"published"}


def test_report_for_people_names_both_addresses(receive, texts):
    receive()
    out = StringIO()
    call_command("ingest", str(texts("both.txt", "the same text, in other bytes")), stdout=out)
    assert out.getvalue().count("/interviews/2019/03/05/il-molo") == 2


def test_translation_that_a_curator_hid_comes_back_hidden(receive):
    receive()
    Interview.objects.filter(language="fr").update(status="draft", status_reason="The translation is bad.")
    receive(french="")
    change = {"fact": "status", "before": "withdrawn", "after": "draft"}
    changes = receive(TEXT.replace("Monday", "Sunday"))["files"][0]["translation"]["changes"]
    assert any(change.items() <= each.items() for each in changes)
    french = interviews()["fr"]
    assert (french.status, french.status_reason) == ("draft", "The translation is bad.")


def test_translation_without_a_date_comes_back_as_a_draft(receive):
    receive(UNDATED)
    receive(UNDATED, "")
    report = receive(UNDATED.replace("Monday", "Sunday"))
    assert (report["updated"], interviews()["fr"].status) == (1, "draft")
