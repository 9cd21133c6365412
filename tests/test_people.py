"""Names and offices as heads and labels write them."""

import pytest

from interviews.ingest.offices import apart, spelled_name, spelled_office
from interviews.ingest.people import nominative, people_in


@pytest.mark.parametrize(
    ("label", "office", "name"),
    [
        ("President of Norway Viktor Hale", "President of Norway", "Viktor Hale"),
        ("Minister for Foreign Affairs Dr Ravi Sandar", "Minister for Foreign Affairs", "Ravi Sandar"),
        ("Official Spokesperson, Shri Arvind Kamath", "Official Spokesperson", "Arvind Kamath"),
        ("Dr. S. Jayanath, External Affairs Minister", "External Affairs Minister", "S. Jayanath"),
        ("HELEN WOO, FOREIGN MINISTER", "FOREIGN MINISTER", "HELEN WOO"),
        ("JONAS AAS, NORWEGIAN FOREIGN MINISTER", "NORWEGIAN FOREIGN MINISTER", "JONAS AAS"),
        ("FM Aas", "Foreign Minister", "Aas"),
        ("SEC. HOLT", "Secretary", "HOLT"),
        ("BK’in Marl", "Bundeskanzlerin", "Marl"),
        ("Le Président Pierre Lambert", "Président", "Pierre Lambert"),
        ("Министр иностранных дел России Сергей Ломов", "Министр иностранных дел России", "Сергей Ломов"),
        ("Secretary for Justice", "Secretary for Justice", ""),
        ("THE PRESIDENT", "PRESIDENT", ""),
        ("MR HALE", "", "HALE"),
        ("P. Hale", "", "P. Hale"),
        ("Ana Example, Reuters", "", "Ana Example, Reuters"),
    ],
)  # fmt: skip
def test_label_is_taken_apart_into_office_and_name(label, office, name):
    assert apart(label) == (office, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ANNEKE DE VRIES", "Anneke de Vries"),
        ("RONAN MCBRIDE", "Ronan McBride"),
        ("KARL O'BRIEN-STEIN", "Karl O'Brien-Stein"),
        ("Pierre LAMBERT", "Pierre Lambert"),
        ("J.R. HALE", "J.R. Hale"),
        ("VMS", "VMS"),
        ("de Vries", "de Vries"),
    ],
)
def test_name_in_capitals_is_spelled_as_usual(written, name):
    assert spelled_name(written) == name


def test_office_in_capitals_is_spelled_as_usual():
    assert spelled_office("US MINISTER FOR FOREIGN AFFAIRS AND TRADE") == "US Minister for Foreign Affairs and Trade"
    assert spelled_office("ministre du port") == "ministre du port"


@pytest.mark.parametrize(
    ("genitive", "name"),
    [
        ("Ивана Ломова", "Иван Ломов"),
        ("Сергея Ивановича Ломова", "Сергей Иванович Ломов"),
        ("Марии Ломовой", "Мария Ломова"),
        ("Игоря Велинского", "Игорь Велинский"),
        ("С.В.Громова", "С.В.Громов"),
        ("Ивана Чена", None),
        ("Российской Федерации", None),
    ],
)
def test_russian_genitive_becomes_a_name_only_where_its_endings_leave_no_doubt(genitive, name):
    assert nominative(genitive) == name


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Remarks by the Secretary for Justice, Ms Tessa Chan, at a session", "Tessa Chan", "Secretary for Justice"),
        ("THE HON JOHN HALE MP, PRIME MINISTER", "John Hale", ""),
        ("AND US SECRETARY OF STATE THE HON COLIN HOLT, DOORSTOP", "Colin Holt", "US Secretary of State"),
        ("In conversation: Anneke de Vries, Ambassador", "Anneke de Vries", "Ambassador"),
        ("Viktor Hale (VH), Minister of Ports, spoke to Anna Keller", "Viktor Hale", "Minister of Ports"),
        ("Интервью министра иностранных дел Ивана Ломова газете", "Иван Ломов", "Министр иностранных дел"),
        ("Briefing by National Security Adviser John Kern", "John Kern", "National Security Adviser"),
    ],
)  # fmt: skip
def test_head_names_a_person_with_the_office(text, name, office):
    person = people_in([text])[0]
    assert (person.name, person.office) == (name, office)


def test_name_with_initials_gives_way_to_the_full_one():
    assert [person.name for person in people_in(["Prime Minister P J Hale", "Prime Minister Paul Hale"])] == [
        "Paul Hale"
    ]
