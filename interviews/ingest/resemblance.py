"""How much of one text stands in another: estimated from a small sample of each, then counted.

The sample is that of Broder, “On the resemblance and containment of documents” (1997): of all runs of words the
hashes that are smallest, so that two texts draw the same ones.
"""

from collections.abc import Iterable
from zlib import crc32

import numpy as np

from interviews.ingest.align import RUN, Text, runs_of, words_of

SAMPLE = 64
SAMPLED = 8
HASHES = 1 << 32
# By what the hash of a word counts at its place in a run: odd numbers, which lose nothing when they overflow.
PLACES = np.array([1, 0x9E3779B1, 0x85EBCA6B], np.uint32)


def sketch_of(words: Iterable[str]) -> list[int]:
    """Return the hashes of every eighth run of three words, but of 64 at least, smallest first.

    Case and signs among the words make no difference.
    """
    folded = " ".join(filter(str.isalnum, words)).casefold().encode().split()
    if not folded:
        return []
    numbers = np.fromiter(map(crc32, folded), np.uint32, len(folded))
    hashes = np.unique(np.convolve(numbers, PLACES, "valid"))
    return hashes[: max(SAMPLE, len(hashes) // SAMPLED)].tolist()


def estimated_share(one: list[int], other: list[int]) -> float:
    """Return how many runs (0 to 1) of the shorter text stand in the other, as far as two sketches tell.

    Both are looked at only as far as both go: beyond, one of them was cut off.
    """
    if not one or not other:
        return 0.0
    end = min(_end(one), _end(other))
    one, other = ({each for each in sketch if each <= end} for sketch in (one, other))
    return len(one & other) / max(1, min(len(one), len(other)))


def _end(sketch):
    """Return up to where a sketch is complete; one of a short text is so to the end."""
    return sketch[-1] if len(sketch) >= SAMPLE else HASHES


def share_in_common(old: Iterable[Text], new: Iterable[Text]) -> float:
    """Return how much of the shorter text (0 to 1, in words) stands in the other, in runs of three words and more.

    Of a shorter turn the whole must stand there: a shared “Thank you.” counts for its two words.
    """
    shorter, longer = sorted(([words_of(text) for _, text in texts] for texts in (old, new)), key=_count)
    known = {run for words in longer for run in runs_of(words)}
    return sum(_covered(words, known) for words in shorter) / max(1, _count(shorter))


def _count(turns):
    return sum(len(words) for words in turns)


def _covered(words, known):
    """Return how many of the words stand in runs that are known."""
    if len(words) < RUN:
        return len(words) if words in known else 0
    covered = end = 0
    for start in range(len(words) - RUN + 1):
        if words[start : start + RUN] in known:
            covered += start + RUN - max(start, end)
            end = start + RUN
    return covered
