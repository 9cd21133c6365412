"""Words that are spelt nearly as another: a letter more or less, another one, or two that have changed places."""

from collections.abc import Callable, Iterable, Iterator

from interviews.search.engine.expanding import similar_forms

SHORTEST = 4  # letters: nearly every shorter word is a slip of some other
LONG = 8  # letters, from which on two slips are thought of: of shorter words they make others, union of unicorn
LONGEST = 40


def can_be_misspelt(word: str) -> bool:
    """Whether spellings of a folded word are looked for: not of a short one, nor of a number."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def one_slip_from(word: str) -> set[str]:
    """Return every string that one slip makes of a word; lybia and libya, too, are one slip apart."""
    crossed = {f"{word[:at]}{word[at + 2]}{word[at + 1]}{word[at]}{word[at + 3 :]}" for at in range(len(word) - 2)}
    return (similar_forms(word) | crossed) - {word}


def two_slips_from(word: str, others: Iterable[str]) -> Iterator[str]:
    """Yield those of the others that are at most two slips away from a long word; none from a short one."""
    if len(word) < LONG:
        return
    slips_to, letters = slips_counter(word), set(word)
    for other in others:
        # Two slips bring at most two other letters: far cheaper to see than the slips themselves.
        if abs(len(other) - len(word)) > 2 or len(letters.difference(other)) > 2:
            continue
        if len(set(other) - letters) <= 2 and slips_to(other) <= 2:
            yield other


def slips_counter(word: str) -> Callable[[str], int]:
    """Return a function that counts the slips, no letter in two of them, which make another word of this one.

    Slips are letters added, dropped, changed, or exchanged with their neighbour. A column of the usual table is kept
    in the bits of numbers: H. Hyyrö, “A bit-vector algorithm for computing Levenshtein and Damerau edit distances”,
    Nordic Journal of Computing 10 (2003).

    >>> slips_counter("ukriane")("ukraine"), slips_counter("lavrow")("lavrova")
    (1, 2)
    """
    places = {letter: sum(1 << at for at, same in enumerate(word) if same == letter) for letter in word}
    every, last = (1 << len(word)) - 1, 1 << (len(word) - 1)

    def count(other):
        slips, rises, falls, level, before = len(word), every, 0, 0, 0
        for letter in other:
            here = places.get(letter, 0)
            exchanged = ((~level & here) << 1) & before
            level = (((here & rises) + rises) ^ rises) | here | falls | exchanged
            rises_right, falls_right = falls | (~(level | rises) & every), level & rises
            slips += bool(rises_right & last) - bool(falls_right & last)
            rises_right, falls_right = (rises_right << 1) | 1, falls_right << 1
            rises = (falls_right | ~(level | rises_right)) & every
            falls = rises_right & level & every
            before = here
        return slips

    return count
