"""Who speaks and in which office, for every text of the shared corpus: counted by reading, names and offices only."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.corpus

MFA = "Minister for Foreign Affairs"
RUSSIAN = "Министр иностранных дел Российской Федерации"
BLINKEN = ("Antony J. Blinken", "Secretary of State")
# Of each file: (name, office) of everybody who answers or makes a statement, None where the text does not say.
SPEAKERS = {
    "au-1996-11-14-downer-press-conference": {("Alexander Downer", MFA)},
    "au-1999-06-16-downer-washington": {("Alexander Downer", MFA)},
    "au-2000-09-09-downer-ocr": {("Alexander Downer", MFA)},
    "au-2005-02-03-downer-asselborn": {("Alexander Downer", MFA), ("Jean Asselborn", "Luxembourg Foreign Minister")},
    "au-2011-03-06-rudd-jerusalem": {("Kevin Rudd", MFA)},
    "au-2011-03-29-rudd-bowen-v1": {("Kevin Rudd", MFA), ("Chris Bowen", "Minister for Immigration and Citizenship")},
    "au-2011-03-29-rudd-bowen-v2": {("Kevin Rudd", MFA), ("Chris Bowen", "Minister for Immigration and Citizenship")},
    "au-2016-02-15-bishop-tokyo-no-colons": {("Julie Bishop", MFA)},
    "aupm-1979-02-27-peacock-abc": {("Peacock", MFA)},
    "aupm-1983-11-21-bangkok-hayden": {
        ("Robert Hawke", "Prime Minister"),
        ("Bill Hayden", ""),
        ("Richard Brinowski", ""),
    },
    "aupm-1990-10-03-german-ambassador": {("Robert Hawke", "Prime Minister")},
    "aupm-2002-06-11-powell": {("Colin Powell", "US Secretary of State"), ("John Howard", "Prime Minister")},
    "aupm-2009-12-01-clinton": {("Hillary Clinton", "US Secretary of State"), ("Kevin Rudd", "Prime Minister")},
    "kremlin-ru-2025-04-21-otvety": {("В.Путин", "")},
    "midru-2020-09-11-lavrov-wangyi-en": {("Sergey Lavrov", "Russian Foreign Minister")},
    "midru-2020-09-11-lavrov-wangyi-ru": {("С.В.Лавров", RUSSIAN)},
    "seed-000-askanews-2019-12-05": {("Sergey Lavrov", "Foreign Minister")},
    "seed-002-sputnik-2020-09-18": {("Sergey Lavrov", "Foreign Minister")},
    "state-2021-06-29-dept-briefing-telephonic": {("Jalina Porter", "Principal Deputy Spokesperson")},
    "state-2021-07-29-times-of-india": {BLINKEN},
    "state-2022-02-16-morning-joe": {BLINKEN},
    "state-2022-02-19-dozhd": {BLINKEN},
    "state-2022-02-25-nbc-holt-rss-item": {BLINKEN},
    "state-2022-03-05-kuleba-joint": {BLINKEN, ("Dmytro Kuleba", "Foreign Minister")},
    "state-2022-04-12-grandi-before-meeting": {BLINKEN, ("Filippo Grandi", "")},
    "wh-2023-06-13-stoltenberg": {("Biden", "President"), ("Jens Stoltenberg", "NATO Secretary General")},
    "wh-2024-04-18-gaggle-kirby": {
        ("Karine Jean-Pierre", "Press Secretary"),
        ("John Kirby", "National Security Communications Advisor"),
    },
    "made-cp1251-kremlin-ru-2025-04-21": {("В.Путин", "")},
    "made-layout-ar-rtl-glued-number-date": {("المثال", "الوزير")},
    "made-layout-de-unlabelled-questions": {("Muster", "Außenministerin")},
    "made-layout-fr-q-r-dashes": {("Claire Exemple", "ministre des affaires étrangères")},
    "made-layout-mfa-outlet-labels": {("Lin Example", "Spokesperson")},
    "made-utf16le-bom-midru-2020-09-11-ru": {("С.В.Лавров", RUSSIAN)},
}
OUTLETS = {
    "seed-000-askanews-2019-12-05": ("Askanews", "IT"),
    "seed-002-sputnik-2020-09-18": ("Sputnik News Agency", "RU"),
    "aupm-1979-02-27-peacock-abc": ("ABC", "AU"),
    "state-2021-07-29-times-of-india": ("The Times of India", "IN"),
    "state-2022-02-25-nbc-holt-rss-item": ("NBC Nightly News", "US"),
    "made-layout-ar-rtl-glued-number-date": ("إذاعة المثال", None),
    "made-layout-de-unlabelled-questions": ("Beispielblatt", None),
    "made-layout-fr-q-r-dashes": ("Radio Exemple", None),
}


@pytest.fixture(scope="module")
def read(shared):
    """Every text of the corpus as `inspect --json` prints it, by its name without ending."""
    output = StringIO()
    texts = sorted((shared / "corpus").glob("*.txt"))
    call_command("inspect", *map(str, texts), "--json", stdout=output)
    lines = map(json.loads, output.getvalue().splitlines())
    return {path.stem: transcript for path, transcript in zip(texts, lines, strict=True)}


def test_every_text_of_the_corpus_is_counted(read):
    assert read.keys() == SPEAKERS.keys()


@pytest.mark.parametrize("name", SPEAKERS)
def test_those_who_answer_are_named_with_their_offices(read, name):
    speakers = read[name]["speakers"]
    assert {(each["name"], each["office"]) for each in speakers if each["part"] == "interviewee"} == SPEAKERS[name]


@pytest.mark.parametrize("name", SPEAKERS)
def test_outlet_is_the_one_that_the_text_names(read, name):
    assert (read[name]["outlet"], read[name]["outlet_country"]) == OUTLETS.get(name, (None, None))


def test_journalists_who_are_named_ask_for_their_outlets(read):
    speakers = read["au-2011-03-06-rudd-jerusalem"]["speakers"]
    assert {(each["name"], each["outlet"]) for each in speakers if each["part"] == "interviewer"} == {
        ("Anne Barker", "ABC"),
        ("Michael Schwartz", "CNN"),
        ("Josh Lederman", "AP"),
        ("Steve Weizman", "AFP"),
    }
