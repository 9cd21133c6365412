from interviews.ingest.markup import read_page


def shown(text):
    return [line.text for line in read_page(text).lines]


def source_of(text, index=0):
    line = read_page(text).lines[index]
    return [text[start:end] for start, end in line.source()]


def test_plain_line_is_its_own_source():
    text = "one\n\n  two  words \n"
    assert shown(text) == ["one", "two  words"]
    assert source_of(text, 1) == ["two  words"]
    assert [(line.number, line.gap) for line in read_page(text).lines] == [(1, 0), (3, 1)]


def test_emphasis_is_read_as_bold_not_as_stars():
    line = read_page("**Question:** why *now*?").lines[0]
    assert line.text == "Question: why now?"
    assert line.is_bold(0, 9)
    assert not line.is_bold(10, 13)
    assert [piece.start for piece in line.pieces] == [2, 13, 19, 23]


def test_stars_that_mark_nothing_stay():
    assert shown("5*3*2 = 30\n* item\n***\n2 ** 3") == ["5*3*2 = 30", "* item", "***", "2 ** 3"]


def test_links_keep_their_words_and_give_their_address():
    page = read_page('[mid](https://mid.example "On 5 May 2010")\n\nsee [the text](/a) [inaudible](laughs)')
    assert [line.text for line in page.lines] == ["mid", "see the text [inaudible](laughs)"]
    assert page.lines[0].link == "https://mid.example"
    assert [(link.url, link.title) for link in page.links] == [("https://mid.example", "On 5 May 2010"), ("/a", "")]


def test_quotes_and_headings_are_traits_of_lines():
    lines = read_page("## Title\n\n> Question: why?\n\\_not a rule\\_").lines
    assert [(line.text, line.heading, line.quoted) for line in lines] == [
        ("Title", 2, False),
        ("Question: why?", 0, True),
        ("_not a rule_", 0, False),
    ]


def test_html_blocks_make_lines_and_entities_lead_back_to_their_source():
    text = "<p><b>Q:</b>&nbsp;A &amp; B</p>\n<p>one\ntwo<br>three</p>"
    assert shown(text) == ["Q: A & B", "one two", "three"]
    assert source_of(text) == ["Q:", "&nbsp;", "A ", "&amp;", " B"]
    assert [line.gap for line in read_page(text).lines] == [1, 1, 0]


def test_scripts_navigation_and_comments_are_hidden_with_their_reason():
    page = read_page("<nav><p>Question: menu?</p></nav><script>Q: no</script><!-- Q: no --><p>yes</p>")
    assert [line.text for line in page.lines] == ["yes"]
    assert {hidden.reason for hidden in page.hidden} == {"navigation", "script", "comment", "markup"}


def test_unclosed_navigation_hides_nothing():
    assert shown("<p>one</p><nav><p>two</p>") == ["one", "two"]


def test_angle_brackets_of_a_transcriber_are_words():
    assert shown("He said <inaudible> and <Smith> left, 2 < 3") == ["He said <inaudible> and <Smith> left, 2 < 3"]


def test_short_elements_of_xml_are_fields():
    page = read_page(
        "<item><title>A &amp; B</title><link>https://a.example</link>"
        "<description><![CDATA[<p>Question: why?</p><p>Hale: because.</p>]]></description></item>"
    )
    assert [(field.name, field.value) for field in page.fields] == [("title", "A & B"), ("link", "https://a.example")]
    assert [line.text for line in page.lines] == ["Question: why?", "Hale: because."]


def test_front_matter_gives_fields_in_its_escapes_and_folds():
    title = 'title: "Remarks by\\_X\\\n  \\ and Y \\u00e3"'
    page = read_page(f"---\n{title}\nquoted: 'it''s'\nnames:\n  - \"A, B\"\n  - C\nempty:\n---\nbody\n")
    assert [(field.name, field.value) for field in page.fields] == [
        ("title", "Remarks by X and Y ã"),
        ("quoted", "it's"),
        ("names", "A, B"),
        ("names", "C"),
    ]
    assert [(line.text, line.number) for line in page.lines] == [("body", 10)]


def test_rules_around_prose_are_no_front_matter():
    assert shown("---\nQuestion was asked.\n---\nbody") == ["---", "Question was asked.", "---", "body"]


def test_text_blocks_of_front_matter_lose_their_marks():
    page = read_page("---\ntitle: >-\n  Remarks by X\n  and Y\nlead: |\n  One.\n---\nbody\n")
    assert [(field.name, field.value) for field in page.fields] == [("title", "Remarks by X and Y"), ("lead", "One.")]


def test_front_matter_between_plus_signs_is_read_as_toml():
    text = '+++\ntitle = "A \\"quiet\\" port"\ndate = 2019-03-05\ntags = ["a", "b"]\n[extra]\nx = 1\n+++\nbody\n'
    page = read_page(text)
    assert [(field.name, field.value, text[field.start : field.end]) for field in page.fields] == [
        ("title", 'A "quiet" port', 'title = "A \\"quiet\\" port"'),
        ("date", "2019-03-05", "date = 2019-03-05"),
        ("tags", "a", 'tags = ["a", "b"]'),
        ("tags", "b", 'tags = ["a", "b"]'),
    ]
    assert [line.text for line in page.lines] == ["body"]


def test_dialogue_between_rules_is_no_front_matter():
    text = "---\nQuestion: why?\nHale: because.\nQuestion: when?\nHale: now.\n---"
    assert shown(text)[1:5] == ["Question: why?", "Hale: because.", "Question: when?", "Hale: now."]


def test_invisible_characters_go_and_odd_spaces_become_spaces():
    assert shown("a\u200bb\u00a0c\u2003d\ufeff soft\u00adly") == ["ab c d softly"]
