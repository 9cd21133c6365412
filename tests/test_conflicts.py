"""What a curator set is never overwritten by a file; where both changed a fact, a person chooses."""

from datetime import date
from operator import attrgetter

import pytest

from interviews.ingest.conflicts import settle
from interviews.models import Conflict, Entity, IndexChange, Interview, Participation, ReadingProblem, Turn

from ingesting import TEXT, UNDATED, ingest

pytestmark = pytest.mark.django_db
ADDRESS = "/interviews/2019/03/05/il-molo/"


@pytest.fixture
def path(texts):
    path = texts("ferry.txt")
    ingest(path)
    return path


def receive(path, *changes):
    """Ingest the text with words exchanged, and return what the report says of it."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return ingest(path)["files"][0]


def curated(**fields):
    Interview.objects.update(**fields)


def test_title_of_a_curator_stays_and_the_files_is_offered(path):
    curated(title="Ferries and bridges")
    report = receive(path, ("Foreign Minister", "Former Minister"))
    assert Interview.objects.get().title == "Ferries and bridges"
    conflict = Conflict.objects.get()
    assert (conflict.field, conflict.curated, conflict.choice) == ("title", "Ferries and bridges", "")
    assert conflict.received.startswith("Former Minister Runa Solberg")
    assert "1 conflict with a curator" in report["reason"]
    assert {"outcome": "conflict", "fact": "title"}.items() <= report["changes"][0].items()


def test_fact_that_the_file_did_not_change_is_no_conflict(path):
    curated(title="Ferries and bridges", place="Tresk", date=date(2019, 3, 1), date_precision="month")
    receive(path, ("Monday", "Sunday"))
    assert not Conflict.objects.exists()
    assert Interview.objects.get().get_absolute_url() == "/interviews/2019/03/il-molo/"


def test_chosen_date_moves_the_interview_and_its_former_address_leads_there(path, client, admin_user):
    curated(date=date(2019, 3, 1), date_precision="month")
    receive(path, ("5 March", "7 March"))
    conflict = Conflict.objects.get()
    assert (conflict.curated, conflict.received) == ("2019-03", "2019-03-07")
    settle(conflict, choice="received", by=admin_user)
    assert Interview.objects.get().get_absolute_url() == "/interviews/2019/03/07/il-molo/"
    assert client.get("/interviews/2019/03/il-molo/a1/")["Location"] == "/interviews/2019/03/07/il-molo/a1/"
    assert (conflict.settled_by, conflict.choice) == (admin_user, "received")
    assert IndexChange.objects.exists()


def test_chosen_outlet_gives_the_address_its_name(path, admin_user):
    curated(outlet=Entity.objects.create(kind="outlet", name="Radio Molo", slug="radio-molo"))
    receive(path, ("Il Molo", "Il Faro"))
    assert Interview.objects.get().get_absolute_url() == ADDRESS
    settle(Conflict.objects.get(), choice="received", by=admin_user)
    interview = Interview.objects.get()
    assert (interview.outlet.name, interview.slug) == ("Il Faro", "il-faro")


def test_slug_of_a_curator_stays_whatever_the_file_changes(path):
    curated(slug="ferry-talks")
    receive(path, ("Il Molo", "Il Faro"))
    interview = Interview.objects.get()
    assert (interview.slug, interview.outlet.name) == ("ferry-talks", "Il Faro")


def test_curators_word_stays_where_it_is_chosen(path, admin_user):
    curated(title="Ferries and bridges")
    receive(path, ("Foreign Minister", "Former Minister"))
    settle(Conflict.objects.get(), choice="curated", by=admin_user)
    assert Interview.objects.get().title == "Ferries and bridges"
    receive(path, ("Foreign Minister", "Former Minister"), ("Monday", "Sunday"))
    assert Conflict.objects.get().choice == "curated"


def test_same_bytes_open_no_new_conflict(path):
    curated(title="Ferries and bridges")
    receive(path, ("Foreign Minister", "Former Minister"))
    assert ingest(path)["unchanged"] == 1
    assert Conflict.objects.count() == 1


def test_newer_version_brings_a_conflict_that_waits_up_to_date(path):
    curated(title="Ferries and bridges")
    receive(path, ("Foreign Minister", "Former Minister"))
    receive(path, ("Foreign Minister", "Prime Minister"))
    assert Conflict.objects.get().received.startswith("Prime Minister")


def test_version_that_agrees_with_the_curator_closes_the_conflict(path):
    right = TEXT.split("\n", 1)[0].replace("Foreign", "Prime")
    curated(title=right)
    receive(path, ("Foreign Minister", "Former Minister"))
    receive(path, ("Foreign Minister", "Prime Minister"))
    conflict = Conflict.objects.get()
    assert (conflict.choice, conflict.settled_at is None) == ("agreed", False)


def test_chosen_text_makes_a_revision_and_is_tagged_anew(path, admin_user):
    Turn.objects.filter(number="a2").update(text="Both pay.", source_text=Turn.objects.get(number="a2").text)
    report = receive(path, ("as they always did", "as Norway always did"))
    assert report["reason"] == "1 conflict with a curator"
    settle(Conflict.objects.get(), choice="received", by=admin_user)
    turn = Turn.objects.get(number="a2")
    assert (turn.text, turn.source_text) == ("Both banks pay, each for its own half, as Norway always did.", "")
    assert [revision.text for revision in turn.revisions.all()] == ["Both pay."]
    assert [mention.surface for mention in turn.mentions.all()] == ["Norway"]


def test_text_that_the_file_now_has_as_the_curator_wrote_it_is_no_correction_any_more(path):
    right = "Both banks pay, each for its own half, as they have always done."
    Turn.objects.filter(number="a2").update(text=right, source_text=Turn.objects.get(number="a2").text)
    receive(path, ("always did", "always would"))
    receive(path, ("as they always did", "as they have always done"))
    turn = Turn.objects.get(number="a2")
    assert (turn.text, turn.source_text, turn.revisions.count()) == (right, "", 0)
    assert Conflict.objects.get().choice == "agreed"


def test_speaker_of_a_turn_that_a_curator_set_stays_until_the_files_is_chosen(path, admin_user):
    asking = Participation.objects.get(label="Question")
    Turn.objects.filter(number="a3").update(participation=asking)
    receive(path, ("Runa Solberg: Ask me", "Deputy Minister Olav Berg: Ask me"))
    conflict = Conflict.objects.get()
    assert (conflict.field, conflict.curated, Turn.objects.get(number="a3").participation) == (
        "speaker",
        "Question",
        asking,
    )
    settle(conflict, choice="received", by=admin_user)
    assert "Berg" in Turn.objects.get(number="a3").participation.label


def test_person_that_a_curator_named_stays(path, admin_user):
    anna = Entity.objects.create(kind="person", name="Anna Solberg", slug="anna-solberg")
    Participation.objects.filter(label="Runa Solberg").update(person=anna)
    receive(path, ("Runa Solberg", "Runa Solheim"))
    assert Participation.objects.get(label="Runa Solheim").person == anna
    conflict = Conflict.objects.get()
    assert (conflict.field, conflict.received) == ("person", "Runa Solheim")
    settle(conflict, choice="received", by=admin_user)
    assert Participation.objects.get(label="Runa Solheim").person.name == "Runa Solheim"


def test_kind_that_a_curator_set_stays_and_the_turn_keeps_its_number(path):
    Turn.objects.filter(number="a3").update(kind="statement", reply_to=None)
    receive(path, ("Ask me when", "Do ask me when"))
    turn = Turn.objects.get(number="a3")
    assert (turn.kind, turn.reply_to, turn.status) == ("statement", None, "current")
    assert turn.text.startswith("Do ask me")


def test_choice_must_be_one_of_the_two(path, admin_user):
    curated(title="Ferries and bridges")
    receive(path, ("Foreign Minister", "Former Minister"))
    with pytest.raises(ValueError, match="neither"):
        settle(Conflict.objects.get(), choice="neither", by=admin_user)


@pytest.mark.parametrize(
    ("gone", "corrected", "fact", "value"),
    [
        ((", 5 March 2019", ""), ("5 March", "6 March"), "date", date(2019, 3, 6)),
        (("the Italian newspaper Il Molo", "us"), ("Il Molo", "Il Faro"), "outlet.name", "Il Faro"),
    ],
)
def test_fact_that_one_version_left_out_is_no_word_of_a_curator(path, gone, corrected, fact, value):
    receive(path, gone)
    report = receive(path, corrected)
    assert "conflict" not in report["reason"]
    assert attrgetter(fact)(Interview.objects.get()) == value


def test_office_that_one_version_left_out_is_no_word_of_a_curator(path):
    receive(path, ("Foreign Minister Runa", "Runa"))
    receive(path, ("Foreign Minister", "Prime Minister"))
    assert Participation.objects.get(label="Runa Solberg").office == "Prime Minister"
    assert not Conflict.objects.exists()


def test_fact_that_comes_back_as_it_was_leaves_a_curators_word(path):
    receive(path, (", 5 March 2019", ""))
    curated(date=date(2019, 3, 1), date_precision="month")
    receive(path, ("Monday", "Sunday"))
    assert Interview.objects.get().date_precision == "month"


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ((", 5 March 2019", ""), "the date “2019-03-05”"),
        (("the Italian newspaper Il Molo", "us"), "the outlet “Il Molo”"),
        (("Foreign Minister Runa", "Runa"), "the office of Runa Solberg, “Foreign Minister”"),
    ],
)
def test_fact_that_the_file_no_longer_gives_stays_and_a_note_says_so(path, gone, told):
    report = receive(path, gone)
    note = f"The file no longer gives {told}; it stays until a curator takes it out."
    assert [(each["severity"], each["message"]) for each in report["problems"]] == [("note", note)]
    assert [problem.message for problem in ReadingProblem.objects.filter(settled_at=None)] == [note]
    assert Interview.objects.get().get_absolute_url() == ADDRESS


def test_note_of_what_stays_ends_when_a_curator_takes_it_out(path):
    receive(path, ("the Italian newspaper Il Molo", "us"))
    curated(outlet=None)
    assert receive(path, ("the Italian newspaper Il Molo", "us"), ("Monday", "Sunday"))["problems"] == []
    assert not ReadingProblem.objects.filter(settled_at=None).exists()


def test_named_date_settles_that_the_text_gives_none(texts):
    path = texts("undated.txt", UNDATED)
    ingest(path)
    ingest(path, date=date(2019, 3, 5))
    assert not ReadingProblem.objects.filter(settled_at=None).exists()


FIRST = TEXT.split("Runa Solberg: ")[1].split("\n\nQuestion")[0]
BETWEEN = "\n\nQuestion: Who pays for the second bridge?\n\nRuna Solberg: Both"
AMID = ("The first sailing", "Question: And how was it?\n\nRuna Solberg: The first sailing")


def correct(number, text):
    turn = Turn.objects.get(number=number)
    turn.text, turn.source_text = text, turn.text
    turn.save()


def test_corrected_turn_that_the_file_joins_with_another_keeps_the_curators_words(path, admin_user):
    correct("a2", "Each bank pays half.")
    receive(path, (BETWEEN, "\n\nBoth"))
    assert Turn.objects.get(number="a1").text == f"{FIRST}\n\nEach bank pays half."
    settle(Conflict.objects.get(), choice="received", by=admin_user)
    joined = f"{FIRST}\n\nBoth banks pay, each for its own half, as they always did."
    assert Turn.objects.get(number="a1").text == joined


def test_corrected_turn_that_takes_in_another_shows_the_words_of_both(path, client, admin_user):
    correct("a1", "It runs.")
    receive(path, (BETWEEN, "\n\nBoth"))
    both = "Both banks pay, each for its own half, as they always did."
    assert Turn.objects.get(number="a1").text == f"It runs.\n\n{both}"
    assert both in client.get(f"{ADDRESS}a2/", follow=True).content.decode()
    settle(Conflict.objects.get(), choice="received", by=admin_user)
    assert Turn.objects.get(number="a1").text == f"{FIRST}\n\n{both}"


def test_corrected_turn_that_was_joined_comes_back_as_corrected(path):
    correct("a2", "Each bank pays half.")
    receive(path, (BETWEEN, "\n\nBoth"))
    receive(path)
    assert [Turn.objects.get(number=number).text for number in ("a1", "a2")] == [FIRST, "Each bank pays half."]
    assert Conflict.objects.get().choice == "agreed"


def test_corrected_turn_that_the_file_splits_is_shown_once_and_its_correction_kept(path, admin_user):
    whole = FIRST.replace("Monday", "Friday")
    correct("a1", whole)
    receive(path, AMID)
    shown = [turn.text for turn in Turn.objects.current().filter(kind="answer").order_by("position")]
    assert "\n\n".join(shown[:2]) == FIRST
    conflict = Conflict.objects.get()
    assert (conflict.curated, conflict.received) == (whole, FIRST)
    settle(conflict, choice="curated", by=admin_user)
    assert Turn.objects.get(number="a1").text == whole
    assert Turn.objects.get(text="The first sailing was full.").moved_to.number == "a1"
    revision = Turn.objects.get(number="a1").revisions.first()
    assert (revision.reading, revision.replaced_by) == (None, admin_user)


def test_turn_that_a_person_kept_whole_stays_so_until_the_file_says_otherwise_there(path, client, admin_user):
    whole = FIRST.replace("Monday", "Friday")
    correct("a1", whole)
    receive(path, AMID)
    settle(Conflict.objects.get(), choice="curated", by=admin_user)
    count = Turn.objects.count()
    report = receive(path, AMID, ("second bridge", "other bridge"))
    assert report["reason"] == "1 turn changed"
    assert Turn.objects.get(number="a1").text == whole
    assert Turn.objects.get(text="The first sailing was full.").moved_to.number == "a1"
    assert Turn.objects.count() == count
    assert client.get(f"{ADDRESS}source/").status_code == 200
    receive(path, AMID, ("sailing was full", "sailing was overfull"))
    conflict = Conflict.objects.get(settled_at=None)
    assert (conflict.curated, conflict.received) == (whole, FIRST.replace("full", "overfull"))


def test_parts_of_a_corrected_turn_stay_where_the_files_are_chosen(path, admin_user):
    correct("a1", FIRST.replace("Monday", "Friday"))
    receive(path, AMID)
    settle(Conflict.objects.get(), choice="received", by=admin_user)
    assert Turn.objects.get(number="a1").text == FIRST.removesuffix("\n\nThe first sailing was full.")
    assert Turn.objects.get(text="The first sailing was full.").status == "current"


def test_corrected_turn_that_the_file_leaves_out_is_told_with_the_curators_words(path):
    correct("a3", "Ask me later.")
    report = receive(path, ("\n\nRuna Solberg: Ask me when the second one stands.", ""))
    assert [problem["code"] for problem in report["problems"]] == ["corrected_turn_gone"]
    assert "“Ask me later.”" in ReadingProblem.objects.get(settled_at=None).message


def test_correction_that_the_file_took_over_is_still_the_curators(path):
    right = "Both shores pay, each for its own half, as they always did."
    correct("a2", right)
    receive(path, ("Both banks", "Both shores"))
    assert receive(path)["reason"] == "1 conflict with a curator"
    turn = Turn.objects.get(number="a2")
    assert (turn.text, turn.source_text) == (right, right.replace("shores", "banks"))


def test_title_that_the_file_took_over_is_still_the_curators(path, admin_user):
    right = TEXT.split("\n", 1)[0].replace("Foreign", "Prime")
    curated(title=right)
    receive(path, ("Foreign Minister", "Prime Minister"))
    receive(path)
    assert Interview.objects.get().title == right
    settle(Conflict.objects.get(settled_at=None), choice="received", by=admin_user)
    receive(path, ("Foreign Minister", "Deputy Minister"))
    assert Interview.objects.get().title == right.replace("Prime", "Deputy")


def test_label_spelt_otherwise_says_nothing_of_who_speaks(path):
    asking = Participation.objects.get(label="Question")
    Turn.objects.filter(number="a3").update(participation=asking)
    receive(path, ("Runa Solberg:", "R. Solberg:"))
    assert not Conflict.objects.exists()
    assert Turn.objects.get(number="a3").participation == asking
    assert Turn.objects.get(number="a1").participation.label == "R. Solberg"
