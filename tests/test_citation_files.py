"""Citations as files: programs read back what was written, whatever characters names and titles hold."""

import json
import re

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from interviews.citing.bibtex import bibtex
from interviews.citing.csl import csl_json
from interviews.citing.names import Name, name_of_person
from interviews.citing.reference import Speaker, tidy
from interviews.citing.ris import ris
from interviews.models import FormerAddress, Revision, Turn
from interviews.partial_date import PartialDate

from archive_factory import make_interview
from references import URL, VARGA, body, make_reference, speaker

# What TeX prints for each command that stands for a character of its own.
COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
} | {f"\\{character}": character for character in "#$%&_"}
COMMAND = re.compile("|".join(re.escape(command) for command in COMMANDS))
KINDS_OF_CHARACTERS = st.characters(exclude_categories=("Cs", "Cn", "Co"))
WORDS = st.text(KINDS_OF_CHARACTERS, min_size=1, max_size=60).map(tidy).filter(bool)
AWKWARD = st.sampled_from(
    [
        "50 % & more",
        r"a\b{c}",
        "}",
        "{",
        "A -- B",
        "“Why?”",
        "x" * 3000,
        "and",
        "Smith, Jones and Co",
        "# $ _ ^ ~",
        '"@"',
    ]
)
TITLES = WORDS | AWKWARD


def read_bibtex(**fields):
    (entry,) = parse_string(bibtex(make_reference(**fields)), "bibtex").entries.values()
    return entry


def read_ris(**fields):
    (record,) = rispy.loads(ris(make_reference(**fields)))
    return record


def read_csl(**fields):
    (item,) = json.loads(csl_json(make_reference(**fields)))
    return item


def as_printed(tex):
    """What TeX makes of a value, its braces taken away."""
    return "".join(
        COMMANDS.get(piece, piece.replace("{", "").replace("}", "")) for piece in re.split(f"({COMMAND.pattern})", tex)
    )


# BibTeX


def test_bibtex_holds_every_fact():
    entry = read_bibtex(source_url="https://ministry.example/a_b", original_title="Гавань", original_language="ru")
    assert {name: as_printed(value) for name, value in entry.fields.items()} == {
        "title": "The Harbour Is Open",
        "howpublished": "Interview by Radio Meridian, Rome",
        "year": "2025",
        "month": "March",
        "date": "2025-03-14",
        "note": "Diplomatic Interview Archive, Answer 3, version 1a2b3c4d. Ilsa Varga: Minister of Foreign Affairs. "
        "Translation of “Гавань” (Russian). Published at https://ministry.example/a_b",
        "url": URL,
        "urldate": "2026-11-23",
        "langid": "english",
    }
    assert entry.key == "radio-meridian-2025-03-14-a3"


def test_bibtex_keeps_the_capitals_of_a_title():
    assert "  title = {{The Harbour Is Open}},\n" in bibtex(make_reference())


def test_bibtex_leaves_out_what_is_not_known():
    entry = read_bibtex(date=None, language="", speakers=())
    assert not {"year", "month", "date", "langid", "author"} & {*entry.fields, *entry.persons}


def test_bibtex_gives_a_month_without_a_day():
    assert read_bibtex(date=PartialDate(2025, 3)).fields["date"] == "2025-03"


@pytest.mark.parametrize(
    ("written", "country", "parts"),
    [
        ("Ursula von der Leyen", "", (["von", "der"], ["Leyen"], ["Ursula"])),
        ("Jaap de Hoop Scheffer", "", (["de"], ["Hoop", "Scheffer"], ["Jaap"])),
        ("Nouri al-Maliki", "", ([], ["al-Maliki"], ["Nouri"])),
        ("Сергей Иванов", "", ([], ["Иванов"], ["Сергей"])),
        ("Ban Ki-moon", "KR", ([], ["{Ban Ki-moon}"], [])),
        ("ليلى الحارثي", "", ([], ["{ليلى الحارثي}"], [])),
    ],
)
def test_bibtex_parts_names(written, country, parts):
    (person,) = read_bibtex(speakers=(speaker(written, country=country),)).persons["author"]
    assert (person.prelast_names, person.last_names, person.first_names) == parts


def test_bibtex_keeps_bodies_whole():
    people = read_bibtex(speakers=(VARGA, body("Ministry of Trade and Ports, Korvat"))).persons["author"]
    assert [as_printed(str(person)) for person in people] == ["Varga, Ilsa", "Ministry of Trade and Ports, Korvat"]


@given(TITLES)
def test_any_title_comes_back_from_bibtex(title):
    assert as_printed(read_bibtex(title=title).fields["title"]) == title


@given(TITLES)
def test_any_name_comes_back_from_bibtex(name):
    (person,) = read_bibtex(speakers=(Speaker(Name(name)),)).persons["author"]
    assert " ".join(as_printed(part) for part in person.last_names) == name


@given(st.lists(st.sampled_from(["Ilsa", "von", "Ö{", "and", "Jr.", "de", "O’Neil", "a\\b", "Ян", "x_y"]), min_size=2))
def test_name_of_any_parts_comes_back_from_bibtex(words):
    name = name_of_person(" ".join(words))
    (person,) = read_bibtex(speakers=(Speaker(name),)).persons["author"]
    given = [*person.first_names, *person.middle_names]
    parts = [*given, *person.prelast_names, *person.last_names, *person.lineage_names]
    assert sorted(" ".join(as_printed(part) for part in parts).split()) == sorted(words)


# RIS


def test_ris_holds_every_fact_in_lines_that_end_in_cr_and_lf():
    assert ris(make_reference(interviewers=(name_of_person("Jo Reporter"),), outlet="")).split("\r\n") == [
        "TY  - ELEC",
        "AU  - Varga, Ilsa",
        "A2  - Reporter, Jo",
        "TI  - The Harbour Is Open",
        "T2  - Diplomatic Interview Archive",
        "M3  - Interview by Jo Reporter, Rome",
        "M1  - Answer 3",
        "ET  - version 1a2b3c4d",
        "CY  - Rome",
        "PY  - 2025",
        "DA  - 2025/03/14/",
        "LA  - en",
        "N1  - Ilsa Varga: Minister of Foreign Affairs",
        f"UR  - {URL}",
        "Y2  - 2026/11/23/",
        "ER  - ",
        "",
    ]


def test_ris_is_read_back():
    record = read_ris(speakers=(VARGA, body("Spokesperson")))
    assert record["authors"] == ["Varga, Ilsa", "Spokesperson"]
    assert (record["title"], record["urls"], record["date"]) == ("The Harbour Is Open", [URL], "2025/03/14/")


@pytest.mark.parametrize(
    ("date", "written"), [(PartialDate(2025, 3), "2025/03//"), (PartialDate(2025), "2025///"), (None, None)]
)
def test_ris_gives_the_date_as_far_as_it_is_known(date, written):
    assert read_ris(date=date).get("date") == written


@given(TITLES)
def test_any_title_comes_back_from_ris(title):
    assert read_ris(title=title)["title"] == title


@given(TITLES)
def test_any_name_comes_back_from_ris_but_for_asterisks(name):
    record = read_ris(speakers=(Speaker(Name(f"N {name}")),))
    assert record["authors"] == [f"N {name}".replace("*", "").strip()]


# CSL-JSON


def test_csl_has_the_types_that_its_schema_wants():
    """csl-data.json: `id` and `type` are required; names are lists of objects; dates hold lists of numbers."""
    item = read_csl(source_url="https://ministry.example/")
    assert (item.pop("id"), item.pop("type")) == ("radio-meridian-2025-03-14-a3", "interview")
    assert item.pop("author") == [{"family": "Varga", "given": "Ilsa"}]
    assert item.pop("interviewer") == [{"literal": "Radio Meridian"}]
    assert item.pop("issued") == {"date-parts": [[2025, 3, 14]]}
    assert item.pop("accessed") == {"date-parts": [[2026, 11, 23]]}
    assert item == {
        "title": "The Harbour Is Open",
        "container-title": "Diplomatic Interview Archive",
        "genre": "Interview",
        "medium": "Transcript",
        "number": "Answer 3",
        "version": "1a2b3c4d",
        "event-place": "Rome",
        "language": "en",
        "URL": URL,
        "note": "Ilsa Varga: Minister of Foreign Affairs. Published at https://ministry.example/",
    }


def test_csl_keeps_particles_and_the_order_of_names():
    names = (speaker("Ursula von der Leyen"), speaker("Ban Ki-moon", country="KR"), body("Spokesperson"))
    assert read_csl(speakers=names)["author"] == [
        {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"},
        {"family": "Ban", "given": "Ki-moon", "static-ordering": True},
        {"literal": "Spokesperson"},
    ]


@given(TITLES)
def test_any_title_comes_back_from_csl(title):
    assert read_csl(title=title)["title"] == title


# Addresses


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("suffix", "media_type", "beginning"),
    [
        ("bib", "application/x-bibtex", "@misc{talks-2019-12-05-a1,"),
        ("ris", "application/x-research-info-systems", "TY  - ELEC\r\n"),
        ("json", "application/vnd.citationstyles.csl+json", "[\n  {\n"),
    ],
)
def test_citation_is_a_file_of_its_media_type_named_for_what_it_cites(client, suffix, media_type, beginning):
    turn = make_interview(slug="talks").turns.get(number="a1")
    response = client.get(f"{turn.get_absolute_url()}citation.{suffix}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="talks-2019-12-05-a1.{suffix}"'
    assert response.content.decode().startswith(beginning)


@pytest.mark.django_db
def test_file_of_an_interview_cites_the_whole(client):
    make_interview(slug="talks")
    response = client.get("/interviews/2019/12/05/talks/citation.bib")
    assert "url = {http://testserver/interviews/2019/12/05/talks/}," in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("below", ["citation.bib", "a1/citation.ris"])
def test_file_of_a_former_address_is_one_hop_away(client, below):
    talks = make_interview(slug="talks")
    FormerAddress.objects.create(path="/interviews/2018/12/05/talks/", interview=talks)
    response = client.get(f"/interviews/2018/12/05/talks/{below}")
    assert (response.status_code, response.url) == (301, f"{talks.get_absolute_url()}{below}")


@pytest.mark.django_db
@pytest.mark.parametrize("below", ["citation.xml", "a9/citation.bib", "citation.BIB"])
def test_what_there_is_no_citation_of_is_not_found(client, below):
    assert client.get(f"{make_interview().get_absolute_url()}{below}").status_code == 404


@pytest.mark.django_db
def test_citation_of_what_was_withdrawn_is_gone(client):
    talks = make_interview(status="withdrawn")
    assert client.get(f"{talks.get_absolute_url()}citation.bib").status_code == 410


@pytest.mark.django_db
def test_file_of_a_turn_that_was_merged_leads_to_where_it_went(client):
    talks = make_interview([("A?", "One."), ("B?", "Two.")])
    first, second = talks.turns.get(number="a1"), talks.turns.get(number="a2")
    talks.turns.filter(pk=second.pk).update(status="moved", moved_to=first)
    response = client.get(f"{second.get_absolute_url()}citation.bib")
    assert response.url == f"{first.get_absolute_url()}citation.bib"


@pytest.mark.django_db
def test_file_cites_the_version_that_its_address_names(client):
    turn = make_interview([("Well?", "Talks come next.")], slug="talks").turns.get(number="a1")
    was, _ = turn.text, Revision.objects.create(turn=turn, text=turn.text, sha256=Revision.digest(turn.text))
    Turn.objects.filter(pk=turn.pk).update(text="Talks came.")
    short = Revision.digest(was)[:8]
    for address in (f"citation.json?v={short}", f"citation.json?v={short}&passage=Talks%20come"):
        (item,) = json.loads(client.get(f"{turn.get_absolute_url()}{address}").content)
        assert (item["version"], item["URL"].partition("?")[2]) == (short, address.partition("?")[2])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status"), [("v=00000000", 404), ("passage=Never%20said", 404), ("passage=,,,", 400)]
)
def test_what_was_never_said_is_not_cited(client, query, status):
    turn = make_interview().turns.get(number="a1")
    assert client.get(f"{turn.get_absolute_url()}citation.bib?{query}").status_code == status
