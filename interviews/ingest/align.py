"""Which turn of an earlier reading is which turn of a new one, so that numbers survive a corrected file.

Evidence, in this order: the same words, nearly the same words, the same place between neighbours that
are the same. Turns align only with turns of their own kind: an answer never becomes a question.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

NEAR = 0.6
SAME_PLACE = 0.45
WORD = re.compile(r"\w+")
LONG_WORD = re.compile(r"\w{5,}")

Text = tuple[str, str]
"""A turn as alignment sees it: its kind and its text."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: what stays the same under other quotes, case and line breaks."""
    return tuple(WORD.findall(text.casefold()))


def align(old: Sequence[Text], new: Sequence[Text]) -> dict[int, int]:
    """Return {index in `new`: index in `old`} for the turns that are the same or a changed form of the same."""
    old_words = [(kind, words_of(text)) for kind, text in old]
    new_words = [(kind, words_of(text)) for kind, text in new]
    pairs = _in_order(old_words, new_words)
    pairs |= _same_elsewhere(old_words, new_words, pairs)
    taken = set(pairs.values())
    for start_old, end_old, start_new, end_new in list(_gaps(pairs, len(old), len(new))):
        rest_old = [i for i in range(start_old, end_old) if i not in taken]
        rest_new = [j for j in range(start_new, end_new) if j not in pairs]
        pairs |= _near(old, new, rest_old, rest_new)
    return pairs


def share_in_common(old: Sequence[Text], new: Sequence[Text]) -> float:
    """Return how much of the shorter text (0 to 1, in words of substance) stands in turns that align, word for word.

    A shared “Thank you.” counts for its two words, not for a turn.
    """
    old_words, new_words = ([_substance(text) for _, text in texts] for texts in (old, new))
    shorter = min(sum(words.total() for words in texts) for texts in (old_words, new_words))
    common = sum((old_words[i] & new_words[j]).total() for j, i in align(old, new).items())
    return common / shorter if shorter else 0.0


def _in_order(old, new):
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {block.b + step: block.a + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def _same_elsewhere(old, new, pairs):
    """Turns that were moved: the same words, but not in the running order that most others keep."""
    taken = set(pairs.values())
    waiting = defaultdict(list)
    for i, key in enumerate(old):
        if i not in taken:
            waiting[key].append(i)
    return {j: waiting[key].pop(0) for j, key in enumerate(new) if j not in pairs and waiting[key]}


def _gaps(pairs, old_count, new_count):
    """Yield (start, end) in old and in new of each stretch between neighbours that align in order."""
    start_old = start_new = 0
    for j in sorted(pairs):
        if pairs[j] >= start_old:
            yield start_old, pairs[j], start_new, j
            start_old, start_new = pairs[j] + 1, j + 1
    yield start_old, old_count, start_new, new_count


def _near(old, new, rest_old, rest_new):
    """Pair what is left in one gap: the most alike first; a lone turn of its kind by its place."""
    words_old = {i: _substance(old[i][1]) for i in rest_old}
    words_new = {j: _substance(new[j][1]) for j in rest_new}
    alike = [
        (_likeness(words_old[i], words_new[j]), -abs(i - j), i, j)
        for i in rest_old
        for j in rest_new
        if old[i][0] == new[j][0]
    ]
    alone = Counter(old[i][0] for i in rest_old) | Counter(new[j][0] for j in rest_new)
    pairs, taken = {}, set()
    for likeness, _, i, j in sorted(alike, reverse=True):
        needed = SAME_PLACE if alone[old[i][0]] == 1 else NEAR
        if likeness >= needed and j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    return pairs


def _substance(text):
    """Count the words of five letters and more: any two long texts share their short ones.

    Where a text has hardly any (a “Yes, we do.”, or a script without spaces), all its words count.
    """
    folded = text.casefold()
    words = LONG_WORD.findall(folded)
    return Counter(words if len(words) > 3 else WORD.findall(folded))


def _likeness(one, other):
    """Return the share of words in common (0 to 1), counted with their repetitions."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
