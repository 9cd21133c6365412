"""Keys of rows as addresses and forms give them."""

LONGEST = 18  # digits: more than any database counts to


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row; a database refuses other numbers."""
    return text.isdecimal() and len(text) <= LONGEST
