"""What a new reading changes in the archive, fact by fact and turn by turn, for a person to judge beforehand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Chinese and Japanese, with their punctuation: each character counts as a word.
UNSPACED = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
INNER_SPACE = re.compile(rf"(?<=[{UNSPACED}]) (?=[{UNSPACED}])")
PARAGRAPH = "¶"
CONTEXT = 6
# Comparing more words than these with each other takes too long to be worth it.
MOST_COMPARISONS = 4_000_000


class What(StrEnum):
    """What became of a turn, or of a fact."""

    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    INSERTED = "inserted"
    RETURNED = "returned"
    FACT = "fact"
    CONFLICT = "conflict"


class Kept(StrEnum):
    """What became of a stretch of words. `omitted` stands for words between two changes."""

    KEPT = "kept"
    OLD = "old"
    NEW = "new"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two readings of an interview.

    `number` names the turn, `fact` what is said of it, of the speaker `label` or of the interview. `numbers`: the
    further parts of a turn that was split, or the turn that another was merged into. `words`: what became of the
    text, as (kept | old | new | omitted, words). In a conflict `before` is the curator's, `after` the file's.
    """

    outcome: str
    number: str = ""
    label: str = ""
    fact: str = ""
    before: str = ""
    after: str = ""
    numbers: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict:
        """Return what is said, as JSON values."""
        return {name: value for name, value in asdict(self).items() if value}


def compared(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the words that were taken away and put in, with a few words around them.

    >>> compared("Both banks pay.", "Both shores pay.")
    (('kept', 'Both'), ('old', 'banks'), ('new', 'shores'), ('kept', 'pay.'))
    """
    old, new = (TOKEN.findall(text.replace("\n\n", f" {PARAGRAPH} ")) for text in (before, after))
    return tuple(_with_context(list(_stretches(old, new))))


def _stretches(old: Sequence[str], new: Sequence[str]):
    """Yield (kept | old | new, words)."""
    for outcome, start_old, end_old, start_new, end_new in steps(old, new):
        if outcome == "equal":
            yield Kept.KEPT, old[start_old:end_old]
            continue
        if start_old < end_old:
            yield Kept.OLD, old[start_old:end_old]
        if start_new < end_new:
            yield Kept.NEW, new[start_new:end_new]


def steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what makes one list of words the other, as `SequenceMatcher.get_opcodes` does.

    What both begin and end with is set aside first; what is too long to compare is replaced as a whole.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    end_old, end_new = len(old) - end, len(new) - end
    if start:
        yield "equal", 0, start, 0, start
    if (end_old - start) * (end_new - start) > MOST_COMPARISONS:
        yield "replace", start, end_old, start, end_new
    else:
        matcher = SequenceMatcher(None, old[start:end_old], new[start:end_new])
        for outcome, *places in matcher.get_opcodes():
            yield outcome, *(start + place for place in places)
    if end:
        yield "equal", end_old, len(old), end_new, len(new)


def _common(one, other):
    """Return how many words two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _with_context(stretches):
    """Yield the stretches as text, of those that were kept only the words beside a change."""
    if all(outcome == Kept.KEPT for outcome, _ in stretches):
        return
    last = len(stretches) - 1
    for index, (outcome, words) in enumerate(stretches):
        before = words[: CONTEXT if index else 0]
        after = words[len(words) - CONTEXT if index < last else len(words) :]
        if outcome != Kept.KEPT or len(words) <= len(before) + len(after):
            yield outcome.value, _joined(words)
            continue
        if before:
            yield Kept.KEPT.value, _joined(before)
        yield Kept.OMITTED.value, "…"
        if after:
            yield Kept.KEPT.value, _joined(after)


def _joined(words):
    return INNER_SPACE.sub("", " ".join(words))


def in_words(changes: Iterable[Change]) -> str:
    """Return what changed in one line: “title changed, 2 turns changed, 1 conflict with a curator”."""
    changes = list(changes)
    facts = [change.fact for change in changes if change.outcome == What.FACT and not change.number]
    counts = Counter(change.outcome for change in changes)
    spoken = [f"{', '.join(dict.fromkeys(facts))} changed"] if facts else []
    of_turns = len({change.number for change in changes if change.outcome == What.FACT and change.number})
    spoken += [_counted(of_turns, "turn", "with changed facts")] if of_turns else []
    for outcome in list(What)[:7]:
        spoken += [_counted(counts[outcome], "turn", outcome)] if counts[outcome] else []
    spoken += [_counted(counts[What.CONFLICT], "conflict", "with a curator")] if counts[What.CONFLICT] else []
    return ", ".join(spoken) or "turns as before"


def _counted(number, noun, what):
    return f"{number} {noun}{'s' * (number != 1)} {what}"
