"""Bibliographies: each answer as its page cites it, its version named."""

from collections.abc import Iterator

from interviews.citing.bibtex import bibtex
from interviews.citing.reference import Reference, reference_of
from interviews.citing.ris import ris
from interviews.models import Turn

from .answers import Listing
from .provenance import told


def as_bibtex(listing: Listing) -> Iterator[str]:
    """Yield entries parted by empty lines. What stands before the first, BibTeX takes for a comment."""
    yield "".join(f"% {line}\n" for line in lines_about(listing)).replace("@", "(at)")
    for turn in listing.turns():
        yield f"\n{bibtex(reference(listing, turn))}"


def as_ris(listing: Listing) -> Iterator[str]:
    """Yield records. What stands before the first TY, readers pass over."""
    yield "".join(f"{line}\r\n" for line in lines_about(listing))
    for turn in listing.turns():
        yield f"\r\n{ris(reference(listing, turn))}"


def reference(listing: Listing, turn: Turn) -> Reference:
    return reference_of(turn, site_url=listing.root, accessed=listing.taken_on)


def lines_about(listing: Listing) -> list[str]:
    """Return what the list is, a line each, none of which reads as a field of RIS."""
    return [f"{name.replace('_', ' ')}: {' '.join(str(words).split())}" for name, words in told(listing).items()]
