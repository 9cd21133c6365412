"""The text of a turn as a page shows it: paragraphs, in which the names of what is spoken of are links."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from interviews.tagging.tags import marks_of


def marked_paragraphs(turn):
    """Return [(anchor, safe HTML), ...] of the paragraphs: everything escaped, each entity linked where first named.

    What stands is what curators decided, else what the tagger is sure enough of; of names within names the longest.
    Many turns are asked for with `with_tags()`.
    """
    links = list(_links(turn))
    return [
        (
            anchor,
            _with_links(turn.text, start, end, [link for link in links if start <= link.start and link.end <= end]),
        )
        for anchor, start, end in _paragraphs(turn)
    ]


def plain_paragraphs(turn):
    """Return the same without links."""
    return [(anchor, conditional_escape(turn.text[start:end])) for anchor, start, end in _paragraphs(turn)]


def _paragraphs(turn):
    start = 0
    for count, paragraph in enumerate(turn.paragraphs, start=1):
        yield f"{turn.number}-p{count}", start, start + len(paragraph)
        start += len(paragraph) + 2


def _links(turn):
    """The marks that are links, in order, none within another."""
    linked, reached = set(), 0
    for mark in marks_of(turn):
        if mark.start >= reached and mark.entity not in linked:
            yield mark
            linked.add(mark.entity)
            reached = mark.end


def _with_links(text, start, end, links):
    html = SafeString("")
    for mark in links:
        html += conditional_escape(text[start : mark.start])
        html += _link(mark.entity, text[mark.start : mark.end])
        start = mark.end
    return html + conditional_escape(text[start:end])


def _link(entity, words):
    """The words as a link that says what kind of thing it leads to, and its name where the words are others."""
    kind = entity.get_kind_display()
    said = kind if words == entity.name else f"{kind}: {entity.name}"
    return format_html('<a class="entity is-{}" href="{}" title="{}">{}</a>', entity.kind, entity.address, said, words)
