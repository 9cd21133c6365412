import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_search_query import PIECES

from interviews.search import Request
from interviews.search.language.describing import describe
from interviews.search.language.query import parse

LABELS = {
    "IT": "Italy",
    "LY": "Libya",
    "anna-ek": "Anna Ek",
    "harbour-post": "Harbour Post",
    "organisation:sea-council": "Sea Council",
    "en": "English",
    "2019-12": "December 2019",
    "briefing": "Briefing",
    "interview": "Interview",
    "short": "under 100 words",
    "2019/talks": "Talks at sea",
}
MEANINGS = {
    ("speaker", "ek"): {"anna-ek": "Anna Ek"},
    ("speaker", "ivo"): {f"ivo-{number}": f"Ivo {number}" for number in range(5)},
    ("country", "it"): {"IT": "Italy"},
    ("country", "libya"): {"LY": "Libya"},
    ("about", "sea"): {"organisation:sea-council": "Sea Council", "place:sea": "Sea"},
    ("kind", "press"): {"press-conference": "Press conference"},
    ("language", "russian"): {"ru": "Russian"},
}


def described(query="", *, total=43, **asked):
    request = Request(query, **asked)
    return describe(request, parse(request.query), MEANINGS, lambda _, value: LABELS.get(value, value), total=total)


def said(query="", **asked):
    return "".join(words for words, _ in described(query, **asked).sentence)


def chips(query="", **asked):
    return [(chip.words, chip.request.query_string()) for chip in described(query, **asked).chips]


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "43 answers"),
        ("*", "43 answers"),
        ("gas", "43 answers with gas"),
        ("gas oil US-led", "43 answers with gas, oil and US-led"),
        ('"to be"', "43 answers with “to be”"),
        ("gas -oil -coal", "43 answers with gas but not oil or coal"),
        ("-oil", "43 answers without oil"),
        ("-(gas oil)", "43 answers without (gas and oil)"),
        ("gas OR oil", "43 answers with gas or oil"),
        ("(gas OR oil) sea", "43 answers with (gas or oil) and sea"),
        ("gas OR oil -coal", "43 answers with gas or (oil but not coal)"),
        ("sanctions NEAR/5 medicine", "43 answers with sanctions within 5 words of medicine"),
        ("gas NEAR/1 (oil OR coal)", "43 answers with gas within 1 word of (oil or coal)"),
        ("sanction* goverment~", "43 answers with words beginning with sanction and words like goverment"),
        ("title:rome gas", "43 answers with rome in the title and gas"),
        ("in:question gas -oil", "43 answers with gas but not oil in the question"),
        ("gas (in:answer oil OR sea)", "43 answers with gas and ((oil or sea) in the answer)"),
        ("speaker:ek", "43 answers by Anna Ek"),
        ("-speaker:ek", "43 answers not by Anna Ek"),
        ("speaker:(ek OR nobody)", "43 answers by Anna Ek or “nobody”"),
        ("speaker:ivo", "43 answers by any “ivo”"),
        ("country:libya -country:it gas", "43 answers that mention Libya but not Italy, with gas"),
        ("-country:it", "43 answers that do not mention Italy"),
        ("about:sea country:it", "43 answers that mention (Sea Council or Sea) and Italy"),
        ("language:russian kind:press", "43 answers in Russian in a press conference"),
        ("year:2019", "43 answers in 2019"),
        ("year:2019-03 gas", "43 answers in March 2019, with gas"),
        ("year:2019-03-05", "43 answers on 5 March 2019"),
        ("speaker:ek year:2010..2014 gas", "43 answers by Anna Ek, 2010 to 2014, with gas"),
        ("year:2010..", "43 answers since 2010"),
        ("year:..2014-03", "43 answers until March 2014"),
        ("before:2014 after:2010-03-05", "43 answers before 2014 and after 5 March 2010"),
        ("-year:2019", "43 answers not in 2019"),
        ("before:soon", "43 answers before “soon”"),
        ("speaker:ek OR gas", "43 answers by Anna Ek or with gas"),
        ("speaker:ek OR (gas -oil)", "43 answers by Anna Ek or (with gas but not oil)"),
        ("(speaker:ek gas) OR oil", "43 answers (by Anna Ek, with gas) or with oil"),
        ("-(speaker:ek gas)", "43 answers not (by Anna Ek, with gas)"),
        ("oil OR gas country:it -sea", "43 answers with oil or (that mention Italy, with gas but not sea)"),
        ("(speaker:ek OR gas) oil", "43 answers by Anna Ek or with gas, with oil"),
        ("in:question oil OR speaker:ek", "43 answers with oil or by Anna Ek in the question"),
        (" ".join(f"w{n}" for n in range(20)), "43 answers with w0, w1, w2, w3, w4, w5, w6 and 13 more"),
    ],
)
def test_query_is_told_in_words(query, sentence):
    assert said(query) == sentence


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"speaker": "anna-ek"}, "43 answers by Anna Ek"),
        ({"speaker": ["anna-ek", "-ivo"]}, "43 answers by Anna Ek but not ivo"),
        (
            {"outlet": "harbour-post", "outlet_country": "-IT"},
            "43 answers given to Harbour Post not given to outlets of Italy",
        ),
        ({"country": ["IT", "LY"]}, "43 answers that mention Italy or Libya"),
        (
            {"country": ["IT", "LY"], "about": "organisation:sea-council"},
            "43 answers that mention (Italy or Libya) and Sea Council",
        ),
        ({"country": ["-IT", "-LY"]}, "43 answers that do not mention Italy or Libya"),
        ({"year": ["2019", "2020"], "language": "-en"}, "43 answers not in English, in 2019 or 2020"),
        ({"month": "2019-12"}, "43 answers in December 2019"),
        (
            {"kind": ["briefing", "interview"], "length": "short"},
            "43 answers in a briefing or an interview of under 100 words",
        ),
        ({"interview": "2019/talks"}, "43 answers from “Talks at sea”"),
    ],
)
def test_choices_are_told_in_words(asked, sentence):
    assert said(choices=asked) == sentence


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2019-01-01", "2020-12-31", "2019 to 2020"),
        ("2019-01-01", "2019-12-31", "in 2019"),
        ("2019-02-01", "2019-02-28", "in February 2019"),
        ("2019-01-01", "2019-02-28", "January 2019 to February 2019"),
        ("2019-01-02", "2019-12-31", "2 January 2019 to 31 December 2019"),
        ("2019-01-02", "2019-01-02", "on 2 January 2019"),
        ("2019-01-01", None, "since 2019"),
        (None, "2019-03-31", "until March 2019"),
        (None, "9999-12-31", "until 9999"),
    ],
)
def test_dates_are_told_as_coarsely_as_they_are(since, until, words):
    assert said(since=since and day(since), until=until and day(until)) == f"43 answers {words}"


def test_query_and_choices_are_one_sentence():
    asked = {"choices": {"country": "LY"}, "since": day("2019-01-01"), "until": day("2020-12-31")}
    assert said("speaker:ek gas", **asked) == "43 answers by Anna Ek that mention Libya, 2019 to 2020, with gas"
    assert said("gas country:it", total=1, **asked) == (
        "1 answer that mentions Libya and Italy, 2019 to 2020, with gas"
    )
    assert said("gas", total=0) == "No answers with gas"
    assert said("gas", total=1_234) == "1,234 answers with gas"


def test_sentence_knows_which_words_are_the_readers_own():
    own = [
        words for words, is_own in described("speaker:ek -gas NEAR/5 oil", choices={"year": "2019"}).sentence if is_own
    ]
    assert own == ["43 answers", "Anna Ek", "2019", "gas", "oil"]


def test_long_words_are_shortened():
    assert len(said("a" * 900)) < 100


def test_every_part_and_every_choice_is_a_chip_that_takes_it_away():
    assert chips("speaker:ek -country:libya gas", choices={"year": ["2019", "-2018"]}, since=day("2019-03-01")) == [
        ("by Anna Ek", "q=-country:libya+gas&year=2019&year=-2018&from=2019-03-01"),
        ("does not mention Libya", "q=speaker:ek+gas&year=2019&year=-2018&from=2019-03-01"),
        ("gas", "q=speaker:ek+-country:libya&year=2019&year=-2018&from=2019-03-01"),
        ("in 2019", "q=speaker:ek+-country:libya+gas&year=-2018&from=2019-03-01"),
        ("not in 2018", "q=speaker:ek+-country:libya+gas&year=2019&from=2019-03-01"),
        ("since March 2019", "q=speaker:ek+-country:libya+gas&year=2019&year=-2018"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gas OR oil", [("gas or oil", "")]),
        (
            "in:question gas oil",
            [("gas", "q=in:question+oil"), ("oil", "q=in:question+gas"), ("in the question", "q=gas+oil")],
        ),
        ("country:it -gas", [("mentions Italy", "q=-gas"), ("not gas", "q=country:it")]),
        ("before:2014 sea", [("before 2014", "q=sea"), ("sea", "q=before:2014")]),
        ("(gas OR oil) AND sea", [("gas or oil", "q=sea"), ("sea", "q=gas+OR+oil")]),
        ("*", [("*", "")]),
    ],
)
def test_chips_of_a_query(query, expected):
    assert chips(query) == expected


def test_chip_goes_back_to_the_first_page_in_the_same_order():
    (chip,) = described("gas", page=3, sort="oldest", after="1.2.3.4").chips
    assert chip.request == Request(sort="oldest")


@given(st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=20).map("".join))
def test_any_search_is_told(query):
    description = described(query)
    assert all(words for words, _ in description.sentence)
    assert all(chip.words and len(chip.request.query) <= 1_000 for chip in description.chips)
