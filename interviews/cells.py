"""Cells of tables that people open in spreadsheets."""

import re

# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it keeps it a text.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r]")
QUOTED_FORMULA = re.compile("'+[=+\\-@＝＋－＠\t\r]")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_typed(cell: str) -> str:
    """Undo `harmless`, whether or not a spreadsheet has kept the apostrophe.

    >>> as_typed("'=1+1"), as_typed("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if QUOTED_FORMULA.match(cell) else cell
