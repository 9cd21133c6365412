import codecs

import pytest

from interviews.ingest.reader import MAX_BYTES, decode, read_bytes
from interviews.ingest.transcript import Severity, UnreadableError

RUSSIAN = (
    "Вопрос: Почему паром опять опоздал?\n\nМинистр: Потому что лёд на реке ещё не сошёл. Мы говорили об этом вчера.\n"
)
WESTERN = "Question : Où va le bac ?\n\nMinistre : À Genève, “l’été” est très agréable – déjà.\n"


def problem_of(data, **options):
    with pytest.raises(UnreadableError) as caught:
        decode(data, **options)
    assert caught.value.problem.severity is Severity.REFUSE
    return caught.value.problem


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (RUSSIAN.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + RUSSIAN.encode(), "UTF-8"),
        (RUSSIAN.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"), "UTF-16"),
        (RUSSIAN.encode("utf-32"), "UTF-32"),
    ],
)
def test_marks_and_utf8_are_read_without_a_guess(data, encoding):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.problems) == (RUSSIAN, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN * 3, "windows-1251"), (RUSSIAN * 3, "koi8-r"), (WESTERN * 3, "windows-1252"), (WESTERN, "windows-1252")],
)
def test_single_byte_encodings_are_guessed_and_noted(text, encoding):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding.lower() == encoding
    assert [(problem.code, problem.severity) for problem in decoded.problems] == [("guessed_encoding", Severity.NOTE)]


def test_line_ends_and_spaces_stay_as_they_are():
    text = "Question:\u00a0why?\r\n\r\nMinister: be\u00adcause\t.\r"
    assert decode(text.encode()).text == text


def test_encoding_named_by_a_person_is_believed():
    decoded = decode(RUSSIAN.encode("koi8-r"), encoding="koi8-r")
    assert (decoded.text, decoded.problems) == (RUSSIAN, ())


def test_encoding_named_by_a_person_must_exist_and_fit():
    assert problem_of(b"abc", encoding="no-such").code == "unknown_encoding"
    assert problem_of("é".encode("latin-1"), encoding="utf-8").code == "undecodable"


def test_encoding_declared_in_xml_is_used():
    data = f'<?xml version="1.0" encoding="koi8-r"?><p>{RUSSIAN}</p>'.encode("koi8-r")
    assert RUSSIAN in decode(data).text


@pytest.mark.parametrize(
    ("data", "line"), [(b"caf\xc3\xa9\n\nse\xc3\xb1or \xff tea", 3), (b"Question: caf\xff\xfe?", 1)]
)
def test_damaged_utf8_is_refused_with_its_place(data, line):
    problem = problem_of(data)
    assert (problem.code, problem.line) == ("undecodable", line)
    assert f"Byte {data.index(0xFF)} (in line {line})" in problem.message


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", codecs.BOM_UTF8 + b"\n", codecs.BOM_UTF16_LE + b" \x00"])
def test_file_without_words_is_refused(data):
    assert problem_of(data).code == "empty_file"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04 ...", "docx"),
        (b"\xd0\xcf\x11\xe0 ...", "doc"),
        (b"{\\rtf1 Question: why?}", "rtf"),
        (b"Question: why\x00\x01?", "plain text"),
        (bytes(range(256)) * 40, "plain text"),
    ],
)
def test_other_formats_are_refused_and_told_what_to_do(data, word):
    problem = problem_of(data)
    assert problem.code == "binary_file"
    assert word in problem.message
    assert "Save it as plain text" in problem.message


def test_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path)
    assert caught.value.problem.code == "too_large"
    assert problem_of(b"a" * (MAX_BYTES + 1)).code == "too_large"


def test_characters_lost_before_are_noted_with_their_line():
    problem = decode("Question: why?\nMinister: caf\ufffd.".encode()).problems[0]
    assert (problem.code, problem.line, problem.severity) == ("lost_characters", 2, Severity.NOTE)
