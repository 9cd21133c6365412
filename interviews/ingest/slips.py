"""Labels that a scanner or a typist damaged: JOIJRNALIST, SECRETAR BLINKEN, “REDHEAD; …”, “0 : …” for “Q: …”.

They are known by their likeness to labels that the same text uses undamaged, and by their place between others.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from interviews.ingest.labels import Mark, office_in, part_of
from interviews.ingest.lines import Ending, Line, Lines
from interviews.ingest.words import key, letters_of, outlet_names, words_of

TOKEN = re.compile(r"\S+")
AFTER = re.compile(r"[\s.:;·,'’$]*")
SEPARATOR = re.compile(r"[^\s\w]*[:;]|\s?[:;.·]")
# Each ends where a label may begin; the rarest sign stands first, so that most of a text is passed over.
SENTENCE_START = re.compile(r"[.?!…]\s(?=[A-Z][A-Z .])")
GLUED = re.compile(r"\s(?=[A-Z][A-Z0-9 .]{3,24}\s?[:;])(?<=[a-z]\s)")
GLUED_SHORT = re.compile(r"\s(?=[A-Z]{2,3}\s?:\s)(?<=[a-z]\s)")
CAPITALS = re.compile(r"\W{0,2}[A-Z]\W{0,3}[A-Z0-9]")
CAPITALS_WITH_COLON = re.compile(r"[A-Z]{2,3}\s?[:;]{1,2}\s")
WORD = re.compile(r"[^\W\d_]+")
STEM = re.compile(r"[A-Z]{4,20}")
SHORT = re.compile(r"(?P<label>[^\W_]{1,3})(?P<stop>[!*]?\s?[:;.]{1,2}\s|\s+(?=\w))")
SEMICOLON = re.compile(r"(?P<label>[^\W\d_]{1,3})\s?;\s+(?=\S)")
CLOSED = Ending(r"""[.?!…:;—–\-»”"’')\]*]""")
MOST_LABELS = 12
FEWEST_STEMS = 3
RARE = 3
LEAST_LETTERS = 4
LONG = 6
MOST_SLIPS = 4
HEADLINE = 150


def mended(lines: Lines, marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks with damaged labels among and between them, each under the label that it stands for."""
    usual = _usual(lines, marks)
    if not usual:
        return list(marks)
    often = Counter(mark.label for mark in marks)
    kept = [mark if mark.label in usual or mark.part else _relabelled(mark, usual, often[mark.label]) for mark in marks]
    taken = {_place(mark): mark.end for mark in marks}
    long = [_Wanted.of(label) for label in usual if len(letters_of(label)) >= LEAST_LETTERS]
    found = [mark for index in range(len(lines)) for mark in _in_line(index, lines, long, usual, taken)]
    found = [mark for mark in found if not _is_heading(mark, min(taken))]
    order = sorted(kept + found, key=_place)
    return _with_short(lines, order, usual)


def _is_heading(mark, first):
    """Whether a name without its colon stands above the first label: it is a title or a byline there."""
    is_bare = key(mark.written) == key(mark.label) and mark.written[-1] not in ":;"
    return _place(mark) < first and (not mark.label.isupper() or is_bare)


def _place(mark):
    return mark.index, mark.start


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
    return count * RARE <= usual and _is_slip_of(label, other)


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
    """A label whose damaged forms are sought: its letters, how many of them may be wrong, and its parts (`_parts`)."""

    label: str
    letters: str
    most_slips: int
    parts: tuple[str, ...]

    @classmethod
    def of(cls, label):
        letters = letters_of(label)
        most = min(len(letters) // 4, MOST_SLIPS - 1)
        return cls(label, letters, most, _parts(letters, most))

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
            (min(_distance(form, each.letters, MOST_SLIPS) for form in (letters, letters[:-1])), end)
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
        if goes_on_small or text[end : end + HEADLINE].isupper():
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


def is_ordinary(word: str, lines: Lines) -> bool:
    """Whether a word is no name: the text also writes it small, or it often begins a reply."""
    small = word.casefold()
    return lines.writes_small(small) or small in words_of("replies") or small in words_of("first_person")


def _beginnings(text, start, wanted):
    """Yield (letters, end) of the words with which a text begins, as long as the letters wanted, give or take two."""
    letters, length = "", len(wanted.letters)
    for token in TOKEN.finditer(text, start, start + wanted.reach):
        letters += letters_of(token[0])
        if len(letters) > length + 2:
            return
        if len(letters) >= length - 2:
            yield letters, token.end()


def _with_short(lines, marks, usual):
    """Add labels of one or two letters that lost them (“G:”, “PH:”), where two speeches of the other side touch."""
    short = [label for label in usual if len(letters_of(label)) < LEAST_LETTERS]
    if not short:
        return marks
    marks = _with_semicolons(lines, marks, short)
    strange = _strange(marks) if any(mark.written for mark in marks) else set()
    sure = [mark for mark in marks if mark not in strange]
    found = {}
    for before, after in pairwise([None, *sure, None]):
        wanted = [label for label in short if label not in (before and before.label, after and after.label)]
        between = chain.from_iterable(_short_in(lines, before, after, meant) for meant in wanted)
        found |= {_place(mark): mark for mark in islice(between, 1)}
    left = [mark for mark in strange if _place(mark) not in found]
    return sorted([*sure, *left, *found.values()], key=_place)


def _with_semicolons(lines, marks, short):
    """Add the short labels that begin a line with a semicolon for their colon: “J; Do you …”."""
    taken = {mark.index for mark in marks if not mark.start}
    meant = {label.casefold(): label for label in short}
    found = []
    for index, line in enumerate(lines):
        written = SEMICOLON.match(line.text)
        label = meant.get(written["label"].casefold()) if written and index and index not in taken else None
        if label and (line.gap or CLOSED.search(lines[index - 1].text)):
            found.append(Mark(index, 0, written.end(), label, written=f"{written['label']};"))
    return sorted([*marks, *found], key=_place)


def _strange(marks):
    """Return the short labels used once that neither name an outlet nor have a role: they may be damaged."""
    often = Counter(mark.label for mark in marks)
    once = (mark for mark in marks if often[mark.label] == 1 and len(mark.label) < LEAST_LETTERS)
    return {mark for mark in once if part_of(mark.label) is None and key(mark.label) not in outlet_names()}


def _short_in(lines, before, after, meant):
    """Yield marks for what may stand for a short label after one mark and before another."""
    first, last = _place(before) if before else (0, 0), _place(after) if after else (len(lines), 0)
    for index in range(first[0], min(last[0] + 1, len(lines))):
        for start in _places_of_short(lines, index, meant, is_first=before is None):
            found = SHORT.match(lines[index].text, start)
            if found and first < (index, start) < last and _stands_for(found, meant, lines):
                yield Mark(index, start, found.end(), meant, written=found["label"])


def _places_of_short(lines, index, meant, *, is_first):
    """Yield where a short label may stand in a line: a word in capitals with a colon goes before any other sign.

    Above the first label of all stands the head, which is full of capitals: there nothing else is one. What begins
    with the label and a letter more (“PMg”) is no word, whatever the line above.
    """
    text, is_word = lines[index].text, len(meant) > 1
    no_word = is_word and text.startswith(meant) and text[len(meant) : len(meant) + 1].isalnum()
    closed = index and not is_first and (lines[index].gap or no_word or CLOSED.search(lines[index - 1].text))
    if closed or (is_word and CAPITALS_WITH_COLON.match(text)):
        yield 0
    for pattern in (SENTENCE_START, GLUED_SHORT) if is_word and not is_first else ():
        yield from (found.end() for found in pattern.finditer(text))


def _stands_for(found, meant, lines):
    """A letter and a stop for a letter; for a word in capitals with a colon one like it; else the first is right.

    Without a stop, what begins with the whole label and has a letter more (“PMg well”) may go on small.
    “P. 9” is a page.
    """
    label, stop = found["label"], found["stop"].strip()
    if stop == "." and found.string[found.end() : found.end() + 1].isdigit():
        return False
    if len(meant) == 1:
        return len(label) == 1 and bool(stop) and label.casefold() != meant.casefold()
    like = _distance(label.casefold(), meant.casefold(), 1) <= 1
    if lines.writes_small(label.casefold()):
        return False
    if not stop and found.string[found.end()].islower():
        return len(label) > len(meant) and label.startswith(meant)
    if label[0] != meant[0]:
        goes_on = stop[:1] in (":", ";") or (not stop and len(label) == len(meant))
        return like and label.isupper() and goes_on
    return like or bool(stop) or len(label) == 3


def misspelt(label: str, labels: Collection[str]) -> str | None:
    """Return the label that this one is a slip of, if any."""
    return next((known for known in labels if _is_slip_of(label, known)), None)


def _is_slip_of(label, known):
    if len(key(known)) < LONG:
        return len(known) >= LEAST_LETTERS and key(label) != key(known) and letters_of(label) == letters_of(known)
    return key(label) != key(known) and (_is_scanned(label, known) or nearly_same(key(label), key(known)))


def _is_scanned(label, known):
    """Whether capitals differ in no more than three letters, no word of them wholly: PRIME NMSTER, not MINISTER SOL."""
    if not (label.isupper() and known.isupper() and _is_slip(letters_of(label), letters_of(known))):
        return False
    words, meant = label.split(), known.split()
    pairs = zip(words, meant, strict=False)
    return len(words) != len(meant) or all(_distance(*pair, len(pair[1]) // 2) <= len(pair[1]) // 2 for pair in pairs)


def nearly_same(one: str, other: str) -> bool:
    """Whether two keys differ, word by word, in no more than one letter in four or five."""
    words, meant = one.split(), other.split()
    return one != other and len(words) == len(meant) and all(map(_is_slip, words, meant))


def unread(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[Line]:
    """Yield the lines that begin like a damaged short label but could not be told from prose."""
    labelled = {mark.index for mark in marks}
    for index, line in enumerate(lines):
        found = SHORT.match(line.text)
        if found and ":" in found["stop"] and index not in labelled and len(found["label"]) < len("Tel"):
            yield line


def _is_slip(word, meant):
    allowed = min(MOST_SLIPS - 1, len(meant) // 4)
    if abs(len(word) - len(meant)) > allowed or not any(part in word for part in _parts(meant, allowed)):
        return False
    return _distance(word, meant, allowed) <= allowed


@lru_cache(maxsize=1000)
def _parts(letters, most_slips):
    """Cut letters into one part more than there may be slips: in every damaged form one part at least is whole."""
    ends = [len(letters) * part // (most_slips + 1) for part in range(most_slips + 2)]
    return tuple(letters[start:end] for start, end in pairwise(ends))


@lru_cache(maxsize=20_000)
def _distance(one, other, most):
    """Letters to change, add or drop (Levenshtein), counted no further than `most`."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]
