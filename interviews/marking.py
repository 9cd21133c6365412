"""The text of a turn as a page shows it: paragraphs, with a link where an entity is first spoken of."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from interviews.tagging.tags import marks_of


def marked_paragraphs(turn):
    """Return [(anchor, safe HTML), ...] of the paragraphs: everything escaped, the first mention of each entity linked.

    What curators rejected is not linked; what they replaced leads to the replacement.
    Many turns are asked for with `with_tags()`.
    """
    links, start, marked = _links(turn), 0, []
    for count, paragraph in enumerate(turn.paragraphs, start=1):
        end = start + len(paragraph)
        html = _with_links(turn.text, start, end, [link for link in links if start <= link[0] < end])
        marked.append((f"{turn.number}-p{count}", html))
        start = end + 2
    return marked


def _links(turn):
    """[(start, end, entity), ...] of the first mark of each entity, in order, without overlaps."""
    links, linked, reached = [], set(), 0
    for mark in marks_of(turn):
        if mark.entity not in linked and mark.start >= reached:
            links.append((mark.start, mark.end, mark.entity))
            linked.add(mark.entity)
            reached = mark.end
    return links


def _with_links(text, start, end, links):
    html = SafeString("")
    for link_start, link_end, entity in links:
        html += conditional_escape(text[start:link_start])
        html += format_html('<a class="entity" href="{}">{}</a>', entity.address, text[link_start:link_end])
        start = link_end
    return html + conditional_escape(text[start:end])
