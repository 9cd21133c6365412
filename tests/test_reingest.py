"""Texts that come again: corrected, copied, taken back, or after a curator was there."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone

from interviews.ingest.loading import load
from interviews.ingest.received import Received, Run
from interviews.models import Entity, Interview, Participation, ReadingProblem, Source, Turn
from interviews.search.index.upkeep import paused, reindex
from interviews.tagging.authority import find_or_make_outlet, find_or_make_person
from interviews.tagging.establishing import load_authority
from interviews.tagging.names import remembered

from admin_pages import act, page, submit
from ingesting import TEXT, UNDATED, ingest, numbers_and_texts

pytestmark = pytest.mark.django_db

OTHER = """Prime Minister Karel Dvorak's interview with the German newspaper Der Deich, 9 June 2021

Question: How high will the new dike be?

Karel Dvorak: Eleven metres above the sea, and not one metre less than the engineers asked for.

Question: Thank you.

Karel Dvorak: Thank you.
"""
POLITE = TEXT + "\nQuestion: Thank you.\n\nRuna Solberg: Thank you.\n"
LINK = "\nSource: https://www.example.org/interviews/\n"


def answer(number):
    return Turn.objects.get(number=number)


def test_equal_names_in_two_collections_stay_two_interviews(texts):
    texts("a/001.txt", POLITE)
    texts("b/001.txt", OTHER)
    ingest(texts.folder / "a")
    assert ingest(texts.folder / "b")["created"] == 1
    assert Interview.objects.get(slug="il-molo").turns.current().count() == 8


def test_equal_source_addresses_stay_two_interviews_in_every_run(texts):
    texts("a.txt", POLITE.replace("\n\n", LINK + "\n", 1))
    texts("b.txt", OTHER.replace("\n\n", LINK + "\n", 1))
    assert ingest(texts.folder)["created"] == 2
    assert ingest(texts.folder)["unchanged"] == 2
    assert Turn.objects.exclude(status="current").count() == 0


def test_new_version_keeps_the_rights_of_the_former(texts):
    path = texts("ferry.txt")
    toml = texts("source.toml", 'licence = "All rights reserved"\nredistribute = false\n')
    ingest(texts.folder)
    toml.unlink()
    path.write_text(TEXT.replace("Monday", "Sunday"))
    ingest(texts.folder)
    newest = Interview.objects.get().readings.first().source
    assert (newest.licence, newest.redistribute) == ("All rights reserved", False)
    assert Source.objects.count() == 2


@pytest.mark.parametrize(("withheld", "open_to_all"), [("a", "b"), ("b", "a")])
def test_of_two_folders_that_disagree_the_one_that_withholds_prevails(texts, withheld, open_to_all):
    for folder in "ab":
        texts(f"{folder}/ferry.txt")
    texts(f"{withheld}/source.toml", 'redistribute = false\nlicence = "Closed"\n')
    texts(f"{open_to_all}/source.toml", 'redistribute = true\nlicence = "Free"\n')
    ingest(texts.folder)
    report = ingest(texts.folder)
    source = Source.objects.get()
    assert (source.name, source.redistribute, source.licence) == (f"{withheld}/ferry.txt", False, "Closed")
    assert report["unchanged"] == 2
    assert any("whose rights stand" in file["reason"] for file in report["files"])


def test_text_that_a_curator_rewrote_keeps_its_turn(texts):
    path = texts("ferry.txt")
    ingest(path)
    turn = answer("a1")
    Turn.objects.filter(pk=turn.pk).update(text="Quite other words.", source_text=turn.text)
    path.write_text(TEXT.replace("since Monday", "since Tuesday"))
    assert ingest(path)["files"][0]["reason"] == "1 conflict with a curator"
    turn.refresh_from_db()
    assert (turn.status, turn.text) == ("current", "Quite other words.")
    assert "since Tuesday" in turn.source_text


def test_speaker_and_courtesy_set_by_a_curator_stay(texts):
    path = texts("ferry.txt")
    ingest(path)
    asking = Participation.objects.get(label="Question")
    Turn.objects.filter(number="a2").update(participation=asking, courtesy=True)
    path.write_text(TEXT.replace("Monday", "Sunday"))
    ingest(path)
    assert (answer("a2").participation, answer("a2").courtesy) == (asking, True)


def test_corrected_name_in_the_head_changes_who_spoke(texts):
    by_role = TEXT.replace("Runa Solberg: ", "MINISTER: ")
    path = texts("ferry.txt", by_role)
    ingest(path)
    assert answer("a1").speaker_name == "Runa Solberg"
    path.write_text(by_role.replace("Runa Solberg", "Ingrid Haug"))
    ingest(path)
    assert answer("a1").speaker_name == "Ingrid Haug"


def test_who_is_no_longer_in_the_text_no_longer_takes_part(texts, client):
    path = texts("ferry.txt")
    ingest(path)
    path.write_text(TEXT.replace("Runa Solberg", "Rune Solbergsson"))
    ingest(path)
    assert "Runa Solberg" not in client.get("/interviews/2019/03/05/il-molo/").content.decode()
    assert client.get("/people/runa-solberg/").status_code == 410
    reindex()
    assert client.get("/people/rune-solbergsson/").status_code == 200


def test_voice_that_a_curator_added_stays(texts):
    path = texts("ferry.txt")
    ingest(path)
    Interview.objects.get().participations.create(label="Interpreter Anna", part="interpreter")
    path.write_text(TEXT.replace("Monday", "Sunday"))
    ingest(path)
    assert Participation.objects.filter(label="Interpreter Anna").exists()


def test_label_that_a_curator_added_before_is_taken_by_its_speaker(texts):
    path = texts("ferry.txt")
    ingest(path)
    added = Interview.objects.get().participations.create(label="Runa Solbergh", part="interviewee")
    path.write_text(TEXT.replace("Runa Solberg:", "Runa Solbergh:"))
    assert ingest(path)["updated"] == 1
    assert answer("a1").participation == added
    assert not Participation.objects.filter(label="Runa Solberg").exists()


def test_copy_that_is_named_a_new_version_takes_its_draft_back(texts):
    ingest(texts("old-name.txt"))
    copy = texts("new-name.txt", TEXT.replace("Monday", "Sunday"))
    ingest(copy)
    assert Interview.objects.filter(status="draft").count() == 1
    report = ingest(copy, replaces="/interviews/2019/03/05/il-molo/a2/")
    assert report["updated"] == 1
    assert Interview.objects.get(slug="il-molo").turns.get(number="a1").text.startswith("It has been running since Sun")
    assert Interview.objects.get(slug="il-molo-2").status == "withdrawn"


def test_possible_duplicate_stays_a_draft_when_its_file_is_edited(texts):
    ingest(texts("old-name.txt"))
    copy = texts("new-name.txt", TEXT.replace("Monday", "Sunday"))
    ingest(copy)
    copy.write_text(TEXT.replace("Monday", "Friday"))
    assert ingest(copy)["files"][0]["address"] == "(draft)"


def test_draft_of_a_curator_is_not_published_by_a_corrected_file(texts):
    path = texts("ferry.txt")
    ingest(path)
    Interview.objects.update(status="draft", status_reason="")
    path.write_text(TEXT.replace("Monday", "Sunday"))
    ingest(path)
    assert Interview.objects.get().status == "draft"


def test_draft_that_a_curator_dated_is_not_published_by_a_corrected_file(texts, admin_client):
    path = texts("ferry.txt", UNDATED)
    ingest(path)
    submit(
        admin_client, page(admin_client, "interviews_interview_change", Interview.objects.get().pk), date="2019-03-05"
    )
    path.write_text(UNDATED.replace("Monday", "Sunday"))
    ingest(path)
    assert Interview.objects.get().status == "draft"


def test_draft_whose_words_a_curator_corrected_is_not_published_by_a_corrected_file(texts, admin_client):
    path = texts("ferry.txt", UNDATED)
    ingest(path)
    submit(admin_client, page(admin_client, "interviews_answer_change", answer("a1").pk), text="It runs.")
    path.write_text(TEXT)
    ingest(path)
    assert Interview.objects.get().status == "draft"


def test_renamed_file_is_corrected_under_its_new_name(texts):
    path = texts("old-name.txt")
    ingest(texts.folder)
    path = path.rename(texts.folder / "new-name.txt")
    ingest(texts.folder)
    path.write_text(TEXT.replace("Monday", "Sunday"))
    assert ingest(texts.folder)["updated"] == 1
    assert "since Sunday" in numbers_and_texts()["a1"]


def test_file_of_a_folder_is_corrected_alone(texts):
    path = texts("2019/ferry.txt")
    ingest(texts.folder)
    path.write_text(TEXT.replace("Monday", "Sunday"))
    assert ingest(path)["updated"] == 1
    assert ingest(texts.folder)["unchanged"] == 1


def test_file_name_of_two_folders_is_no_evidence_for_either(texts):
    texts("2019/ferry.txt")
    texts("2021/ferry.txt", OTHER)
    ingest(texts.folder)
    copy = texts("copies/ferry.txt", TEXT.replace("Monday", "Sunday"))
    assert ingest(copy)["created"] == 1


WEEKLY = """Briefing by Foreign Ministry Spokesperson Runa Solberg, {day} March 2019

Runa Solberg: Good afternoon everybody, and welcome to the regular briefing. Questions on visas go to the consular
department, and recordings are embargoed until five o'clock. Please state your name and your outlet.

Question: {question}

Runa Solberg: {answer}

Question: Thank you.

Runa Solberg: Thank you, see you next week at the same hour and in the same room.
"""


def test_file_that_holds_another_event_overwrites_no_interview(texts, client):
    path = texts("latest.txt", WEEKLY.format(day=5, question="What of the ferry?", answer="The ferry sails every day."))
    address = ingest(path)["files"][0]["address"]
    path.write_text(WEEKLY.format(day=12, question="What of Kenya and wheat?", answer="Wheat was bought in Kenya."))
    file = ingest(path)["files"][0]
    assert file["outcome"] == "created"
    assert "name_of_another" in [problem["code"] for problem in file["problems"]]
    assert client.get(f"{address}q1/").status_code == 200
    assert ingest(path)["unchanged"] == 1


def test_file_whose_words_are_all_others_is_told(texts):
    path = texts("ferry.txt")
    ingest(path)
    path.write_text(OTHER)
    assert "/interviews/2019/03/05/il-molo/" in ingest(path)["files"][0]["problems"][0]["message"]


def test_file_taken_back_to_its_former_words_takes_the_archive_back(texts):
    path = texts("ferry.txt")
    ingest(path)
    path.write_text(TEXT.replace("Monday", "Mnday"))
    ingest(path)
    path.write_text(TEXT)
    assert ingest(path)["updated"] == 1
    assert "since Monday" in numbers_and_texts()["a1"]
    assert ingest(path)["unchanged"] == 1


def test_date_and_precision_come_together(texts):
    path = texts("ferry.txt", TEXT.replace("5 March", "March"))
    ingest(path)
    path.write_text(TEXT.replace("5 March", "7 March"))
    ingest(path)
    assert Interview.objects.get().get_absolute_url() == "/interviews/2019/03/07/il-molo/"


def test_corrected_file_closes_its_own_problems_and_publishes_its_draft(texts):
    path = texts("ferry.txt", UNDATED)
    ingest(path)
    draft = Interview.objects.get()
    assert (draft.status, draft.published_at) == ("draft", None)
    path.write_text(TEXT)
    ingest(path)
    draft.refresh_from_db()
    assert (draft.status, draft.status_reason, draft.published_at is None) == ("published", "", False)
    assert not ReadingProblem.objects.filter(settled_at=None).exists()


def test_problem_that_a_person_settled_stays_settled(texts, admin_client, admin_user):
    """To publish its draft is then up to people, too."""
    ingest(texts("old-name.txt"))
    copy = texts("new-name.txt", TEXT.replace("Monday", "Sunday"))
    ingest(copy)
    act(admin_client, "interviews_readingproblem", "settle", ReadingProblem.objects.all())
    copy.write_text(TEXT.replace("Monday", "Sunday") + "\n")
    ingest(copy)
    assert [problem.settled_by for problem in ReadingProblem.objects.all()] == [admin_user, admin_user]
    assert Interview.objects.get(slug="il-molo-2").status == "draft"


def test_other_encoding_is_read_again_and_remembered(texts, monkeypatch):
    path = texts("ferry.txt", TEXT.replace("Libya", "Líbya").encode("cp1250"))
    ingest(path, encoding="cp1252")
    assert ingest(path, encoding="iso8859-5")["updated"] == 1
    assert "Lэbya" in numbers_and_texts()["q1"]
    assert ingest(path, encoding="iso-8859-5")["unchanged"] == 1
    assert ingest(path)["unchanged"] == 1
    monkeypatch.setattr("interviews.ingest.transcript.PARSER_VERSION", "next")
    assert ingest(path)["updated"] == 1
    assert "Lэbya" in numbers_and_texts()["q1"]


def test_file_that_was_refused_goes_in_once_it_is_mended(texts):
    path = texts("ferry.txt", "Nobody speaks here.\n")
    assert ingest(path)["refused"] == 1
    path.write_text(TEXT)
    assert ingest(path)["created"] == 1


def test_text_without_questions_is_stored_where_a_person_wants_it(texts):
    speech = (
        "Statement by Foreign Minister Runa Solberg, 5 March 2019\n\nRuna Solberg: The ferry runs every day.\n\n"
        "Moderator: Thank you.\n\nRuna Solberg: In winter it runs on Mondays.\n"
    )
    path = texts("speech.txt", speech)
    refused = ingest(path)["files"][0]
    assert [problem["code"] for problem in refused["problems"]] == ["no_questions"]
    assert ingest(path, statements=True)["created"] == 1
    path.write_text(speech.replace("Mondays", "Sundays"))
    assert ingest(path)["updated"] == 1
    assert set(Turn.objects.values_list("kind", flat=True)) == {"statement", "moderator"}


def test_earlier_version_under_another_name_is_left_alone_by_a_newer_parser(texts, monkeypatch):
    texts("a.txt")
    newer = texts("b.txt", TEXT.replace("Monday", "Sunday"))
    ingest(texts.folder / "a.txt")
    ingest(newer, replaces="/interviews/2019/03/05/il-molo/")
    monkeypatch.setattr("interviews.ingest.transcript.PARSER_VERSION", "next")
    report = ingest(texts.folder)
    assert (report["unchanged"], report["updated"]) == (1, 1)
    assert "since Sunday" in numbers_and_texts()["a1"]


def test_text_that_a_curator_called_a_translation_is_still_known_by_its_path(texts):
    ingest(texts("other.txt", OTHER))
    path = texts("ferry.txt")
    ingest(path)
    Interview.objects.filter(slug="il-molo").update(translation_of=Interview.objects.get(slug="der-deich"))
    path.write_text(TEXT.replace("Monday", "Sunday"))
    assert ingest(path)["updated"] == 1


def test_a_file_costs_few_queries(django_assert_max_num_queries):
    """A new one is written in bulk (four queries read all names, once a run); a known one is known by its bytes."""
    with remembered(), paused():
        load_authority()
        find_or_make_person(name="Runa Solberg")
        find_or_make_outlet(name="Il Molo", country="IT")
        received, run = Received("ferry.txt", TEXT.encode()), Run()
        with django_assert_max_num_queries(27):
            assert load(lambda: received, run).outcome == "created"
        with django_assert_max_num_queries(1):
            assert load(lambda: received, run).outcome == "unchanged"


def test_former_address_names_the_version_to_replace(texts):
    path = texts("ferry.txt")
    ingest(path)
    path.write_text(TEXT.replace("5 March", "7 March"))
    ingest(path)
    again = texts("third.txt", TEXT.replace("Monday", "Sunday"))
    assert ingest(again, replaces="/interviews/2019/03/05/il-molo/")["updated"] == 1


@pytest.mark.parametrize("year", [1, 987, 2300])
def test_date_by_hand_must_be_plausible(texts, year):
    with pytest.raises(CommandError, match="is this year meant"):
        ingest(texts("ferry.txt"), date=date(year, 1, 1))


def test_interrupted_samples_are_completed(texts):
    ingest(samples=True)
    Interview.objects.order_by("pk").first().delete()
    assert ingest(samples=True)["created"] == 1
    assert Interview.objects.count() == 12


def test_label_without_visible_words_is_no_turn(texts):
    path = texts("ferry.txt", TEXT + "\nQuestion: Anything else?\n\nRuna Solberg: \u00ad\n")
    assert ingest(path)["created"] == 1
    assert list(numbers_and_texts())[-1] == "q4"


def test_facts_too_long_for_the_archive_do_not_stop_the_run(texts):
    texts("a.txt", OTHER.replace("\n\n", f"\nSource: https://www.example.org/{'x' * 1200}\n\n", 1))
    texts("b.txt")
    assert ingest(texts.folder)["created"] == 2
    assert set(Interview.objects.values_list("source_url", flat=True)) == {""}


@pytest.mark.parametrize("line", ['licence = "{}"'.format("x" * 501), 'licence = "a\\u0000b"'])
def test_rights_that_cannot_be_kept_refuse_their_texts(texts, line):
    texts("source.toml", line)
    texts("ferry.txt")
    assert "500 characters" in ingest(texts.folder)["files"][0]["reason"]


def test_byte_order_mark_in_source_toml_does_not_matter(texts):
    texts("source.toml", b'\xef\xbb\xbflicence = "CC0"\n')
    texts("ferry.txt")
    ingest(texts.folder)
    assert Source.objects.get().licence == "CC0"


def test_former_name_of_a_person_still_finds_them(texts, admin_client):
    ingest(texts("ferry.txt"))
    person = Entity.objects.get(kind="person", name="Runa Solberg")
    Entity.objects.filter(pk=person.pk).update(name="R. Solberg")
    person.aliases.create(text="Runa Solberg", kind="former")
    ingest(texts("other.txt", OTHER.replace("Karel Dvorak", "Runa Solberg")))
    assert Entity.objects.filter(kind="person", key="", name__contains="Solberg").count() == 1


def test_joined_turn_leads_to_the_part_that_holds_its_words_after_a_split(texts, client):
    path = texts("ferry.txt")
    ingest(path)
    joined = TEXT.replace("\n\nQuestion: Who pays for the second bridge?\n\nRuna Solberg: Both banks", " Both banks")
    path.write_text(joined)
    ingest(path)
    gone = answer("a2")
    path.write_text(joined.replace(" Both banks pay", "\n\nQuestion: And who?\n\nRuna Solberg: Both banks pay"))
    ingest(path)
    gone.refresh_from_db()
    leads_to = gone if gone.status == "current" else gone.moved_to
    assert leads_to.status == "current"
    assert leads_to.text.startswith("Both banks pay")


MERGED = ("\n\nQuestion: Who pays for the second bridge?\n\nRuna Solberg: Both", "\n\nBoth")


def test_what_comes_back_with_former_words_has_its_number_again(texts):
    path = texts("ferry.txt")
    ingest(path)
    first = numbers_and_texts()
    merged = TEXT.replace(*MERGED)
    path.write_text(merged)
    ingest(path)
    start, end = merged.index("Question: Minister"), merged.index("Question: Will")
    path.write_text(merged[:start] + merged[end:])
    ingest(path)
    path.write_text(TEXT)
    ingest(path)
    assert numbers_and_texts() == first


def exchanges(*pairs):
    head = "Foreign Minister Runa Solberg's interview with the Italian newspaper Il Molo, 5 March 2019"
    return "\n\n".join([head, *(f"Question: {asked}\n\nRuna Solberg: {answered}" for asked, answered in pairs)])


STEERSMAN = ("Is the ferry running?", "The steersman has worked since Monday, and Egypt knows it.")
LANTERN = ("When will the lighthouse be lit?", "The lantern came from Italy last week, in a crate full of straw.")
HERRING = ("Do the fishermen trust you?", "Herring cannot read. But the netmakers can, and they signed it first.")


def test_answers_that_were_joined_in_another_order_part_under_their_own_numbers(texts):
    ingest(texts("ferry.txt", exchanges(STEERSMAN, LANTERN, HERRING)))
    before = numbers_and_texts()
    asked, answered = HERRING
    ingest(texts("ferry.txt", exchanges(LANTERN, HERRING, STEERSMAN)))
    ingest(texts("ferry.txt", exchanges(LANTERN, (asked, f"{answered}\n\n{STEERSMAN[1]}"))))
    assert answer("a1").moved_to.number == "a3"
    ingest(texts("ferry.txt", exchanges(STEERSMAN, LANTERN, HERRING)))
    assert numbers_and_texts() == before


def test_words_that_were_gone_and_came_back_in_another_answer_part_from_it_under_their_number(texts):
    ingest(texts("ferry.txt", exchanges(STEERSMAN, LANTERN, HERRING)))
    before = numbers_and_texts()
    asked, answered = HERRING
    ingest(texts("ferry.txt", exchanges(STEERSMAN, HERRING)))
    ingest(texts("ferry.txt", exchanges(STEERSMAN, (asked, f"{LANTERN[1]}\n\n{answered}"))))
    assert "lantern" in answer("a3").text
    ingest(texts("ferry.txt", exchanges(STEERSMAN, LANTERN, HERRING)))
    assert numbers_and_texts() == before


def test_answer_whose_own_words_left_is_gone_though_those_that_were_joined_to_it_stay(texts, client):
    ingest(texts("ferry.txt", exchanges(STEERSMAN, LANTERN, HERRING)))
    asked, answered = LANTERN
    ingest(texts("ferry.txt", exchanges(STEERSMAN, (asked, f"{answered}\n\n{HERRING[1]}"))))
    assert answer("a3").moved_to.number == "a2"
    ingest(texts("ferry.txt", exchanges(STEERSMAN, HERRING)))
    assert numbers_and_texts()["a3"] == HERRING[1]
    assert client.get("/interviews/2019/03/05/il-molo/a2/").status_code == 410


def test_turns_of_equal_words_come_back_under_their_numbers(texts):
    path = texts("ferry.txt", POLITE + POLITE[len(TEXT) :])
    ingest(path)
    first = numbers_and_texts()
    path.write_text(TEXT)
    ingest(path)
    path.write_text(POLITE + POLITE[len(TEXT) :])
    ingest(path)
    assert numbers_and_texts() == first
    assert len(first) == 10


def test_answer_rewritten_in_its_place_is_the_same_answer(texts):
    path = texts("ferry.txt")
    ingest(path)
    start, end = TEXT.index("It has been"), TEXT.index("\n\nQuestion: Who")
    path.write_text(TEXT[:start] + "All was settled in January, and boats go." + TEXT[end:])
    report = ingest(path)
    assert report["files"][0]["reason"] == "1 turn changed"
    assert answer("a1").text == "All was settled in January, and boats go."


def test_lost_bytes_come_back_with_the_same_file(texts):
    path = texts("ferry.txt")
    ingest(path)
    kept = Source.objects.get().path
    kept.unlink()
    assert ingest(path)["unchanged"] == 1
    assert kept.read_bytes() == path.read_bytes()


def test_encoding_that_a_person_named_holds_for_the_corrected_file(texts):
    polish = TEXT.replace("third bridge", "third bridge to Łódź")
    path = texts("ferry.txt", polish.encode("cp1250"))
    ingest(path, encoding="cp1250")
    path.write_bytes(polish.replace("Monday", "Sunday").encode("cp1250"))
    ingest(path)
    assert "Łódź" in answer("q3").text
    path.write_bytes(polish.replace("Monday", "Friday").encode())
    ingest(path)
    assert "Łódź" in answer("q3").text


def test_encoding_that_a_person_named_is_detected_again_where_that_is_wanted(texts):
    path = texts("ferry.txt", TEXT.replace("ferry", "café").encode("cp1252"))
    ingest(path, encoding="cp1251")
    assert ingest(path, encoding="detect")["updated"] == 1
    assert "café" in answer("q1").text
    assert ingest(path, encoding="detect")["unchanged"] == 1


def test_settled_duplicate_stays_settled_whatever_its_percentage(texts, django_user_model):
    ingest(texts("old-name.txt"))
    copy = texts("new-name.txt", TEXT.replace("Monday", "Sunday"))
    ingest(copy)
    settled = ReadingProblem.objects.filter(code="possible_duplicate")
    settled.update(settled_at=timezone.now(), settled_by=django_user_model.objects.create_user("curator"))
    former = settled.get().message
    copy.write_text(TEXT.replace("It has been running since Monday", "It runs"))
    ingest(copy)
    newest = ReadingProblem.objects.filter(code="possible_duplicate").latest("pk")
    assert newest.message != former
    assert newest.settled_at


def test_two_folders_that_hold_versions_of_one_text_do_not_undo_each_other(texts):
    texts("a/ferry.txt")
    texts("b/ferry.txt", TEXT.replace("Monday", "Sunday"))
    for folder in "ab":
        ingest(texts.folder / folder)
    for folder, left_alone in (("a", True), ("b", False)):
        report = ingest(texts.folder / folder)
        assert report["unchanged"] == 1
        assert ("left alone" in report["files"][0]["reason"]) == left_alone
    assert "since Sunday" in answer("a1").text
    assert answer("a1").revisions.count() == 1


def test_earlier_version_of_another_folder_is_taken_where_a_person_says_so(texts):
    first = texts("a/ferry.txt")
    texts("b/ferry.txt", TEXT.replace("Monday", "Sunday"))
    for folder in "ab":
        ingest(texts.folder / folder)
    assert ingest(first, replaces="/interviews/2019/03/05/il-molo/")["updated"] == 1
    assert "since Monday" in answer("a1").text


def test_correction_that_was_uploaded_is_not_undone_by_the_folder(texts, admin_client):
    ingest(texts("ferry.txt"))
    corrected = SimpleUploadedFile("ferry.txt", TEXT.replace("Monday", "Sunday").encode())
    admin_client.post(reverse("admin:interviews_source_add"), {"files": corrected})
    assert ingest(texts.folder)["unchanged"] == 1
    assert "since Sunday" in answer("a1").text


def test_file_that_comes_to_hold_the_text_of_its_copy_takes_the_copys_draft_back(texts):
    path = texts("ferry.txt")
    ingest(path)
    corrected = TEXT.replace("Monday", "Sunday")
    copy = texts("copy.txt", corrected)
    ingest(copy)
    assert Interview.objects.get(slug="il-molo-2").status == "draft"
    copy.unlink()
    path.write_text(corrected)
    assert ingest(texts.folder)["updated"] == 1
    assert "since Sunday" in Interview.objects.get(slug="il-molo").turns.get(number="a1").text
    draft = Interview.objects.get(slug="il-molo-2")
    assert (draft.status, draft.status_reason) == ("withdrawn", "It is a version of /interviews/2019/03/05/il-molo/.")
    assert ingest(texts.folder)["unchanged"] == 1


def test_draft_that_a_curator_worked_on_is_not_taken_back(texts):
    path = texts("ferry.txt")
    ingest(path)
    corrected = TEXT.replace("Monday", "Sunday")
    ingest(texts("copy.txt", corrected))
    Interview.objects.filter(slug="il-molo-2").update(kept_by_curator=True)
    path.write_text(corrected)
    assert ingest(path)["files"][0]["reason"] == "the same text as copy.txt"
    assert Interview.objects.get(slug="il-molo-2").status == "draft"


def test_copy_of_what_was_withdrawn_stays_hidden_and_says_so(texts):
    ingest(texts("ferry.txt"))
    Interview.objects.update(status="withdrawn", status_reason="Asked for.")
    (problem, *_) = ingest(texts("copy.txt", TEXT.replace("Monday", "Sunday")))["files"][0]["problems"]
    assert problem["message"].endswith("stand already in /interviews/2019/03/05/il-molo/ (withdrawn).")
    assert Interview.objects.get(slug="il-molo-2").status == "draft"


def test_short_answer_to_another_question_is_another_answer(texts, client):
    path = texts("ferry.txt", TEXT.replace("Ask me when the second one stands.", "Yes."))
    ingest(path)
    path.write_text(path.read_text().replace("Will there be a third bridge?", "Do you like Kenyan tea?"))
    ingest(path)
    assert client.get("/interviews/2019/03/05/il-molo/a3/").status_code == 410
    assert Turn.objects.current().get(text="Yes.").reply_to.text == "Do you like Kenyan tea?"
    path.write_text(path.read_text().replace("Do you like Kenyan tea?", "Will there be a third bridge?"))
    ingest(path)
    assert answer("a3").reply_to == answer("q3")
    assert answer("a3").status == "current"


def test_next_days_briefing_of_a_question_or_two_overwrites_none(texts):
    asked = ("Do you have any comment on the talks in Tresk?", "Do you have any comment on the talks in Oslo?")
    path = texts("latest.txt", WEEKLY.format(day=5, question=asked[0], answer="Yes."))
    ingest(path)
    path.write_text(WEEKLY.format(day=12, question=asked[1], answer="Yes."))
    assert ingest(path)["files"][0]["outcome"] == "created"


def test_date_alone_is_corrected_however_short_the_text(texts):
    path = texts("latest.txt", WEEKLY.format(day=5, question="Any comment on Libya?", answer="No."))
    ingest(path)
    path.write_text(WEEKLY.format(day=12, question="Any comment on Libya?", answer="No."))
    assert ingest(path)["files"][0]["outcome"] == "updated"
