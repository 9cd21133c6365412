"""From bytes to text: byte-order mark, UTF-8, then what the bytes look like; or a clear word why not.

The text is never changed here: every later offset counts its characters.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

import chardet

from interviews.ingest.transcript import Problem, Severity, UnreadableError

MAX_BYTES = 5 * 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MARKED_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}
OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document (docx, odt)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc)"),
    (b"{\\rtf", "a rich-text document (rtf)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding=["']([A-Za-z0-9._-]{2,40})["']""")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
CERTAIN = 0.95
USUAL = re.compile(
    r"windows-125[1-8]|koi8-[rut]|iso-8859-(?:5|6|7|8|9)|gb\w*|big5\S*|shift.jis\S*|cp932|euc\S*|iso-2022\S*|utf\S*",
    re.IGNORECASE,
)
CENTRAL_EUROPEAN = frozenset(["pl", "cs", "sk", "hu", "ro", "hr", "sl", "sr", "bs", "sq"])
# Letters that a wrong single-byte reading makes and that real texts of these encodings hardly hold.
RARE = re.compile(r"[ÿþÞðÐ¤¦¨¬¯¸×÷\x80-\x9f]|(?<=[a-zß-ÿ])[À-ÖØ-Þ]")
HIGH = re.compile(r"[^\x00-\x7f]")
DETECTED_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the name of its encoding, and what a person should know about the decoding."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises OSError where it cannot be opened, UnreadableError where it is too large."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _too_large(size)
    return path.read_bytes()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Return the text of a file's bytes, without its byte-order mark.

    `encoding` is the word of a person and is believed. Raises UnreadableError where there is no text in the bytes.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if not data.strip():
        raise _refused("empty_file", None, "The file is empty.")
    _refuse_other_formats(data)
    decoded = _decode_as(data, encoding) if encoding else _detect(data)
    if not decoded.text.strip():
        raise _refused("empty_file", None, "The file holds nothing but white space.")
    control = CONTROLS.search(decoded.text)
    if control:
        line = decoded.text.count("\n", 0, control.start()) + 1
        raise _refused("binary_file", line, "Control characters stand in it: this is no text. Save it as plain text.")
    return Decoded(decoded.text, decoded.encoding, decoded.problems + _damaged(decoded.text))


def _refuse_other_formats(data):
    for magic, name in OTHER_FORMATS:
        if data.startswith(magic):
            raise _refused("binary_file", None, f"This is {name}, not a text. Save it as plain text.")


def _decode_as(data, encoding):
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), codecs.lookup(encoding).name.upper())
    except LookupError:
        raise _refused("unknown_encoding", None, f"There is no encoding called {encoding}.") from None
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, encoding) from None


def _detect(data):
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(_decode_as(data, name).text, MARKED_NAMES[name])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared(data) or _guess(data, error.start)
    if data.count(b"\x00") * 5 > len(data):  # every other byte of UTF-16 is one in most languages
        return _guess(data, data.index(b"\x00"))
    return Decoded(text, "UTF-8")


def _declared(data):
    """Return the text in the encoding that an XML declaration names, if it names one that fits."""
    found = DECLARED.match(data[:200])
    if not found or found[1].lower() in (b"utf-8", b"utf8"):
        return None
    try:
        return _decode_as(data, found[1].decode())
    except UnreadableError:
        return None


def _guess(data, first_bad):
    """Return the text in the encoding that it looks like; damaged UTF-8 is not guessed at."""
    if _is_damaged_utf8(data):
        raise _undecodable(data, first_bad, "UTF-8")
    guess = chardet.detect(data[:DETECTED_SAMPLE])
    if not guess["encoding"]:
        raise _refused("binary_file", None, "The bytes are no text in any known encoding. Save it as plain text.")
    name = _likely(guess)
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise _undecodable(data, first_bad, "UTF-8") from None
    high = len(HIGH.findall(text))
    if len(RARE.findall(text)) * 5 > high:
        raise _undecodable(data, first_bad, "UTF-8")
    message = (
        f"The encoding is a guess: {name} ({guess['confidence']:.0%} sure). "
        "If letters look wrong, save the file as UTF-8."
    )
    problems = () if guess["confidence"] > CERTAIN else (Problem("guessed_encoding", None, message, Severity.NOTE),)
    return Decoded(text, name, problems)


def _likely(guess):
    """Return the encoding of a guess, and the Western one for guesses that such archives do not meet.

    Few letters make the detector choose old DOS pages, or Central European ones for Western languages.
    """
    name = guess["encoding"]
    central_european = name.lower() in ("windows-1250", "iso-8859-2") and guess["language"] in CENTRAL_EUROPEAN
    return name if USUAL.fullmatch(name) or central_european else "Windows-1252"


def _is_damaged_utf8(data):
    """Where most of the bytes above ASCII form good UTF-8, the others are damage, not another encoding."""
    text = data[:DETECTED_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return len(HIGH.findall(text)) - bad > bad


def _damaged(text):
    at = text.find("\N{REPLACEMENT CHARACTER}")
    if at < 0:
        return ()
    line = text.count("\n", 0, at) + 1
    message = "Some characters were lost before this file was saved: it shows \N{REPLACEMENT CHARACTER} for them."
    return (Problem("lost_characters", line, message, Severity.NOTE),)


def _too_large(size):
    message = (
        f"The file is too large for a transcript: {size / 1024 / 1024:.0f} MB, the limit is "
        f"{MAX_BYTES // 1024 // 1024} MB. Split it into one file for each interview."
    )
    return _refused("too_large", None, message)


def _undecodable(data, offset, encoding):
    line = data.count(b"\n", 0, offset) + 1
    message = f"Byte {offset} (in line {line}) is no {encoding}, and nothing else fits. Save the file as UTF-8."
    return _refused("undecodable", line, message)


def _refused(code, line, message):
    return UnreadableError(Problem(code, line, message, Severity.REFUSE))
