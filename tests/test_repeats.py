"""The same text twice in one file is one interview; the other copy is claimed, and no word is lost."""

import pytest

from interviews.ingest.read import read_transcript

PARAGRAPHS = [
    "The harbour post spoke to the minister of harbours about the pier.",
    "Question: Why is the ferry of Halvik late on every day of the week, and who is it that decides?",
    "Ms Hale: Because the winter is long, the water is low and the pier too short for the ferry that we were given.",
    "It will be longer next year, when three engineers have looked at the water and at the depth of it.",
    "Question: And who will pay for it?",
    "Ms Hale: All of us, as ever, and nobody will be asked twice for the same pier.",
]
TEXT = "\n\n".join(PARAGRAPHS)
FEED = """<?xml version="1.0"?><rss><channel><item><title>Talks in the harbour</title>
<description>{description}</description>
<content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>
"""


def spans_of(transcript, detail):
    return " ".join(transcript.text[span.start : span.end] for span in transcript.spans if span.detail == detail)


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n\n***\n\n{TEXT}\n",
        f"Talks in the harbour\n\n{' '.join(PARAGRAPHS)}\n\n{TEXT}\n",
        f"Talks in the harbour\n\n{TEXT}\n\n{' '.join(PARAGRAPHS)}\n",
        FEED.format(description=" ".join(PARAGRAPHS), content="".join(f"<p>{each}</p>\n" for each in PARAGRAPHS)),
        f"Talks in the harbour\n\n{' '.join(PARAGRAPHS)[:250]} […]\n\n{TEXT}\n",
        f"Talks in the harbour\n\n{' '.join(PARAGRAPHS)[:250]}... Read more\n\n{TEXT}\n",
    ],
    ids=["copy", "flat before", "flat after", "feed", "teaser", "teaser with link"],
)
def test_second_copy_of_a_text_adds_no_turns_and_is_claimed(text):
    transcript = read_transcript(text.encode())
    assert [turn.number for turn in transcript.turns] == ["q1", "a1", "q2", "a2"]
    assert transcript.turns[1].paragraphs == (PARAGRAPHS[2].removeprefix("Ms Hale: "), PARAGRAPHS[3])
    assert not [span for span in transcript.spans if span.detail == "unclaimed"]


def test_second_copy_is_claimed_and_told():
    transcript = read_transcript(f"{TEXT}\n\n***\n\n{TEXT}\n".encode())
    assert PARAGRAPHS[2] in spans_of(transcript, "repeated text")
    assert [(each.severity, each.line) for each in transcript.problems if each.code == "repeated_text"] == [
        ("note", 15)
    ]


def test_list_and_its_flattening_are_kept_once():
    items = [
        "- the first pier, which is old and short and stands in the west of the harbour;",
        "- the second pier, which is new and long and stands in the east of it;",
        "- the third.",
    ]
    flat = " ".join(items).replace("- ", "")
    listed = "\n".join(items)
    transcript = read_transcript(f"Question: Which?\n\nMs Hale: These three:\n\n{listed}\n\n{flat}\n\n{TEXT}".encode())
    assert transcript.turns[1].paragraphs[:4] == ("These three:", *items)
    assert flat in spans_of(transcript, "repeated text")


@pytest.mark.parametrize(
    "said", ["Thank you, Minister.", "No, I have nothing to add to what I said this morning about the pier."]
)
def test_words_that_somebody_says_twice_stand_twice(said):
    text = f"Question: Why?\n\nMs Hale: {said}\n\nQuestion: And when?\n\nMs Hale: {said}\n"
    assert [turn.paragraphs for turn in read_transcript(text.encode()).turns][1::2] == [(said,), (said,)]
