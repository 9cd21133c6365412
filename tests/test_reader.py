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


# Two lines of an invented interview, for each encoding.
INVENTED = {
    "cp1250": "Pytanie: Dlaczego most jest zamknięty?\n\nMinister: Zażądaliśmy wyjaśnień od żeglugi.\n",
    "iso-8859-2": "Otázka: Proč je most zavřený?\n\nMinistr: Příští týden jedeme k řece.\n",
    "latin-1": "Pregunta: ¿Cuándo abrirá el puente?\n\nMinistra: En otoño; mañana hablaré con el señor Ibáñez.\n",
    "cp1252": "Frage: Wann fährt die Fähre?\n\nMinister: Im Frühjahr. Die Brücke ist „fast“ fertig, größer als je.\n",
    "cp1251": "Питання: Чому міст зачинено?\n\nМіністр: Тому що його ремонтують, і їхні інженери вже їдуть до нас.\n",
    "koi8-r": "Вопрос: Почему паром опоздал?\n\nМинистр: Потому что лёд ещё не сошёл, об этом мы вчера говорили.\n",
    "gb18030": "问：部长先生，大桥什么时候重新开放？\n\n答：我们正在修理，三月再次会晤。\n",
    "big5": "問：部長先生，大橋什麼時候重新開放？\n\n答：我們正在修理，雙方同意在三月再次會晤。\n",
    "shift_jis": "【記者】橋はいつ再開しますか。\n\n【大臣】修理を進めています。三月に会います。\n",
    "euc-kr": "질문: 다리는 언제 다시 열립니까?\n\n장관: 수리하고 있습니다. 삼월에 다시 만나기로 했습니다.\n",
    "cp1254": "Soru: Köprü ne zaman açılacak?\n\nBakan: Onarım sürüyor; martta yeniden buluşacağız, işler iyi.\n",
    "cp1256": "سؤال: متى يفتح الجسر؟\n\nالوزير: نحن نعمل على إصلاحه واتفقنا على لقاء جديد في الشهر المقبل.\n",
    "cp1253": "Ερώτηση: Πότε θα ανοίξει η γέφυρα;\n\nΥπουργός: Την επισκευάζουμε και συμφωνήσαμε για νέα συνάντηση.\n",
    "utf-16-le": RUSSIAN,
    "utf-16-be": WESTERN,
}


@pytest.mark.parametrize("encoding", INVENTED)
def test_text_of_two_lines_is_read_in_each_usual_encoding(encoding):
    assert decode(INVENTED[encoding].encode(encoding)).text == INVENTED[encoding]


def test_guess_names_the_first_word_that_it_decides():
    text = (
        "Question: Is the bridge open?\n\nMinister: The café beside it is. We will open the rest in the spring.\n" * 3
    )
    problem = decode(text.encode("latin-1")).problems[0]
    assert problem.line == 3
    assert "“café”" in problem.message


@pytest.mark.parametrize(
    ("garbled", "mended"),
    [
        ("Minister: Mr DuprÃ© agrees.", "Minister: Mr Dupré agrees."),
        ("Minister: donâ€™t go", "Minister: don’t go"),
        ("ÐœÐ¸Ð½Ð¸ÑÑ‚Ñ€: ÐŸÐ°Ñ€Ð¾Ð¼ Ð¸Ð´Ñ‘Ñ‚.", "Министр: Паром идёт."),
    ],
)
def test_garbled_letters_are_mended_and_reported(garbled, mended):
    decoded = decode(f"Question: why?\n{garbled}\n".encode())
    assert decoded.text == f"Question: why?\n{mended}\n"
    assert [(problem.code, problem.line) for problem in decoded.problems] == [("mended_letters", 2)]


def test_stops_of_chinese_pages_in_a_wrong_encoding_are_mended_and_spanish_ones_left():
    decoded = decode("Reporter¡GWhy now?\n¡Gracias! ¡Ahora!\nMinister¡GBecause.\n".encode())
    assert decoded.text == "Reporter：Why now?\n¡Gracias! ¡Ahora!\nMinister：Because.\n"


@pytest.mark.parametrize(
    "fine",
    ["Disse “AMANHÔ e “NÃO”.", "NAÏVE ÆRØ ÞING", "À Genève, “l’été” – déjà.", "Đà Nẵng, Việt Nam", "â     ", "ï·"],
)
def test_letters_that_may_be_meant_are_left(fine):
    assert decode(fine.encode()).text == fine


def test_line_ends_and_spaces_stay_as_they_are():
    text = "Question:\u00a0why?\r\n\r\nMinister: be\u00adcause\t.\r"
    assert decode(text.encode()).text == text


def test_encoding_named_by_a_person_is_believed():
    decoded = decode(RUSSIAN.encode("koi8-r"), encoding="koi8-r")
    assert (decoded.text, decoded.problems) == (RUSSIAN, ())


def test_encoding_named_by_a_person_must_exist_and_fit():
    assert problem_of(b"abc", encoding="no-such").code == "unknown_encoding"
    assert problem_of("é".encode("latin-1"), encoding="utf-8").code == "undecodable"


@pytest.mark.parametrize("encoding", ["undefined", "unicode_escape", "idna", "punycode", "rot13", "base64"])
def test_encoding_named_by_a_person_must_be_one_of_texts(encoding):
    assert problem_of(b"Good day. What of the ferry?", encoding=encoding).code == "unknown_encoding"


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="koi8-r">', "<META charset=koi8-r>", '<meta http-equiv=x content="text/html; charset=KOI8-R">'],
)
def test_encoding_declared_in_html_is_used(declaration):
    decoded = decode(f"<html><head>{declaration}</head><p>{RUSSIAN}</p>".encode("koi8-r"))
    assert decoded.encoding == "KOI8-R"
    assert RUSSIAN in decoded.text
    assert decoded.problems == ()


def test_encoding_declared_in_html_means_what_browsers_take_it_for():
    decoded = decode('<meta charset="iso-8859-1"><p>“What of the café?”</p>'.encode("cp1252"))
    assert "“What of the café?”" in decoded.text


def test_declared_encoding_that_does_not_fit_is_not_believed():
    decoded = decode(f'<meta charset="iso-8859-1"><p>{RUSSIAN}</p>'.encode("windows-1251"))
    assert RUSSIAN in decoded.text


def test_word_that_shows_a_guess_is_a_visible_one():
    (problem,) = decode(f'<p title="{RUSSIAN}"><b>{RUSSIAN}</b></p>'.encode("windows-1251")).problems
    assert f"which gives “{RUSSIAN.split(maxsplit=1)[0]}” here" in problem.message


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
