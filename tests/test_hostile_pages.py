"""A hostile text, ingested: every page shows it as words, and none of it acts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

from interviews.models import Interview, Reading, Source
from interviews.search.index.upkeep import reindex

from ingesting import ingest
from pages_factory import words_of

STATIC = Path(__file__).resolve().parent.parent / "static"
pytestmark = pytest.mark.django_db
ACTING = {"iframe", "object", "embed", "base", "applet", "frame", "img", "script"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data"}
ORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
PAGE = """<html><head><title>Talks "><script>alert(1)</script></title><base href="//evil.example/">
<meta name="author" content='"><img src=x onerror=alert(2)>'>
<meta property="og:url" content="javascript:alert(3)"></head><body onload="alert(4)">
<h1>Runa Solberg's interview with Il Molo &lt;script&gt;alert(5)&lt;/script&gt;, 5 March 2019</h1>
<script>alert(6)</script><svg onload="alert(7)"><text>x</text></svg><iframe src="javascript:alert(8)"></iframe>
<p><b>Question:</b> Is the ferry <img src=x onerror="alert(9)"> running? &lt;script&gt;alert(10)&lt;/script&gt;</p>
<p><b>Runa Solberg:</b> It runs to <a href="javascript:alert(11)" onclick="alert(12)">Libya</a>
&lt;img src=x onerror=alert(13)&gt; &lt;iframe src="data:text/html,x"&gt; and back.</p>
<p><b>Question:</b> Who pays for it, &quot; onmouseover=&quot;alert(14)?</p>
<p><b>Runa Solberg:</b> Both banks pay <object data="x"></object><embed src="x"> &amp;lt;b&amp;gt; as ever.</p>
"""
PLAIN = """Runa Solberg's interview with Il Molo <script>alert(1)</script>, 5 March 2019

Question: Is the ferry <img src=x onerror=alert(2)> running to Libya?

Runa Solberg: It runs </p><script>alert(3)</script> to Libya. [a link](javascript:alert(4)) "><svg onload=alert(5)>

Question: Who pays for {{ settings.SECRET_KEY }} {% debug %}?

Runa Solberg <b onclick=alert(6)>: Both banks pay \u202efor it\u202c as ever, {{ request }} <!-- and --> so on.
"""


class Acting(HTMLParser):
    """Collects the elements and attributes of a page that do something and are not the archive's own."""

    def __init__(self, response):
        super().__init__()
        self.found = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        is_own = (values.get("src") or "").startswith(("/static/", "/admin/jsi18n/"))
        is_own |= values == {"type": "application/ld+json"}  # browsers do not run data
        if tag in ACTING and not is_own:
            self.found.append(f"{tag} {values}")
        self.found += [name for name in values if name.startswith("on")]
        places = [(values[name] or "").strip().lower() for name in values if name in ADDRESSES]
        self.found += [place for place in places if place.startswith(("javascript:", "data:", "vbscript:", "//evil"))]


def every_page(interview):
    yield from (reverse(f"interviews:{name}") for name in ("home", "search", "interview-list", "person-list"))
    yield interview.get_absolute_url()
    yield f"{interview.get_absolute_url()}source/"
    yield from (turn.get_absolute_url() for turn in interview.turns.current())
    for words in ("ferry", "alert", "<script>alert(3)</script>", '"><svg onload=alert(5)>', "javascript:alert(1)"):
        yield f"{reverse('interviews:search')}?q={words}"


def every_admin_page(interview):
    for model in ("interview", "source", "reading", "entity"):
        yield reverse(f"admin:interviews_{model}_changelist")
    yield reverse("admin:interviews_interview_change", args=[interview.pk])
    yield from (reverse("admin:interviews_turn_change", args=[turn.pk]) for turn in interview.turns.all())
    yield from (reverse("admin:interviews_reading_change", args=[row.pk]) for row in Reading.objects.all())
    yield from (reverse("admin:interviews_source_change", args=[row.pk]) for row in Source.objects.all())


@pytest.fixture(params=[("talks.html", PAGE), ("talks.txt", PLAIN)], ids=["html", "plain"])
def interview(request, texts):
    name, text = request.param
    texts(f"<script>alert(0)<!-- {name}", text)
    assert ingest(texts.folder)["created"] == 1
    interview = Interview.objects.get()
    Interview.objects.update(status="published")
    reindex()
    return interview


def test_no_page_lets_a_text_act(client, interview):
    for address in every_page(interview):
        response = client.get(address)
        assert response.status_code == 200, address
        assert not Acting(response).found, address
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]


def test_no_page_of_the_admin_lets_a_text_act(admin_client, interview):
    for address in every_admin_page(interview):
        response = admin_client.get(address)
        assert response.status_code == 200, address
        assert not Acting(response).found, address


def test_templates_in_a_text_are_words(client, texts):
    texts("talks.txt", PLAIN)
    ingest(texts.folder)
    page = words_of(client.get(Interview.objects.get().get_absolute_url()))
    assert "{{ settings.SECRET_KEY }} {% debug %}" in page or "SECRET_KEY" not in page
    assert "{{ request }}" in page or "request" not in page


def test_orders_to_write_backwards_reach_no_page_but_the_source(client, texts):
    texts("talks.md", f'---\ntitle: "Talks \\u202ein winter"\nplace: "\u202eOslo"\n---\n{PLAIN}')
    ingest(texts.folder)
    interview = Interview.objects.get()
    interview.status = "published"
    interview.save()
    for address in every_page(interview):
        if not address.endswith("/source/"):
            assert not ORDERS.search(client.get(address).content.decode()), address


def test_source_isolates_each_stretch():
    # An order to write backwards turns the words of its stretch, never what stands beside it.
    assert re.search(r"\.stretch \{[^}]*unicode-bidi: isolate", (STATIC / "css" / "source.css").read_text())
