"""The text of an interview to take away: plain, Markdown, TEI."""

from .facts import Facts, facts_of
from .markdown import as_markdown
from .plain import as_plain_text
from .tei import as_tei

__all__ = ["Facts", "as_markdown", "as_plain_text", "as_tei", "facts_of"]
