"""All that a request finds, and how it is told: what every view of a result set begins with."""

import logging
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from interviews.search.engine.found import Found
from interviews.search.engine.patience import TIME_LIMIT
from interviews.search.engine.snapshot import Snapshot, current_snapshot
from interviews.search.index.generations import IndexUnavailableError
from interviews.search.language.describing import Description, describe
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.language.resolving import resolve

from .finding import TOO_SLOW, asked_by, labels_of

logger = logging.getLogger(__name__)
BATCH = 500  # answers of a stream that the database is asked about at once


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What a request finds. `notices` say what was not understood."""

    request: Request
    found: Found
    description: Description
    notices: tuple[str, ...]


def usable_snapshot() -> Snapshot | None:
    """Return the newest state of the index; None while no index is usable."""
    try:
        return current_snapshot()
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error, exc_info=error.__cause__)
        return None


def result_set(snapshot: Snapshot, request: Request, *, seconds: float = TIME_LIMIT) -> ResultSet:
    """Find what is asked for in a snapshot, as far as it is read in so many seconds, and describe it."""
    query = parse(request.query)
    resolved = resolve(query)
    found = snapshot.find(asked_by(request, resolved), seconds=seconds)
    labels = labels_of(request, {}, [], resolved.meanings)
    notices = (*request.notices, *map(str, resolved.notices))
    described = describe(request, query, resolved.meanings, labels.label, total=found.total)
    return ResultSet(request, found, described, notices)


def everything(request: Request) -> ResultSet | None:
    """Find all that is asked for, however long it takes: a part would pass for the whole. None without an index."""
    snapshot = usable_snapshot()
    return snapshot and result_set(snapshot, request, seconds=math.inf)


def turns_of(results: ResultSet, *, most: int) -> Iterator[list[int]]:
    """Yield the keys of the turns that were found, in their order, some hundred at once and `most` in all.

    However many they are, few are in memory, and all are of one state of the index.
    """
    turns, documents = results.found.snapshot.numbers("turn"), results.found.documents[:most]
    for first in range(0, len(documents), BATCH):
        yield turns[documents[first : first + BATCH]].tolist()


def turns_of_interviews(results: ResultSet, interviews: Iterable[int], *, most: int) -> list[int]:
    """Return the keys of the turns that were found in some interviews, interview by interview; `most` in all."""
    snapshot, documents = results.found.snapshot, np.sort(results.found.documents)
    turns, of_interview = snapshot.numbers("turn")[documents], snapshot.numbers("interview")[documents]
    holding, keys = set(of_interview.tolist()), []
    for interview in interviews:
        if interview in holding:
            keys += turns[of_interview == interview].tolist()
        if len(keys) >= most:
            break
    return keys[:most]


def cut_short(examined: int, snapshot: Snapshot) -> list[str]:
    """Say that only so many documents were looked through, where that are not all."""
    return [TOO_SLOW.format(examined, snapshot.size)] if examined < snapshot.size else []


def last_page_start(page: int, size: int, total: int) -> int:
    """Return how many of `total` stand before a page of so many; past the last page those before the last."""
    return min((page - 1) * size, max(0, total - 1) // size * size)
