"""Help with a search that was made: whom its words name, and other spellings."""

import logging
from dataclasses import dataclass

from .correcting import Correction, corrections, respelt
from .generations import IndexUnavailableError
from .naming import Suggestion, names_in
from .page import Page

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Help:
    """Other searches: for whom or what the words are names, and in other spellings."""

    named: tuple[Suggestion, ...] = ()
    corrections: tuple[Correction, ...] = ()


def help_with(page: Page) -> Help:
    """Return help with the search that a page answers. What was asked is never changed by it."""
    try:
        others = respelt(page.request)
        named = next(filter(None, map(names_in, [page.request, *others])), ())
        return Help(named, corrections(others))
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return Help()
