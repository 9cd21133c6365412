import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.language.lexing import SIGNS
from interviews.search.language.query import MOST_WORDS, parse
from interviews.search.language.tree import (
    All,
    Any,
    Field,
    In,
    Near,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
    parts_of,
    terms_of,
    without_part,
)
from interviews.search.text.analysis import words

from growing import grows_faster

A, B, C = Word("a"), Word("b"), Word("c")

# What readers type, in pieces: put together at random they make queries and all kinds of slips.
PIECES = [
    *(
        "libya",
        "US-led",
        "S-300",
        "AND",
        "OR",
        "NOT",
        "and",
        "NEAR",
        "NEAR/5",
        "NEAR/0",
        "(",
        ")",
        '"',
        "“",
        "»",
        "-",
        "—",
    ),
    *(
        "*",
        "~",
        "sanction*",
        "goverment~",
        "a*",
        "speaker:",
        "country:",
        "title:",
        "year:",
        "in:question",
        "in:answer",
        "in:",
    ),
    *(
        "before:2014",
        "2010..2014",
        "2010..",
        "mood:",
        ":",
        ",",
        "/",
        "2,000",
        "制裁",
        "’s",
        ".",
        "\ud800",
        "\x00",
        "ａ",
    ),
]
MANY = [f"w{number}" for number in range(1_000)]
queries = st.text(max_size=60) | st.lists(st.sampled_from([*PIECES, " ", " ", " "]), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("a", A),
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a OR b c", Any((A, All((B, C))))),
        ("(a OR b) c", All((Any((A, B)), C))),
        ("(a b) c", All((A, B, C))),
        ("a NOT b", All((A, Without(B)))),
        ("a -b", All((A, Without(B)))),
        ("a AND NOT b", All((A, Without(B)))),
        ("a OR -b", Any((A, Without(B)))),
        ("-a", Without(A)),
        ("NOT NOT a", A),
        ("NOT (a OR b)", Without(Any((A, B)))),
        ('a -"b c"', All((A, Without(Phrase("b c"))))),
        ("US-led", Word("US-led")),
        ("a and b or not c", All((A, Word("and"), B, Word("or"), Word("not"), C))),
        ("a,b", All((A, B))),
        ("a/b; c|a", All((A, B, C))),
        ("a a", A),
        ("a b (a OR a OR b) a", All((A, B, Any((A, B))))),
        ("2,000", Word("2,000")),
        ("1,234,567", Word("1,234,567")),
        ("2010,2011", All((Word("2010"), Word("2011")))),
        ("a.b", Word("a.b")),
        ("a & b", All((A, B))),
        ("¿a? (b!)", All((A, B))),
        ("12:30", Word("12:30")),
        ("Russia’s", Word("Russia’s")),
        ("U.S.", Word("U.S.")),
    ],
)
def test_query_is_understood_without_a_notice(text, node):
    query = parse(text)
    assert query.node == node
    assert query.notices == ()


@pytest.mark.parametrize("quoted", ['"b c"', "“b c”", "„b c“", "«b c»", "« b c »", "”b c”", "＂b c＂", "「b c」"])
def test_quotation_marks_of_all_styles_hold_a_phrase(quoted):
    assert parse(f"a {quoted}").node == All((A, Phrase("b c")))


def test_full_width_signs_and_the_minus_sign_are_read_as_usual_ones():
    assert parse("ａ　ＯＲ　（ｂ）").node == Any((A, B))
    assert parse("ｔｉｔｌｅ：ａ").node == Field("title", A)
    assert parse("a −b").node == All((A, Without(B)))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("speaker:lavrov", Field("speaker", Word("lavrov"))),
        ('Outlet:"le monde"', Field("outlet", Phrase("le monde"))),
        ("COUNTRY:it", Field("country", Word("it"))),
        ("year:2010..2014", Field("year", Word("2010..2014"))),
        ("year:..2014 year:2010..", All((Field("year", Word("..2014")), Field("year", Word("2010.."))))),
        ("before:2014-03-05", Field("before", Word("2014-03-05"))),
        ("-country:IT a", All((Without(Field("country", Word("IT"))), A))),
        ("speaker:(a OR -b)", Field("speaker", Any((A, Without(B))))),
        ("speaker:a,b", All((Field("speaker", A), B))),
        ("about:nato a", All((Field("about", Word("nato")), A))),
        ("title:(a NEAR b)", Field("title", Near(A, B, 10))),
        ("country:OR", Field("country", Word("or"))),
    ],
)
def test_field_takes_a_word_a_phrase_or_what_stands_in_brackets(text, node):
    query = parse(text)
    assert query.node == node
    assert query.notices == ()


@pytest.mark.parametrize("text", ["Libya: what next", "Libya : what next", "Libya:, what next"])
def test_word_before_a_colon_and_a_blank_is_no_field(text):
    query = parse(text)
    assert query.node == All((Word("Libya"), Word("what"), Word("next")))
    assert query.notices == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a NEAR b", Near(A, B, 10)),
        ("a NEAR/0 b", Near(A, B, 1)),
        ("a NEAR/" + "9" * 5_000 + " b", Near(A, B, 100)),
        ('"b c" NEAR/3 US-led', Near(Phrase("b c"), Word("US-led"), 3)),
        ("(a OR b) NEAR/3 sanction*", Near(Any((A, B)), Prefix("sanction"), 3)),
        ("a NEAR/2 b NEAR/3 c", All((Near(A, B, 2), Near(B, C, 3)))),
        ("c -a NEAR/2 b", All((C, Without(Near(A, B, 2))))),
        ("c OR a NEAR b", Any((C, Near(A, B, 10)))),
    ],
)
def test_near_joins_terms_and_their_choices(text, node):
    query = parse(text)
    assert query.node == node
    assert query.notices == ()


@pytest.mark.parametrize("text", ["(a b) NEAR c", "a NEAR (b c)", "a NEAR (b NEAR c)", "a b NEAR (c OR -a)"])
def test_near_around_anything_else_looks_for_both_sides_apart(text):
    query = parse(text)
    assert not any(isinstance(part, Near) and part.left == Word("a") and part.right == C for part in query.node.parts)
    assert "“NEAR”" in query.notices[0].text


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("sanction*", Prefix("sanction")),
        ("goverment~", Similar("goverment")),
        ("a sanction*.", All((A, Prefix("sanction")))),
        ("title:rom*", None),
    ],
)
def test_mask_behind_three_letters_is_understood(text, node):
    query = parse(text)
    assert query.node == node or query.node == Field("title", Prefix("rom"))
    assert query.notices == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a*", A),
        ("ab~", Word("ab")),
        ("*abc", Word("abc")),
        ("a*b", Word("a-b")),
        ("US-led*", Word("US-led")),
        ('"b c*"', Phrase("b c")),
    ],
)
def test_mask_anywhere_else_is_left_out_with_a_notice(text, node):
    query = parse(text)
    assert query.node == node
    assert [str(notice) for notice in query.notices] == [
        f"In “{text}” (character 1) * and ~ were left out: they need a word of 3 letters before them."
    ]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("in:question a b", In("question", All((A, B)))),
        ("a in:answer b", In("answer", All((A, B)))),
        ("a OR b IN:Questions", In("question", Any((A, B)))),
        ("(in:question a) b", All((In("question", A), B))),
        ("(in:question a) OR (in:answer b)", Any((In("question", A), In("answer", B)))),
        ("-(in:question a)", Without(In("question", A))),
    ],
)
def test_part_of_the_text_holds_for_its_brackets_or_the_whole_search(text, node):
    query = parse(text)
    assert query.node == node
    assert query.notices == ()


@pytest.mark.parametrize(
    ("text", "node", "reason"),
    [
        ("in:title a", All((Word("in"), Word("title"), A)), "“in:” (character 1) takes question or answer"),
        ("a -in:question", All((A, Without(All((Word("in"), Word("question")))))), "“in:” (character 4) takes"),
        ("in:question in:answer a", In("question", A), "“in:answer” (character 13) came second"),
        ("(in:question) a", A, "Beside “in:question” (character 2) there are no words"),
        ("a NEAR in:question", All((A, Word("in"), Word("question"))), "“in:” (character 8) takes"),
        ("in:question NEAR a", All((Word("in"), Word("question"), A)), "“in:” (character 1) takes"),
        ('"a b', All((A, B)), 'The quotation mark in “"a b” (character 1) is never closed'),
        ('a "', A, "quotation mark"),
        ("(a b", All((A, B)), "The bracket “(” (character 1) is never closed: it was closed at the end."),
        ("c (a OR b", All((C, Any((A, B)))), "The bracket “(” (character 3) is never closed"),
        ("a) b", All((A, B)), "The bracket “)” (character 2) closes nothing: it was left out."),
        ("a AND", All((A, Word("and"))), "“AND” (character 3) has nothing to join: it was read as a plain word."),
        ("AND OR", All((Word("and"), Word("or"))), "“AND” (character 1)"),
        ("(OR) a", All((Word("or"), A)), "“OR” (character 2)"),
        ("a OR *", All((A, Word("or"))), "“OR” (character 3)"),
        ("NEAR/5 a", All((Word("near"), A)), "“NEAR/5” (character 1)"),
        ("a NEAR -b", All((A, Word("near"), Without(B))), "“NEAR” (character 3)"),
        ("mood:angry a", All((Word("mood"), Word("angry"), A)), "There is no field “mood:” (character 1)"),
        ("a -mood:b", All((A, Without(All((Word("mood"), B))))), "There is no field “mood:” (character 4)"),
        ('speaker:"" a', A, "After “speaker:” (character 1) a value is missing: it was left out."),
        ("a -speaker:()", A, "After “speaker:” (character 4) a value is missing"),
        ("speaker: a", All((Word("speaker"), A)), "After “speaker:” (character 1) no value follows at once"),
        ("a speaker:", All((A, Word("speaker"))), "After “speaker:” (character 3) no value follows at once"),
        ("year:..", Word("year"), "After “year:..” (character 1) no value follows at once"),
        ("a title:.b", All((A, Word("title:.b"))), "After “title:.b” (character 3) no value follows at once"),
        ("country:-b", Word("country:-b"), "After “country:-b” (character 1) no value follows at once"),
        ("(" * 1_000 + "a" + ")" * 1_000, A, "Brackets are read 20 deep: “(” (character 21) and those within"),
        ("NOT " * 999 + "a", Without(A), ""),
        ("[a TO b]", All((A, Word("TO"), B)), "“[a TO b]” (character 1) was read as plain words: a span of time is"),
        ("a mood:{* TO b}", All((A, Word("mood"), Word("TO"), B)), "“mood:{* TO b}” (character 3) was read as plain"),
    ],
)
def test_slip_is_mended_with_a_notice_of_what_and_where(text, node, reason):
    query = parse(text)
    assert query.node == node
    assert reason in " ".join(str(notice) for notice in query.notices)


@pytest.mark.parametrize("text", ["*", "(((", '""', "()", ",", " / ", "—", '"', "-", "-*", "\x00", "in:question"])
def test_query_without_a_word_looks_for_nothing_and_says_so(text):
    query = parse(text)
    assert query.node is None
    assert "holds no word" in query.notices[-1].text


@pytest.mark.parametrize(
    "text",
    [
        " ".join(MANY),
        '"' + "w " * 200 + '"',
        " OR ".join(MANY),
        "w-" * 100,
        " x:".join(MANY),
        " speaker:".join(MANY),
    ],
)
def test_query_is_cut_after_its_first_words_with_a_notice(text):
    query = parse(text)
    assert sum(len(words(term.text)) for _, term in terms_of(query.node)) == MOST_WORDS
    assert query.notices[-1].text.startswith("The search was cut at “")


def test_nodes_know_their_place():
    text = 'gas -("b c" OR speaker:ek) US-led NEAR/3 oil'
    gas, excluded, near = parse(text).node.parts
    assert text[slice(*gas.span)] == "gas"
    assert text[slice(*excluded.span)] == '-("b c" OR speaker:ek)'
    assert text[slice(*excluded.node.span)] == '("b c" OR speaker:ek)'
    assert [text[slice(*part.span)] for part in excluded.node.parts] == ['"b c"', "speaker:ek"]
    assert text[slice(*near.span)] == "US-led NEAR/3 oil"


@given(queries)
def test_any_text_is_parsed_and_every_word_of_it_is_looked_for_or_named(text):
    query = parse(text)
    typed = [word.casefold() for word in words(text.translate(SIGNS))]
    looked_for = f" {query.node} ".casefold()
    named = [text.translate(SIGNS)[notice.start : notice.end].casefold() for notice in query.notices]
    for word in typed:
        assert word in looked_for or any(word in piece for piece in named) or word in ("and", "not", "near")


@given(queries)
def test_spelt_again_a_query_means_the_same(text):
    node = parse(text).node
    assert parse(str(node or "")).node == node


@given(queries)
def test_each_part_can_be_taken_out(text):
    node = parse(text).node
    for part in parts_of(node):
        rest = without_part(node, part)
        assert parse(str(rest or "")).node == rest
        kept = [each for each in parts_of(node) if each is not part]
        assert list(parts_of(rest)) == kept or (len(kept) == 1 and rest == kept[0]) or isinstance(rest, In)


@pytest.mark.parametrize(
    "piece", ["(", "a ", "[a TO ", "-", '"', "a:", "a NEAR b ", "speaker:(", "*", "a OR (", ",", "2,000", "in:"]
)
def test_work_of_parsing_grows_with_the_text(piece):
    assert not grows_faster(parse, lambda length: (piece * length)[:length], 4_000)
