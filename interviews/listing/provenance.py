"""Where a list comes from, said in each file of it."""

from .answers import Listing

PROVENANCE = ("search", "search_url", "found", "listed", "taken_on", "archive", "archive_changed")


def told(listing: Listing) -> dict[str, str | int]:
    """Return what was asked for, its address, how much was found, the day, and the archive as of its last change."""
    facts = (
        listing.words,
        listing.root + listing.address,
        listing.found,
        listing.listed,
        listing.taken_on.isoformat(),
        listing.archive,
        listing.archive_changed.isoformat(timespec="seconds"),
    )
    return dict(zip(PROVENANCE, facts, strict=True))
