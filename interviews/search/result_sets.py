"""All that a request finds, and how it is told: what every view of a result set begins with."""

import logging
from dataclasses import dataclass

from .describing import Description, describe
from .finding import TOO_SLOW, asked_by, labels_of
from .found import Found
from .generations import IndexUnavailableError
from .patience import TIME_LIMIT
from .query import parse
from .request import Request
from .resolving import resolve
from .snapshot import Snapshot, current_snapshot

logger = logging.getLogger(__name__)


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


def cut_short(examined: int, snapshot: Snapshot) -> list[str]:
    """Say that only so many documents were looked through, where that are not all."""
    return [TOO_SLOW.format(examined, snapshot.size)] if examined < snapshot.size else []


def last_page_start(page: int, size: int, total: int) -> int:
    """Return how many of `total` stand before a page of so many; past the last page those before the last."""
    return min((page - 1) * size, max(0, total - 1) // size * size)
