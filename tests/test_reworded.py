"""How a page lays out what two versions of a text differ in."""

from interviews.reworded import reworded


def shown(old, new):
    """Return the difference on one line a paragraph: -removed-, +added+, …folded…."""
    marks = {"same": "", "removed": "-", "added": "+", "folded": "…"}
    return [
        "".join(f"{marks[words.change]}{words.text}{marks[words.change]}{words.gap}" for words in paragraph).strip()
        for paragraph in reworded(old, new)
    ]


def test_same_text_has_nothing_to_show():
    assert reworded("We met in May.", "We met in May.") == []


def test_changed_words_stand_side_by_side_without_the_spaces_around_them():
    assert shown("We met in May, at noon.", "We met in June, at noon.") == ["We met in -May,- +June,+ at noon."]
    assert shown("平和の話。", "貿易の話。") == ["-平和-+貿易+の話。"]


def test_whole_phrases_are_marked_and_not_every_other_word():
    assert shown("It was a very long talk today.", "It came as some very hard news today.") == [
        "It -was a very long talk- +came as some very hard news+ today."
    ]


def test_long_unchanged_stretch_is_folded_between_and_beside_changes():
    middle = " ".join(f"word{number}" for number in range(60))
    (line,) = shown(f"{middle} May {middle} noon {middle}", f"{middle} June {middle} dusk {middle}")
    assert line.startswith("…46 words… word46 ")
    assert " word59 -May- +June+ word0 " in line
    assert " word13 …32 words… word46 " in line
    assert line.endswith(" word13 …46 words…")


def test_short_unchanged_stretch_is_left_whole():
    middle = " ".join(f"word{number}" for number in range(30))
    assert "…" not in shown(f"May {middle} noon", f"June {middle} dusk")[0]


def test_characters_are_counted_where_words_are_not_parted():
    assert shown("我们在五月" + "谈" * 30, "我们在六月" + "谈" * 30)[0].endswith("谈…17 characters…")


def test_paragraphs_are_those_of_the_new_text():
    assert shown("We met. We spoke.\n\nAll.", "We met.\n\nWe spoke. All.") == ["We met.+¶+", "We spoke. -¶- All."]
    assert shown("We met.", "We met.\n\nWe spoke.\n\nWe left.") == ["We met.+¶+", "+We spoke. ¶+", "+We left.+"]
    assert shown("We met.\n\nWe spoke.\n\nWe left.", "We met.\n\nWe left.") == ["We met.", "-We spoke. ¶- We left."]


def test_sentence_that_came_or_went_is_marked_from_its_first_word():
    short, long = "We met. We left.", "We met. We spoke of grain. We left."
    assert shown(short, long) == ["We met. +We spoke of grain.+ We left."]
    assert shown(long, short) == ["We met. -We spoke of grain.- We left."]
