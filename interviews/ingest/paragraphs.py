"""Paragraphs: printed lines joined again where only the page, not the speaker, had ended them."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from interviews.ingest.lines import Ending, Fragment, Line, Lines

FINISHED = Ending(r"""[.?!…:;؟。？！»”"’'“)\]—–]|\s-""")
LIST_ITEM = re.compile(r"\s*(?:[-–—•·*]\s|\(?\d{1,2}[.)°º]|\(?[a-z]\)|\(?[ivx]{1,4}\))")
HYPHEN = re.compile(r"[^\W\d_]-$")
SOFT_HYPHEN = "\u00ad"
HEADING_LENGTH, HEADING_WORDS = 40, 6
WRAP_FROM, WRAP_TO = 45, 105


class Breaks(Enum):
    """What ends a paragraph in a text: an empty line, every line end, or only the end of a speech."""

    EMPTY_LINE = "empty line"
    LINE = "line"
    SPEECH = "speech"


class Paragraph(NamedTuple):
    """One paragraph of a speech: its text with single spaces, and the fragments it is made of."""

    text: str
    fragments: tuple[Fragment, ...]


def breaks_of(lines: Sequence[Line]) -> Breaks:
    """Tell how a text breaks its paragraphs.

    Lines of nearly one length that follow each other directly were wrapped; where an empty line follows every
    printed line and most lines run on, empty lines mean nothing.
    """
    pairs = list(pairwise(lines))
    spaced = [line for line, after in pairs if after.gap]
    if len(spaced) * 10 > len(pairs) * 9 and _mostly_running_on(spaced):
        return Breaks.SPEECH
    direct = sorted(len(line.text) for line, after in pairs if not after.gap)
    if not direct:
        return Breaks.EMPTY_LINE
    usual_full_line = direct[len(direct) * 3 // 4]
    return Breaks.EMPTY_LINE if WRAP_FROM <= usual_full_line <= WRAP_TO else Breaks.LINE


def blocks_of(lines: Lines) -> list[range]:
    """Return the indexes of the lines of each paragraph, before anything is known about speeches."""
    breaks = lines.once(breaks_of)
    blocks = []
    for index, line in enumerate(lines):
        if blocks and not line.gap and breaks is not Breaks.LINE:
            blocks[-1] = range(blocks[-1].start, index + 1)
        else:
            blocks.append(range(index, index + 1))
    return blocks


def _mostly_running_on(lines):
    return len(lines) > 20 and sum(not FINISHED.search(line.text) for line in lines) * 2 > len(lines)


def paragraphs(fragments: Iterable[Fragment], breaks: Breaks) -> list[Paragraph]:
    """Return the paragraphs of one speech; a part without an end joins what follows, over page breaks too."""
    groups = []
    for fragment in fragments:
        text = fragment.text.strip()
        if "  " in text:
            text = " ".join(text.split())
        if not text:
            continue
        if groups and not _begins_paragraph(groups[-1], fragment, text, breaks):
            groups[-1].append((text, fragment))
        else:
            groups.append([(text, fragment)])
    return [Paragraph(_joined(text for text, _ in group), tuple(fragment for _, fragment in group)) for group in groups]


def _begins_paragraph(group, fragment, text, breaks):
    before = group[-1][0]
    if breaks is Breaks.SPEECH or fragment.start:
        return False
    if not fragment.gap and breaks is Breaks.EMPTY_LINE:
        return bool(LIST_ITEM.match(text)) and bool(FINISHED.search(before))
    if LIST_ITEM.match(text) or FINISHED.search(before):
        return True
    return len(group) == 1 and _is_heading(before, text) and not _page_between(group[-1][1], fragment)


def _is_heading(text, following):
    """A few words on a line of their own before a capital: a heading, an item of a list, a salutation."""
    return len(text) < HEADING_LENGTH and len(text.split()) < HEADING_WORDS and not following[:1].islower()


def _page_between(fragment, following):
    """Whether lines were taken out between two fragments: the foot of a page and the head of the next."""
    return following.line.number - fragment.line.number - 1 > following.gap


def _joined(texts):
    """Join with a space; a word cut at its hyphen is put together, a soft hyphen goes."""
    parts = []
    for text in texts:
        if parts and not parts[-1].endswith(SOFT_HYPHEN):
            hyphenated = HYPHEN.search(parts[-1]) and text[:1].isalpha()
            parts.append("" if hyphenated else " ")
        parts.append(text)
    return "".join(parts).replace(SOFT_HYPHEN, "")
