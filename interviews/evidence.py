"""The sentence in which a turn speaks of something: why it stands on the page of that entity."""

from django.utils.html import format_html

from interviews.asking import SENTENCE_END
from interviews.tagging.tags import marks_of

LONGEST = 320  # characters of a sentence that are shown


def sentence_about(turn, entity):
    """Return the sentence in which a turn first names an entity, as safe HTML with the name in <mark>.

    '' where it names it nowhere: a curator said of the whole turn that it speaks of it. Many turns are asked for with
    `with_tags()`.
    """
    mark = next((mark for mark in marks_of(turn) if mark.entity == entity), None)
    return marked_sentence(turn.text, mark) if mark else ""


def marked_sentence(text, mark):
    """Return the sentence of a text that holds a mark, or a mention, as safe HTML with its words in <mark>."""
    start, end = sentence_around(text, mark.start, mark.end)
    first, last = shortened_to(text, start, end, mark)
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "…" if first > start else "",
        text[first : mark.start],
        text[mark.start : mark.end],
        text[mark.end : last],
        "…" if last < end else "",
    )


def sentence_around(text, start, end):
    """Return where the sentence that holds text[start:end] begins and ends, within its paragraph."""
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    last = len(text) if last < 0 else last
    ends = [found.end() for found in SENTENCE_END.finditer(text, first, last)]
    begins = max((place for place in ends if place <= start), default=first)
    finishes = min((place for place in ends if place >= end), default=last)
    return begins, finishes


def shortened_to(text, start, end, mark):
    """Return the part of a long sentence that is shown: the words around the mark, whole."""
    beside = max(0, LONGEST - (mark.end - mark.start)) // 2
    if end - start <= LONGEST:
        return start, end
    first, last = max(start, mark.start - beside), min(end, mark.end + beside)
    if first > start:
        first = text.find(" ", first, mark.start) + 1 or first
    if last < end:
        space = text.rfind(" ", mark.end, last)
        last = space if space > 0 else last
    return first, last
