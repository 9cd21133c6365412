"""From bytes to text: byte-order mark, UTF-8, then what the bytes look like; or a clear word why not.

The text is not changed here, but for letters that a wrong decoding garbled before the file was saved, and only where
that is certain: every later offset counts the characters of the text that this module returns.
"""

import codecs
import errno
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import chardet
from ftfy import fix_encoding
from ftfy.badness import is_bad

from interviews.ingest.language import detect_language
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
DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,100}?encoding=["']([A-Za-z0-9._-]{2,40})["']|"""
    rb"""<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._-]{2,40})""",
    re.IGNORECASE,
)
# As far as browsers look for a declaration, and what they take these names for: https://encoding.spec.whatwg.org/#names-and-labels
DECLARED_WITHIN = 1024
MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
TAG = re.compile(r"<[^<>]*>")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")
# Codecs of Python that are no encodings of texts: they read escapes, names of hosts, or nothing.
NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
CERTAIN = 0.95
OTHER_SCRIPTS = re.compile(
    r"windows-125[135-8]|koi8-[rut]|iso-8859-[5678]|gb\w*|big5\S*|shift.jis\S*|cp932|cp949|euc\S*|iso-2022\S*|utf\S*",
    re.IGNORECASE,
)
LATIN_OF = {"tr": "Windows-1254"} | dict.fromkeys(
    ["pl", "cs", "sk", "hu", "ro", "hr", "sl", "sr", "bs", "sq"], "Windows-1250"
)
LANGUAGE_SAMPLE = 20_000
# Letters that a wrong single-byte reading makes and that real texts of these encodings hardly hold.
RARE = re.compile(r"[ÿþÞðÐ¤¦¨¬¯¸×÷\x80-\x9f]|(?<=[a-zß-ÿ])[À-ÖØ-Þ]")
# No language of Latin letters has so many accents together: words of another script.
ACCENTED = re.compile(r"[À-ÿ]{4,}")
HIGH = re.compile(r"[^\x00-\x7f]")
# What two or three bytes of UTF-8 look like in Windows-1252; ftfy, which judges them, is slow on text without any.
FOLLOWING = r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
GARBLED = re.compile(rf"[\x80-\x9fÂ-ï](?:(?<=[\x80-\x9f])|(?<=[Â-ß])(?:{FOLLOWING}|\s)|(?<=[à-ï]){FOLLOWING}{{2}})")
# Stops of a Chinese page in Big5 read as Latin-1: “Reporter¡GWhy” was “Reporter：Why”. In Spanish a space precedes.
BIG5_STOP = re.compile(r"(?<=[^\W_])¡[A-I](?=[^\W\d_]|\s)")
# “AMANHÃ”: a capital and a closing quotation mark look like one garbled letter, and are none.
AMBIGUOUS = re.compile(r"[À-ß][’”»›](?!\w)")
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
DETECTED_SAMPLE = 200_000
FEWEST_SPACES = 1 / 80


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the name of its encoding, and what a person should know about the decoding."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises OSError where it cannot be opened, UnreadableError where it is too large.

    No more is read than the limit allows, whatever the size was a moment ago; a pipe or a device is never opened.
    """
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise OSError(errno.EINVAL, "It is a pipe, a socket or a device", str(path))
    if found.st_size > MAX_BYTES:
        raise _too_large(found.st_size)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    return data


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
    text, repairs = _repaired(decoded.text) if decoded.encoding.startswith("UTF") else (decoded.text, ())
    return Decoded(text, decoded.encoding, decoded.problems + repairs + _damaged(text))


def _refuse_other_formats(data):
    for magic, name in OTHER_FORMATS:
        if data.startswith(magic):
            raise _refused("binary_file", None, f"This is {name}, not a text. Save it as plain text.")


def _decode_as(data, encoding):
    try:
        name = codecs.lookup(encoding).name
        if name in NO_CHARSETS:
            raise LookupError(name)
        return Decoded(data.decode(name).removeprefix("\ufeff"), name.upper())
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, encoding) from None
    except (LookupError, ValueError):
        raise _refused("unknown_encoding", None, f"There is no encoding of texts called {encoding[:40]}.") from None


def _detect(data):
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(_decode_as(data, name).text, MARKED_NAMES[name])
    if b"\x00" in data:
        return _unmarked(data)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        return _declared(data) or _guess(data, error.start)


def _unmarked(data):
    """Return the text of UTF-16 without a mark: the order of bytes in which spaces and no controls stand in it."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        spaces = text.count(" ") + text.count("\n") + text.count("\u3000")
        if spaces >= len(text) * FEWEST_SPACES and not CONTROLS.search(text):
            return Decoded(text, name.upper())
    line = data.count(b"\n", 0, data.index(b"\x00")) + 1
    raise _refused("binary_file", line, "Control characters stand in it: this is no text. Save it as plain text.")


def _declared(data):
    """Return the text in the encoding that an XML declaration or a <meta> of HTML names, if it names one that fits."""
    found = DECLARED.search(data[:DECLARED_WITHIN])
    name = found and (found[1] or found[2]).decode().lower()
    if not name or name in ("utf-8", "utf8"):
        return None
    try:
        decoded = _decode_as(data, _meant(name))
    except UnreadableError:
        return None
    return None if _is_unlikely(decoded.text) else decoded


def _meant(name):
    try:
        return MEANT.get(codecs.lookup(name).name, name)
    except LookupError:
        return name


def _is_unlikely(text):
    """Whether many of its letters are such as a wrong single-byte reading makes."""
    high = len(HIGH.findall(text))
    return len(RARE.findall(text)) * 5 > high or len(ACCENTED.findall(text)) * 10 > high


def _guess(data, first_bad):
    """Return the text in the encoding that it looks like; damaged UTF-8 is not guessed at."""
    if _is_damaged_utf8(data):
        raise _undecodable(data, first_bad, "UTF-8")
    guess = chardet.detect(DECLARED.sub(b"", data[:DETECTED_SAMPLE]))  # what is declared did not fit
    if not guess["encoding"]:
        raise _refused("binary_file", None, "The bytes are no text in any known encoding. Save it as plain text.")
    name = _likely(guess, data)
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise _undecodable(data, first_bad, "UTF-8") from None
    if _is_unlikely(text):
        raise _undecodable(data, first_bad, "UTF-8")
    problems = () if guess["confidence"] > CERTAIN or not text.strip() else (_guessed(text, name, guess["confidence"]),)
    return Decoded(text, name, problems)


def _guessed(text, name, confidence):
    """Return the problem that says what was guessed, at the first word that the guess decides."""
    shown = TAG.sub(lambda tag: " " * len(tag[0]), text)
    shown = shown if HIGH.search(shown) else text
    at = HIGH.search(shown).start()
    word = shown[max(shown.rfind(space, 0, at) for space in " \n\t\r") + 1 :].split(None, 1)[0][:30]
    message = f"The encoding is a guess: {name} ({confidence:.0%} sure), which gives “{word}” here."
    return Problem("guessed_encoding", text.count("\n", 0, at) + 1, message, Severity.NOTE)


def _likely(guess, data):
    """Return the encoding of a guess; among those of Latin letters the one that the language of the text uses.

    Few letters make the detector choose old DOS pages, or Central European ones for Western languages.
    """
    if OTHER_SCRIPTS.fullmatch(guess["encoding"]):
        return guess["encoding"]
    language = detect_language(data[:LANGUAGE_SAMPLE].decode("cp1252", "replace"))
    name = LATIN_OF.get(language, "Windows-1252")
    return guess["encoding"] if (name, guess["encoding"].lower()) == ("Windows-1250", "iso-8859-2") else name


def _is_damaged_utf8(data):
    """Where most of the bytes above ASCII form good UTF-8, the others are damage, not another encoding."""
    text = data[:DETECTED_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return len(HIGH.findall(text)) - bad > bad


def _repaired(text):
    """Return (text, problems) with letters mended that were decoded wrongly before the file was saved: JuppÃ©.

    Line by line, as ftfy finds certain (its measure of “badness” is tuned for no false alarms,
    https://ftfy.readthedocs.io/en/latest/heuristic.html); what could be quoted capitals is left.
    """
    if not (GARBLED.search(text) or ("¡" in text and BIG5_STOP.search(text))):
        return text, ()
    lines, mended = text.split("\n"), []
    for index, line in enumerate(lines):
        suspect = GARBLED.search(line) and is_bad(AMBIGUOUS.sub("", line))
        mend = BIG5_STOP.sub(_big5, fix_encoding(line) if suspect else line)
        if mend != line and not PRIVATE.search(mend):
            lines[index] = mend
            mended.append((index + 1, _first_difference(line, mend)))
    if not mended:
        return text, ()
    (first, (garbled, mend)), count = mended[0], len(mended)
    message = (
        f"Letters were garbled before this file was saved (“{garbled}”); they are mended (“{mend}”) in "
        f"{count} line{'s' * (count > 1)}. The file is kept as received."
    )
    return "\n".join(lines), (Problem("mended_letters", first, message, Severity.NOTE),)


def _big5(found):
    return found[0].encode("latin-1").decode("big5")


def _first_difference(garbled, mended):
    words = zip(garbled.split(" "), mended.split(" "), strict=False)
    return next(((one[:40], other[:40]) for one, other in words if one != other), (garbled[:40], mended[:40]))


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
