"""Nothing is lost: spans tile every text, and every word of a turn stands in its stretches, in order."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from interviews.ingest.read import read_transcript
from interviews.ingest.reader import decode
from interviews.ingest.transcript import UnreadableError

from accounting import assert_nothing_lost

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GOLDEN = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("layouts/*/*.txt"))]


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
@example("Viktor Hale: A.\nJOURNALIST A. Aaaaa. JOURNALIST A. A. A:\nQuestion (in French): A. A. A. É.\n")
def test_generated_transcripts_lose_nothing(text):
    try:
        assert_nothing_lost(text.encode())
    except UnreadableError as error:
        assert error.problem.code == "empty_file"


@QUIET
@given(transcripts, st.sampled_from(["p", "div", "li", "blockquote", "td"]), st.booleans())
def test_generated_pages_lose_nothing(text, tag, is_bold):
    begin, end = (f"<{tag}><b>", f"</b></{tag}>\n") if is_bold else (f"<{tag}>", f"</{tag}>\n")
    page = "".join(f"{begin}{line}{end}" for line in text.split("\n\n"))
    try:
        assert_nothing_lost(f"<html><head><title>Talks</title></head><body>{page}</body></html>".encode())
    except UnreadableError as error:
        assert error.problem.code == "empty_file"


@st.composite
def mutated(draw):
    """A reviewed text with some lines dropped, doubled, moved, cut short, or joined to the next."""
    lines = draw(st.sampled_from(GOLDEN)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        index = draw(st.integers(0, len(lines) - 1))
        line = lines.pop(index)
        instead = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    [line[: len(line) // 2]],
                    [line.rstrip() + " "],
                    [f"(PTO\n{line}", "\n/ 2\n\n"],
                    [line, "ENDS\n"],
                    ["***\n", line, "4 June 2012\n"],
                    [f"MR HALE (cont): {line}"],
                ]
            )
        )
        at = draw(st.sampled_from([index, 0, len(lines)]))
        lines[at:at] = instead
        if not lines:
            lines = ["\n"]
    return "".join(lines)


LABELS_ON_EVERY_PAGE = """Ginebra, 18-07-2001
MR HALE (cont): Presidente.- Muy buenas tardes a todos.
MR HALE (cont): Quiero dar la bienvenida al Primer Ministro,
MR HALE (cont): que ha estado aquí en más ocasiones.
"""
LABEL_AT_THE_END = """Statement by Foreign Minister Viktor Hale

We have come from the harbour.

It changes the winter, and we are glad.
MR HALE (cont):
"""


@QUIET
@given(mutated())
@example(LABELS_ON_EVERY_PAGE)
@example(LABEL_AT_THE_END)
def test_mutated_transcripts_lose_nothing(text):
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
    assert read_transcript((unit * (60_000 // max(len(unit), 12))).encode()).text


TALK = "Question: Why?\n\nMs Hale: Because.\n\nQuestion: When?\n\nMs Hale: In June.\n\n"
FRAMES = [
    *("---\n", "a. ENDS ", "a. / 2\n\n", "PM (cont): a\n", "(a)\n\n", "Ada, 58, spoke to us … ", "- ", "a\n\n***\n\n"),
    *("Published 4 June 2012\n", "Ada 06/ 85/ 97 10: 18 Pg: ", "thank you, ", "Norland\n\n", "I said —\n\nQ: b —\n\n"),
]


@pytest.mark.parametrize("unit", FRAMES)
def test_time_grows_no_faster_than_what_frames_the_speech(unit):
    assert read_transcript((unit * (15_000 // len(unit)) + TALK + unit * (30_000 // len(unit))).encode()).turns


def test_line_of_a_named_fact_is_claimed_with_that_fact():
    text = "Interview with Il Molo, 5 March 2019\nPlace: Porto Alto\n\nQuestion: And now?\n\nMINISTER: Now we wait.\n"
    transcript = read_transcript(text.encode())
    claimed = {transcript.text[span.start : span.end]: span.detail for span in transcript.spans}
    assert claimed["Place: Porto Alto"] == "place"
