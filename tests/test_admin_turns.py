"""What curators can do to questions and answers, and to their tags one by one."""

import pytest

from interviews.models import (
    Decision,
    Entity,
    Revision,
    Turn,
)
from interviews.tagging.tags import tags_of
from interviews.versions import versions_of

from admin_pages import errors, make_tagged_interview, notes, page, submit
from archive_factory import make_country, make_interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview():
    return make_tagged_interview()


def test_corrected_text_keeps_the_former_one_and_is_tagged_anew(admin_client, interview):
    answer = interview.turns.get(number="a2")
    response = page(admin_client, "interviews_answer_change", answer.pk)
    submit(admin_client, response, text="Libya is well.\r\n\r\n\r\nThank you.")
    answer = Turn.objects.get(pk=answer.pk)
    assert answer.text == "Libya is well.\n\nThank you."
    assert answer.source_text
    revision = Revision.objects.get()
    assert (revision.turn, revision.text) == (answer, "Italy is well.\n\nThank you.")
    assert revision.sha256 == Revision.digest(revision.text)
    assert [entity.iso_code for entity in tags_of(answer)] == ["LY"]
    assert answer.pk in notes()


def test_former_text_tells_who_replaced_it_and_why(admin_client, admin_user, interview):
    answer = interview.turns.get(number="a2")
    response = page(admin_client, "interviews_answer_change", answer.pk)
    submit(admin_client, response, text="Italy is very well.", why="The recording has “very”.")
    revision = Revision.objects.get()
    assert (revision.replaced_by, revision.reason) == (admin_user, "The recording has “very”.")
    assert versions_of(Turn.objects.get(pk=answer.pk))[0].reason == "The recording has “very”."
    assert "The recording has “very”." in page(admin_client, "interviews_answer_change", answer.pk).content.decode()


def test_saving_without_a_change_makes_no_revision(admin_client, interview):
    answer = interview.turns.get(number="a2")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, text=answer.text.replace("\n", "\r\n"))
    assert not Revision.objects.exists()
    assert not Turn.objects.get(pk=answer.pk).source_text


def test_number_and_place_of_a_turn_cannot_be_changed(admin_client, interview):
    answer = interview.turns.get(number="a2")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, number="a9", position=1, kind="question", interview=7)
    changed = Turn.objects.get(pk=answer.pk)
    assert (changed.number, changed.position, changed.kind) == ("a2", 4, "answer")


def test_speaker_of_a_turn_is_one_of_its_interview(admin_client, interview):
    make_interview(speaker="Vera Lindt")
    form = page(admin_client, "interviews_turn_change", interview.turns.first().pk).context["adminform"].form
    assert set(form.fields["participation"].queryset) == set(interview.participations.all())


def decision_fields(**fields):
    total = {"decisions-TOTAL_FORMS": 1, "decisions-INITIAL_FORMS": 0}
    return total | {f"decisions-0-{name}": value for name, value in fields.items()}


def test_tag_is_added_by_hand(admin_client, admin_user, interview):
    sweden, answer = make_country("SE", "Sweden"), interview.turns.get(number="a1")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, **decision_fields(entity=sweden.name, verdict="confirm", reason="he means them"))
    decision = Decision.objects.get()
    assert (decision.turn, decision.entity, decision.verdict, decision.by) == (answer, sweden, "confirm", admin_user)
    assert sweden in tags_of(answer)
    assert notes() == {answer.pk}


def test_tag_is_replaced_by_another(admin_client, interview):
    sweden, answer = make_country("SE", "Sweden"), interview.turns.get(number="a1")
    norway = Entity.objects.get(iso_code="NO")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    fields = decision_fields(entity=norway.name, verdict="replace", replacement=sweden.name)
    submit(admin_client, response, **fields)
    assert tags_of(answer) == [sweden]


def test_decision_is_changed_and_taken_back(admin_client, interview):
    answer, norway = interview.turns.get(number="a1"), Entity.objects.get(iso_code="NO")
    Decision.objects.create(turn=answer, entity=norway, verdict="reject")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, **{"decisions-0-verdict": "confirm"})
    assert Decision.objects.get().verdict == "confirm"
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, **{"decisions-0-DELETE": "on"})
    assert not Decision.objects.exists()


def test_decision_moved_to_another_entity_leaves_the_first_undecided(admin_client, interview):
    answer, norway = interview.turns.get(number="a1"), Entity.objects.get(iso_code="NO")
    Decision.objects.create(turn=answer, entity=norway, verdict="reject")
    sweden = make_country("SE", "Sweden")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    submit(admin_client, response, **{"decisions-0-entity": sweden.name})
    assert [(d.entity, d.verdict) for d in Decision.objects.all()] == [(sweden, "reject")]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"verdict": "replace"}, "Say which entity it is"),
        ({"verdict": "replace", "replacement": "same"}, "This is the same entity"),
        ({"verdict": "confirm", "replacement": "same"}, "Only where it is another"),
    ],
)
def test_impossible_decision_is_told(admin_client, interview, fields, complaint):
    answer, norway = interview.turns.get(number="a1"), Entity.objects.get(iso_code="NO")
    fields = {name: norway.name if value == "same" else value for name, value in fields.items()}
    response = page(admin_client, "interviews_turn_change", answer.pk)
    sent = submit(admin_client, response, **decision_fields(entity=norway.name, **fields))
    assert complaint in errors(sent)
    assert not Decision.objects.exists()


def test_entity_is_decided_once(admin_client, interview):
    answer, norway = interview.turns.get(number="a1"), Entity.objects.get(iso_code="NO")
    Decision.objects.create(turn=answer, entity=norway, verdict="reject")
    response = page(admin_client, "interviews_turn_change", answer.pk)
    second = {"decisions-TOTAL_FORMS": 2, "decisions-1-entity": norway.name, "decisions-1-verdict": "confirm"}
    assert "is decided twice here" in errors(submit(admin_client, response, **second))
    assert Decision.objects.get().verdict == "reject"
