"""The front matter of Markdown files, with the place of every value: TOML, or the part of YAML that transcripts use."""

import re
import tomllib
from collections.abc import Iterator

from interviews.ingest.lines import Field

KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
BLOCK = re.compile(r"[|>][+-]?\d?(?=\s|$)")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
ESCAPED = {"n": " ", "t": " ", "_": " ", "N": " ", "\n": ""}
PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*=")
LONGEST = 10_000  # characters; the time that tomllib takes grows with the square of a hostile line
YAML, TOML = "---", "+++"


def read_front_matter(text: str) -> tuple[tuple[Field, ...], int]:
    """Return the fields between two lines of --- or +++ at the top, and where the text after them begins.

    A key with a list gives one field for each item. Without front matter: no fields, and 0.
    """
    if not text.lstrip().startswith((YAML, TOML)):
        return (), 0
    lines = list(_lines(text))
    first = next((index for index, (line, _) in enumerate(lines) if line.strip()), None)
    fence = lines[first][0].rstrip() if first is not None else ""
    closing = next((i for i in range((first or 0) + 1, len(lines)) if lines[i][0].rstrip() == fence), None)
    if fence not in (YAML, TOML) or closing is None:
        return (), 0
    inside = lines[first + 1 : closing]
    fields = tuple(_toml_fields(inside) if fence == TOML else _fields(text, inside))
    if not (fields if fence == TOML else _is_yaml(inside)):
        return (), 0
    line, start = lines[closing]
    return fields, start + len(line)


def _lines(text):
    """Yield (line, offset) of the beginning of a text: front matter stands at the top and is short."""
    start = 0
    for line in text[:LONGEST].split("\n"):
        yield line, start
        start += len(line) + 1


def _is_yaml(lines):
    """Every line is a key, an item, empty, or goes on (indented) with the line above; first a key, and none twice."""
    keys = [KEY.match(line.rstrip()) for line, _ in lines]
    names = [key[1] for key in keys if key]
    return bool(keys and keys[0] and len(set(names)) == len(names)) and all(
        key or ITEM.match(line) or not line.strip() or line[0] in " \t#"
        for (line, _), key in zip(lines, keys, strict=True)
    )


def _toml_fields(lines) -> Iterator[Field]:
    """Yield the fields above the first table; nothing where the lines are no TOML."""
    try:
        values = tomllib.loads("\n".join(line.rstrip("\r") for line, _ in lines))
    except (ValueError, RecursionError):  # a number or a nesting too large for Python is no TOML error
        return
    for line, start in lines:
        pair = PAIR.match(line)
        value = values.pop(pair[1], None) if pair else None
        for each in value if isinstance(value, list) else [value]:
            if each and not isinstance(each, dict | list):
                yield Field(pair[1], " ".join(str(each).split()), start, start + len(line.rstrip("\r")))


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
        value = BLOCK.sub("", raw)
    return " ".join(value.split())


def _unescape(found):
    if found[1] or found[2]:
        return chr(int(found[1] or found[2], 16))
    return ESCAPED.get(found[3], found[3])
