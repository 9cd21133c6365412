"""Nothing is lost: spans tile every text, and every word of a turn stands in its stretches, in order."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.ingest.read import read_transcript
from interviews.ingest.reader import decode
from interviews.ingest.spans import coverage
from interviews.ingest.transcript import UnreadableError

NO_WORDS = re.compile(r"[\s\u00ad\u200b\ufeff]+")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def assert_nothing_lost(data):
    transcript = read_transcript(data)
    at = 0
    for span in transcript.spans:
        assert span.start == at < span.end
        at = span.end
    assert at == len(transcript.text)
    assert sum(coverage(transcript.spans).values()) == len(transcript.text)
    assert not [span for span in transcript.spans if span.detail == "unclaimed"]
    for turn in transcript.turns:
        stretches = "".join(transcript.text[s.start : s.end] for s in _stretches(transcript, turn))
        if "&" not in stretches:
            assert NO_WORDS.sub("", "".join(turn.paragraphs)) == NO_WORDS.sub("", stretches)
    return transcript


def _stretches(transcript, turn):
    return [span for span in transcript.spans if span.kind in ("turn", "direction") and span.detail == turn.number]


words = st.text(alphabet="abcdefgh ijklé", min_size=1, max_size=40).map(str.strip).filter(bool)
sentence = st.builds(
    lambda text, end: text.capitalize() + end, words, st.sampled_from([".", "?", "!", " —", "", ":", ")"])
)
paragraph = st.lists(sentence, min_size=1, max_size=4).map(" ".join)
filler = st.sampled_from(["\n", "\n\n", "\n\n\n\n", "\r\n\r\n", "\n2\n", "\n\n---\n\n", "\n \n", " "])
LABELS = [
    *("Question: ", "Question (in French): ", "**Question:** ", "Viktor Hale: ", "MR HALE:\n\n", "<b>HALE:</b> "),
    *("Вопрос: ", "A: ", "Note: ", "Libya: ", "> Question: ", "## ", "", "JOURNALIST ", "Q - ", "Q    ", "问："),
    *("&nbsp;Hale: ", "R - ", "Hale", "[Hale:](https://a.example) "),
]
label = st.sampled_from(LABELS)
transcripts = st.lists(st.tuples(label, paragraph, filler), min_size=1, max_size=25).map(
    lambda parts: "".join(piece for part in parts for piece in part)
)


@QUIET
@given(transcripts)
def test_generated_transcripts_lose_nothing(text):
    try:
        assert_nothing_lost(text.encode())
    except UnreadableError as error:
        assert error.problem.code == "empty_file"


@QUIET
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        assert_nothing_lost(text.encode())
    except UnreadableError as error:
        assert error.problem.code in {"empty_file", "binary_file", "undecodable"}


@QUIET
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert_nothing_lost(data)
    except UnreadableError as error:
        assert error.problem.message


@pytest.mark.corpus
def test_corpus_files_lose_nothing(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        transcript = assert_nothing_lost(path.read_bytes())
        assert transcript.text == decode(path.read_bytes()).text


def test_every_stretch_says_what_became_of_it():
    text = (
        "[mfa](https://mfa.example)\n\n## Hale speaks, 4 June 2012\n\n---\n\n**Question:** Why?\n\n**Hale:** Because.\n"
    )
    spans = [(text[s.start : s.end].strip(), s.kind, s.detail) for s in read_transcript(text.encode()).spans]
    told = [each for each in spans if each[0] and each[2] != "markup"]
    assert told == [
        ("mfa", "metadata", "source_url"),
        ("Hale speaks, 4 June 2012", "metadata", "title"),
        ("---", "boilerplate", "rule"),
        ("Question:", "label", "q1"),
        ("Why?", "turn", "q1"),
        ("Hale:", "label", "a1"),
        ("Because.", "turn", "a1"),
    ]


HOSTILE = [
    *(
        "Q: a\nA: b\n",
        "Ab: ",
        "Question: a? Ab Cd: b. ",
        "Mr Hale: b\n",
        "JOURNALIST Ab\nMR HALE Cd\n",
        "Q - a\nR - b\n",
    ),
    *("**a** * ", "*a ", "_a ", "[a](b ", "> ", "\\", "&amp;", "<a ", "<p ", "<!-- ", "<zz><zy>"),
    *("(", "May ", "http://a.b/ ", "some words that go on without any end\n\n", "I have nothing to add at all.\n"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_the_text(unit):
    # A quadratic pattern takes minutes here, a linear one well under a second.
    assert read_transcript((unit * (60_000 // len(unit))).encode()).text
