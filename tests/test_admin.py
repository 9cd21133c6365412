"""The admin as a whole, and its pages of interviews. All names and words are invented."""

import pytest
from django.urls import reverse

from interviews.models import (
    FormerAddress,
    Interview,
    Participation,
)
from interviews.tagging.tags import tags_of

from admin_pages import act, errors, make_tagged_interview, mark, notes, page, submit
from archive_factory import make_country, make_entity, make_interview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def interview():
    return make_tagged_interview()


@pytest.mark.parametrize(
    "model",
    ["interview", "turn", "question", "answer", "entity", "mention", "decision", "source", "reading", "formeraddress"],
)
def test_every_list_opens_and_searches(admin_client, interview, model):
    page(admin_client, f"interviews_{model}_changelist")
    page(admin_client, f"interviews_{model}_changelist", q="Norway")


def test_admin_runs_no_inline_script(admin_client, interview):
    html = page(admin_client, "interviews_interview_change", interview.pk).content.decode()
    assert "<script>" not in html
    assert " onclick=" not in html
    assert "<style" not in html


def test_visitor_without_rights_sees_nothing(client):
    response = client.get(reverse("admin:interviews_interview_changelist"))
    assert response.status_code == 302


def test_list_counts_exchanges_even_when_searching(admin_client, interview):
    html = page(admin_client, "interviews_interview_changelist", q="Moreau").content.decode()
    assert '<td class="field-exchanges">2</td>' in html


def test_interview_shows_its_turns_in_running_order_with_links(admin_client, interview):
    html = page(admin_client, "interviews_interview_change", interview.pk).content.decode()
    positions = [html.index(reverse("admin:interviews_turn_change", args=[t.pk])) for t in interview.turns.all()]
    assert positions == sorted(positions)
    assert "<td>Norway</td>" in html


def test_long_interview_needs_no_more_queries(admin_client, interview, django_assert_max_num_queries):
    long = make_interview([("What of Norway?", "Norway is near.")] * 60)
    for turn in long.turns.all():
        mark(turn, make_country("NO", "Norway"))
    with django_assert_max_num_queries(30):
        page(admin_client, "interviews_interview_change", long.pk)


def test_changed_date_redirects_the_former_address(admin_client, interview):
    former_path = interview.get_absolute_url()
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), date="2019-12-06")
    interview.refresh_from_db()
    assert interview.get_absolute_url() == "/interviews/2019/12/06/harbour-post/"
    assert FormerAddress.objects.get().path == former_path
    response = admin_client.get(f"{former_path}a1/")
    assert (response.status_code, response.url) == (301, "/interviews/2019/12/06/harbour-post/a1/")


def test_changed_slug_and_precision_redirect_too_in_one_hop(admin_client, interview):
    first = interview.get_absolute_url()
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), slug="quay-post")
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), date_precision="month")
    interview.refresh_from_db()
    assert str(interview.date) == "2019-12-01"
    for path in (first, "/interviews/2019/12/05/quay-post/"):
        response = admin_client.get(path)
        assert (response.status_code, response.url) == (301, "/interviews/2019/12/quay-post/")


def test_changing_back_leaves_no_loop(admin_client, interview):
    first = interview.get_absolute_url()
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), slug="quay-post")
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), slug="harbour-post")
    assert not FormerAddress.objects.filter(path=first).exists()
    assert admin_client.get(first).status_code == 200


def test_changed_fact_tells_the_search_index(admin_client, interview):
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), title="Quay talks")
    assert notes() == set(interview.turns.values_list("pk", flat=True))


def test_changed_language_tags_anew(admin_client, interview):
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), language="ru")
    assert [tags_of(turn) for turn in interview.turns.all()] == [[], [], [], []]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"slug": "2019"}, "Digits alone would read as a date"),
        ({"date": ""}, "A published interview has a date"),
        ({"date": "", "status": "elsewhere"}, "Select a valid choice"),
        ({"status": "withdrawn"}, "Say why it is withdrawn"),
        ({"date": "2019-02-31"}, "Enter a valid date"),
        ({"slug": "quay-post"}, "has, or had, this address"),
    ],
)
def test_wrong_fact_is_told_and_changes_nothing(admin_client, interview, changes, complaint):
    make_interview(slug="quay-post")
    before = Interview.objects.filter(pk=interview.pk).values().get()
    response = submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), **changes)
    assert complaint in errors(response)
    assert Interview.objects.filter(pk=interview.pk).values().get() == before


def test_former_address_of_another_interview_is_never_given_away(admin_client, interview):
    other = make_interview(slug="quay-post")
    FormerAddress.objects.create(path="/interviews/2019/12/05/old-post/", interview=other)
    response = submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), slug="old-post")
    assert "has, or had, this address" in errors(response)


def test_speaker_is_corrected(admin_client, interview):
    person = make_entity("person", "Vera Lindt")
    response = page(admin_client, "interviews_interview_change", interview.pk)
    submit(admin_client, response, **{"participations-0-person": person.name, "participations-0-office": "Envoy"})
    assert Participation.objects.get(interview=interview, part="interviewee").person == person
    assert notes()


def test_withdrawing_asks_for_a_reason_first(admin_client, interview):
    response = act(admin_client, "interviews_interview", "withdraw", [interview])
    assert "Harbour talks" in response.content.decode()
    interview.refresh_from_db()
    assert interview.is_published


def test_withdrawn_interview_is_gone_with_its_reason(admin_client, interview):
    confirmed = {"action": "withdraw", "_selected_action": [interview.pk], "confirmed": "Withdraw"}
    changelist = reverse("admin:interviews_interview_changelist")
    assert "This field is required" in admin_client.post(changelist, confirmed | {"reason": ""}).content.decode()
    admin_client.post(changelist, confirmed | {"reason": "Asked for by the speaker."})
    interview.refresh_from_db()
    assert (interview.status, interview.status_reason) == ("withdrawn", "Asked for by the speaker.")
    assert notes() == set(interview.turns.values_list("pk", flat=True))
    assert admin_client.get(interview.get_absolute_url()).status_code == 410


def test_draft_is_published_unless_it_has_no_date(admin_client):
    dated = make_interview(status="draft", status_reason="Look at it.")
    undated = make_interview(date=None, status="draft")
    response = act(admin_client, "interviews_interview", "publish", [dated, undated])
    assert "has no date: give it one first" in response.content.decode()
    assert list(Interview.objects.filter(status="published")) == [dated]
    assert Interview.objects.get(pk=dated.pk).status_reason == ""


def test_interviews_and_turns_are_neither_added_nor_deleted(admin_client, interview):
    for model, row in (("interview", interview), ("turn", interview.turns.first())):
        assert admin_client.get(reverse(f"admin:interviews_{model}_add")).status_code == 403
        assert admin_client.get(reverse(f"admin:interviews_{model}_delete", args=[row.pk])).status_code == 403


def test_change_made_meanwhile_is_not_undone(admin_client):
    interview = make_tagged_interview()
    first = page(admin_client, "interviews_interview_change", interview.pk)
    second = page(admin_client, "interviews_interview_change", interview.pk)
    submit(admin_client, first, title="Harbour talks, corrected")
    response = submit(admin_client, second, place="Porto Sale")
    assert "changed meanwhile" in response.content.decode()
    interview.refresh_from_db()
    assert (interview.title, interview.place) == ("Harbour talks, corrected", "")


def test_hostile_country_filter_shows_all_mentions(admin_client):
    make_tagged_interview()
    assert b"Norway" in page(admin_client, "interviews_mention_changelist", country="\0").content


def test_former_name_of_an_entity_stays_as_an_alias(admin_client):
    person = make_tagged_interview().participations.get(part="interviewee").person
    former = person.name
    submit(admin_client, page(admin_client, "interviews_entity_change", person.pk), name="R. S.")
    assert list(person.aliases.values_list("text", "kind")) == [(former, "former")]


def test_person_and_outlet_of_a_voice_are_chosen_by_name_each_of_its_kind(admin_client, interview):
    post = make_entity("outlet", "Il Molo")
    response = page(admin_client, "interviews_interview_change", interview.pk)
    refused = submit(admin_client, response, **{"participations-0-person": "Il Molo"})
    assert "No person is called “Il Molo”" in errors(refused)
    submit(admin_client, response, **{"participations-0-outlet": "il molo"})
    assert interview.participations.filter(outlet=post).count() == 1


def test_interview_is_named_as_a_translation_by_words_of_its_title(admin_client, interview):
    original = make_interview(title="The long ferry", slug="ferry", date="2018-02-03")
    make_interview(title="The short ferry", slug="short", date="2018-02-04")
    response = page(admin_client, "interviews_interview_change", interview.pk)
    refused = submit(admin_client, response, translation_of="ferry")
    assert f"The long ferry (2018-02-03, no. {original.pk})" in errors(refused)
    assert "No interview is called" in errors(submit(admin_client, response, translation_of="The bridge"))
    itself = submit(admin_client, response, translation_of=f"x (no. {interview.pk})")
    assert "no translation of itself" in errors(itself)
    submit(admin_client, response, translation_of="the LONG ferry")
    interview.refresh_from_db()
    assert interview.translation_of == original
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), place="Halvik")
    interview.refresh_from_db()
    assert interview.translation_of == original


def test_titles_are_suggested_to_those_who_may_see_interviews(client, admin_client, django_user_model):
    make_interview(title="The long ferry", date="2018-02-03")
    found = page(admin_client, "interviews_interview_titles", q="FERRY").json()["names"]
    assert [each["value"].partition(" (")[0] for each in found] == ["The long ferry"]
    assert page(admin_client, "interviews_interview_titles", q="f").json() == {"names": []}
    client.force_login(django_user_model.objects.create_user("colleague", is_staff=True))
    assert client.get(reverse("admin:interviews_interview_titles")).status_code == 403
