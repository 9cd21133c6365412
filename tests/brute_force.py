"""What a search must find, by looking at every word of every document: slow, plain, and without the index."""

import math
from collections import Counter
from dataclasses import dataclass

from interviews.search.engine.conditions import (
    AllOf,
    AnyOf,
    Between,
    Carries,
    Everything,
    Near,
    Nothing,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)
from interviews.search.engine.expanding import SHORTEST_SIMILAR
from interviews.search.engine.ranking import LENGTH_COUNTS, SATURATION, WEIGHTS
from interviews.search.text.analysis import exact, form_meant, forms, own_form, stems, words
from interviews.search.text.joining import apart

TEXT_PARTS = ("question", "answer")


@dataclass(frozen=True)
class Document:
    """One document as a reader sees it: its texts as lists of words, what it carries, its numbers."""

    language: str
    texts: dict[str, list[str]]
    values: dict[str, set[str]]
    numbers: dict[str, int]


def document(language, texts, values, numbers):
    split = {part: words(text) for part, text in texts.items()}
    return Document(language, split, values, numbers | {f"{part}_words": len(found) for part, found in split.items()})


def matches(condition, found):
    """Whether a document meets a condition."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            is_all = isinstance(condition, AllOf)
            return matches_all(parts, found) if is_all else any(matches(part, found) for part in parts)
        case Without(part):
            return not matches(part, found)
        case Carries(facet, values):
            return not values.isdisjoint(found.values[facet])
        case Between(column, first, last):
            return (first is None or found.numbers[column] >= first) and (last is None or found.numbers[column] <= last)
    if isinstance(condition, Everything | Nothing):
        return isinstance(condition, Everything)
    return any(count for part, count in counts(condition, found).items() if part in needed(part_of(condition)))


def matches_all(parts, found):
    """Whether a document meets all parts, where its title may hold some of the words that its text is asked for."""
    words = [part for part in parts if is_for_text(part)]
    others = [part for part in parts if not is_for_text(part)]
    return (
        all(matches(part, found) for part in others)
        and all(stands(word, found) for word in words)
        and (not words or any(matches(word, found) for word in words))
    )


def asked_for(asked, found, *, without=None):
    """Whether a document meets all that is asked, save for the choice of one facet."""
    return (
        matches(asked.condition, found)
        and (asked.until is None or found.numbers["date"] <= asked.until.toordinal())
        and (asked.since is None or found.numbers["last_day"] >= asked.since.toordinal())
        and all(values & found.values[facet] for facet, values in asked.chosen.items() if facet != without)
        and not any(values & found.values[facet] for facet, values in asked.excluded.items())
    )


def is_for_text(condition):
    return isinstance(condition, Word | Phrase | Prefix | Similar | Near) and part_of(condition) == Part.TEXT


def stands(leaf, found):
    """Whether a document holds a leaf in a part that counts: where the text is meant, in text or title."""
    return any(counts(leaf, found).values())


def part_of(leaf):
    return part_of(leaf.left) if isinstance(leaf, Near) else leaf.parts[0].part if hasattr(leaf, "parts") else leaf.part


def needed(part):
    """The parts of which one must hold what is looked for in a part."""
    return TEXT_PARTS if part == Part.TEXT else (part.value,)


def counts(leaf, found):
    """How often each part of a document holds a leaf; the title counts for texts too, but makes no match."""
    part = part_of(leaf)
    parts = (*TEXT_PARTS, "title") if part == Part.TEXT else (part.value,)
    return {name: len(places(leaf, found.texts[name], found.language)) for name in parts}


def places(leaf, text, language):
    """Where a leaf stands in a list of words, as (first, last) word; of neighbours where the left side does."""
    match leaf:
        case Near(left, right, distance):
            others = places(right, text, language)
            return [
                (first, last)
                for first, last in places(left, text, language)
                if any(0 < other[0] - last <= distance or 0 < first - other[1] <= distance for other in others)
            ]
        case AnyOf(parts):
            return [place for part in parts for place in places(part, text, language)]
        case Phrase(wanted, _, is_inflected):
            if not is_inflected:
                return runs(wanted, [is_same] * len(wanted), text, language)
            joined = ("".join(map(exact, wanted)),)
            found = runs(wanted, [is_inflection] * len(wanted), text, language)
            return found + runs(joined, [is_inflection], text, language)
        case Word(wanted, _, joined):
            found = [run for word in (wanted, *joined) for run in runs([word], [is_inflection], text, language)]
            several = [] if own_form(wanted) else apart(exact(wanted))
            return found + [run for row in several for run in runs(row, meanings(row), text, language)]
    return runs([leaf.text], [{Prefix: begins, Similar: is_similar}[type(leaf)]], text, language)


def meanings(row):
    """How the words are meant that one is written as: the last alone in any inflection."""
    return [*[is_same] * (len(row) - 1), is_inflection]


def runs(wanted, are_meant, text, language):
    """Where words stand in a row, each as it is meant."""
    starts = range(len(text) - len(wanted) + 1)
    return [
        (start, start + len(wanted) - 1)
        for start in starts
        if all(
            is_meant(word, said, language)
            for is_meant, word, said in zip(are_meant, wanted, text[start : start + len(wanted)], strict=True)
        )
    ]


def is_same(wanted, said, language):
    return form_meant(wanted) in forms(said)


def is_inflection(wanted, said, language):
    if own_form(wanted):
        return is_same(wanted, said, language)
    return is_same(wanted, said, language) or not set(stems(wanted, language)).isdisjoint(stems(said, language))


def begins(wanted, said, language):
    return exact(said).startswith(exact(wanted))


def is_similar(wanted, said, language):
    """Whether one letter more, less or another, or two neighbours exchanged, is all that differs."""
    if len(exact(wanted)) < SHORTEST_SIMILAR:
        return exact(wanted) == exact(said)
    shorter, longer = sorted((exact(wanted), exact(said)), key=len)
    if len(longer) - len(shorter) == 1:
        return shorter in {longer[:place] + longer[place + 1 :] for place in range(len(longer))}
    differing = [place for place, letters in enumerate(zip(shorter, longer, strict=False)) if len(set(letters)) > 1]
    if len(longer) != len(shorter) or len(differing) > 2:
        return False
    return len(differing) < 2 or (
        differing[1] - differing[0] == 1
        and shorter[differing[0]] == longer[differing[1]]
        and shorter[differing[1]] == longer[differing[0]]
    )


def score(condition, found, documents, *, with_title=False):
    """How well a document that is asked for matches: BM25F, added up over what it meets."""
    match condition:
        case AllOf(parts):
            each = (score(part, found, documents, with_title=is_for_text(part)) for part in parts)
            return sum(each) if matches(condition, found) else 0
        case AnyOf(parts):
            return sum(score(part, found, documents) for part in parts)
        case Without() | Carries() | Between() | Everything() | Nothing():
            return 0
    if not with_title and not matches(condition, found):
        return 0
    weight = sum(
        count * WEIGHTS[part] / lengthened(part, found, documents) for part, count in counts(condition, found).items()
    )
    having = sum(stands(condition, other) for other in documents)
    rarity = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
    return rarity * weight * (SATURATION + 1) / (weight + SATURATION)


def lengthened(part, found, documents):
    """By how much the length of a part takes from a word in it."""
    average = sum(len(other.texts[part]) for other in documents) / len(documents)
    share = LENGTH_COUNTS[part]
    return 1 - share + share * len(found.texts[part]) / (average or 1)


def value_counts(facet, asked, documents):
    """What a facet counts: the documents as if none of its values were chosen."""
    return dict(
        Counter(value for each in documents if asked_for(asked, each, without=facet) for value in each.values[facet])
    )
