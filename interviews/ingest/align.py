"""Which turn of an earlier reading is which turn of a new one, so that numbers survive a corrected file.

Evidence, in this order: the same words; words that were parted among several turns or joined in one; nearly the same
words; the same place between neighbours that are the same. A number passes only between turns of one kind: an answer
never becomes a question. All steps take time in proportion to the text, but for sorting.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

NEAR = 0.6
SAME_PLACE = 0.45
SHARE = 0.5
RUN = 3
RARE = 8
BAND = 8
# Chinese and Japanese write no spaces: each character counts as a word.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")
LONG_WORD = re.compile(r"\w{5,}")

Text = tuple[str, str]
"""A turn as alignment sees it: its kind and its text."""


@dataclass(slots=True)
class Alignment:
    """What became of the turns, by their places in the old and in the new running order.

    `pairs`: new -> old, the same turn. `parts`: new -> old, a further part of a turn that was split.
    `into`: old -> new, a turn that no longer stands alone, and the one that holds its words now.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    into: dict[int, int] = field(default_factory=dict)

    @property
    def moved(self) -> set[int]:
        """The new places of the turns that left the running order which the most others keep."""
        return self.pairs.keys() - _in_order(self.pairs).keys()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: what stays the same under other quotes, case and line breaks."""
    return tuple(WORD.findall(text.casefold()))


def align(old: Sequence[Text], new: Sequence[Text]) -> Alignment:
    """Return what became of the old turns, and where the new ones come from."""
    old_words, new_words = ([words_of(text) for _, text in texts] for texts in (old, new))
    old_kinds, new_kinds = ([kind for kind, _ in texts] for texts in (old, new))
    pairs = _same(list(zip(old_kinds, old_words, strict=True)), list(zip(new_kinds, new_words, strict=True)))
    taken = set(pairs.values())
    shares = _Shares(
        {i: runs_of(words) for i, words in enumerate(old_words) if i not in taken},
        {j: runs_of(words) for j, words in enumerate(new_words) if j not in pairs},
    )
    _pair_wholes(shares, old_kinds, new_kinds, pairs)
    for old_gap, new_gap in _gaps(pairs, len(old), len(new)):
        pairs |= _near(old, new, old_gap, new_gap)
    taken = _pair_rest(shares, old_kinds, new_kinds, pairs)
    return Alignment(
        pairs=pairs,
        parts={j: i for i in taken & shares.parts.keys() for j in shares.parts[i] if j not in pairs},
        into={i: j for j, sources in shares.sources.items() for i in sources if i not in taken},
    )


def runs_of(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return all runs of three words; of a shorter text the whole."""
    return {words[start : start + RUN] for start in range(max(1, len(words) - RUN + 1))} if words else set()


def _same(old, new):
    """Pair turns of the same kind and words: those that stand once, their equal neighbours, then what is left."""
    counts, places = Counter(old), {key: i for i, key in enumerate(old)}
    in_new = Counter(new)
    pairs = {j: places[key] for j, key in enumerate(new) if in_new[key] == counts[key] == 1}
    for step, order in ((1, range(-1, len(new))), (-1, range(len(new), -1, -1))):
        _extend(pairs, old, new, step, order)
    for old_gap, new_gap in list(_gaps(pairs, len(old), len(new))):
        _in_turn(pairs, old, new, old_gap, new_gap)
    taken = set(pairs.values())
    _in_turn(pairs, old, new, [i for i in range(len(old)) if i not in taken], list(range(len(new))))
    return pairs


def _extend(pairs, old, new, step, order):
    """Pair equal neighbours of turns that are paired, and of the beginning or the end."""
    taken = set(pairs.values())
    edge = {-1: -1, len(new): len(old)}
    for j in order:
        i = pairs.get(j, edge.get(j))
        if i is None or j + step in pairs or i + step in taken:
            continue
        if 0 <= j + step < len(new) and 0 <= i + step < len(old) and old[i + step] == new[j + step]:
            pairs[j + step] = i + step
            taken.add(i + step)


def _in_turn(pairs, old, new, old_gap, new_gap):
    """Pair equal turns of two stretches, the first with the first."""
    waiting = defaultdict(deque)
    for i in old_gap:
        waiting[old[i]].append(i)
    for j in new_gap:
        if j not in pairs and waiting.get(new[j]):
            pairs[j] = waiting[new[j]].popleft()


def _in_order(pairs):
    """Return the most of the pairs that keep one running order: the longest rising sequence."""
    lasts, ends, before = [], [], {}
    for j in sorted(pairs):
        place = bisect_left(lasts, pairs[j])
        before[j] = ends[place - 1] if place else None
        lasts[place : place + 1], ends[place : place + 1] = [pairs[j]], [j]
    kept, j = {}, ends[-1] if ends else None
    while j is not None:
        kept[j] = pairs[j]
        j = before[j]
    return kept


def _gaps(pairs, old_count, new_count):
    """Yield what is unpaired (places in old, places in new) in each stretch between neighbours in order."""
    taken, start_old, start_new = set(pairs.values()), 0, 0
    kept = _in_order(pairs)
    for j in [*sorted(kept), new_count]:
        i = kept.get(j, old_count)
        old_gap = [each for each in range(start_old, i) if each not in taken]
        new_gap = [each for each in range(start_new, j) if each not in pairs]
        if old_gap and new_gap:
            yield old_gap, new_gap
        start_old, start_new = i + 1, j + 1


class _Shares:
    """Which turns hold each other's words: `parts` of each old turn among the new, `sources` of each new one."""

    def __init__(self, old, new):
        meeting = _meeting(old, new)
        backwards = defaultdict(list)
        for i, found in meeting.items():
            for j in found:
                backwards[j].append(i)
        self.parts = {i: _held(old[i], found, new) for i, found in meeting.items()}
        self.sources = {j: _held(new[j], found, old) for j, found in backwards.items()}


def _meeting(old, new):
    """Return {old place: new places that share a run with it}; a run of many turns says nothing."""
    holders = defaultdict(list)
    for j, runs in new.items():
        for run in runs:
            holders[run].append(j)
    return {
        i: {j for run in runs if run in holders and len(holders[run]) <= RARE for j in holders[run]}
        for i, runs in old.items()
    }


def _held(whole, places, turns):
    """Return the places of the turns that stand for the better part in a whole, none for the words of another."""
    held, rest = [], set(whole)
    for place in sorted(places):
        common = turns[place] & rest
        if len(common) >= SHARE * len(turns[place]):
            held.append(place)
            rest -= common
    return held


def _pair_wholes(shares, old_kinds, new_kinds, pairs):
    """Let a turn that was split keep its number on its first part, and one that was joined on the first of it."""
    taken = set()
    for i, parts in sorted(shares.parts.items()):
        own = [j for j in parts if new_kinds[j] == old_kinds[i] and j not in pairs]
        if len(parts) > 1 and own and shares.sources[own[0]] in ([], [i]):
            pairs[own[0]] = i
            taken.add(i)
    for j, sources in sorted(shares.sources.items()):
        own = [i for i in sources if old_kinds[i] == new_kinds[j] and i not in taken]
        if len(sources) > 1 and own and j not in pairs:
            pairs[j] = own[0]
            taken.add(own[0])


def _pair_rest(shares, old_kinds, new_kinds, pairs):
    """Pair a turn with the only one that holds its words or is held by it; return all old turns that are paired."""
    taken = set(pairs.values())
    only = [(i, j) for i, parts in shares.parts.items() for j in parts]
    only += [(i, j) for j, sources in shares.sources.items() for i in sources]
    for i, j in sorted(only):
        if i not in taken and j not in pairs and old_kinds[i] == new_kinds[j]:
            pairs[j] = i
            taken.add(i)
    return taken


def _near(old, new, old_gap, new_gap):
    """Pair what is left in one gap: the most alike first; a lone turn of its kind by its place."""
    words_old = {i: substance(old[i][1]) for i in old_gap}
    words_new = {j: substance(new[j][1]) for j in new_gap}
    alike = [
        (_likeness(words_old[i], words_new[j]), -abs(i - j), i, j)
        for i, j in _candidates(words_old, words_new)
        if old[i][0] == new[j][0]
    ]
    alone = Counter(old[i][0] for i in old_gap) | Counter(new[j][0] for j in new_gap)
    pairs, taken = {}, set()
    for likeness, _, i, j in sorted(alike, reverse=True):
        needed = SAME_PLACE if alone[old[i][0]] == 1 else NEAR
        if likeness >= needed and j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    return pairs


def _candidates(words_old, words_new):
    """Return the pairs of a gap worth comparing: those at nearly the same place, and those that share a rare word."""
    places = list(words_new)
    found = {(i, j) for rank, i in enumerate(words_old) for j in places[max(0, rank - BAND) : rank + BAND + 1]}
    holders = defaultdict(list)
    for j, words in words_new.items():
        for word in words:
            holders[word].append(j)
    for i, words in words_old.items():
        found |= {(i, j) for word in words if len(holders.get(word, ())) <= RARE for j in holders.get(word, ())}
    return found


def substance(text):
    """Return the words of five letters and more, counted: any two long texts share their short ones.

    Where a text has hardly any (a “Yes, we do.”), all its words count; of a script without spaces pairs of characters.
    """
    folded = text.casefold()
    words = LONG_WORD.findall(folded)
    if re.search(f"[{UNSPACED}]", folded):
        tokens = words_of(folded)
        return Counter(pairwise(tokens)) or Counter(tokens)
    return Counter(words if len(words) > 3 else WORD.findall(folded))


def _likeness(one, other):
    """Return the share of words in common (0 to 1), counted with their repetitions."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
