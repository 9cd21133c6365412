"""From documents to one new segment: words are numbered as they come, and sorted by numpy at the end.

No object is made for a word or a posting: a text becomes an array of numbers at once, and the form and the stems of a
word are worked out when a language brings it for the first time.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from whoosh.codec.whoosh3 import STORED_COLUMN as STORED

from interviews.search.text.analysis import exact, own_form, stems, words

from .codec import UINT, ArchiveCodec, ArchiveSegment, MappedStorage, create_column, write_forms, write_numbers
from .documents import Document
from .schema import ANSWER_AT, FACETS, INDEX_NAME, LENGTHS, NUMBERS, STORED_COLUMN, write_terms

# Words that a segment takes in. Held, then sorted, each takes about 100 bytes.
FULL = 1_500_000
NO_NUMBERS = np.zeros(0, dtype=UINT)


class Inversion:
    """A segment in the making: give it documents, then `finish`, or `discard`.

    Until then the words are held in memory; what is stored goes to its file at once.
    """

    def __init__(self, folder: Path):
        self.size = 0
        self._storage = MappedStorage(str(folder))
        self._segment = ArchiveCodec().new_segment(self._storage, INDEX_NAME)
        self._forms = Forms()
        self._texts = {name: Words() for name in ("question", "answer", "title")}
        self._values = {facet: defaultdict(partial(array, "I")) for facet in FACETS}
        self._numbers = {name: array(code) for name, code in NUMBERS.items()}
        self._stored_file = create_column(self._storage, self._segment, STORED_COLUMN)
        self._stored = STORED.writer(self._stored_file)

    @property
    def is_full(self) -> bool:
        return sum(len(text.numbers) for text in self._texts.values()) >= FULL

    def add(self, document: Document) -> None:
        """Take in a document, which gets the next number."""
        number_of = self._forms.of(document.language).__getitem__
        counts = {name: self._texts[name].add(map(number_of, words(text))) for name, text in document.texts.items()}
        numbers = document.numbers | {f"{name}_words": count for name, count in counts.items()}
        for name, column in self._numbers.items():
            column.append(numbers[name])
        for facet, values in document.values.items():
            for value in values:
                self._values[facet][value].append(self.size)
        if counts["answer"]:
            self._values["length"][length_of(counts["answer"])].append(self.size)
        self._stored.add(self.size, document.stored)
        self.size += 1

    def finish(self) -> ArchiveSegment:
        """Write the files of the segment and return it; nothing refers to it yet."""
        question, answer, title = self._texts.values()
        texts = {"text": [(question, 0), (answer, ANSWER_AT)], "title": [(title, 0)]}
        write_terms(
            self._storage,
            self._segment,
            lambda name: self._forms.postings(texts[name]) if name in texts else self._carriers(name),
        )
        write_numbers(self._storage, self._segment, self._numbers.values())
        self._stored.finish(self.size)
        self._stored_file.close()
        write_forms(self._storage, self._segment, self._forms.by_stem())
        self._segment.set_doc_count(self.size)
        return self._segment

    def discard(self) -> None:
        """Leave it: the next commit takes away what was written of it."""
        if not self._stored_file.is_closed:
            self._stored_file.close()

    def _carriers(self, facet):
        for value, documents in sorted(self._values[facet].items()):
            yield value.encode(), np.frombuffer(documents, UINT), NO_NUMBERS, NO_NUMBERS


class Words:
    """A text of each document, as the numbers of its forms: `sizes[document]` of them, document after document."""

    def __init__(self):
        self.numbers, self.sizes = array("I"), array("I")

    def add(self, numbers: Iterable[int]) -> int:
        """Add the words of the next document and return how many there are."""
        before = len(self.numbers)
        self.numbers.extend(numbers)
        self.sizes.append(len(self.numbers) - before)
        return self.sizes[-1]


class Forms:
    """The numbers of exact forms, given as they come, and what a language has for each stem."""

    def __init__(self):
        self._numbers: dict[str, int] = {}
        self._shared: dict[int, int] = {}
        self._languages: dict[str, Language] = {}

    def of(self, language: str) -> "Language":
        """Return the numbers of the words of a language, as written."""
        if language not in self._languages:
            self._languages[language] = Language(language, self)
        return self._languages[language]

    def number_of(self, form: str, *, own: str = "") -> int:
        """Return the number of an exact form, or of the form of its own that a word has besides it."""
        number = self._numbers.setdefault(form, len(self._numbers))
        if not own:
            return number
        own_number = self._numbers.setdefault(own, len(self._numbers))
        self._shared[own_number] = number
        return own_number

    def by_stem(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the lines of a segment's forms: (language and stem, the forms that share it)."""
        lines = (
            (f"{name}\t{stem}".encode(), "\t".join(sorted(forms)).encode())
            for name, language in self._languages.items()
            for stem, forms in language.by_stem.items()
        )
        return iter(sorted(lines))

    def postings(self, parts: list[tuple[Words, int]]) -> Iterator[tuple[bytes, np.ndarray, np.ndarray, np.ndarray]]:
        """Yield (form, documents, counts, positions) of one field, in the order of the forms.

        The field is made of parts, one after the other in each document; positions in a part begin where it says.
        """
        forms = sorted(self._numbers)
        places = np.empty(len(forms), dtype=np.int64)
        places[[self._numbers[form] for form in forms]] = np.arange(len(forms))
        numbers = np.concatenate([np.frombuffer(words.numbers, UINT) for words, _ in parts])
        if not len(numbers):
            return
        documents = np.concatenate([_document_of_each(words) for words, _ in parts])
        positions = np.concatenate([_position_of_each(words, begins) for words, begins in parts])
        numbers, documents, positions = self._with_shared(numbers, documents, positions)
        keys = places[numbers] * len(parts[0][0].sizes) + documents
        order = np.argsort(keys, kind="stable")
        keys, positions = keys[order], positions[order]
        starts = _starts(keys)
        places_of, documents = np.divmod(keys[starts], len(parts[0][0].sizes))
        documents, ends = documents.astype(UINT), np.append(starts, len(keys))
        counts = np.diff(ends).astype(UINT)
        terms = np.append(_starts(places_of), len(starts)).tolist()
        for first, last in pairwise(terms):
            yield (
                forms[places_of[first]].encode(),
                documents[first:last],
                counts[first:last],
                positions[ends[first] : ends[last]],
            )

    def _with_shared(self, numbers, documents, positions):
        """A word with a form of its own stands in its place a second time, as the form that it shares."""
        shared = np.arange(len(self._numbers), dtype=UINT)
        shared[list(self._shared)] = list(self._shared.values())
        is_own = shared[numbers] != numbers
        if not is_own.any():
            return numbers, documents, positions
        copies = is_own + np.int8(1)
        numbers, documents, positions = (np.repeat(column, copies) for column in (numbers, documents, positions))
        seconds = np.cumsum(copies, dtype=np.int64)[is_own] - 1
        numbers[seconds] = shared[numbers[seconds]]
        return numbers, documents, positions


class Language(dict):
    """A word as written -> the number of its form. What a word is worked out to be is kept as long as this is."""

    def __init__(self, name: str, forms: Forms):
        super().__init__()
        self.by_stem: defaultdict[str, set[str]] = defaultdict(set)
        self._name, self._forms = name, forms

    def __missing__(self, word):
        form = exact(word)
        for stem in stems(word, self._name):
            self.by_stem[stem].add(form)
        number = self[word] = self._forms.number_of(form, own=own_form(word))
        return number


def length_of(count: int) -> str:
    """Return the name of the length of an answer of so many words."""
    return max((least, name) for name, least in LENGTHS.items() if least <= count)[1]


def _document_of_each(words):
    return np.repeat(np.arange(len(words.sizes), dtype=np.int64), words.sizes)


def _position_of_each(words, begins):
    sizes = np.frombuffer(words.sizes, UINT).astype(np.int64)
    first_of_each = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return (np.arange(len(words.numbers)) - first_of_each + begins).astype(UINT)


def _starts(keys):
    """Return where each run of equal keys begins."""
    return np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
