"""An interview as Markdown (CommonMark), with its facts as YAML before it; no word of it reads as markup."""

import json
import re

from .facts import Facts

# What CommonMark could take for markup within a line: https://spec.commonmark.org/0.31.2/#backslash-escapes
INLINE = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
# At the start of a line also lists, rules and headings that are underlined, and numbered lists.
BULLET = re.compile(r"^([-+=:])", re.MULTILINE)
ORDERED = re.compile(r"^(\d+)([.)])", re.MULTILINE)
INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)


def as_markdown(facts: Facts, turns) -> str:
    """Return the whole text; of words that may not be passed on the facts alone, with the reason.

    A line of a paragraph ends in two spaces where the next begins: so Markdown keeps both.
    """
    said = [escaped(facts.withheld)] if facts.withheld else (_turn(turn, facts.root) for turn in turns)
    return "\n\n".join([_head(facts), f"# {escaped(_on_one_line(facts.interview.title))}", *said]) + "\n"


def escaped(words: str) -> str:
    """Return words that Markdown shows as they are.

    >>> escaped("1. *No* #tag")
    '1\\\\. \\\\*No\\\\* \\\\#tag'
    """
    words = INLINE.sub(r"\\\1", INDENTED.sub("", words))
    return ORDERED.sub(r"\1\\\2", BULLET.sub(r"\\\1", words))


def _head(facts):
    interview = facts.interview
    told = {
        "title": interview.title,
        "id": interview.identifier.urn,
        "permalink": facts.url,
        "people": facts.answering,
        "asked_by": facts.asking,
        "kind": interview.kind,
        "date": facts.date.machine if facts.date else "",
        "place": interview.place,
        "language": interview.language,
        "translation_of": facts.root + facts.original.get_absolute_url() if facts.original else "",
        "source": facts.origin,
        "licence": facts.licence,
        "archive": facts.archive,
        "sample": interview.sample,
    }
    # Every string of JSON is one of YAML: https://yaml.org/spec/1.2.2/#json-schema
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    return "\n".join(["---", *lines, "---"])


def _turn(turn, root):
    voice = f"**{escaped(_on_one_line(turn.speaker_name))}** " if turn.speaker_name else ""
    number = f"[{turn.number.capitalize()}]({root}{turn.get_absolute_url()})"
    paragraphs = ["  \n".join(escaped(each).splitlines()) for each in turn.paragraphs]
    heading = f"## {number}" if turn.kind == turn.Kind.QUESTION else number
    return "\n\n".join([f"{heading} {voice}".rstrip(), *paragraphs])


def _on_one_line(words):
    return " ".join(words.split())
