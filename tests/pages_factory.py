"""What the tests of pages need beyond `archive_factory`: sources, and a way to look at a page."""

import hashlib
import re
from html import unescape

from interviews.models import Reading, Source


def add_source(interview, data=b"Q: What comes next?\nA: Talks come next.\n", *, encoding="utf-8", **fields):
    """Give an interview a source of these bytes, kept where the archive keeps them, and return it."""
    source = Source.objects.create(
        sha256=hashlib.sha256(data).hexdigest(), name="2019/talks.txt", size=len(data), **fields
    )
    source.path.parent.mkdir(parents=True)
    source.path.write_bytes(data)
    Reading.objects.create(source=source, interview=interview, layout="label", encoding=encoding, parser_version="1")
    return source


def words_of(response):
    """The words that a reader sees on a page, on one line."""
    html = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub("</?(?:bdi|em)>", "", html))).split())


def title_of(response):
    return unescape(re.search("<title>(.*?)</title>", response.content.decode(), flags=re.DOTALL)[1])


def links_and_words(response):
    """[(address, words), ...] of the links of a page, in order."""
    return [
        (unescape(href), " ".join(unescape(re.sub(r"<[^>]*>", "", inner)).split()))
        for href, inner in re.findall(
            r"""<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>""", response.content.decode(), flags=re.DOTALL
        )
    ]


def total_of(client, address):
    """How many answers a search finds, by the address of any of its pages."""
    return client.get(f"{unescape(address)}&format=json").json()["total"]


def links_of(response):
    """The addresses that a page links to, in order."""
    return [unescape(href) for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', response.content.decode())]
