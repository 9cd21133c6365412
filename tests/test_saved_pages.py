"""Pages saved from the sites of ministries and newspapers: what stands around the article is never spoken."""

import datetime

import pytest

from interviews.ingest.read import read_transcript
from interviews.models import Interview

from ingesting import ingest, numbers_and_texts

SPOKEN = [
    "Minister, is the ferry to Velna running again?",
    "It has been running since Monday. We agreed it with Velna in January, after two years of talks.",
    "Who pays for the second bridge?",
    "Both banks pay, each for its own half, as they always did.",
    "Will there be a third bridge?",
    "Ask me when the second one stands.",
]
LABELLED = "".join(
    f"<p><strong>{label}:</strong> {words}</p>\n"
    for label, words in zip(["Question", "Runa Solberg"] * 3, SPOKEN, strict=True)
)
BOLD = "".join(f"<p><b>{words}</b></p>" if index % 2 == 0 else f"<p>{words}</p>" for index, words in enumerate(SPOKEN))
TITLE = "Foreign Minister Runa Solberg's interview with Il Molo, 5 March 2019"

WORDPRESS = """<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{title} - Ministry</title>
<meta property="og:title" content="{title}"><style>.a > .b {{ color: red }}</style></head>
<body class="post-template-default single single-post has-sidebar">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title">Ministry</p>
<nav><ul id="primary-menu"><li><a href="/">Home</a></li><li><a href="/who">Who are we?</a></li></ul></nav></header>
<div id="content"><main id="main"><article id="post-12" class="post type-post">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta">Posted on <time datetime="2019-03-07T08:00:00+00:00">7 March 2019</time> by press</div></header>
<div class="entry-content">
<figure class="wp-block-image"><img src="a.jpg"><figcaption>Runa Solberg: on the quay</figcaption></figure>
{body}
<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="#">X</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>Question: who owns the lighthouse?</p></div>
</div></article>
<nav class="navigation post-navigation"><a href="/1">Previous: What is a fjord?</a></nav>
<div id="comments" class="comments-area"><h2>2 thoughts on the ferry</h2><ol><li><p>Anonymous: Nobody will ever use that
bridge, and I say that as somebody who has lived beside the river all my life.</p></li></ol>
<form action="/comment"><p>Leave a reply. Your address will not be published.</p><textarea></textarea></form></div>
</main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/2">Why not?
</a></li></ul></section></aside>
<footer id="colophon"><p>Question: does the footer speak? It never does, whatever the theme of the site.</p></footer>
<script>document.write("<p>Question: a script?</p>")</script></body></html>"""

DRUPAL = """<html><head><title>{title} | Ministry of Foreign Affairs</title><meta name="DC.date"
content="2019-03-05"></head><body><div class="dialog-off-canvas-main-canvas"><div role="banner">
<a href="/">Home</a><div class="block-language-switcher"><ul><li><a href="/fr">Français</a></li>
<li><a href="/de">Deutsch</a></li></ul></div></div><div class="region region-breadcrumb">
<div class="breadcrumb"><a href="/">Home</a> <a href="/n">News</a></div>
</div><h1 class="page-title">{title}</h1>
<div class="node__content"><div class="field field--name-body">{body}</div></div>
<div class="views-element-container"><h2>More interviews</h2><div><div class="views-row"><a href="/3">Question: why
?</a></div><div class="views-row"><a href="/4">What next?</a></div>
<div class="views-row"><a href="/5">Who?</a></div>
</div></div><div class="eu-cookie-compliance-banner cookie" role="alertdialog"><p>Question: do you accept our cookies?
We use them to count visits, to remember your language and to improve what we offer.</p></div></div></body></html>"""

BITRIX = """<html><head><title>{title}</title></head><body><table width="100%"><tr><td class="menu">
<a href="/">Главная</a> <a href="/a">Пресса</a> <a href="/b">Контакты</a></td></tr><tr><td>
<ul class="bx-breadcrumb"><li><a href="/">Главная</a></li><li><a href="/press">Пресса</a></li></ul>
<div class="news-detail"><h3>{title}</h3>{body}<div style="clear:both"></div>
<div class="news-detail-share"><noindex>Поделиться: <a href="#">VK</a> <a href="#">OK</a></noindex></div></div>
<p><a href="/list">Возврат к списку</a></p></td></tr><tr><td><div id="footer"><p>Вопрос: вы нашли ошибку? Выделите её и
нажмите две клавиши, и мы её исправим в тот же день.</p></div></td></tr></table></body></html>"""

GOVERNMENT = """<html><head><title>{title}</title></head><body><form method="post" action="./page.aspx" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="<p>Question: a field?</p>" />
<div id="top"><ul><li><a href="/a">A-Z</a></li><li><a href="/b">Contact</a></li><li><a href="/c">Search</a></li></ul>
</div><select name="language"><option>English</option><option>Français</option></select>
<div id="main-content"><h2>{title}</h2>
<!-- <p>Question: a comment?</p> -->
{body}</div><div style="display: none"><p>Question: is this hidden?</p></div>
<button>Question: print?</button></form></body></html>"""


@pytest.mark.parametrize("body", [LABELLED, BOLD], ids=["labelled", "bold"])
@pytest.mark.parametrize(
    "page", [WORDPRESS, DRUPAL, BITRIX, GOVERNMENT], ids=["wordpress", "drupal", "bitrix", "aspnet"]
)
def test_only_the_article_is_spoken(page, body):
    transcript = read_transcript(page.format(title=TITLE, body=body).encode())
    assert [" ".join(turn.paragraphs) for turn in transcript.turns] == SPOKEN
    assert [turn.kind for turn in transcript.turns] == ["question", "answer"] * 3
    assert transcript.header.title == TITLE
    assert transcript.header.date == datetime.date(2019, 3, 5)
    assert not [span for span in transcript.spans if span.detail == "unclaimed"]


HOSTILE = """<html><body><h1>{title}</h1>
<p><b>Question:</b> Minister, <img src=x onerror=alert(1)> is &lt;script&gt;alert(2)&lt;/script&gt; running?</p>
<p><b>Runa Solberg:</b> It is <a href="javascript:alert(3)">running</a>. <script>alert(4)</script>It is.</p>
<p><b>Question:</b> &#60;b onclick=alert(5)&#62;Why?</p>
<p><b>Runa Solberg:</b> &amp;lt;i&amp;gt; Because.</p></body></html>"""


@pytest.mark.django_db
def test_scripts_of_a_saved_page_are_shown_as_words_or_not_at_all(client, texts):
    report = ingest(texts("ferry.html", HOSTILE.format(title=TITLE)))
    assert report["created"] == 1
    assert numbers_and_texts()["q1"] == "Minister, is <script>alert(2)</script> running?"
    interview = Interview.objects.get()
    for turn in [None, *interview.turns.all()]:
        shown = client.get((turn or interview).get_absolute_url()).content.decode()
        for code in ("<script>alert", "<img src=x", "javascript:alert(3)", "<b onclick", "alert(4)"):
            assert code not in shown
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in client.get(interview.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_folder_of_pages_markdown_and_texts_is_taken_in(texts):
    body = "\n\n".join(f"**{words}**" if index % 2 == 0 else words for index, words in enumerate(SPOKEN))
    texts("a.htm", DRUPAL.format(title=TITLE, body=LABELLED))
    texts("b.md", f"---\ntitle: Talks by the water\ndate: 2020-01-02\n---\n\n{body.replace('ferry', 'steamer')}\n")
    texts("README.md", "# What these texts are\n\nQuestion: what?\n\nAnswer: texts.\n")
    report = ingest(texts.folder)
    assert (report["created"], report["refused"]) == (2, 0)
