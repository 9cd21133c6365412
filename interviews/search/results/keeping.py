"""Pages that were made before are given again, if the database still says of them what it said then."""

from dataclasses import dataclass

from interviews.search.language.resolving import Resolved

from .asking import Asking
from .page import Page

PAGE_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A page, what its query meant, and all that the database was asked for it."""

    page: Page
    resolved: Resolved
    asking: Asking

    def is_of_now(self, resolved: Resolved) -> bool:
        """Whether it would be made alike of the same state of the index: of names and withdrawals it knows all."""
        return self.resolved == resolved and self.asking.hears_the_same()

    @property
    def nbytes(self) -> int:
        return PAGE_BYTES + self.asking.nbytes + 2 * sum(len(hit.question) for hit in self.page.hits)
