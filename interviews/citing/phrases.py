"""The words of a citation, from which its plain text and its HTML are made.

A phrase is a tuple of strings, which belong to the form of the citation, and of `Own`, words that others wrote: a name,
a title. Those may run from right to left, so each is isolated from its neighbours in HTML.
"""

import re
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

INNER_QUOTES = {"“": "‘", "”": "’", "„": "‚"}
STRAIGHT_PAIR = re.compile('"([^"]*)"')
ENDS_IN_STOP = re.compile(r"\w\w[”’»\")]?\.$")  # but not in an abbreviation: U.S.
TERMINAL = (".", "?", "!", "…", "。", "؟")


class Own(NamedTuple):
    """Words that others wrote."""

    text: str
    italic: bool = False


def plain(phrase):
    """Return a phrase as text."""
    return "".join(part.text if isinstance(part, Own) else part for part in phrase)


def html(phrase):
    """Return a phrase as HTML: italics as <i>, the words of others in <bdi>, all escaped."""
    return format_html_join("", "{}", ([_marked(part)] for part in phrase))


def _marked(part):
    if not isinstance(part, Own):
        return part
    words = format_html("<i>{}</i>", part.text) if part.italic else part.text
    return format_html("<bdi>{}</bdi>", words)


def quoted(title, mark):
    """Return a title in quotation marks, `mark` before the closing ones; nothing for none.

    Its own quotation marks become single (Chicago 13.30), a full stop at its end gives way. A full stop is left out
    after a title that ends in another mark (Chicago 6.124), a comma is not (6.125).
    """
    if not title:
        return ()
    title = without_stop(title)
    inside = STRAIGHT_PAIR.sub(r"‘\1’", title).translate(str.maketrans(INNER_QUOTES))
    closing = "’" if title.endswith(("”", '"')) else ""
    inside = without_stop(inside.removesuffix(closing))
    ended = mark == "." and inside.rstrip("’‘»").endswith(TERMINAL)
    return ("“", Own(inside), "" if ended else mark, f"{closing}”")


def without_stop(title):
    """Return a title without the full stop at its end; that of an abbreviation is its own."""
    return title[:-1] if ENDS_IN_STOP.search(title) else title


def closed(phrase):
    """Return a phrase with its full stop, unless it brings its end; an empty one stays empty."""
    text = plain(phrase).rstrip("”’")
    return (*phrase, ".") if text and not text.endswith(TERMINAL) else tuple(phrase)


def joined(phrases, between=" "):
    """Return the phrases that say something as one."""
    spoken = [tuple(phrase) for phrase in phrases if plain(phrase)]
    return tuple(part for place, phrase in enumerate(spoken) for part in ((between,) if place else ()) + phrase)


def enumerated(phrases, *, last=" and ", comma_before_last=True):
    """Return “a”, “a and b”, “a, b, and c”."""
    *before, final = phrases
    if not before:
        return tuple(final)
    link = f",{last}" if comma_before_last and len(before) > 1 else last
    return (*joined(before, ", "), link, *final)
