"""Who asked: found in titles, leads, labels and welcomes, with the country that words, data or evidence give."""

import json
from pathlib import Path

import pytest

from interviews.ingest import outlets
from interviews.ingest.read import read_transcript
from interviews.ingest.words import countries

DATA = Path(outlets.__file__).parent / "data" / "outlets.json"
SPEECH = "Question: Why is the ferry late again?\n\nViktor Hale: Because the harbour is not deep enough for it.\n"


def outlet_of(head, speech=SPEECH):
    header = read_transcript(f"{head}\n\n{speech}".encode()).header
    return header.outlet, header.outlet_country


def test_every_outlet_of_the_data_has_countries_that_exist_and_names_of_its_own():
    data = json.loads(DATA.read_text(encoding="utf-8"))
    codes = {
        name: facts["country"] if isinstance(facts["country"], list) else [facts["country"]]
        for name, facts in data.items()
    }
    known = countries().keys() | {"HK", "TW", "XK", "PS", "VA"}
    assert {name: each for name, each in codes.items() if not each or not set(each) <= known} == {}
    assert {key for facts in data.values() for key in facts} <= {"country", "also", "forms", "shown"}
    assert len(data) > 250
    assert list(data) == sorted(data, key=str.casefold)


@pytest.mark.parametrize(
    ("head", "outlet", "country"),
    [
        ("Hale: «Serve una tregua» (Corriere della Sera)\n\n5 Novembre 2023", "Corriere della Sera", "IT"),
        ("SPIEGEL-Gespräch mit Außenminister Viktor Hale über Gas", "Der Spiegel", "DE"),
        ("Viktor Hale im Interview mit der Rheinischen Post, 18. April 2024", "Rheinische Post", "DE"),
        ("Entrevista al ministro Viktor Hale\nEL PAÍS, 17 de septiembre de 2023", "El País", "ES"),
        ("Hale: Europe must wake up\n19.02.2017\nNorland’s minister Viktor Hale spoke to DW in Halvik.", "DW", "DE"),
        ("Hale warnt\n5. Juni 2019\nMehr Mut, sagte Hale im Dlf, sei nötig.", "Deutschlandfunk", "DE"),
        ("Interview with Brian Reed, BBC Radio 4, 4 June 2012", "BBC Radio 4", "GB"),
        ("Viktor Hale, em entrevista ao jornal O Estado de S. Paulo, fala", "O Estado de S. Paulo", "BR"),
        ("Television interview, ABC News Breakfast\n4 June 2012", "ABC", "AU"),
        ("INTERVIEW WITH LENA HOLM - 2GB - 4 JUNE 1986", "2GB", "AU"),
        ("Foreign Minister Viktor Hale With Lena Holm of NBC News “TODAY”\n4 June 2012", "NBC News TODAY", "US"),
        ("INTERVIEW WITH LENA HOLM 2GB -4 JUNE 1986", "2GB", "AU"),
        ("INTERVIEW WITH LENA HOLM CHANNEL SEVEN, 4 JUNE 1986", "Channel Seven", "AU"),
        ("INTERVIEW WITH LENA HOLM, RADIO 2UE MELBOURNE, 4 JUNE 1986", "2UE", "AU"),
        ("RADIO INTERVIEW WITH LENA HOLM - AM PROGRAMME\n4 June 1997", "ABC", "AU"),
        ("مقابلة وزير الخارجية مع صحيفة المرفأ، 4 يونيو 2012", "صحيفة المرفأ", None),
        ("外交部长接受《环球时报》专访\n2012年6月4日", "环球时报", "CN"),
        ("Viktor Hale'ın TRT Haber'e Verdiği Mülakat, 4 Haziran 2012", "TRT Haber", "TR"),
    ],
)  # fmt: skip
def test_outlet_is_found_wherever_the_head_names_it(head, outlet, country):
    assert outlet_of(head) == (outlet, country)


@pytest.mark.parametrize(
    "head",
    [
        "Viktor Hale im Gespräch mit Silvia Engel, 5. Juni 2019",
        "TRANSCRIPT OF THE MINISTER’S DOORSTOP INTERVIEW WITH NORWEGIAN MEDIA IN HALVIK, 4 JUNE 2012",
        "Secretary Hale and Minister Solberg Hold a Joint Media Availability\n4 June 2012",
        "Interview with Foreign Minister Viktor Hale, Halvik, PA, 4 June 2012",
    ],
)
def test_people_events_and_the_press_in_general_are_no_outlets(head):
    assert outlet_of(head) == (None, None)


@pytest.mark.parametrize(
    ("head", "country"),
    [
        ("---\nsource_url: https://minister.gov.au/1\n---\n\nInterview with Viktor Hale on ABC, 4 June 2012", "AU"),
        ("---\nsource_url: https://www.state.gov/1\n---\n\nInterview with Viktor Hale on ABC, 4 June 2012", "US"),
        ("Interview with Viktor Hale on ABC\nCanberra, 4 June 2012", "AU"),
        ("Interview with Viktor Hale on ABC, 4 June 2012", None),
    ],
)
def test_outlets_of_one_name_are_told_apart_by_evidence_or_not_at_all(head, country):
    assert outlet_of(head) == ("ABC", country)


def test_outlet_that_all_labels_ask_for_is_that_of_the_interview():
    speech = "LENA HOLM, CNN HOST: Why?\n\nHALE: The harbour.\n\nHOLM: Still?\n\nHALE: Still, and for long.\n"
    assert outlet_of("Interview With Viktor Hale\n4 June 2012", speech) == ("CNN", "US")


def test_outlets_that_share_a_press_conference_are_not_that_of_the_event():
    speech = "AFP: Why?\n\nViktor Hale: The harbour.\n\nReuters: Still?\n\nViktor Hale: Still, and for long.\n"
    assert outlet_of("Viktor Hale answers, 4 June 2012", speech) == (None, None)


def test_outlet_may_be_named_by_a_welcome_alone():
    speech = (
        "QUESTION: Welcome to The Times of India, Minister.\n\nMINISTER HALE: Thank you.\n\n"
        "QUESTION: Why is the ferry late?\n\nMINISTER HALE: The harbour is not deep enough.\n"
    )
    assert outlet_of("Viktor Hale, Minister of State\nHalvik, 4 June 2012", speech) == ("The Times of India", "IN")
