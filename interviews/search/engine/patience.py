"""How long one request may take: what it looks for, one thing after the other, shares that time."""

import time

# Seconds after which a request gives what it has found so far.
TIME_LIMIT = 1.5
# Seconds for all that is looked for to make one page: the search and the help beside it.
PAGE_LIMIT = 2.0


class OutOfTimeError(Exception):
    """Time is up: nothing more is read."""


class Patience:
    """The time that is left for one request."""

    def __init__(self, seconds: float = TIME_LIMIT):
        self._ends = time.monotonic() + seconds

    def share(self, steps: int) -> float:
        """Return the seconds for the next of so many steps that are still to be made."""
        return (self._ends - time.monotonic()) / steps
