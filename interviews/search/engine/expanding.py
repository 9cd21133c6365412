"""Which forms of a segment a word of a query stands for, and which words in a row."""

import heapq
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from interviews.search.index.segment import Segment
from interviews.search.text.analysis import exact, form_meant, own_form, stems
from interviews.search.text.joining import apart

from .caches import cache
from .conditions import Part, Phrase, Prefix, Similar, Word

# Forms of one segment that a beginning of a word may stand for.
MOST_FORMS = 1_000
# Shorter words are like too many, longer ones are no words.
SHORTEST_SIMILAR, LONGEST_SIMILAR = 3, 40
# What is left of letters when they are folded, script by script. Characters that are words have no neighbours.
ALPHABETS = (
    string.ascii_lowercase,
    string.digits,
    "".join(map(chr, range(0x430, 0x460))) + "ґ",
    "".join(map(chr, range(0x3B1, 0x3CA))),
    "".join(map(chr, range(0x561, 0x588))),
    "".join(map(chr, range(0x5D0, 0x5EB))),
    "".join(map(chr, range(0x621, 0x64B))),
)
FORM_BYTES = 150


@dataclass(frozen=True, slots=True)
class Forms:
    """Exact form -> the languages in whose documents it counts, None for all. `is_cut`: there are more forms."""

    languages: Mapping[str, frozenset[str] | None]
    is_cut: bool = False

    @property
    def nbytes(self) -> int:
        return len(self.languages) * FORM_BYTES


class Runs(dict[tuple[str, ...], tuple[Forms, ...]]):
    """Spelling, as words in a row -> the forms that may stand at each place. Searches share it: nobody changes it."""

    @property
    def nbytes(self) -> int:
        return sum(forms.nbytes for run in self.values() for forms in run)


def forms_of(segment: Segment, word: Word | Prefix | Similar) -> Forms:
    """Return the forms of a segment that a word, a beginning of a word or a similar word stands for."""
    return cache.remembered((segment.key, "forms", word), lambda: _forms_of(segment, word))


def runs_of(segment: Segment, leaf: Word | Phrase | Prefix | Similar) -> Runs:
    """Return the spellings of what is looked for.

    The first is that of the query, whether or not the segment has it; of the others there are those that it may have.
    """
    return cache.remembered((segment.key, "runs", leaf), lambda: Runs(_runs_of(segment, leaf)))


def similar_forms(form: str) -> set[str]:
    """Return every form that differs by one letter more or less, another letter, or two neighbours exchanged."""
    if not SHORTEST_SIMILAR <= len(form) <= LONGEST_SIMILAR:
        return {form}
    letters = "".join(alphabet for alphabet in ALPHABETS if not set(alphabet).isdisjoint(form))
    cuts = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    found = {form}
    found |= {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    found |= {left + letter + right for left, right in cuts for letter in letters}
    return found


def _forms_of(segment, word):
    form = exact(word.text)
    match word:
        case Word() if own := own_form(word.text):
            return Forms({own: None})
        case Word():
            return Forms(dict(_inflections(segment, word.text)) | {form: None})
        case Prefix():
            begun = heapq.merge(*(segment.forms_from(field, form) for field in _fields(word)))
            found = list(islice((form for form, _ in groupby(begun)), MOST_FORMS + 1))
            return Forms(dict.fromkeys(found[:MOST_FORMS]), is_cut=len(found) > MOST_FORMS)
        case Similar():
            known = (
                near for near in similar_forms(form) if any(segment.has_form(field, near) for field in _fields(word))
            )
            return Forms(dict.fromkeys(known))
    raise TypeError(word)


def _runs_of(segment, leaf):
    match leaf:
        case Phrase(words, part, is_inflected=True):
            joined = "".join(map(exact, words))
            inflected = tuple(forms_of(segment, Word(word, part)) for word in words)
            return {words: inflected, (joined,): (forms_of(segment, Word(joined, part)),)}
        case Phrase(words):
            return {words: tuple(Forms({form_meant(word): None}) for word in words)}
        case Word(text, part, joined):
            one_word = {(word,): (forms_of(segment, Word(word, part)),) for word in (text, *joined)}
            return one_word | (_apart(segment, leaf) if not own_form(text) else {})
    return {(leaf.text,): (forms_of(segment, leaf),)}


def _apart(segment, word):
    """The spellings as words in a row that the segment has, the last in any inflection."""
    runs = {}
    for *firsts, last in apart(exact(word.text)):
        if all(_has_any(segment, word, (first,)) for first in firsts):
            forms = forms_of(segment, Word(last, word.part))
            if _has_any(segment, word, forms.languages):
                runs[*firsts, last] = (*(Forms({first: None}) for first in firsts), forms)
    return runs


def _has_any(segment, word, forms):
    return any(segment.has_form(field, form) for field in _fields(word) for form in forms)


def _fields(word):
    """Where the forms must stand of which one is wanted: those of titles count for texts too."""
    return {Part.TEXT: ("text", "title"), Part.TITLE: ("title",)}.get(word.part, ("text",))


def _inflections(segment, word) -> Iterator[tuple[str, frozenset[str]]]:
    """The forms that share a stem with a word, with the languages in which they do."""
    languages = {}
    for language in segment.languages():
        for stem in stems(word, language):
            for form in segment.forms_of(language, stem):
                languages.setdefault(form, set()).add(language)
    return ((form, frozenset(found)) for form, found in languages.items())
