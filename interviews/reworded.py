"""What two versions of a text differ in, laid out to be read: in paragraphs, long unchanged stretches folded."""

from dataclasses import dataclass

from interviews.versions import PARAGRAPH_END, changes, is_unspaced, pieces_of
from interviews.wording import counted

AROUND = 14  # words that stay beside a change
FEWEST_FOLDED = 12
PILCROW = "¶"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are the `same`, `added` or `removed`, or `folded`, told by their number alone; `gap` comes after."""

    change: str
    text: str
    gap: str = ""


def reworded(old: str, new: str) -> list[list[Words]]:
    """Return the paragraphs of the new text with what was taken out and put in; nothing where the texts are the same.

    Where a paragraph now begins that did not, or begins no more, stands a pilcrow.
    """
    found = changes(old, new)
    if all(change == "same" for change, _ in found):
        return []
    return _in_paragraphs(_folded(found))


def _folded(found):
    """Yield (change, words), of long stretches that are the same only the words beside a change."""
    last = len(found) - 1
    for index, (change, text) in enumerate(found):
        pieces = pieces_of(text)
        start, end = AROUND if index else 0, len(pieces) - (AROUND if index < last else 0)
        if change != "same" or end - start < FEWEST_FOLDED:
            yield change, text
            continue
        yield "same", "".join(pieces[:start])
        yield "folded", _counted(pieces[start:end])
        yield "same", "".join(pieces[end:])


def _counted(pieces):
    unspaced = sum(map(is_unspaced, pieces))
    words = len(pieces) - pieces.count(PARAGRAPH_END)
    return counted(words, "character" if unspaced > words / 2 else "word")


def _in_paragraphs(found):
    """Return the words in the paragraphs of the new text; those of the old that are no more are marked within them."""
    paragraphs = [[]]
    for change, text in found:
        if change == "removed":
            paragraphs[-1].append(_words(change, text.replace(PARAGRAPH_END, f" {PILCROW} ")))
            continue
        *ended, rest = text.split(PARAGRAPH_END)
        for paragraph in ended:
            said = f"{paragraph} {PILCROW}" if change == "added" else paragraph
            paragraphs[-1].append(_words(change, said))
            paragraphs.append([])
        paragraphs[-1].append(_words(change, rest))
    spoken = ([words for words in paragraph if words.text] for paragraph in paragraphs)
    return [paragraph for paragraph in spoken if paragraph]


def _words(change, text):
    has_gap = text[-1:].isspace() or (change in ("removed", "folded") and not is_unspaced(text))
    return Words(change, text.strip(), " " if has_gap else "")
