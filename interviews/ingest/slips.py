"""Labels that a scanner or a typist damaged: JOIJRNALIST, SECRETAR BLINKEN, “REDHEAD; …”, “0 : …” for “Q: …”.

They are known by their likeness to labels that the same text uses undamaged, and by their place between others.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interviews.ingest.labels import Mark, is_ordinary, office_in, part_of
from interviews.ingest.likeness import (
    LEAST_LETTERS,
    MOST_SLIPS,
    distance,
    is_slip_of,
    misspelt,
    parts_of_word,
)
from interviews.ingest.lines import Lines
from interviews.ingest.short_slips import CLOSED, SENTENCE_START, with_short
from interviews.ingest.words import key, letters_of

TOKEN = re.compile(r"\S+")
AFTER = re.compile(r"[\s.:;·,'’$]*")
SEPARATOR = re.compile(r"[^\s\w]*[:;]|\s?[:;.·]")
# Each ends where a label may begin; the rarest sign stands first, so that most of a text is passed over.
GLUED = re.compile(r"\s(?=[A-Z][A-Z0-9 .]{3,24}\s?[:;])(?<=[a-z]\s)")
CAPITALS = re.compile(r"\W{0,2}(?:[A-Z]\W{0,3}[A-Z0-9]|\d[A-Z])")
WORD = re.compile(r"[^\W\d_]+")
STEM = re.compile(r"[A-Z]{4,20}")
MOST_LABELS = 12
FEWEST_STEMS = 3
RARE = 3
HEADLINE = 150


def mended(lines: Lines, marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks with damaged labels among and between them, each under the label that it stands for."""
    usual = _usual(lines, marks)
    if not usual:
        return list(marks)
    often = Counter(mark.label for mark in marks)
    kept = [mark if mark.label in usual or mark.part else _relabelled(mark, usual, often[mark.label]) for mark in marks]
    taken = {mark.place: mark.end for mark in marks}
    long = [_Wanted.of(label) for label in usual if len(letters_of(label)) >= LEAST_LETTERS]
    found = [mark for index in range(len(lines)) for mark in _in_line(index, lines, long, usual, taken)]
    found = [mark for mark in found if not _is_heading(mark, min(taken))]
    order = sorted(kept + found, key=lambda mark: mark.place)
    return with_short(lines, order, usual)


def _is_heading(mark, first):
    """Whether a name without its colon stands above the first label: it is a title or a byline there."""
    is_bare = key(mark.written) == key(mark.label) and mark.written[-1] not in ":;"
    return mark.place < first and (not mark.label.isupper() or is_bare)


def _usual(lines, marks):
    """Return the labels that are used often, as written; of two that are nearly the same the more frequent."""
    often = Counter(mark.label for mark in marks if not mark.part)
    if not often:
        return []
    bare = Counter(line.text for line in lines if line.text in often)
    often = (often + bare) | _stems(lines)
    usual = {}
    for label, count in often.most_common(MOST_LABELS):
        if (count > 1 or part_of(label)) and not any(
            _is_rare_slip(label, count, other, usual[other]) for other in usual
        ):
            usual[label] = count
    return usual


def _is_rare_slip(label, count, other, usual):
    return count * RARE <= usual and is_slip_of(label, other)


def _stems(lines):
    """Count the capitals with which lines begin where something other than a colon ends them: “NICOLLt It was …”."""
    stems = Counter()
    for line in lines:
        found = STEM.match(line.text)
        if found and line.text[found.end() : found.end() + 1] not in (" ", ""):
            stems[found[0]] += 1
    return Counter({stem: count for stem, count in stems.items() if count >= FEWEST_STEMS})


def _relabelled(mark, usual, count):
    """Return a mark under the label that it is a rare slip of, if any; Mr Hall beside Mr Hale is none."""
    likely = [
        label
        for label in usual
        if count * RARE <= usual[label] or part_of(label) or letters_of(label) == letters_of(mark.label)
    ]
    meant = misspelt(mark.label, likely)
    return mark._replace(label=meant, written=mark.label) if meant else mark


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A label whose damaged forms are sought: its letters, how many may be wrong, its parts (`parts_of_word`)."""

    label: str
    letters: str
    most_slips: int
    parts: tuple[str, ...]

    @classmethod
    def of(cls, label):
        letters = letters_of(label)
        most = min(len(letters) // 4, MOST_SLIPS - 1)
        return cls(label, letters, most, parts_of_word(letters, most))

    def may_begin(self, letters):
        """Whether a part of it stands whole where the damaged form could, with which letters begin."""
        beginning = letters[: len(self.letters) + 2]
        return any(part in beginning for part in self.parts)

    @property
    def reach(self):
        """How many characters of a text a damaged form may take."""
        return 3 * len(self.letters) + 6


def _in_line(index, lines, wanted, usual, taken):
    """Yield damaged labels at the start of a line; in capitals also after the end of a sentence, or with a colon.

    `taken`: {place of a label that is known: where it ends}.
    """
    line = lines[index]
    in_capitals = any(each.label.isupper() for each in wanted)
    patterns = (SENTENCE_START, GLUED) if in_capitals else ()
    within = (found.end() for pattern in patterns for found in pattern.finditer(line.text))
    after = 0
    for start in sorted({0, *within}):
        after = taken.get((index, start), after)
        if start < after:
            continue
        begins = start or line.gap or index == 0 or CLOSED.search(lines[index - 1].text)
        if begins or CAPITALS.match(line.text) or lines[index - 1].text in usual:
            found = _damaged(lines, line.text, start, wanted)
            if found:
                label, end = found
                after = AFTER.match(line.text, end).end()
                yield Mark(index, start, after, label, written=line.text[start:end])


def _damaged(lines, text, start, wanted):
    """Return (label, where it ends) of the label that a text begins with in a damaged form, or None."""
    in_capitals = bool(CAPITALS.match(text, start))
    wanted = [each for each in wanted if each.label.isupper() == in_capitals]
    letters = letters_of(text[start : start + max(each.reach for each in wanted)]) if wanted else ""
    for each in wanted:
        if not each.may_begin(letters):
            continue
        fitting = [
            (min(distance(form, each.letters, MOST_SLIPS) for form in (letters, letters[:-1])), end)
            for letters, end in _beginnings(text, start, each)
            if _ends_label(lines, text, start, end, each.label)
        ]
        slips, end = min(fitting, default=(MOST_SLIPS, 0))
        if slips <= each.most_slips:
            return each.label, end
    return None


def _ends_label(lines, text, start, end, label):
    """In capitals a word is enough; else a stop must follow, or nothing, or a sentence.

    After an office that cannot be the name of its holder: its first word is an ordinary one.
    """
    written = text[start:end]
    if label.isupper():
        after = AFTER.match(text, end).end()
        goes_on_small = text[after : after + 1].islower() and key(written) == key(label)
        is_headline = text[end : end + HEADLINE].isupper() and ":" not in text[start:after]
        if goes_on_small or is_headline:
            return False
        return sum(map(str.isupper, written)) * 3 >= 2 * sum(map(str.isalpha, written))
    follows = text[end : end + 2]
    if not written[0].isalpha() or key(written).startswith(f"{key(label)} "):
        return False
    if SEPARATOR.match(text, end) or written[-1] in ":;" or not follows.strip():
        return True
    if part_of(label) == "interviewer":
        return follows[-1:].isupper() or follows[-1:] == "("
    word = WORD.match(text, end + 1)
    return bool(word and office_in(label) == key(label) and word[0][0].isupper() and is_ordinary(word[0], lines))


def _beginnings(text, start, wanted):
    """Yield (letters, end) of the words with which a text begins, as long as the letters wanted, give or take two."""
    letters, length = "", len(wanted.letters)
    for token in TOKEN.finditer(text, start, start + wanted.reach):
        letters += letters_of(token[0])
        if len(letters) > length + 2:
            return
        if len(letters) >= length - 2:
            yield letters, token.end()
