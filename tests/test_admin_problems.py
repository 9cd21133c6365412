"""Problems of readings at the curators' desk: seen beside the text, settled, opened again."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from interviews.excerpt import lines_around
from interviews.ingest.words import load
from interviews.models import Interview, ReadingProblem

from admin_pages import HOSTILE, act, page
from archive_factory import make_interview
from pages_factory import add_source, links_of, words_of

pytestmark = pytest.mark.django_db
LIST = "interviews_readingproblem_changelist"


@pytest.fixture
def draft():
    """A draft that one problem hides; another one, on its second line, is only worth a look."""
    interview = make_interview(title="Harbour talks", status="draft", status_reason="Nobody knows who asks.")
    add_source(interview, f"Title\nQ: What <b>comes</b> next?{HOSTILE}\nA: Talks.".encode())
    add_problem(interview, "unknown_asker", "Nobody knows who asks.", severity="draft")
    add_problem(interview, "odd_label", f"An odd label. {HOSTILE}", line=2)
    return interview


def add_problem(interview, code, message, *, line=None, severity="note"):
    return ReadingProblem.objects.create(
        reading=interview.readings.first(), code=code, message=message, line=line, severity=severity
    )


def problem(code):
    return ReadingProblem.objects.get(code=code)


def listed(client, **query):
    return [row.code for row in page(client, LIST, **query).context["cl"].result_list]


def user_with(*rights):
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def test_list_shows_the_named_line_between_its_neighbours_with_everything_escaped(admin_client, draft):
    html = page(admin_client, LIST).content.decode()
    assert HOSTILE not in html
    assert '<li class="named"><span>2</span> <bdi>Q: What &lt;b&gt;comes&lt;/b&gt; next?' in html
    assert '<li class="near"><span>1</span> <bdi>Title</bdi></li>' in html
    assert "It speaks of the whole text." in html


def test_what_to_do_is_said_in_words_of_the_desk(admin_client, draft):
    for code in load("mends"):
        add_problem(draft, code, "What of it?")
    words = words_of(page(admin_client, LIST))
    assert words.count("What of it?") == len(load("mends"))
    assert "add the text again with that address under “Replaces”" in words
    assert not re.search(r"--[a-z]", words)
    assert "manage.py" not in words


def test_lost_bytes_are_said(admin_client, draft):
    draft.readings.get().source.path.unlink()
    assert "The bytes of this file are not kept" in page(admin_client, LIST).content.decode()


def test_each_source_is_read_once_and_queries_do_not_grow(admin_client, draft, django_assert_max_num_queries):
    for number in range(30):
        add_problem(draft, f"code{number}", "Odd.", line=1)
    with django_assert_max_num_queries(20):
        page(admin_client, LIST)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, {"unknown_asker", "odd_label"}),
        ({"state": "settled"}, set()),
        ({"severity__exact": "draft"}, {"unknown_asker"}),
        ({"code": "odd_label"}, {"odd_label"}),
        ({"status": "published"}, set()),
        ({"reading__layout": "label"}, {"unknown_asker", "odd_label"}),
        ({"reading__interview__language": "fr"}, set()),
        ({"q": "Nobody"}, {"unknown_asker"}),
        ({"interview": "0"}, {"unknown_asker", "odd_label"}),
    ],
)
def test_list_is_filtered(admin_client, draft, query, codes):
    ReadingProblem.objects.filter(code="odd_label").update(severity="note")
    assert set(listed(admin_client, **query)) == codes


def test_list_of_one_interview_is_linked_from_its_page_and_leads_back(admin_client, draft):
    other = make_interview()
    add_source(other, b"other")
    add_problem(other, "elsewhere", "Elsewhere.")
    link = f"{reverse(f'admin:{LIST}')}?interview={draft.pk}"
    assert f'<a href="{link}">2 open problems</a>' in interview_page(admin_client, draft)
    assert "elsewhere" not in listed(admin_client, interview=draft.pk)
    back = reverse("admin:interviews_interview_change", args=[draft.pk])
    assert f'href="{back}"' in page(admin_client, LIST, interview=draft.pk).content.decode()


def interview_page(client, interview):
    return page(client, "interviews_interview_change", interview.pk).content.decode()


def test_problems_of_earlier_readings_and_withdrawn_interviews_do_not_wait(admin_client, draft):
    add_source(draft, b"a newer version")
    assert listed(admin_client) == []
    draft.readings.first().delete()
    Interview.objects.update(status="withdrawn")
    assert listed(admin_client) == []


def test_settled_problem_names_who_settled_it(admin_client, admin_user, draft):
    act(admin_client, "interviews_readingproblem", "settle", [problem("odd_label")])
    settled = problem("odd_label")
    assert (settled.settled_by, settled.settled_at is None) == (admin_user, False)
    assert listed(admin_client) == ["unknown_asker"]
    assert "Settled by admin" in page(admin_client, LIST, state="settled").content.decode()
    assert Interview.objects.get().status == "draft"


def test_settling_the_last_reason_offers_to_publish_the_draft(admin_client, draft):
    html = act(admin_client, "interviews_readingproblem", "settle", [problem("unknown_asker")]).content.decode()
    assert reverse("admin:interviews_interview_publish", args=[draft.pk]) in html
    assert Interview.objects.get().status == "draft"


def test_settling_can_publish_what_nothing_else_hides(admin_client, draft):
    act(admin_client, "interviews_readingproblem", "settle_and_publish", [problem("unknown_asker")])
    interview = Interview.objects.get()
    assert (interview.status, interview.status_reason) == ("published", "")
    assert interview.published_at


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"date": None}, "has no date"),
        ({"status_reason": "Wait for the ministry."}, "A curator made it one"),
    ],
)
def test_settling_publishes_nothing_that_something_else_hides(admin_client, draft, facts, complaint):
    Interview.objects.update(**facts)
    html = act(
        admin_client, "interviews_readingproblem", "settle_and_publish", [problem("unknown_asker")]
    ).content.decode()
    assert complaint in html
    assert Interview.objects.get().status == "draft"


def test_second_reason_keeps_it_a_draft(admin_client, draft):
    add_problem(draft, "other", "Another reason.", severity="draft")
    html = act(
        admin_client, "interviews_readingproblem", "settle_and_publish", [problem("unknown_asker")]
    ).content.decode()
    assert "1 more of its problems" in html
    assert Interview.objects.get().status == "draft"


def test_settled_problem_is_opened_again_from_its_own_page(admin_client, draft):
    ReadingProblem.objects.update(settled_at="2020-01-01T00:00:00Z")
    html = page(admin_client, "interviews_readingproblem_change", problem("odd_label").pk).content.decode()
    assert 'value="open_again"' in html
    assert 'value="settle"' not in html
    response = admin_client.post(
        f"{reverse(f'admin:{LIST}')}?state=all",
        {"action": "open_again", "_selected_action": [problem("odd_label").pk], "index": 0, "of_one_row": 1},
    )
    assert response.url == reverse(f"admin:{LIST}")
    assert problem("odd_label").settled_at is None


def test_problem_of_what_is_published_offers_only_to_settle_it(admin_client, draft):
    Interview.objects.update(status="published")
    html = page(admin_client, "interviews_readingproblem_change", problem("odd_label").pk).content.decode()
    assert 'value="settle"' in html
    assert 'value="settle_and_publish"' not in html
    assert 'value="withdraw_drafts"' not in html


def test_problem_leads_to_the_interview_that_it_names(admin_client, draft):
    add_problem(draft, "possible_duplicate", "98% of its words stand already in /interviews/2019/12/05/harbour-post/.")
    response = page(admin_client, LIST, code="possible_duplicate")
    assert "/interviews/2019/12/05/harbour-post/" in links_of(response)


def test_guessed_encoding_leads_to_another_reading(admin_client, draft):
    guessed = add_problem(draft, "guessed_encoding", "The encoding is a guess.", line=1)
    response = page(admin_client, "interviews_readingproblem_change", guessed.pk)
    assert reverse("admin:interviews_reading_again", args=[guessed.reading_id]) in links_of(response)


def test_draft_of_a_problem_is_withdrawn_from_the_problems_own_page(admin_client, draft):
    html = page(admin_client, "interviews_readingproblem_change", problem("unknown_asker").pk).content.decode()
    assert 'value="withdraw_drafts"' in html
    chosen = {"of_one_row": 1}
    response = act(admin_client, "interviews_readingproblem", "withdraw_drafts", [problem("unknown_asker")], **chosen)
    assert "Reason, for the readers" in words_of(response)
    form_url = response.context["form_url"]
    data = {"action": "withdraw", "_selected_action": [draft.pk], "reason": "A copy.", "confirmed": "Withdraw"}
    assert "Withdrawn: 1." in words_of(admin_client.post(form_url, data, follow=True))
    assert Interview.objects.get().status == "withdrawn"
    assert listed(admin_client) == []


def test_who_withdraws_an_interview_is_told_of_the_draft_that_holds_its_words(admin_client, draft):
    original = make_interview(title="Harbour talks", slug="harbour-post")
    message = f"98% of its words stand already in {original.get_absolute_url()}."
    add_problem(draft, "possible_duplicate", message, severity="draft")
    words = words_of(act(admin_client, "interviews_interview", "withdraw", [original], reason="Asked.", confirmed=1))
    assert "holds most of its words: withdraw or publish that, too." in words


def test_who_may_only_look_settles_nothing(client, draft):
    client.force_login(user_with("view_readingproblem"))
    html = page(client, "interviews_readingproblem_change", problem("odd_label").pk).content.decode()
    assert 'name="action"' not in html
    act(client, "interviews_readingproblem", "settle", [problem("odd_label")])
    assert problem("odd_label").settled_at is None


def test_who_may_settle_but_not_change_interviews_publishes_nothing(client, draft):
    client.force_login(user_with("view_readingproblem", "change_readingproblem"))
    act(client, "interviews_readingproblem", "settle_and_publish", [problem("unknown_asker")])
    assert problem("unknown_asker").settled_at is None


def test_staff_without_rights_see_no_problems(client, draft):
    client.force_login(user_with("view_turn"))
    assert client.get(reverse(f"admin:{LIST}")).status_code == 403
    assert "open problems" not in page(client, "index").content.decode()


def test_first_page_counts_what_waits(admin_client, draft):
    html = page(admin_client, "index").content.decode()
    assert "2 open problems" in html
    assert "0 open conflicts" in html
    assert "1 draft" in html


@pytest.mark.parametrize(("line", "numbers"), [(1, [1, 2, 3]), (4, [2, 3, 4, 5, 6]), (9, [7, 8, 9]), (0, []), (10, [])])
def test_lines_around_stay_within_the_text(line, numbers):
    text = "\r\n".join(f"line {number}" for number in range(1, 10))
    assert lines_around(text, line) == [(number, f"line {number}") for number in numbers]


def test_endless_line_is_shown_by_its_beginning():
    assert len(lines_around("x" * 100_000, 1)[0][1]) < 300
