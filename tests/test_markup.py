import pytest

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


def test_emphasis_goes_on_over_the_lines_of_its_paragraph_only():
    lines = read_page("**Do you plan\nto return?**\n\nNo *star closes\n\nhere*.").lines
    assert [(line.text, line.is_bold(0, len(line.text))) for line in lines] == [
        ("Do you plan", True),
        ("to return?", True),
        ("No *star closes", False),
        ("here*.", False),
    ]


def test_italic_inside_bold_ends_neither():
    line = read_page("**Is *this* so?** ***Yes.***").lines[0]
    assert (line.text, line.bold, line.italic) == ("Is this so? Yes.", ((0, 11), (12, 16)), ((3, 7), (12, 16)))


def test_level_of_a_heading_is_known():
    assert [line.heading for line in read_page("# A\n\n### B\n\nC\n===\n\nd").lines] == [1, 3, 1, 0]
    assert [line.heading for line in read_page("<h1>A</h1><h4>B</h4><p>c</p>").lines] == [1, 4, 0]


def test_reference_links_keep_their_words():
    page = read_page('see [the text][1] and [inaudible][Laughter]\n\n[1]: https://mid.example/a "Title"')
    assert [line.text for line in page.lines] == ["see the text and [inaudible][Laughter]"]
    assert [link.url for link in page.links] == ["https://mid.example/a"]


def test_pictures_that_are_links_are_no_words():
    assert shown("[![Minister](/a.jpg)](/b)\n\n![Who?](/c(1).png)\n\nyes") == ["yes"]


def test_entities_escaped_twice_are_read_as_the_page_meant():
    assert shown("<p>A&amp;nbsp;B &amp;quot;C&amp;quot; &#8220;D&#x201D; E &amp; F</p>") == ['A B "C" “D” E & F']


def test_escaped_markup_of_a_feed_is_markup():
    text = "&lt;p&gt;&lt;b&gt;Q:&lt;/b&gt; 2 &amp;lt; 3?&lt;/p&gt;&lt;p&gt;A: yes&lt;/p&gt;"
    lines = read_page(f"<rss><item><description>{text}</description></item></rss>").lines
    assert [line.text for line in lines] == ["Q: 2 < 3?", "A: yes"]
    assert lines[0].is_bold(0, 2)


def test_attributes_may_hold_brackets():
    assert shown("""<p data-x="a > b" title='<p>Q: no</p>'>yes</p>""") == ["yes"]


def test_lists_of_links_are_navigation():
    page = read_page("<div><a href=a>One</a> <a href=b>Two</a> <a href=c>Three</a></div><p>See <a href=d>this</a>.</p>")
    assert [line.text for line in page.lines] == ["See this."]
    assert "navigation" in {hidden.reason for hidden in page.hidden}


def test_what_holds_most_of_the_prose_is_never_furniture():
    prose = "We talked about the river, the ferry and the two bridges for the whole of the night."
    assert shown(f"<form class='share'><p>{prose}</p></form><p>x</p>") == [prose, "x"]


def test_facts_for_machines_are_fields():
    facts = """{"headline": "A \\u201cB\\u201d", "datePublished": "2019-03-05"}"""
    text = f"""<script type="application/ld+json">{facts}</script>"""
    fields = read_page(text).fields
    assert [(field.name, field.value) for field in fields] == [("headline", "A “B”"), ("datepublished", "2019-03-05")]
    assert text[fields[1].start : fields[1].end] == '"2019-03-05"'


UNITS = [
    *("<", "a < b ", "<a ", "<a b='", '<p class="', "<div>", "</div>", "<nav>", "<h1>", "&lt;p ", "&lt;p&gt;"),
    *("<div class=share>", "<a href=x>y</a>", "<p style='font-weight:bold'>a?</p><p>b</p>", "<article>", "<!--"),
    *("[a][b] ", "[a]: /b\n", "[a](b(c) ", "*a ", "**a ", "*a* ", "***", "===\n", "> **a\n", "{% a", "\\*"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_no_faster_than_the_page(unit):
    # A quadratic pattern takes minutes here, a linear one well under a second.
    text = unit * (60_000 // len(unit))
    page = read_page(text)
    assert sum(end - start for line in page.lines for start, end in line.source()) <= len(text)


def test_time_grows_no_faster_than_an_attribute():
    assert shown(f"<p {'a' * 100_000}>yes</p>") == ["yes"]
