"""Help with a search that was made: whom its words name, other spellings and readings, and what to leave out of it."""

import logging
from dataclasses import dataclass

from interviews.search.engine.snapshot import one_snapshot
from interviews.search.index.generations import IndexUnavailableError
from interviews.search.results.page import Page

from .correcting import Correction, corrections, respelt
from .naming import Suggestion, names_in
from .relaxing import Apart, Relaxation, parts_apart, relaxations
from .rereading import Rereading, rereadings

logger = logging.getLogger(__name__)
FEW = 3  # answers: of a search that finds fewer something may be left out


@dataclass(frozen=True, slots=True)
class Help:
    """Other searches: for whom or what words `named`, in other spellings, with one thing less, and part by part.

    `rereadings` look for the same words elsewhere, where nothing is found.
    """

    named: tuple[Suggestion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    rereadings: tuple[Rereading, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    apart: tuple[Apart, ...] = ()


def help_with(page: Page) -> Help:
    """Return help with the search that a page answers; none where not even that could be looked through in time.

    What was asked is never changed by it.
    """
    try:
        return _help_with(page) if page.is_complete else Help()
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return Help()


@one_snapshot()
def _help_with(page):
    request = page.request
    others = respelt(request)
    named = next(filter(None, map(names_in, [request, *others])), ())
    is_little = page.total < FEW
    dropped = relaxations(request, page.description.chips) if is_little else ()
    spelt = corrections(request, others)
    apart = parts_apart(request) if is_little and not spelt else ()
    # Of two words each is found without the other: said once.
    is_said = {each.request for each in apart if each.count} <= {each.request for each in dropped}
    reread = () if page.total else rereadings(request)
    return Help(named, spelt, reread, dropped, () if is_said else apart)
