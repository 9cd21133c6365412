"""The history of an answer, and of an interview: what changed, when, by which file or which curator."""

import pytest

from interviews.models import Interview, Revision, Source, Turn
from interviews.versions import versions_of

from archive_factory import make_interview
from ingesting import TEXT, ingest
from pages_factory import links_and_words, links_of, words_of

pytestmark = pytest.mark.django_db
HOME = "/interviews/2019/03/05/il-molo/"
JOINED = ("\n\nQuestion: Will there be a third bridge?\n\nRuna Solberg: ", " ")


@pytest.fixture
def receive(texts):
    def receive(*replacements):
        text = TEXT
        for old, new in replacements:
            text = text.replace(old, new)
        return ingest(texts("ferry.txt", text))

    receive()
    return receive


def correct(number, text, *, reason=""):
    """Let a curator write other words."""
    turn = Turn.objects.get(number=number)
    Revision.of(turn, reason=reason).save()
    turn.text, turn.source_text = text, turn.text
    turn.save()


def test_words_that_never_changed_have_a_history_too(client, receive):
    response = client.get(f"{HOME}a2/history/")
    assert response.status_code == 200
    assert "These words have not changed since they came into this archive." in words_of(response)
    assert "Both banks pay, each for its own half" in words_of(response)
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_versions_are_told_newest_first_with_their_differences_and_files(client, receive):
    receive(("Both banks", "Both shores"))
    correct("a2", "Both shores pay.", reason="He said no more.")
    words = words_of(client.get(f"{HOME}a2/history/"))
    third, second, first = (words.index(f"Version {number}") for number in (3, 2, 1))
    assert third < second < first
    assert "Corrected by a curator: He said no more." in words[third:second]
    assert "Taken out: pay, each for its own half, as they always did." in words[third:second]
    assert "Taken out: banks (end of what was taken out) Added: shores (end of what was added)" in words[second:first]
    assert "Both banks pay, each for its own half, as they always did." in words[first:]


def test_every_version_can_be_read_whole_and_seen_in_its_file(client, receive):
    receive(("Both banks", "Both shores"))
    links = links_of(client.get(f"{HOME}a2/history/"))
    former = versions_of(Turn.objects.get(number="a2"))[1]
    assert {f"{HOME}a2/", f"{HOME}a2/?v={former.short}"} <= set(links)
    files = [f"{HOME}source/?file={source.sha256[:8]}#a2" for source in Source.objects.order_by("-received_at")]
    assert [link for link in links if "file=" in link] == files
    assert all(client.get(file).status_code == 200 for file in files)


def test_history_of_an_answer_tells_of_its_question(client, receive):
    assert "Not changed since it came into this archive." in words_of(client.get(f"{HOME}a2/history/"))
    receive(("Who pays", "Who will pay"))
    response = client.get(f"{HOME}a2/history/")
    assert (f"{HOME}q2/history/", "its 2 versions") in links_and_words(response)
    assert client.get(f"{HOME}q2/history/").status_code == 200


def test_merged_answer_keeps_its_own_history_and_both_tell_of_the_other(client, receive):
    receive(JOINED)
    merged, into = client.get(f"{HOME}a3/history/"), client.get(f"{HOME}a2/history/")
    assert merged.status_code == 200
    assert "these words became part of answer 2 ." in words_of(merged)
    assert "Ask me when the second one stands." in words_of(merged)
    assert "Answer 3 was joined to it on" in words_of(into)
    assert f"{HOME}a3/history/" in links_of(into)


def test_history_of_a_withdrawn_answer_is_gone_with_it(client, receive):
    Turn.objects.filter(number="a2").update(status="withdrawn", status_reason="It was not hers.")
    response = client.get(f"{HOME}a2/history/")
    assert response.status_code == 410
    assert "It was not hers." in words_of(response)


@pytest.mark.parametrize("part", ["a9/history/", "a2/history/b/", "a2/histories/"])
def test_history_that_there_is_not_is_not_found(client, receive, part):
    assert client.get(f"{HOME}{part}").status_code == 404


@pytest.mark.parametrize("part", ["history/", "a2/history/", "source/", "source/file/"])
def test_history_and_source_follow_an_interview_to_its_new_address(client, receive, part):
    receive(("5 March 2019", "6 March 2019"))
    response = client.get(f"{HOME}{part}")
    assert (response.status_code, response["Location"]) == (301, f"/interviews/2019/03/06/il-molo/{part}")
    found = client.get(response["Location"])
    assert found.status_code == 200
    found.close()


def test_cited_words_of_a_merged_answer_follow_an_interview_in_one_hop(client, receive):
    short = versions_of(Turn.objects.get(number="a3"))[0].short
    receive(JOINED, ("5 March 2019", "6 March 2019"))
    assert client.get(f"{HOME}a3/")["Location"] == "/interviews/2019/03/06/il-molo/a2/"
    cited = client.get(f"{HOME}a3/?v={short}")
    assert cited["Location"] == f"/interviews/2019/03/06/il-molo/a3/?v={short}"
    assert "Ask me when the second one stands." in words_of(client.get(cited["Location"]))


def test_history_of_an_interview_tells_what_each_file_and_curator_changed(client, receive):
    receive(("Both banks", "Both shores"), ("5 March 2019", "6 March 2019"), JOINED)
    correct("a1", "It has been running since Tuesday.", reason="So the recording.")
    words = words_of(client.get("/interviews/2019/03/06/il-molo/history/"))
    by_hand, later, first = (
        words.index(each) for each in ("A curator’s correction", "A later text", "First read from")
    )
    assert by_hand < later < first
    assert "Answer 1 : corrected: So the recording." in words[by_hand:later]
    assert "Answer 2 : reworded" in words[later:first]
    assert "Answer 3 : joined to answer 2" in words[later:first]
    assert "title: From Foreign Minister Runa Solberg's interview" in words[later:first]
    assert "address: From /interviews/2019/03/05/il-molo/ to /interviews/2019/03/06/il-molo/" in words[later:first]


def test_file_that_came_back_is_told_twice(client, receive):
    receive(("Both banks", "Both shores"))
    ingest(Source.objects.earliest("received_at").path, replaces=HOME)
    words = words_of(client.get(f"{HOME}history/"))
    assert words.count("Answer 2 : reworded") == 2
    assert words.count("First read from") == 1
    assert words.index("First read from") > words.rindex("Answer 2 : reworded")


def test_history_does_not_tell_what_changed_before_readers_could_see_it(client, receive):
    receive(("Both banks", "Both shores"))
    correct("a1", "It has been running since Tuesday.")
    Interview.objects.update(published_at="2100-01-01T00:00Z")
    words = words_of(client.get(f"{HOME}history/"))
    assert "First read from ferry.txt" in words
    assert "reworded" not in words
    assert "corrected" not in words


def test_interview_entered_by_hand_has_a_history(client):
    response = client.get(f"{make_interview().get_absolute_url()}history/")
    assert response.status_code == 200
    assert "The text was entered by hand" in words_of(response)


@pytest.mark.parametrize("name", ["00000000", "nonsense", "12", "\0"])
def test_file_that_the_interview_never_had_is_not_found(client, receive, name):
    assert client.get(f"{HOME}source/", {"file": name}).status_code == 404


def test_earlier_file_says_so_and_can_be_downloaded(client, receive):
    receive(("Both banks", "Both shores"))
    earlier = Source.objects.earliest("received_at")
    response = client.get(f"{HOME}source/?file={earlier.sha256[:8]}")
    assert "An earlier file, received on" in words_of(response)
    assert "An earlier file" not in words_of(client.get(f"{HOME}source/"))
    download = client.get(f"{HOME}source/file/?file={earlier.sha256[:8]}")
    assert b"Both banks" in b"".join(download.streaming_content)


@pytest.mark.parametrize("withheld", ["earliest", "latest"])
def test_no_earlier_file_is_passed_on_where_it_or_the_latest_is_withheld(client, receive, withheld):
    receive(("Both banks", "Both shores"))
    earlier = Source.objects.earliest("received_at")
    Source.objects.filter(pk=getattr(Source.objects, withheld)("received_at").pk).update(redistribute=False)
    assert client.get(f"{HOME}source/?file={earlier.sha256[:8]}").status_code == 403
