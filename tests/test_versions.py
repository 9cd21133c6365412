"""The versions of a turn: what its address showed, since when, from which file."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import Interview, Reading, Revision, Source, Turn
from interviews.versions import changes, standing_at, version_named, versions_of

from archive_factory import make_interview
from ingesting import TEXT, ingest


@pytest.fixture
def answer():
    return make_interview().turns.get(number="a1")


def replace_text(turn, text, *, reading=None, at=None):
    """Give a turn a new text, as whoever changes one does; `reading` is the one that the new text comes from."""
    revision = Revision.objects.create(turn=turn, text=turn.text, sha256=Revision.digest(turn.text), reading=reading)
    if at:
        Revision.objects.filter(pk=revision.pk).update(replaced_at=at)
    turn.text = text
    turn.save()


def short_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@pytest.mark.django_db
def test_turn_that_never_changed_has_its_present_version_alone(answer):
    (version,) = versions_of(answer)
    assert (version.text, version.short, version.is_current) == (answer.text, short_of(answer.text), True)
    assert (version.since, version.until, version.source) == (None, None, None)


@pytest.mark.django_db
def test_versions_are_told_newest_first_each_until_the_next_began(answer):
    march, may = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    replace_text(answer, "Talks come in spring.", at=march)
    replace_text(answer, "Talks come in summer.", at=may)
    assert [(version.text, version.since, version.until) for version in versions_of(answer)] == [
        ("Talks come in summer.", may, None),
        ("Talks come in spring.", march, may),
        ("Talks come next.", None, march),
    ]


@pytest.mark.django_db
def test_words_that_a_curator_wrote_have_no_file(answer):
    replace_text(answer, "Talks come in spring.")
    assert [version.by_curator for version in versions_of(answer)] == [True, False]


@pytest.mark.django_db
def test_each_version_names_the_file_that_it_came_in(texts):
    ingest(texts("ferry.txt"))
    ingest(texts("ferry.txt", TEXT.replace("Both banks", "Both shores")))
    present, former = versions_of(Turn.objects.get(number="a2"))
    first, second = Source.objects.order_by("received_at")
    assert ("shores" in present.text, present.source) == (True, second)
    assert ("banks" in former.text, former.source, former.since) == (True, first, first.received_at)
    assert present.since == former.until


@pytest.mark.django_db
def test_first_version_of_a_later_turn_came_in_the_file_that_first_had_it(texts):
    ingest(texts("ferry.txt"))
    ingest(texts("ferry.txt", f"{TEXT}\nQuestion: And the harbour?\n\nRuna Solberg: It stays open all winter.\n"))
    (version,) = versions_of(Turn.objects.get(text__contains="all winter"))
    assert version.source == Source.objects.latest("received_at")


@pytest.mark.django_db
def test_first_version_keeps_its_date_when_its_file_comes_back(texts):
    ingest(texts("ferry.txt"))
    received = Source.objects.get().received_at
    for text in (TEXT.replace("Both banks", "Both shores"), TEXT):
        path = texts("ferry.txt", text)
        ingest(path, replaces=Interview.objects.get().get_absolute_url())
    present, _, first = versions_of(Turn.objects.get(number="a2"))
    assert present.text == first.text
    assert (first.since, present.source) == (received, first.source)
    assert present.since > received
    assert Reading.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("write", [str, str.upper, lambda short: short[:5]], ids=["whole", "capitals", "beginning"])
def test_version_is_named_by_the_digits_of_its_text(answer, write):
    former = answer.text
    replace_text(answer, "Talks come in spring.")
    assert version_named(answer, write(short_of(former))).text == former
    assert version_named(answer, write(short_of(answer.text))).is_current


@pytest.mark.django_db
def test_version_is_named_by_all_digits_too(answer):
    assert version_named(answer, hashlib.sha256(answer.text.encode()).hexdigest()) == versions_of(answer)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "1a2", "zzzzzzzz", "00000000", "１ａ２ｂ３ｃ４ｄ", "\0", "a" * 100])
def test_what_names_no_version_is_none(answer, name):
    assert version_named(answer, name) is None


@pytest.mark.django_db
def test_beginning_of_two_names_is_none(answer):
    for number, text in enumerate(["Spring.", "Summer."]):
        Revision.objects.create(turn=answer, text=text, sha256=f"beef{number}" + "0" * 59)
    assert version_named(answer, "beef") is None
    assert version_named(answer, "beef1").text == "Summer."


@pytest.mark.django_db
def test_text_that_came_back_is_its_present_version(answer):
    first = answer.text
    for text in ("Talks come in spring.", first):
        replace_text(answer, text)
    assert version_named(answer, short_of(first)).is_current
    assert [version.text for version in versions_of(answer)] == [first, "Talks come in spring.", first]


@pytest.mark.django_db
def test_text_that_was_replaced_before_anybody_could_read_it_is_no_version(answer):
    march, may = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    replace_text(answer, "Talks come in spring.", at=march)
    replace_text(answer, "Talks come in summer.", at=may)
    answer.interview.published_at = datetime(2026, 4, 1, tzinfo=UTC)
    assert [version.text for version in versions_of(answer)] == ["Talks come in summer.", "Talks come in spring."]


@pytest.mark.django_db
def test_last_words_of_a_turn_that_is_gone_stood_until_then(answer):
    answer.status = "withdrawn"
    answer.save()
    (version,) = versions_of(answer)
    assert (version.is_current, version.until) == (False, answer.changed_at)


@pytest.mark.django_db
def test_question_is_known_as_it_stood_when_its_answer_was_replaced(texts):
    ingest(texts("ferry.txt"))
    once = TEXT.replace("second bridge", "new bridge")
    ingest(texts("ferry.txt", once))
    ingest(texts("ferry.txt", once.replace("Both banks", "Both shores").replace("the new bridge", "that bridge")))
    _, answer = versions_of(Turn.objects.get(number="a2"))
    question = Turn.objects.get(number="q2")
    assert standing_at(question, answer.until).text == "Who pays for the new bridge?"
    assert standing_at(question, None).text == "Who pays for that bridge?"
    assert standing_at(question, answer.since) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Both banks pay.", "Both shores pay."),
        ("One.\n\nTwo.", "One. Two."),
        ("", "All new."),
        ("All gone.", ""),
        ("貿易について話しました。", "平和について話しました。"),
        ("وصلنا إلى اتفاق.", "وصلنا إلى اتفاق جديد."),
        ("The  first\nline.", "The first line, and more."),
    ],
)
def test_what_is_same_or_added_is_the_new_text_and_the_rest_the_old(old, new):
    found = changes(old, new)
    assert "".join(words for change, words in found if change != "removed") == new
    without_added = "".join(words for change, words in found if change != "added")
    assert without_added.split() == old.split()


TEXTS = st.lists(st.sampled_from(["we ", "met ", "left. ", "spoke", "\n\n", "贸", "易。"])).map("".join)


@given(old=TEXTS, new=TEXTS)
def test_difference_of_any_two_texts_holds_both(old, new):
    found = changes(old, new)
    assert "".join(words for change, words in found if change != "removed") == new
    without_added = "".join(words for change, words in found if change != "added")
    assert "".join(without_added.split()) == "".join(old.split())


def test_difference_is_told_word_by_word():
    assert changes("貿易の話。", "平和の話。") == [("removed", "貿易"), ("added", "平和"), ("same", "の話。")]
    assert changes("One. Two.", "One.\n\nTwo.") == [
        ("same", "One."),
        ("added", "\n\n"),
        ("same", "Two."),
    ]


def test_texts_that_are_the_same_have_no_difference():
    assert changes("Both banks pay.", "Both banks pay.") == [("same", "Both banks pay.")]
