"""Where the last speech ends: what stands below it is no words of anybody, and words are never lost to it."""

import pytest

from interviews.ingest.read import read_transcript

TALK = "Talks in the harbour, 4 June 2012\n\nQuestion: Why?\n\nMs Hale: Because it is late.\n\nQuestion: And when?\n\n"


def last_words(after, words="Ms Hale: In June, I think."):
    return read_transcript(f"{TALK}{words}{after}".encode()).turns[-1].paragraphs


@pytest.mark.parametrize(
    "footer",
    [
        "Updates to this page\nPublished 5 June 2012\nSign up for emails or print this page",
        "(Concluded)\nHalvik\nJune 5, 2012",
        "Ends/Monday, June 4, 2012\nIssued at HKT 11:35\nNNNN",
        "          END                1:52 P.M. EST",
        "[End of interview]",
        "Ende des Interviews",
        "# # #\n\nHPB # 12",
        "MINISTRY OF HARBOURS\nHALVIK\n5 JUNE 2012\n\nTravel Page",
        "Related stories\nFerry late again\nHarbour full",
        "Read more: Norland and the open sea",
        "Editor's note: this interview was held in English.\nTags: Norland, ferries\nPublished: 5 June 2012",
        "The post Talks in the harbour appeared first on Harbour Office.",
        "Das Gespräch führten die Redakteure Erika Beispiel und Max Muster.",
        "Interview: Erika Beispiel",
        "Propos recueillis par Claire Exemple",
        "Entrevista de Ana Ejemplo",
        "Беседовала Анна Примерова",
        "About the interviewee: Ada Hale has been harbour minister of Norland since 2010. Before that she taught.",
        "This interview has been edited and condensed for clarity.",
        "Смотрите также:\nПаром ушёл (14.02.2011)\nТемы\nПорты",
        "分享到：",
        "Back to Press Conferences",
        "© Harbour Office 2012",
        "https://harbour.example/talks",
        "Press contact: Ada Hale, press@harbour.example",
        "***\n\nHarbour Office",
    ],
)
def test_what_stands_below_the_last_answer_is_no_part_of_it(footer):
    assert last_words(f"\n\n{footer}\n") == ("In June, I think.",)


@pytest.mark.parametrize(
    "words",
    [
        "Thank you",
        "Yes, indeed",
        "No",
        "We will see",
        "Ask the harbour master",
        "It ends here",
        "On 5 June 2012 we sign.",
        "The paper is at https://harbour.example, and I wrote it.",
        "This transcript we shall read.",
        "Norland, Osland,\nand the islands",
    ],
)
def test_last_words_stay_with_their_speaker(words):
    assert " ".join(last_words(f"\n\n{words}\n")) == f"In June, I think. {' '.join(words.split())}"


@pytest.mark.parametrize("words", ["Thank you", "Yes", "Halvik", "In June"])
def test_short_last_answer_stays_above_a_footer(words):
    assert last_words("\n\nPublished 5 June 2012\n", f"Ms Hale: {words}") == (words,)
    assert last_words("\n\nPublished 5 June 2012\n", f"Ms Hale:\n\n{words}") == (words,)


@pytest.mark.parametrize("mark", ["ENDS", "Ends", "[ends]", "(end)", "000---", "###", "-30-"])
def test_end_mark_glued_to_the_last_words_is_cut_off(mark):
    assert last_words(f" {mark}\n") == ("In June, I think.",)
    assert last_words(f" {mark}\n\nPress Office\n") == ("In June, I think.",)


def test_end_of_an_unfinished_sentence_is_no_footer():
    words = last_words("\n\nAda Hale\n\n5 June 2012", "Ms Hale: It was signed by")
    assert " ".join(words) == "It was signed by Ada Hale 5 June 2012"


def test_furniture_inside_the_last_answer_does_not_end_it():
    after = "\n\nPhoto: Ada Beispiel / Agency\n\nThe ferry will be late. The harbour is full.\n"
    assert last_words(after) == ("In June, I think.", "The ferry will be late. The harbour is full.")


def test_speech_below_a_note_is_kept_where_somebody_says_i():
    after = "\n\nThe transcript was published.\n\nI have read it, and we have kept it.\n"
    assert last_words(after)[-1] == "I have read it, and we have kept it."
