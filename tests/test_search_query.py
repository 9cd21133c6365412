import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.query import MOST_WORDS, All, Any, Field, Phrase, Without, Word, parse

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("a", A),
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a OR b c", Any((A, All((B, C))))),
        ("(a OR b) c", All((Any((A, B)), C))),
        ("a NOT b", All((A, Without(B)))),
        ("a -b", All((A, Without(B)))),
        ("-a", Without(A)),
        ("NOT (a OR b)", Without(Any((A, B)))),
        ('a -"b c"', All((A, Without(Phrase("b c"))))),
        ("“b c”", Phrase("b c")),
        ("«b c» a", All((Phrase("b c"), A))),
        ("US-led", Word("US-led")),
        ("a and b", All((A, Word("and"), B))),
        ("speaker:lavrov", Field("speaker", Word("lavrov"))),
        ('Outlet:"le monde"', Field("outlet", Phrase("le monde"))),
        ("year:2010..2014", Field("year", Word("2010..2014"))),
        ("-country:IT a", All((Without(Field("country", Word("IT"))), A))),
        ("speaker:(a OR -b)", Any((Field("speaker", A), Without(Field("speaker", B))))),
        ("12:30", Word("12:30")),
        ("Question: a", All((Word("Question:"), A))),
        ("speaker: lavrov", Field("speaker", Word("lavrov"))),
        ('Outlet:  "le monde" a', All((Field("outlet", Phrase("le monde")), A))),
        ("country: (a OR b)", Any((Field("country", A), Field("country", B)))),
        ("speaker:", Word("speaker:")),
        ("a,b", All((A, B))),
        ("a/b; c|a", All((A, B, C, A))),
        ("a, OR b", Any((A, B))),
        ("speaker:a,b", All((Field("speaker", A), B))),
        ("2,000", Word("2,000")),
        ("1,234,567", Word("1,234,567")),
        ("2010,2011", All((Word("2010"), Word("2011")))),
        ("a.b", Word("a.b")),
        ("a & b", All((A, B))),
        ("a OR *", A),
    ],
)
def test_query_is_understood_without_a_notice(text, node):
    query = parse(text)
    assert query.node == node
    assert query.notices == ()


@pytest.mark.parametrize(
    ("text", "plain", "reason"),
    [
        ('"a b', ["a", "b"], "quotation mark"),
        ('a "', ["a"], "quotation mark"),
        ("(a b", ["a", "b"], "opening bracket"),
        ("a) b", ["a", "b"], "closing bracket"),
        ("a AND", ["a", "AND"], "ends where"),
        ("AND OR", ["AND", "OR"], "AND, OR and NOT"),
        ("speaker:) a", ["speaker", "a"], "AND, OR and NOT"),
        ("a OR OR b", ["a", "OR", "OR", "b"], "AND, OR and NOT"),
        ("(" * 1_000 + "a" + ")" * 1_000, ["a"], "too deeply"),
        ("NOT " * 30 + "a", ["NOT"] * 30 + ["a"], "too deeply"),
    ],
)
def test_broken_query_is_read_as_plain_words_with_a_notice(text, plain, reason):
    query = parse(text)
    parts = query.node.parts if isinstance(query.node, All) else (query.node,)
    assert [part.text for part in parts] == plain
    assert reason in query.notices[0]
    assert "plain words" in query.notices[0]


@pytest.mark.parametrize("text", ["*", "(((", '""', "()", ",", " / ", "—", '"', "-", "NOT *", "-*"])
def test_query_without_a_word_looks_for_nothing_and_says_so(text):
    query = parse(text)
    assert query.node is None
    assert "holds no word" in query.notices[-1]


def test_unknown_field_is_read_as_a_plain_word_with_a_notice():
    query = parse("mood:angry libya")
    assert query.node == All((All((Word("mood"), Word("angry"))), Word("libya")))
    assert query.notices == ("There is no field “mood:”, so it was read as a plain word.",)


def test_field_without_a_value_does_not_take_the_next_word():
    query = parse('speaker:"" libya')
    assert query.node == Word("libya")
    assert query.notices == ("After “speaker:” a value is missing, so it was left out.",)


def test_asterisk_is_left_out_with_a_notice():
    assert parse("sanction*").node == Word("sanction*")
    assert "asterisk" in parse("sanction*").notices[0]


@pytest.mark.parametrize("text", ["w " * 100, '"' + "w " * 200 + '"', "w OR " * 200 + "w", "w-" * 100])
def test_query_is_cut_after_its_first_words_with_a_notice(text):
    def count(node):
        return sum(map(count, node.parts)) if isinstance(node, All | Any) else len(node.text.replace("-", " ").split())

    query = parse(text)
    assert count(query.node) == MOST_WORDS
    assert "Only the first" in query.notices[0]


@given(st.text() | st.text(alphabet='ab "()-*:ANDORT'))
def test_any_text_is_parsed(text):
    query = parse(text)
    assert query.node is not None or not text.strip() or query.notices
