"""Decisions go with the words they are about when a text changes."""

import pytest
from test_retag import retag

from interviews.models import Curation, Decision, Entity, Interview, Mention
from interviews.tagging.curate import confirm, reject, replace
from interviews.tagging.tags import marks_of, tags_of

from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db
QUESTION = "Question: Who pays for the second bridge?"
BEFORE = "Norway builds it. In the south Norway pays, and in the north Norway watches."


@pytest.fixture
def path(texts):
    """A text whose first answer names Norway three times."""
    path = texts("talk.txt")
    write(path, BEFORE)
    return path


def write(path, words):
    assert QUESTION in TEXT
    path.write_text(TEXT.replace(QUESTION, f"{QUESTION}\n\nRuna Solberg: {words}\n\nQuestion: And then?"))
    ingest(path)


def answer():
    return Interview.objects.get().turns.current().get(text__contains="builds")


def norway():
    return Entity.objects.get(iso_code="NO")


def decided_words():
    """The words after each place that a decision is about."""
    text = answer().text
    found = []
    for decision in Decision.objects.order_by("pk"):
        start = -1
        for _ in range(decision.occurrence):
            start = text.index(decision.surface, start + 1)
        found.append(text[start:].split()[1])
    return found


def nth(occurrence):
    return answer().mentions.get(entity__iso_code="NO", occurrence=occurrence)


def test_decision_stays_with_its_words_where_others_come_before(path, admin_user):
    reject(mention=nth(2), by=admin_user)
    write(path, f"Norway, yes: Norway. {BEFORE}")
    assert decided_words() == ["pays,"]
    assert Decision.objects.get().occurrence == 4


def test_decisions_on_neighbours_change_places_together(path, admin_user):
    reject(mention=nth(1), by=admin_user)
    reject(mention=nth(2), by=admin_user)
    write(path, "In the south Norway pays, and in the north Norway watches. Norway builds it.")
    assert decided_words() == ["builds", "pays,"]


def test_decision_on_words_that_are_gone_is_taken_back_and_told(path, admin_user):
    reject(mention=nth(3), by=admin_user)
    write(path, "Norway builds it. In the south Norway pays.")
    assert not Decision.objects.exists()
    assert len(marks_of(answer())) == 2
    lost = Curation.objects.first()
    assert (lost.act, lost.entity, lost.turn, lost.by) == ("undo", norway(), answer(), None)
    assert lost.reason == "The words are no longer in the text."
    assert lost.overruled == admin_user


def test_decision_stays_where_only_other_words_change(path, admin_user):
    replace(mention=nth(2), replacement=Entity.objects.get(iso_code="SE"), by=admin_user)
    before = Decision.objects.values().get()
    write(path, BEFORE.replace("watches", "waits"))
    assert Decision.objects.values().get() == before


def test_decision_on_the_turn_stays_whatever_its_words(path, admin_user):
    confirm(turn=answer(), entity=Entity.objects.get(iso_code="IT"), by=admin_user)
    write(path, BEFORE.replace("Norway", "Somebody"))
    assert [entity.iso_code for entity in tags_of(answer())] == ["IT"]


def test_decision_on_a_form_goes_when_no_such_words_are_left(path, admin_user):
    reject(turn=answer(), entity=norway(), surface="Norway", by=admin_user)
    write(path, BEFORE.replace("watches", "waits"))
    assert Decision.objects.count() == 1
    write(path, BEFORE.replace("Norway", "Somebody"))
    assert not Decision.objects.exists()


def test_decision_goes_with_its_words_when_a_turn_is_split(path, admin_user):
    reject(mention=nth(3), by=admin_user)
    write(path, BEFORE.replace(", and in", "\n\nQuestion: And the north?\n\nRuna Solberg: In"))
    decision = Decision.objects.get()
    assert "watches" in decision.turn.text
    assert decision.occurrence == 1


def test_retag_and_the_same_text_again_leave_decisions_alone(path, admin_user):
    reject(mention=nth(2), by=admin_user)
    before = list(Decision.objects.values()), list(Mention.objects.order_by("pk").values())
    retag()
    ingest(path)
    assert (list(Decision.objects.values()), list(Mention.objects.order_by("pk").values())) == before
