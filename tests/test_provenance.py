"""The source beside what became of it: every character, each turn in its place."""

from html.parser import HTMLParser

import pytest

from interviews.models import Interview, Turn

from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db
ADDRESS = "/interviews/2019/03/05/il-molo/source/"


class _Page(HTMLParser):
    """Collects what stands in the <pre> elements, without the reasons, and the reasons."""

    def __init__(self, html):
        super().__init__()
        self.text, self.reasons, self.inside = "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("pre", "small"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if self.inside == ["pre"]:
            self.text += data
        elif self.inside == ["pre", "small"]:
            self.reasons.append(data)


def page(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_character_of_the_source_is_shown_once(texts, client):
    text = TEXT + "\n\n- 2 -\n\nPress office: tel. 0123 456 789 <script>alert(1)</script> &amp; more\n"
    ingest(texts("ferry.txt", text))
    html = page(client)
    assert _Page(html).text == text
    assert "<script>alert" not in html


def test_what_was_left_out_shows_its_reason(texts, client):
    ingest(texts("ferry.txt", TEXT.replace("\n\nThe first sailing", "\n\n- 2 -\n\nThe first sailing")))
    found = _Page(page(client))
    assert "page number" in found.reasons
    assert "title" in found.reasons


def test_each_turn_stands_beside_its_place(texts, client):
    ingest(texts("ferry.txt"))
    html = page(client)
    row = html.split('<li id="a2"')[1].split("</li>")[0]
    assert row.count("Both banks pay") == 2
    assert 'href="/interviews/2019/03/05/il-molo/a2/"' in row
    assert '<span class="stretch is-label">Runa Solberg:' in row


def test_answer_leads_to_its_place_in_the_source(texts, client):
    ingest(texts("ferry.txt"))
    assert f'href="{ADDRESS}#a2"' in page(client, "/interviews/2019/03/05/il-molo/a2/")


def test_corrected_text_stands_beside_the_words_of_the_source(texts, client):
    ingest(texts("ferry.txt"))
    turn = Turn.objects.get(number="a1")
    Turn.objects.filter(pk=turn.pk).update(text="It runs again.", source_text=turn.text)
    row = page(client).split('<li id="a1"')[1].split("</li>")[0]
    assert "It runs again." in row
    assert "It has been running since Monday." in row
    assert "A curator corrected this text." in row


def test_lost_file_is_not_found(texts, client):
    ingest(texts("ferry.txt"))
    Interview.objects.get().readings.get().source.path.unlink()
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}file/").status_code == 404


def test_queries_do_not_grow_with_the_turns(texts, client, django_assert_max_num_queries):
    more = "".join(f"\nQuestion: And bridge {n}?\n\nRuna Solberg: Bridge {n} stands.\n" for n in range(4, 60))
    ingest(texts("ferry.txt", TEXT + more))
    with django_assert_max_num_queries(12):
        page(client)
