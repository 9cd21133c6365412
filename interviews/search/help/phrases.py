"""Phrases that the texts themselves use: what often stands beside some words, as it is written there."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice, product

from whoosh.lang.stopwords import stoplists

from interviews.search.text.analysis import positions

LONGEST = 4  # words
AROUND = 60  # characters on either side
FEWEST = 2  # answers
MOST_PLACES = 5  # in one answer
LEAST_SHARE = 0.04  # of all answers looked at
# A phrase that nearly always goes on in the same way is only suggested as the longer one.
NEARLY_ALWAYS = 0.8
APART = re.compile(r"[^\w\s'’.-]|\.(?!\w)|\n|\s[-–]\s")


def frequent_phrases(texts: Sequence[tuple[str, str]], typed: Sequence[str]) -> list[tuple[str, str]]:
    """Return phrases of two to LONGEST words that hold the typed words, the last perhaps longer; most frequent first.

    Texts and phrases are (text, language). A phrase stands in some of the texts, written as it most often is, and
    neither begins nor ends with a word that says nothing (the, of) unless that was typed.
    """
    typed_words = re.compile(r"(?<!\w)" + r"\W{1,3}".join(map(re.escape, typed)) + r"\w*", re.IGNORECASE)
    counts: Counter[tuple[str, ...]] = Counter()
    spellings: dict[tuple[str, ...], Counter[tuple[str, str]]] = defaultdict(Counter)
    for text, language in texts:
        found = {}
        for match in islice(typed_words.finditer(text), MOST_PLACES):
            found |= _phrases_at(text, *match.span(), stoplists.get(language, frozenset()))
        counts.update(found.keys())
        for key, written in found.items():
            spellings[key][written, language] += 1
    fewest = max(FEWEST, LEAST_SHARE * len(texts))
    frequent = {key: count for key, count in counts.items() if count >= fewest}
    chosen = [key for key in frequent if not _goes_on(key, frequent)]
    chosen.sort(key=lambda key: (-frequent[key], key))
    return [spellings[key].most_common(1)[0][0] for key in chosen]


def _phrases_at(text, start, end, empty_words):
    """{folded words: as written} of the phrases around the characters [start, end)."""
    before = APART.split(text[max(0, start - AROUND) : start])[-1]
    around = before + text[start:end] + APART.split(text[end : end + AROUND])[0]
    start, end = len(before), len(before) + end - start
    words = positions(around)
    first = next(place for place, (_, _, word_end) in enumerate(words) if word_end > start)
    after = next((place for place, (_, word_start, _) in enumerate(words) if word_start >= end), len(words))
    firsts = [first] + [place for place in range(max(0, after - LONGEST), first) if _may_end(words[place], empty_words)]
    lasts = [after] + [place + 1 for place in range(after, len(words)) if _may_end(words[place], empty_words)]
    return {
        tuple(form for form, _, _ in words[one:other]): " ".join(around[words[one][1] : words[other - 1][2]].split())
        for one, other in product(firsts, lasts)
        if 2 <= other - one <= LONGEST
    }


def _may_end(word, empty_words):
    form, _, _ = word
    return len(form) > 1 and form not in empty_words


def _goes_on(key, frequent):
    return any(
        len(other) == len(key) + 1 and key in (other[1:], other[:-1]) and count >= NEARLY_ALWAYS * frequent[key]
        for other, count in frequent.items()
    )
