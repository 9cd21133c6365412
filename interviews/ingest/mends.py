"""What to do about a problem: in one way on the command line, in another at the curators' desk."""

from functools import lru_cache

from interviews.ingest.words import load


def with_mend(problem, *, at_desk: bool) -> str:
    """Return the message of a problem (of a transcript or a row) with what to do about it in that place."""
    return " ".join(filter(None, [problem.message, mend_of(problem, at_desk=at_desk)]))


def mend_of(problem, *, at_desk: bool) -> str:
    """Return what to do about a problem in that place; '' where the message says so, or there is nothing to do."""
    return _mends().get(problem.code, {}).get("desk" if at_desk else "command", "")


@lru_cache(maxsize=1)
def _mends():
    return load("mends")
