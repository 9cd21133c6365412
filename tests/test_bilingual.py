"""One conversation in two languages is read once, with the other version as its translation."""

from pathlib import Path

import pytest

from interviews.ingest.read import read_transcript
from interviews.ingest.transcript import Severity

GOLDEN = sorted((Path(__file__).parent / "layouts").glob("*/bilingual-*.txt"))
ENGLISH = """Question: Minister, when does the ferry agreement come into force?

Hale: On the first of May. The boats are ready, the papers are not.

Question: And the fishermen, who have been waiting since the autumn?

Hale: They are ready too. They were the first to sign, and they will be the first to sail.
"""
GERMAN = """Frage: Herr Minister, wann tritt das Abkommen über die Fähre in Kraft?

Hale: Am ersten Mai. Die Boote sind bereit, die Papiere sind es nicht.

Frage: Und die Fischer, die seit dem Herbst darauf warten?

Hale: Auch sie sind bereit. Sie haben als Erste unterschrieben und werden als Erste auslaufen.
"""
HEAD = "Interview with Minister Viktor Hale, Tresk, 14 March 2016\n\n"


def read(text):
    return read_transcript(text.encode())


def kinds(transcript):
    return [turn.kind for turn in transcript.turns]


def codes(transcript, severity=Severity.DRAFT):
    return [problem.code for problem in transcript.problems if problem.severity is severity]


@pytest.fixture
def both():
    return read(f"{HEAD}{ENGLISH}\n{GERMAN}")


def test_each_version_has_its_own_turns(both):
    assert kinds(both) == kinds(both.translation) == ["question", "answer"] * 2
    assert (both.header.language, both.translation.header.language) == ("en", "de")
    assert both.turns[3].paragraphs[0].endswith("sail.")
    assert both.translation.turns[0].paragraphs[0].startswith("Herr Minister")


def test_spans_of_each_version_tile_the_text_and_name_the_other_language(both):
    for transcript, foreign in ((both, "Und die Fischer"), (both.translation, "And the fishermen")):
        assert "".join(both.text[span.start : span.end] for span in transcript.spans) == both.text
        at = both.text.index(foreign)
        (span,) = [span for span in transcript.spans if span.start <= at < span.end]
        assert (span.kind, span.detail) == ("boilerplate", "in another language")


@pytest.mark.parametrize("text", GOLDEN, ids=lambda path: path.stem)
def test_both_versions_of_every_golden_pair_account_for_all_characters(text):
    transcript = read_transcript(text.read_bytes())
    for version in (transcript, transcript.translation):
        assert "".join(version.text[span.start : span.end] for span in version.spans) == transcript.text
        assert "unclaimed" not in {span.detail for span in version.spans}


def test_translation_shares_the_facts_of_the_event(both):
    assert both.translation.header.date == both.header.date
    assert both.translation.problems == ()


def test_version_in_the_language_that_the_document_states_is_the_interview():
    transcript = read(f"---\nlanguage: de\n---\n{HEAD}{ENGLISH}\n{GERMAN}")
    assert (transcript.header.language, transcript.translation.header.language) == ("de", "en")


def test_question_and_answer_in_two_languages_are_one_conversation():
    english, german = (text.strip().split("\n\n") for text in (ENGLISH, GERMAN))
    transcript = read(HEAD + "\n\n".join([german[0], english[1], german[2], english[3]]))
    assert transcript.translation is None
    assert kinds(transcript) == ["question", "answer"] * 2
    assert "bilingual" not in codes(transcript)


def test_two_conversations_in_two_languages_are_not_taken_for_one():
    other = """Frage: Warum?

Hale: Weil der Hafen im Winter zufriert und niemand die Eisbrecher bezahlen will, die wir seit Jahren fordern, weder \
die Provinzen noch die Reeder, und weil der Haushalt dafür keine einzige Krone mehr vorsieht.

Frage: Und die Eisenbahn, die doch schon im vergangenen Jahr bis an die Grenze fahren sollte, wie alle gehofft hatten?

Hale: Nein.
"""
    transcript = read(f"{HEAD}{ENGLISH}\n{other}")
    assert transcript.translation is None
    assert len(transcript.turns) == 8


def test_two_ministers_who_answer_in_two_languages_make_a_draft_and_keep_all_turns():
    transcript = read(f"{HEAD}{ENGLISH}\n{GERMAN.replace('Hale:', 'Sturm:')}")
    assert transcript.translation is None
    assert codes(transcript) == ["bilingual"]
    assert len(transcript.turns) == 8


def test_translation_without_labels_below_the_interview_makes_a_draft():
    bare = "\n\n".join(paragraph.partition(": ")[2] for paragraph in GERMAN.split("\n\n"))
    transcript = read(f"{HEAD}{ENGLISH}\n{bare}")
    assert transcript.translation is None
    assert codes(transcript) == ["bilingual"]


def test_same_language_twice_is_no_translation():
    transcript = read(f"{HEAD}{ENGLISH}\n{ENGLISH}")
    assert transcript.translation is None
    assert codes(transcript) == []
