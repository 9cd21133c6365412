"""Which documents resemble another: those that share the words by which it differs from most."""

import heapq
import math
from collections import Counter
from collections.abc import Mapping

import numpy as np

from interviews.search.engine.conditions import AllOf, AnyOf, Between, Condition, Phrase, Without
from interviews.search.engine.snapshot import Snapshot
from interviews.search.text.analysis import exact, words

MOST_TELLING = 25


def resembling(snapshot: Snapshot, turn_id: int) -> Condition:
    """Return the condition for documents that share a telling word with that of a turn, which itself is left out."""
    itself = Between("turn", turn_id, turn_id)
    own = np.flatnonzero((snapshot.numbers("turn") == turn_id) & snapshot.live)
    shared = [form for document in own.tolist() for form in telling_forms(snapshot, snapshot.stored(document))]
    return AllOf((AnyOf(tuple(Phrase((form,)) for form in shared)), Without(itself)))


def telling_forms(snapshot: Snapshot, stored: Mapping) -> list[str]:
    """Return the forms that stand often in an answer, else in its question, and in few other documents."""
    counts = Counter(exact(word) for word in words(stored["answer"] or stored["question"]))
    total = np.count_nonzero(snapshot.live)
    having = {form: snapshot.frequency(form) for form in counts}
    shared = [form for form in counts if having[form] > 1]
    return heapq.nlargest(MOST_TELLING, shared, key=lambda form: counts[form] * math.log(total / having[form]))
