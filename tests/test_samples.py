"""The sample texts as `inspect` reads them, against facts that were counted by hand."""

import json
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class Sample:
    """What one file holds. Turns are counted as labelled, thanks included."""

    file: str
    date: str
    language: str
    questions: int
    answers: int
    speakers: frozenset[str]
    outlet: str | None = None
    outlet_country: str | None = None
    statements: int = 0


SAMPLES = [
    Sample(
        file="2009-fisheries-harbour-courier.txt",
        date="2009-10-22",
        language="en",
        outlet="The Harbour Courier",
        questions=10,
        answers=10,
        speakers=frozenset({"Eskil Torhaven"}),
    ),
    Sample(
        file="2011-river-convention-strom-und-ufer.txt",
        date="2011-06-14",
        language="en",
        outlet="Strom und Ufer",
        outlet_country="AT",
        questions=10,
        answers=10,
        speakers=frozenset({"Irena Valtos"}),
    ),
    Sample(
        file="2012-archaeological-returns-nile-notebook.txt",
        date="2012-03-01",
        language="en",
        outlet="The Nile Notebook",
        outlet_country="EG",
        questions=9,
        answers=9,
        speakers=frozenset({"Livia Castravelli"}),
    ),
    Sample(
        file="2014-velna-convention-joint-press.txt",
        date="2014-09-05",
        language="en",
        questions=7,
        answers=11,
        statements=4,
        speakers=frozenset({"Livia Castravelli", "Bohdan Kressel"}),
    ),
    Sample(
        file="2016-abruestung-und-hering-hanseatischer-kurier.txt",
        date="2016-02-18",
        language="de",
        outlet="Hanseatischer Kurier",
        outlet_country="DE",
        questions=9,
        answers=9,
        speakers=frozenset({"Eskil Torhaven"}),
    ),
    Sample(
        file="2017-puerto-alba-dialogue-press-conference.txt",
        date="2017-02-16",
        language="en",
        questions=14,
        answers=13,
        statements=1,
        speakers=frozenset({"Tomás Quiroval"}),
    ),
    Sample(
        file="2019-ceasefire-observers-la-voce-delle-maree.txt",
        date="2019-12-12",
        language="en",
        outlet="La Voce delle Maree",
        outlet_country="IT",
        questions=10,
        answers=10,
        speakers=frozenset({"Irena Valtos"}),
    ),
    Sample(
        file="2019-zernovoy-koridor-stepnoy-meridian.txt",
        date="2019-04-11",
        language="ru",
        outlet="Степной меридиан",
        outlet_country="KZ",
        questions=8,
        answers=8,
        speakers=frozenset({"А.П.Велисов"}),
    ),
    Sample(
        file="2021-pesca-y-vacunas-la-brujula-del-golfo.txt",
        date="2021-09-23",
        language="es",
        outlet="La Brújula del Golfo",
        outlet_country="MX",
        questions=9,
        answers=9,
        speakers=frozenset({"Tomás Quiroval"}),
    ),
    Sample(
        file="2021-vaccines-spokesperson-briefing.txt",
        date="2021-02-11",
        language="en",
        questions=12,
        answers=12,
        statements=1,
        speakers=frozenset({"Maren Lysholt"}),
    ),
    Sample(
        file="2024-korvat-envoy-press-conference.txt",
        date="2024-05-16",
        language="en",
        questions=12,
        answers=12,
        statements=1,
        speakers=frozenset({"Irena Valtos"}),
    ),
    Sample(
        file="2025-peche-et-climat-radio-grand-large.txt",
        date="2025-03-06",
        language="fr",
        outlet="Radio Grand Large",
        outlet_country="FR",
        questions=9,
        answers=9,
        speakers=frozenset({"Joséphine Lavanel"}),
    ),
]
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)


@pytest.fixture(scope="module")
def read():
    """Every sample as `inspect --json` prints it, by file name."""
    output = StringIO()
    call_command("inspect", *(str(FIXTURES / sample.file) for sample in SAMPLES), "--json", stdout=output)
    transcripts = [json.loads(line) for line in output.getvalue().splitlines()]
    return {Path(transcript["file"]).name: transcript for transcript in transcripts}


def spoken(transcript, *kinds):
    return [turn for turn in transcript["turns"] if turn["kind"] in kinds]


def paragraphs_of_answers(transcript):
    return [len(turn["paragraphs"]) for turn in spoken(transcript, "answer")]


def test_every_sample_in_the_folder_is_counted():
    assert {path.name for path in FIXTURES.glob("*.txt")} == {sample.file for sample in SAMPLES}


@every_sample
def test_sample_says_when_it_was_and_in_which_language(read, sample):
    transcript = read[sample.file]
    assert (transcript["date"], transcript["language"]) == (sample.date, sample.language)


@every_sample
def test_sample_says_who_asked(read, sample):
    transcript = read[sample.file]
    assert (transcript["outlet"], transcript["outlet_country"]) == (sample.outlet, sample.outlet_country)


@every_sample
def test_sample_has_the_counted_turns(read, sample):
    found = Counter(turn["kind"] for turn in read[sample.file]["turns"])
    assert (found["question"], found["answer"], found["statement"]) == (
        sample.questions,
        sample.answers,
        sample.statements,
    )


@every_sample
def test_sample_names_who_answers(read, sample):
    turns = spoken(read[sample.file], "answer", "statement")
    assert {turn["speaker"] for turn in turns} == sample.speakers


@every_sample
def test_sample_keeps_site_furniture_out_of_its_last_words(read, sample):
    last = spoken(read[sample.file], "answer", "statement")[-1]["paragraphs"][-1]
    furniture = ("ENDS", "END", "Home |", "©", "Media enquiries", "Embassies", "ended at", "Interview:", "Contact")
    assert not any(mark in last for mark in furniture)


@every_sample
def test_sample_leaves_nothing_for_a_curator_to_look_at(read, sample):
    assert read[sample.file]["problems"] == []


def test_page_breaks_of_sample_are_mended(read):
    transcript = read["2011-river-convention-strom-und-ufer.txt"]
    assert paragraphs_of_answers(transcript) == [2, 1, 3, 4, 1, 4, 2, 2, 3, 2]


def test_word_with_a_colon_begins_no_turn(read):
    questions = spoken(read["2012-archaeological-returns-nile-notebook.txt"], "question")
    assert questions[-1]["paragraphs"] == ["Finally: what became of the ledger?"]


def test_moderator_of_joint_press_speaks_in_seven_places(read):
    assert len(spoken(read["2014-velna-convention-joint-press.txt"], "moderator")) == 7


def test_interrupted_question_of_press_conference_stays_unanswered(read):
    turns = read["2017-puerto-alba-dialogue-press-conference.txt"]["turns"]
    interrupted = next(i for i, turn in enumerate(turns) if turn["paragraphs"][-1].endswith("second page which –"))
    assert [turn["kind"] for turn in turns[interrupted : interrupted + 2]] == ["question", "question"]


def test_stage_direction_of_sample_stays_in_its_turn(read):
    answers = spoken(read["2024-korvat-envoy-press-conference.txt"], "answer")
    assert sum("(Laughter.)" in "\n".join(answer["paragraphs"]) for answer in answers) == 2


def test_journalist_of_sample_is_named_apart_from_the_outlet(read):
    questions = spoken(read["2024-korvat-envoy-press-conference.txt"], "question")
    assert [question["speaker"] for question in questions[:2]] == ["Jonas Ahlbeck", "Daniela Rusk"]
