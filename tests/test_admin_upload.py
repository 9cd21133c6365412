"""Texts added in the admin, and read again: the same road and the same report as the command's."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interviews.admin import upload
from interviews.ingest.lock import alone
from interviews.models import Interview, Reading, Source, Turn

from admin_pages import HOSTILE, page
from archive_factory import make_interview
from ingesting import TEXT, UNDATED, ingest
from pages_factory import words_of

pytestmark = pytest.mark.django_db
ADD = "/admin/interviews/source/add/"


def file(name="ferry.txt", text=TEXT):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def add(client, *files, **said):
    response = client.post(ADD, {"files": list(files)} | said)
    assert response.status_code == 200
    return response


def user_with(*rights):
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def test_texts_are_added_and_reported(admin_client):
    response = add(admin_client, file(), file("undated.txt", UNDATED.replace("ferry", "train")), file("empty.txt", ""))
    words = words_of(response)
    assert "2 created, 0 updated, 0 unchanged, 1 refused" in words
    assert "The file is empty." in words
    assert "The text gives no date; until it has one it is a draft. Give it one on the page of the interview." in words
    assert "/interviews/2019/03/05/il-molo/" in words
    assert "correct it as its remark says, then add it again" in words
    assert set(Source.objects.values_list("name", flat=True)) == {"ferry.txt", "undated.txt"}
    assert all(source.path.is_file() for source in Source.objects.all())


def test_corrected_text_of_the_same_name_is_a_new_version_and_says_what_changes(admin_client):
    add(admin_client, file())
    response = add(admin_client, file(text=TEXT.replace("Monday", "Tuesday")))
    assert "1 updated" in words_of(response)
    html = response.content.decode()
    assert "<del>Monday.</del> <ins>Tuesday.</ins>" in " ".join(html.split())
    assert Interview.objects.count() == 1


def test_same_text_again_is_unchanged(admin_client):
    add(admin_client, file())
    assert "1 unchanged" in words_of(add(admin_client, file()))


def test_what_is_said_of_the_texts_is_kept(admin_client):
    add(
        admin_client,
        file("undated.txt", UNDATED.encode("utf-16-le")),
        date="2018-02-03",
        licence="CC0",
        origin="https://ministry.example/",
        encoding="utf-16",
    )
    source = Source.objects.get()
    assert (source.licence, source.origin_url) == ("CC0", "https://ministry.example/")
    assert Interview.objects.get().get_absolute_url() == "/interviews/2018/02/03/il-molo/"
    assert Reading.objects.get().encoding == "UTF-16"


def test_text_replaces_the_interview_whose_address_is_given(admin_client):
    add(admin_client, file())
    response = add(admin_client, file("other-name.txt", TEXT.replace("Monday", "Sunday")), replaces="/x/")
    assert "No interview has this address." in words_of(response)
    address = "/interviews/2019/03/05/il-molo/"
    add(admin_client, file("other-name.txt", TEXT.replace("Monday", "Sunday")), replaces=address)
    assert Interview.objects.count() == 1
    assert "Sunday" in Turn.objects.get(number="a1").text


@pytest.mark.parametrize("count", [51, 150])
def test_too_many_files_at_once_are_told_and_none_is_added(admin_client, count):
    response = add(admin_client, *(file(f"{n}.txt") for n in range(count)))
    assert f"These are {count} files; choose at most 50 at once." in words_of(response)
    assert not Source.objects.exists()


def test_request_of_more_files_than_are_counted_is_answered_in_words(admin_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    response = admin_client.post(ADD, {"files": [file("1.txt"), file("2.txt")]})
    assert response.status_code == 400
    assert "more than can be taken at once" in words_of(response)


def test_dry_run_says_what_would_happen_and_changes_nothing(admin_client, archive_data):
    response = add(admin_client, file(), dry_run="on")
    assert "Nothing was changed. It would be: 1 created" in words_of(response)
    assert not Source.objects.exists()
    assert not (archive_data / "sources").exists()


def test_texts_without_questions_are_taken_where_that_is_wanted(admin_client):
    speech = re.sub("Question: .*\n", "", TEXT)
    assert "1 refused" in words_of(add(admin_client, file("speech.txt", speech)))
    assert "1 created" in words_of(add(admin_client, file("speech.txt", speech), statements="on"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/ferry.txt", "ferry.txt"),
        ("C:\\texts\\ferry.txt", "ferry.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
    ],
)
def test_hostile_names_are_escaped_and_lead_nowhere(admin_client, name, kept):
    html = add(admin_client, file(name)).content.decode()
    assert "<img src=x" not in html
    source = Source.objects.get()
    assert source.name == kept
    download = admin_client.get(reverse("admin:interviews_source_file", args=[source.pk]))
    assert b"".join(download.streaming_content) == TEXT.encode()
    assert download["Content-Disposition"].startswith("attachment")
    assert download["Content-Type"] == "text/plain"
    assert "<img src=x" not in page(admin_client, "interviews_source_changelist").content.decode()


def test_hostile_text_is_escaped_in_the_report(admin_client):
    add(admin_client, file())
    response = add(admin_client, file(text=TEXT.replace("Monday", f"Monday <b>{HOSTILE.replace('script', 'q')}</b>")))
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize(
    ("files", "said", "complaint"),
    [
        ([], {}, "This field is required."),
        ([file(), file("sub/ferry.txt", UNDATED)], {}, "Two files are called ferry.txt"),
        ([file(f"{number}.txt") for number in range(51)], {}, "choose at most 50 at once"),
        ([file(), file("b.txt")], {"date": "2019-01-01"}, "choose one file"),
        ([file()], {"date": "0202-01-01"}, "greater than or equal to"),
        ([file()], {"encoding": "rot13"}, "Select a valid choice"),
        ([file()], {"origin": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_wrong_choice_is_told_and_nothing_is_added(admin_client, files, said, complaint):
    assert complaint in words_of(add(admin_client, *files, **said))
    assert not Source.objects.exists()


def test_files_that_are_too_many_bytes_together_are_not_read(admin_client, monkeypatch):
    monkeypatch.setattr(upload, "MOST_BYTES", 100)
    assert "Together they have more than" in words_of(add(admin_client, file()))


def test_other_kinds_of_files_are_refused_one_by_one(admin_client):
    words = words_of(add(admin_client, file("ferry.pdf", b"%PDF-1.4"), file()))
    assert "1 created, 0 updated, 0 unchanged, 1 refused" in words
    assert "Only files that end in" in words


def test_samples_and_real_texts_are_never_mixed(admin_client):
    make_interview(sample=True)
    assert "remove_samples" in words_of(add(admin_client, file()))
    assert not Source.objects.exists()


def test_upload_beside_another_ingest_says_so(admin_client):
    with alone():
        response = add(admin_client, file())
    assert "Another ingest is running; try again in a moment." in words_of(response)
    assert not Source.objects.exists()


def test_only_who_may_add_sources_adds_texts(client, texts):
    ingest(texts("ferry.txt"))
    again = reverse("admin:interviews_reading_again", args=[Reading.objects.get().pk])
    download = reverse("admin:interviews_source_file", args=[Source.objects.get().pk])
    client.force_login(user_with("view_source", "view_reading"))
    assert client.get(ADD).status_code == client.post(ADD, {"files": file()}).status_code == 403
    assert client.get(again).status_code == client.post(again).status_code == 403
    assert b"".join(client.get(download).streaming_content) == TEXT.encode()
    assert ADD not in page(client, "index").content.decode()
    User.objects.all().delete()
    client.force_login(user_with("add_source"))
    assert client.get(ADD).status_code == client.get(again).status_code == 200
    assert client.get(download).status_code == 403


# Reading again


def read_again(client, reading, **said):
    response = client.post(reverse("admin:interviews_reading_again", args=[reading.pk]), said)
    assert response.status_code == 200
    return response


@pytest.fixture
def misread(texts):
    """A text that somebody read in a wrong encoding, under the right one's bytes."""
    ingest(texts("ferry.txt", TEXT.replace("ferry", "café").encode("cp1252")), encoding="cp1251")
    return Reading.objects.get()


def test_kept_bytes_are_read_again_in_another_encoding(admin_client, misread):
    assert "cafй" in Turn.objects.get(number="q1").text
    response = read_again(admin_client, misread, encoding="windows-1252")
    assert "1 updated" in words_of(response)
    assert "café" in Turn.objects.get(number="q1").text
    assert Interview.objects.count() == Reading.objects.count() == 1


def test_encoding_that_was_named_gives_way_to_detection(admin_client, misread):
    assert "As before: " in words_of(page(admin_client, "interviews_reading_again", misread.pk))
    assert "1 unchanged" in words_of(read_again(admin_client, misread))
    assert "1 updated" in words_of(read_again(admin_client, misread, encoding="detect"))
    assert "café" in Turn.objects.get(number="q1").text
    assert "1 unchanged" in words_of(read_again(admin_client, Reading.objects.get(), encoding="detect"))


def test_reading_again_can_be_tried_first(admin_client, misread):
    assert "It would be: " in words_of(read_again(admin_client, misread, encoding="windows-1252", dry_run="on"))
    assert "cafй" in Turn.objects.get(number="q1").text


def test_lost_bytes_cannot_be_read_again(admin_client, misread):
    misread.source.path.unlink()
    assert "It cannot be read" in words_of(read_again(admin_client, misread, encoding="windows-1252"))


def test_only_the_newest_version_is_read_again(admin_client, texts):
    path = texts("ferry.txt")
    ingest(path)
    first = Reading.objects.get()
    path.write_text(TEXT.replace("Monday", "Sunday"))
    ingest(path)
    assert "A later version of this text" in words_of(read_again(admin_client, first, encoding="windows-1252"))
    assert "Sunday" in Turn.objects.get(number="a1").text


def test_who_may_only_add_sources_adds_new_texts_and_changes_none(client, texts):
    ingest(texts("ferry.txt"))
    client.force_login(user_with("add_source"))
    newer, new = TEXT.replace("Monday", "Sunday"), UNDATED.replace("ferry", "train")
    words = words_of(add(client, file(text=newer), file("train.txt", new)))
    assert "1 created, 0 updated, 0 unchanged, 1 refused" in words
    assert "you may only add new ones" in words
    assert "Monday" in Turn.objects.get(number="a1", interview__status="published").text
    assert Source.objects.count() == Reading.objects.count() == 2


def test_who_may_change_interviews_adds_new_versions(client, texts):
    ingest(texts("ferry.txt"))
    client.force_login(user_with("add_source", "change_interview"))
    add(client, file(text=TEXT.replace("Monday", "Sunday")))
    assert "Sunday" in Turn.objects.get(number="a1").text


# Other kinds of texts

SAVED_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferries</title><script>alert(1)</script></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>{title}</h1>{paragraphs}</article>
<img src=x onerror="alert(2)"><footer>All rights reserved</footer></body></html>"""


def saved_page(text=TEXT):
    title, *paragraphs = text.strip().split("\n\n")
    return SAVED_PAGE.format(title=title, paragraphs="".join(f"<p>{each}</p>" for each in paragraphs))


KINDS_OF_TEXTS = {
    "ferry.html": saved_page(),
    "ferry.htm": saved_page(),
    "ferry.md": "---\ntitle: Ferries\ndate: 2019-03-05\n---\n\n" + TEXT.replace("Question:", "**Question:**"),
    "ferry.xml": f"<rss><channel><item><title>Ferries</title><description><![CDATA[{saved_page()}]]></description>"
    "<pubDate>Tue, 05 Mar 2019 10:00:00 GMT</pubDate></item></channel></rss>",
}


@pytest.mark.parametrize("name", KINDS_OF_TEXTS)
def test_other_kinds_of_texts_are_added_and_read(admin_client, name):
    assert "1 created" in words_of(add(admin_client, file(name, KINDS_OF_TEXTS[name])))
    assert list(Turn.objects.order_by("position").values_list("number", flat=True)) == [
        "q1",
        "a1",
        "q2",
        "a2",
        "q3",
        "a3",
    ]
    assert Turn.objects.get(number="q1").text == "Minister, is the ferry to Libya running again?"
    assert Interview.objects.get().dated == "2019/03/05"


def test_hostile_page_is_kept_as_it_came_and_shown_as_text(admin_client):
    hostile = saved_page(TEXT.replace("Monday", "Monday<script>alert(3)</script><svg onload=alert(4)> &lt;b&gt;bold"))
    report = add(admin_client, file("ferry.html", hostile)).content.decode()
    source, interview = Source.objects.get(), Interview.objects.get()
    pages = [admin_client.get(f"/admin/interviews/interview/{interview.pk}/{name}/") for name in ("preview", "source")]
    answer = interview.turns.get(number="a1")
    pages += [admin_client.get(interview.get_absolute_url()), page(admin_client, "interviews_turn_change", answer.pk)]
    for html in (report, *(response.content.decode() for response in pages)):
        assert not [tag for tag in ("<script>alert", "<svg onload", "<img src=x", "<b>bold") if tag in html]
    download = admin_client.get(reverse("admin:interviews_source_file", args=[source.pk]))
    assert b"".join(download.streaming_content) == hostile.encode()
    assert (download["Content-Type"], download["X-Content-Type-Options"]) == ("text/plain", "nosniff")
