"""manage.py ingest: what goes in, what is refused, and that a second run changes nothing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from interviews.ingest.collect import collect
from interviews.models import Entity, FormerAddress, Interview, Reading, Revision, Source, Turn

from ingesting import TEXT, UNDATED, ingest, numbers_and_texts, run

pytestmark = pytest.mark.django_db


def test_interview_gets_its_facts_turns_and_speakers(texts):
    report = ingest(texts("ferry.txt"))

    assert (report["status"], report["created"], report["refused"]) == (0, 1, 0)
    interview = Interview.objects.get()
    assert interview.get_absolute_url() == "/interviews/2019/03/05/il-molo/"
    assert (interview.outlet.name, interview.outlet.country.iso_code) == ("Il Molo", "IT")
    assert interview.language == "en"
    assert [turn.number for turn in interview.turns.order_by("position")] == ["q1", "a1", "q2", "a2", "q3", "a3"]
    answer = interview.turns.get(number="a1")
    assert answer.reply_to.number == "q1"
    assert answer.participation.person.name == "Runa Solberg"
    assert len(answer.paragraphs) == 2
    assert {e.iso_code for e in Entity.objects.filter(mentions__turn=answer)} == {"LY", "EG"}


def test_source_is_kept_byte_for_byte(texts):
    data = TEXT.replace("\n", "\r\n").encode("utf-8-sig")
    ingest(texts("ferry.txt", data))
    assert Source.objects.get().path.read_bytes() == data


def test_second_run_changes_nothing_and_says_so(texts):
    texts("ferry.txt")
    ingest(texts.folder)
    before = list(Turn.objects.values_list("pk", "changed_at"))
    report = ingest(texts.folder)
    assert (report["created"], report["updated"], report["unchanged"], report["refused"]) == (0, 0, 1, 0)
    assert list(Turn.objects.values_list("pk", "changed_at")) == before
    assert Reading.objects.count() == 1


def test_dry_run_reports_and_changes_nothing(nothing_known, texts, archive_data):
    report = ingest(texts("ferry.txt"), dry_run=True)
    assert report["created"] == 1
    assert not Interview.objects.exists()
    assert not Entity.objects.exists()
    assert not (archive_data / "sources").exists()


def test_corrected_file_keeps_numbers_and_stores_the_former_words(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    path.write_text(TEXT.replace("as they always did", "as they have always done"))
    report = ingest(texts.folder)

    assert report["updated"] == 1
    assert report["files"][0]["reason"] == "1 turn changed"
    assert numbers_and_texts()["a2"].endswith("as they have always done.")
    revision = Revision.objects.get()
    assert (revision.turn.number, revision.text.endswith("as they always did.")) == ("a2", True)
    assert Interview.objects.count() == 1


def test_inserted_exchange_leaves_all_addresses_alone(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    before = numbers_and_texts()
    inserted = "Question: Is it safe?\n\nRuna Solberg: Quite safe, I took it myself.\n\nQuestion: Who pays"
    path.write_text(TEXT.replace("Question: Who pays", inserted))
    ingest(texts.folder)

    after = numbers_and_texts()
    assert before.items() <= after.items()
    assert list(after) == ["q1", "a1", "q4", "a4", "q2", "a2", "q3", "a3"]
    assert after["a4"] == "Quite safe, I took it myself."


def test_removed_turn_is_withdrawn_with_its_reason_and_comes_back_with_its_text(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    shorter = TEXT[: TEXT.index("Question: Will there be")]
    path.write_text(shorter)
    ingest(texts.folder)
    gone = Turn.objects.get(number="a3")
    assert gone.status == "withdrawn"
    assert gone.status_reason.startswith("No longer in the text as received on")

    path.write_text(TEXT + "\n")
    ingest(texts.folder)
    gone.refresh_from_db()
    assert (gone.status, gone.status_reason) == ("current", "")


def test_text_that_a_curator_corrected_stays(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    Turn.objects.filter(number="a3").update(text="Ask her.", source_text="Ask me when the second one stands.")
    path.write_text(TEXT.replace("Ask me when", "Do ask me when"))
    ingest(texts.folder)
    answer = Turn.objects.get(number="a3")
    assert (answer.text, answer.source_text) == ("Ask her.", "Do ask me when the second one stands.")


def test_corrected_date_redirects_the_former_address(texts, client):
    path = texts("ferry.txt")
    ingest(texts.folder)
    path.write_text(TEXT.replace("5 March 2019", "6 March 2019"))
    ingest(texts.folder)
    assert Interview.objects.get().get_absolute_url() == "/interviews/2019/03/06/il-molo/"
    answer = client.get("/interviews/2019/03/05/il-molo/a2/")
    assert (answer.status_code, answer["Location"]) == (301, "/interviews/2019/03/06/il-molo/a2/")


def test_former_address_is_never_given_to_another_interview(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    path.write_text(TEXT.replace("5 March 2019", "6 March 2019"))
    ingest(texts.folder)
    other = TEXT.replace("ferry", "harbour").replace("bridge", "canal").replace("Monday", "Easter")
    texts("other.txt", other[: other.index("Question: Who")])
    ingest(texts.folder)
    assert set(Interview.objects.values_list("slug", flat=True)) == {"il-molo", "il-molo-2"}
    assert FormerAddress.objects.get().path == "/interviews/2019/03/05/il-molo/"


def test_fact_set_by_a_curator_survives_a_corrected_file(texts):
    path = texts("ferry.txt")
    ingest(texts.folder)
    Interview.objects.update(title="Runa Solberg on ferries and bridges")
    path.write_text(TEXT.replace("Quite", "Rather").replace("stands", "is built"))
    ingest(texts.folder)
    assert Interview.objects.get().title == "Runa Solberg on ferries and bridges"


def test_day_written_otherwise_is_told_how_to_write_it(texts):
    with pytest.raises(CommandError, match=r"5\.3\.2019 is no day; write year, month and day, as in 2019-03-05"):
        call_command("ingest", str(texts("a.txt")), "--date=5.3.2019")


@pytest.mark.parametrize("day", ["2019-03-05", date(2019, 3, 5)])
def test_day_may_be_given_by_a_program_in_words_or_as_a_date(texts, day):
    ingest(texts("ferry.txt", UNDATED), date=day)
    assert Interview.objects.get().date == date(2019, 3, 5)


def test_undated_text_is_a_draft_that_says_how_to_date_it(texts, client):
    path = texts("ferry.txt", UNDATED)
    printed, _ = run("ingest", path)
    interview = Interview.objects.get()
    assert interview.status == "draft"
    assert "(draft)" in printed
    assert "The text gives no date; until it has one it is a draft. Name it with --date YYYY-MM-DD" in printed

    report = ingest(path, date=date(2019, 3, 5))
    interview.refresh_from_db()
    assert report["updated"] == 1
    assert (interview.status, interview.status_reason) == ("published", "")
    assert interview.get_absolute_url() == "/interviews/2019/03/05/il-molo/"


def test_two_files_that_lead_to_one_interview_are_not_mixed(texts):
    texts("a/one.txt")
    texts("b/one.txt", TEXT.replace("Monday", "Tuesday"))
    report = ingest(texts.folder / "a", texts.folder / "b")
    assert (report["created"], report["refused"], report["status"]) == (1, 1, 3)
    assert "keep one of the two" in report["files"][1]["reason"]
    assert Turn.objects.get(number="a1").text.startswith("It has been running since Monday")


def test_same_name_in_another_collection_is_another_interview(texts):
    texts("a/transcript.txt")
    other = "Ambassador Ola Nes's interview with Radio Fjord, 7 May 2020\n\nQuestion: Fog?\n\nOla Nes: Every day.\n"
    texts("b/transcript.txt", other + "\nQuestion: And rain?\n\nOla Nes: Twice a day.\n")
    ingest(texts.folder / "a")
    report = ingest(texts.folder / "b")
    assert report["created"] == 1
    assert Interview.objects.count() == 2


def test_copy_under_another_name_becomes_a_draft_to_look_at(texts):
    ingest(texts("ferry.txt"))
    report = ingest(texts("copy.txt", TEXT.replace("Monday", "Sunday")))
    assert report["created"] == 1
    draft = Interview.objects.get(status="draft")
    assert "/interviews/2019/03/05/il-molo/" in draft.status_reason


def test_replaces_names_the_earlier_version(texts):
    ingest(texts("ferry.txt"))
    again = texts("second-edition.txt", TEXT.replace("Monday", "Sunday"))
    report = ingest(again, replaces="https://archive.example/interviews/2019/03/05/il-molo/")
    assert report["updated"] == 1
    assert Interview.objects.count() == 1


@pytest.mark.parametrize("address", ["/interviews/1999/01/01/nobody/", "http://[::1"])
def test_unknown_address_to_replace_is_an_error(texts, address):
    with pytest.raises(CommandError, match="no interview has the address"):
        ingest(texts("ferry.txt"), replaces=address)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        ("prose.txt", b"The minister went home. It was raining in the harbour.\n", "speaker"),
        ("large.txt", b"Question: Why?\n" * 3_500_000, "large"),
    ],
)
def test_bad_file_is_refused_with_a_reason_and_the_others_go_in(texts, name, data, words):
    texts(name, data)
    texts("ferry.txt")
    report = ingest(texts.folder)
    assert (report["created"], report["refused"], report["status"]) == (1, 1, 3)
    refused = next(file for file in report["files"] if file["outcome"] == "refused")
    assert refused["file"] == name
    assert words in " ".join([refused["reason"], *(p["message"] for p in refused["problems"])]).lower()
    assert Interview.objects.count() == Source.objects.count() == 1


def test_unreadable_file_is_refused(texts):
    (texts.folder / "broken-link.txt").symlink_to(texts.folder / "gone.txt")
    texts("ferry.txt")
    report = ingest(texts.folder)
    assert (report["created"], report["refused"]) == (1, 1)
    assert (
        "It cannot be read: No such file or directory. It is a link that leads nowhere" in report["files"][0]["reason"]
    )


def test_files_of_other_kinds_are_counted(texts):
    for name in ("ferry.txt", "a/ferry.docx", "b/bridge.DOCX", "notes", ".hidden.pdf", "README.rst"):
        texts(name)
    told = " ".join(run("ingest", texts.folder)[0].split())
    assert told.endswith("do not end in .htm, .html, .md, .txt, .xml: 2 .docx, 1 without an ending.")
    (texts.folder / "notes").unlink()
    assert "Not read" not in run("ingest", texts.folder / "ferry.txt")[0]


def test_folder_without_texts_is_refused(texts):
    report = ingest(texts.folder)
    assert report["status"] == 3
    assert "no texts in this folder" in report["files"][0]["reason"]


def test_path_that_is_not_there_is_refused(texts):
    assert "no such file" in ingest(texts.folder / "nothing")["files"][0]["reason"]


def test_link_out_of_the_folder_is_not_followed(texts, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT)
    (texts.folder / "link.txt").symlink_to(outside)
    assert ingest(texts.folder)["created"] == 0


def test_file_name_with_a_line_break_is_shown_harmlessly(texts):
    report = ingest(texts("two\nlines.txt"))
    assert report["created"] == 1
    assert "\n" not in report["files"][0]["file"]
    texts("copy.txt")
    assert (
        ingest(texts.folder / "copy.txt")["files"][0]["reason"]
        == "the same text as two\N{REPLACEMENT CHARACTER}lines.txt"
    )


def test_rights_come_from_source_toml(texts):
    texts("a/ferry.txt")
    texts("a/source.toml", 'licence = "CC BY 4.0"\norigin = "https://example.org/"\nredistribute = false\n')
    ingest(texts.folder)
    source = Source.objects.get()
    assert (source.licence, source.origin_url, source.redistribute) == ("CC BY 4.0", "https://example.org/", False)


def test_rights_named_on_the_command_line_win(texts):
    texts("ferry.txt")
    texts("source.toml", 'licence = "CC BY 4.0"\n')
    ingest(texts.folder, licence="Public domain")
    assert Source.objects.get().licence == "Public domain"


def test_broken_source_toml_refuses_its_texts_and_names_the_line(texts):
    texts("a/ferry.txt")
    texts("a/source.toml", "licence = CC BY\n")
    report = ingest(texts.folder)
    assert report["refused"] == 1
    assert "source.toml" in report["files"][0]["reason"]
    assert "line 1" in report["files"][0]["reason"]


def test_real_texts_never_join_the_samples(texts):
    ingest(samples=True)
    assert Interview.objects.filter(sample=True).count() == 12
    with pytest.raises(CommandError, match="remove_samples"):
        ingest(texts("ferry.txt"))
    call_command("remove_samples", stdout=StringIO())
    assert not Interview.objects.exists()
    assert not Source.objects.exists()
    assert ingest(texts("ferry.txt"))["created"] == 1


def test_samples_are_loaded_only_into_an_empty_archive(texts):
    ingest(texts("ferry.txt"))
    out = StringIO()
    call_command("ingest", samples=True, stdout=out)
    assert out.getvalue() == ""
    assert Interview.objects.count() == 1


def test_table_for_people_tells_outcome_address_and_reason(texts):
    texts("ferry.txt")
    texts("empty.txt", b"")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("ingest", str(texts.folder), stdout=out)
    assert "1 created, 0 updated, 0 unchanged, 1 refused" in out.getvalue()
    assert "/interviews/2019/03/05/il-molo/" in out.getvalue()


@pytest.mark.corpus
def test_seed_texts_give_five_and_nine_exchanges(shared):
    report = ingest(*sorted((shared / "corpus").glob("seed-*.txt")))
    assert report["created"] == 2
    counts = {i.get_absolute_url(): (i.question_count, i.answer_count) for i in Interview.objects.with_counts()}
    assert counts == {
        "/interviews/2019/12/05/askanews/": (5, 5),
        "/interviews/2020/09/18/sputnik-news-agency/": (9, 9),
    }


@pytest.mark.corpus
def test_whole_corpus_goes_in_or_says_why(shared):
    report = ingest(shared / "corpus")
    assert report["created"] + report["refused"] == len(list(collect(shared / "corpus")))
    assert all(file["reason"] or file["problems"] for file in report["files"] if file["outcome"] == "refused")
    assert ingest(shared / "corpus")["created"] == 0
