"""Where a curator and a new version of a file disagree: seen side by side, settled one by one or many at once."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from interviews.models import Conflict, Interview, Turn

from admin_pages import HOSTILE, act, notes, page, submit
from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db
LIST = "interviews_conflict_changelist"


@pytest.fixture
def conflicts(texts):
    """A title and an answer that a curator corrected, and the file says otherwise now."""
    path = texts("ferry.txt")
    ingest(path)
    Interview.objects.update(title="Ferries")
    answer = Turn.objects.get(number="a2")
    Turn.objects.filter(pk=answer.pk).update(text="Both shores pay, each a half.", source_text=answer.text)
    path.write_text(
        TEXT.replace("Foreign Minister", "Minister", 1).replace("Both banks pay", f"Both rivers <b>pay</b> {HOSTILE}")
    )
    ingest(path)
    return {conflict.field: conflict for conflict in Conflict.objects.all()}


def test_both_sides_stand_side_by_side_with_their_differences_marked(admin_client, conflicts):
    html = page(admin_client, LIST).content.decode()
    assert "<mark>shores" in html
    assert "<mark>rivers" in html
    assert HOSTILE not in html
    assert "text of a2" in html
    assert "title of the interview" in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"state": "settled"}, 0),
        ({"field": "title"}, 1),
        ({"interview__language": "fr"}, 0),
        ({"q": "shores"}, 1),
    ],
)
def test_list_is_filtered(admin_client, conflicts, query, count):
    assert len(page(admin_client, LIST, **query).context["cl"].result_list) == count


def test_curators_word_stays_where_that_is_chosen(admin_client, admin_user, conflicts):
    act(admin_client, "interviews_conflict", "keep_curators", conflicts.values())
    assert Turn.objects.get(number="a2").text == "Both shores pay, each a half."
    assert Interview.objects.get().title == "Ferries"
    assert set(Conflict.objects.values_list("choice", "settled_by")) == {("curated", admin_user.pk)}
    assert not page(admin_client, LIST).context["cl"].result_list


def test_files_word_is_taken_where_that_is_chosen(admin_client, conflicts):
    act(admin_client, "interviews_conflict", "take_files", [conflicts["text"]])
    turn = Turn.objects.get(number="a2")
    assert turn.text.startswith("Both rivers")
    assert turn.revisions.first().text == "Both shores pay, each a half."
    assert turn.pk in notes()
    assert Interview.objects.get().title == "Ferries"


def test_conflict_is_settled_on_its_own_page(admin_client, conflicts):
    html = page(admin_client, "interviews_conflict_change", conflicts["title"].pk).content.decode()
    assert 'value="take_files"' in html
    choice = {"action": "take_files", "_selected_action": [conflicts["title"].pk], "index": 0, "of_one_row": 1}
    response = admin_client.post(f"{reverse(f'admin:{LIST}')}?state=all", choice)
    assert response.url == reverse(f"admin:{LIST}")
    assert Interview.objects.get().title.startswith("Minister Runa Solberg")
    html = page(admin_client, "interviews_conflict_change", conflicts["title"].pk).content.decode()
    assert 'value="take_files"' not in html
    assert "The file&#x27;s word was taken: admin" in html


def test_settled_conflict_is_not_settled_twice(admin_client, conflicts):
    act(admin_client, "interviews_conflict", "keep_curators", [conflicts["title"]])
    choice = {"action": "take_files", "_selected_action": [conflicts["title"].pk], "index": 0}
    admin_client.post(f"{reverse(f'admin:{LIST}')}?state=all", choice)
    assert Interview.objects.get().title == "Ferries"


def test_interview_page_leads_to_its_conflicts(admin_client, conflicts):
    interview = Interview.objects.get()
    html = page(admin_client, "interviews_interview_change", interview.pk).content.decode()
    assert f'<a href="{reverse(f"admin:{LIST}")}?interview={interview.pk}">2 open conflicts</a>' in html


def test_who_may_only_look_settles_nothing(client, conflicts):
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_conflict"))
    client.force_login(user)
    act(client, "interviews_conflict", "take_files", conflicts.values())
    assert Interview.objects.get().title == "Ferries"
    user.user_permissions.clear()
    assert client.get(reverse(f"admin:{LIST}")).status_code == 403


def test_list_shows_what_the_curator_has_written_since(admin_client, admin_user, conflicts):
    answer = Turn.objects.get(number="a2")
    submit(admin_client, page(admin_client, "interviews_turn_change", answer.pk), text="Both quays pay.")
    assert "quays" in page(admin_client, LIST).content.decode()
    act(admin_client, "interviews_conflict", "take_files", [conflicts["text"]])
    conflicts["text"].refresh_from_db()
    assert conflicts["text"].curated == "Both quays pay."


def test_conflict_ends_where_a_curator_writes_what_the_file_says(admin_client, admin_user, conflicts):
    answer, interview = Turn.objects.get(number="a2"), Interview.objects.get()
    submit(admin_client, page(admin_client, "interviews_turn_change", answer.pk), text=answer.source_text)
    title = conflicts["title"].received
    submit(admin_client, page(admin_client, "interviews_interview_change", interview.pk), title=title)
    settled = set(Conflict.objects.values_list("field", "choice", "settled_by"))
    assert settled == {("text", "received", admin_user.pk), ("title", "received", admin_user.pk)}
