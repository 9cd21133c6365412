"""The front matter of Markdown files: the part of YAML that transcripts use, with the place of every value."""

import re
from collections.abc import Iterator

from interviews.ingest.lines import Field

KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
ESCAPED = {"n": " ", "t": " ", "_": " ", "N": " ", "\n": ""}
FENCE = "---"


def read_front_matter(text: str) -> tuple[tuple[Field, ...], int]:
    """Return the fields between two lines of --- at the top, and where the text after them begins.

    A key with a list gives one field for each item. Without front matter: no fields, and 0.
    """
    lines = list(_lines(text))
    first = next((index for index, (line, _) in enumerate(lines) if line.strip()), None)
    if first is None or lines[first][0].rstrip() != FENCE:
        return (), 0
    closing = next((i for i in range(first + 1, len(lines)) if lines[i][0].rstrip() == FENCE), None)
    inside = lines[first + 1 : closing]
    if closing is None or not inside or not _is_yaml(inside):
        return (), 0
    line, start = lines[closing]
    return tuple(_fields(text, inside)), start + len(line)


def _lines(text, limit=1000):
    """Yield (line, offset) of the first lines: front matter stands at the top and is short."""
    start = 0
    for _ in range(limit):
        end = text.find("\n", start)
        if end < 0:
            yield text[start:], start
            return
        yield text[start:end], start
        start = end + 1


def _is_yaml(lines):
    """Every line is a key, an item, empty, or belongs (indented) to the line above; the first is a key."""
    keys = [bool(KEY.match(line.rstrip())) for line, _ in lines]
    return keys[0] and all(
        is_key or ITEM.match(line) or not line.strip() or line[0] in " \t"
        for (line, _), is_key in zip(lines, keys, strict=True)
    )


def _fields(text, lines) -> Iterator[Field]:
    key = None
    for index, (line, start) in enumerate(lines):
        found = KEY.match(line.rstrip("\r"))
        item = ITEM.match(line.rstrip("\r")) if not found else None
        if found:
            key, raw, at = found[1], found[2] or "", start
        elif item and key:
            raw, at = item[1], start
        else:
            continue
        folded = _folded(lines[index + 1 :])
        end = folded[-1][1] + len(folded[-1][0]) if folded else start + len(line)
        value = _value("\n".join([raw, *(line.strip("\r") for line, _ in folded)]).strip())
        if value:
            yield Field(key, value, at, end)


def _folded(following):
    """Return the lines that go on with the value above: indented, neither key nor item."""
    folded = []
    for line, start in following:
        if not line.strip() or line[0] not in " \t" or ITEM.match(line):
            break
        folded.append((line, start))
    return folded


def _value(raw):
    """Return a scalar as text: quotes taken off, escapes read, folded lines joined by a space."""
    if raw.startswith('"'):
        joined = re.sub(r"\\\n[ \t]*", "", raw[1:].removesuffix('"'))
        value = ESCAPE.sub(_unescape, joined)
    elif raw.startswith("'"):
        value = raw[1:].removesuffix("'").replace("''", "'")
    else:
        value = raw.removeprefix("|").removeprefix(">")
    return " ".join(value.split())


def _unescape(found):
    if found[1] or found[2]:
        return chr(int(found[1] or found[2], 16))
    return ESCAPED.get(found[3], found[3])
