"""Help with a search that was made: whom its words name, other spellings and readings, and what to leave out of it."""

import logging
from dataclasses import dataclass

from interviews.search.engine.patience import PAGE_LIMIT, OutOfTimeError
from interviews.search.index.generations import IndexUnavailableError
from interviews.search.results.counting import one_look
from interviews.search.results.page import Page

from .correcting import Correction, corrections, respelt
from .naming import MOST, Suggestion, names_in, with_the_rest_told
from .relaxing import Apart, Relaxation, parts_apart, relaxations
from .rereading import Rereading, rereadings
from .suggesting import completions

logger = logging.getLogger(__name__)
TIME_LIMIT = 1.0  # seconds for all that is looked for beside the search itself, where it leaves as many
FEW = 3  # answers: of a search that finds fewer something may be left out


@dataclass(frozen=True, slots=True)
class Help:
    """Other searches: for whom or what words `named`, in other spellings, with one thing less, and part by part.

    Where nothing is found, the words may be the beginning of what is `named`, phrases among it, and `rereadings` look
    for the same words elsewhere.
    """

    named: tuple[Suggestion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    rereadings: tuple[Rereading, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    apart: tuple[Apart, ...] = ()


def help_with(page: Page, *, seconds: float = PAGE_LIMIT) -> Help:
    """Return help with the search that a page answers; none where not even that could be looked through in time.

    What was asked is never changed by it. It takes at most TIME_LIMIT of the seconds that are left for the page: where
    time is up, what is there by then.
    """
    seconds = min(seconds, TIME_LIMIT)
    if seconds <= 0 or not page.is_complete:
        return Help()
    try:
        with one_look(seconds):
            return _help_with(page)
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return Help()


def _help_with(page):
    request = page.request
    others = _in_time(respelt, request)
    named = next(filter(None, (_in_time(names_in, each) for each in (request, *others))), ())
    is_little = page.total < FEW
    dropped = _in_time(relaxations, request, page.description.chips) if is_little else ()
    spelt = _in_time(corrections, request, others)
    apart = _in_time(parts_apart, request) if is_little and not spelt else ()
    # Of two words each is found without the other: said once.
    is_said = {each.request for each in apart if each.count} <= {each.request for each in dropped}
    reread = () if page.total else _in_time(rereadings, request)
    named = named or (() if page.total else _in_time(_begun, request))
    return Help(named, spelt, reread, dropped, () if is_said else apart)


def _begun(request):
    """What is suggested to who types, for those who are shown nothing while they do."""
    begun = completions(request)[:MOST]
    return tuple(each if each.group == "phrase" else with_the_rest_told(each) for each in begun)


def _in_time(look, *arguments):
    try:
        return look(*arguments)
    except OutOfTimeError:
        return ()
