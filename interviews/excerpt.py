"""A few lines of a text around one of them."""

AROUND = 2
LONGEST = 240


def lines_around(text: str, line: int) -> list[tuple[int, str]]:
    """Return [(number, line), ...] of a line, counted from 1, and its neighbours; of a long one only its beginning.

    A line that the text does not have is surrounded by nothing.

    >>> lines_around("one\\ntwo", 2)
    [(1, 'one'), (2, 'two')]
    """
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return []
    first = max(1, line - AROUND)
    return [(number, _shortened(lines[number - 1])) for number in range(first, min(len(lines), line + AROUND) + 1)]


def _shortened(line):
    line = line.rstrip("\r")
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
