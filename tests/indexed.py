"""What the search index holds, read from its segments without the engine."""

import numpy as np

from interviews.search.index.generations import open_current


def indexed(form="", **values):
    """Return the numbers of the turns whose documents hold this exact form and carry these values, in their order."""
    _, state = open_current()
    found = []
    for segment, live in zip(state.segments, state.live, strict=True):
        mask = live.copy()
        if form:
            postings = segment.postings("text", form)
            mask &= _mask(postings.documents if postings else [], segment.size)
        for facet, value in values.items():
            mask &= _mask(segment.carriers(facet, value), segment.size)
        for document in np.flatnonzero(mask).tolist():
            place = [int(segment.numbers(name)[document]) for name in ("interview", "position")]
            found.append((*place, segment.stored(document)["number"]))
    return [number for *_, number in sorted(found)]


def _mask(documents, size):
    mask = np.zeros(size, dtype=bool)
    mask[documents] = True
    return mask
