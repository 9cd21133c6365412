"""How much of one text stands in another: estimated from a small sample of each, then counted.

The sample is that of Broder, “On the resemblance and containment of documents” (1997): of all runs of words the
hashes that are smallest, so that two texts draw the same ones.
"""

from collections.abc import Iterable
from zlib import crc32

from interviews.ingest.align import RUN, Text, runs_of, words_of

SAMPLE = 64
SAMPLED = 8
HASHES = 1 << 32


def sketch_of(texts: Iterable[str]) -> list[int]:
    """Return the hashes of every eighth run of three words, but of 64 at least, smallest first."""
    hashes = {number for text in texts for number in _hashes(words_of(text))}
    wanted = max(SAMPLE, len(hashes) // SAMPLED)
    # Spread evenly as they are, hardly ever fewer than wanted lie below twice their share: the others need no sorting.
    most = 2 * wanted * HASHES // max(1, len(hashes))
    likely = [number for number in hashes if number < most]
    return sorted(likely if len(likely) >= wanted else hashes)[:wanted]


def _hashes(words):
    """Return the hash of each run of three words; of a shorter text that of the whole."""
    joined = " ".join(words).encode()
    if len(words) <= RUN:
        return [crc32(joined)] if words else []
    encoded = joined.split(b" ")
    return map(crc32, map(b" ".join, zip(*(encoded[first:] for first in range(RUN)), strict=False)))


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
