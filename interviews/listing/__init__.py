"""Lists of answers to take away: all that a search finds, or all that is said by or about an entity."""

from .answers import Listing, listing_of
from .files import FORMS, file_of

__all__ = ["FORMS", "Listing", "file_of", "listing_of"]
