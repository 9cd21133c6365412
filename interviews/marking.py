"""The text of a turn as a page shows it: paragraphs, in which the names of what is spoken of are links.

The words that the reader's link names (`Turn.passage`) are marked; nothing is put into the text for that, so that
browsers find it as it stands.
"""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from interviews.tagging.tags import marks_of


def marked_paragraphs(turn):
    """Return [(anchor, safe HTML), ...] of the paragraphs: everything escaped, each entity linked where first named.

    What stands is what curators decided, else what the tagger is sure enough of; of names within names the longest.
    Many turns are asked for with `with_tags()`.
    """
    return _marked(turn, list(_links(turn)))


def plain_paragraphs(turn):
    """Return the same without links."""
    return _marked(turn, [])


def _marked(turn, links):
    return [(anchor, _with_passage(turn, start, end, links)) for anchor, start, end in _paragraphs(turn)]


def _with_passage(turn, start, end, links):
    """A stretch of the text, with what belongs to the passage in a <mark>, of which the first has the anchor."""
    if turn.passage is None:
        return _with_links(turn.text, start, end, links)
    first, last = (min(max(place, start), end) for place in turn.passage)
    before, words, after = (
        _with_links(turn.text, *stretch, links) for stretch in ((start, first), (first, last), (last, end))
    )
    if not words:
        return before + after
    anchor = SafeString(' id="passage" tabindex="-1"') if first == turn.passage[0] else ""
    return format_html('{}<mark class="passage"{}>{}</mark>{}', before, anchor, words, after)


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
    """A stretch of the text with the links that are wholly in it."""
    html = SafeString("")
    for mark in links:
        if mark.start < start or mark.end > end:
            continue
        html += conditional_escape(text[start : mark.start])
        html += _link(mark.entity, text[mark.start : mark.end])
        start = mark.end
    return html + conditional_escape(text[start:end])


def _link(entity, words):
    """The words as a link that shows what kind of thing it leads to, and says its name where the words are others."""
    said = "" if words == entity.name else format_html(' title="{}: {}"', entity.get_kind_display(), entity.name)
    return format_html('<a class="entity is-{}" href="{}"{}>{}</a>', entity.kind, entity.address, said, words)
