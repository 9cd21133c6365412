"""How much other documents resemble one: by the words and the names that they share with it and with few others."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from operator import attrgetter

import numpy as np

from interviews.search.engine.evaluating import Evaluation
from interviews.search.engine.found import Found
from interviews.search.engine.patience import Patience
from interviews.search.engine.snapshot import Snapshot
from interviews.search.text.analysis import WORD, exact, stems

MOST_WORDS = 600  # of a question and its answer that are read
MOST_INFLECTED, MOST_TELLING = 60, 24  # of the rarest words of it
SHORTEST = 3  # letters
# Nothing is told by a word that more than one document of so many has; where there are few, so many may have it anyway.
COMMON_SHARE, COMMON_ANYWAY = 25, 3
# How much more often standing there again adds, and how much of that counts however long a document is.
SATURATION, WHATEVER_LENGTH = 1.2, 0.5
# What a shared name counts beside a word that is as rare and stands in both once.
NAME = 2
RARE_NAME = 0.2
LONGEST_WAIT = 0.3  # seconds
DIRECTION = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]")  # (Laughter.), [inaudible]


@dataclass(frozen=True, slots=True)
class Telling:
    """A word of a document, in any inflection, that few others of its language have.

    `rarity` is 0 to 1; `weight` the same, less for a word that the document has but once. Of `documents` each has one
    of the `forms` so many times (`counts`); one with several forms stands there more than once.
    """

    forms: frozenset[str]
    rarity: float
    weight: float
    documents: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What each document shares with one: its score (float32), 0 for none, and the number of words and names.

    A word that hardly any document has adds about .2 where it stands once in both, whatever the size of the archive.
    `weights` are those of the words, by their forms.
    """

    scores: np.ndarray
    shared: np.ndarray
    weights: Mapping[str, float]


def resemblance(snapshot: Snapshot, document: int) -> Resemblance:
    """Return what the documents of a snapshot share with one: rare words of its language, and rare names in any.

    It shares nothing with itself. Words that are not looked up when time is up are left out.
    """
    stored, lasting = snapshot.stored(document), _lasting_counts(snapshot)
    scores, shared = np.zeros(snapshot.size, np.float32), np.zeros(snapshot.size, np.uint16)
    telling = telling_words(snapshot, stored, Patience(LONGEST_WAIT))
    for word in telling:
        added = word.weight * word.rarity * word.counts / (word.counts + lasting[word.documents])
        np.add.at(scores, word.documents, added)
        shared[np.unique(word.documents)] += 1
    rarity = _rarity_among(snapshot.live, snapshot.live)
    for value in stored["about"]:
        having = np.flatnonzero(snapshot.carrying("about", [value]) & snapshot.live)
        scores[having] += NAME * rarity(len(having)) ** 2 / (1 + SATURATION) / (1 + lasting[having])
        shared[having] += rarity(len(having)) > RARE_NAME
    scores[document] = shared[document] = 0
    return Resemblance(scores, shared, {form: word.weight for word in telling for form in word.forms})


def document_of(snapshot: Snapshot, turn: int) -> int | None:
    """Return the document of a turn, given by its key; None for one that is none."""
    found = np.flatnonzero((snapshot.numbers("turn") == turn) & snapshot.live)
    return int(found[0]) if len(found) else None


def resembling(among: Found, turn: int) -> Found:
    """Return those of some documents that resemble that of a turn, by how much they do."""
    snapshot, document = among.snapshot, document_of(among.snapshot, turn)
    scores = np.zeros(snapshot.size, np.float32) if document is None else resemblance(snapshot, document).scores
    return Found(snapshot, among.asked, Evaluation(among.mask & (scores > 0), scores, among.examined))


def telling_words(snapshot: Snapshot, stored: Mapping, patience: Patience) -> list[Telling]:
    """Return the words that tell most of a document, by what is stored of it; the best first."""
    language = stored["language"]
    spoken = snapshot.live & snapshot.carrying("language", [language]) if language else snapshot.live
    rarity, most = _rarity_among(spoken, snapshot.live), np.count_nonzero(spoken) // COMMON_SHARE + COMMON_ANYWAY
    rare, found = [], []
    for (form, cut), count in _words_of(stored).items():
        having = sum(len(places.documents) for _, places in _standing(snapshot, form))
        if having <= most:
            often = count / (count + SATURATION)
            rare.append((rarity(having) * often, form, cut, often))
        if patience.share(1) < 0:
            break
    for _, form, cut, often in nlargest(MOST_INFLECTED, rare):
        forms = _inflections(snapshot, form, cut, language)
        documents, counts = _places(snapshot, forms)
        kept = spoken[documents]
        having = np.count_nonzero(kept)
        if 1 < having <= most:
            found.append(Telling(forms, rarity(having), rarity(having) * often, documents[kept], counts[kept]))
    return nlargest(MOST_TELLING, found, key=attrgetter("weight"))


def _words_of(stored):
    """{(exact form, stems): how often it stands in question and answer}; of inflected words the first form."""
    text = DIRECTION.sub(" ", f"{stored['question']} {stored['answer']}")
    written = Counter(found[0] for found in islice(WORD.finditer(text), MOST_WORDS))
    firsts, counts = {}, Counter()
    for word, count in written.items():
        form, cut = exact(word), stems(word, stored["language"])
        if len(form) >= SHORTEST:
            counts[firsts.setdefault(cut, form), cut] += count
    return counts


def _standing(snapshot, form):
    """Yield (first document of a segment, where an exact form stands in its texts)."""
    for first, segment in zip(snapshot.firsts, snapshot.segments, strict=True):
        if places := segment.postings("text", form):
            yield first, places


def _inflections(snapshot, form, cut, language):
    found = (segment.forms_of(language, stem) for segment in snapshot.segments for stem in cut)
    return frozenset((form,)).union(*found)


def _places(snapshot, forms):
    """The documents that have any of the forms, and how often each form."""
    found = [(first, places) for form in forms for first, places in _standing(snapshot, form)]
    documents = [first + places.documents.astype(np.int64) for first, places in found]
    counts = [places.counts for _, places in found]
    return np.concatenate([np.zeros(0, np.int64), *documents]), np.concatenate([np.zeros(0, np.uint32), *counts])


def _rarity_among(documents, everything):
    """Return a function: how rare is what so many of some documents have, 1 for one alone of all, 0 for what all have.

    Where they are but a few of all, nothing among them is very rare.
    """
    size, total = np.count_nonzero(documents), np.count_nonzero(everything)
    return lambda having: math.log((size + 1) / max(1, having)) / math.log(total + 2)


def _lasting_counts(snapshot):
    """How often each document must have a word for half of what that can add: the longer, the more often."""
    length = (snapshot.numbers("question_words") + snapshot.numbers("answer_words")).astype(np.float32)
    average = max(1, length[snapshot.live].mean())
    return SATURATION * (WHATEVER_LENGTH + (1 - WHATEVER_LENGTH) * length / average)
