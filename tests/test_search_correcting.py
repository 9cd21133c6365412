"""“Did you mean”: other spellings, offered only where they find something under the same filters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.help.spelling import one_slip_from, slips_counter, two_slips_from
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import links_and_words, total_of, words_of


@pytest.fixture
def archive(nothing_known):
    """Answers on sanctions, medicine and the переговоры of Libya, by Sergei Laurow."""
    libya = make_country("LY", "Libya")
    talks = make_interview(
        [
            ("What of sanctions?", "The sanctions stay."),
            ("Sanctions on medicine?", "Sanctioning medicine in Libya is wrong."),
            ("And the negotiations?", "They go on."),
            ("And the government?", "It sees no movement."),
        ],
        speaker="Sergei Laurow",
        date="2017-05-06",
    )
    mention(talks.turns.get(number="a2"), libya)
    make_interview([("А переговоры?", "Переговоры идут.")], date="2018-05-06", language="ru")
    reindex()


def offered(client, query):
    """{spelling: count} that the page offers; each is checked against what its link finds."""
    response = client.get(f"/search/?q={query}")
    found = re.search(r"Did you mean (.*?)\?", words_of(response))
    spellings = dict(re.findall(r"(.+?) \((\d+)\)(?: or )?", found[1])) if found else {}
    links = {text: link for link, text in links_and_words(response)}
    for spelling, count in spellings.items():
        assert total_of(client, links[spelling]) == int(count) > 0
    return {spelling.strip(): int(count) for spelling, count in spellings.items()}


@pytest.mark.parametrize(
    ("query", "spelling", "count"),
    [
        ("sanctoins", "sanctions", 2),
        ("santions", "sanctions", 2),
        ("sannctions", "sanctions", 2),
        ("samctiond", "sanctions", 2),
        ("anctions", "sanctions", 2),
        ("Lybia", "Libya", 1),
        ("MEDECINE", "MEDICINE", 1),
        ("переговари", "переговоры", 1),
        ("sanctoins+medecine", "sanctions medicine", 1),
        ("sanctions+medecine", "sanctions medicine", 1),
        ("-medecine+sanctions", "-medicine sanctions", 1),
        ('"medecine+in+lybia"', '"medicine in libya"', 1),
        ("speaker:laurov", "speaker:laurow", 4),
        ("medecine+OR+negotiations", "medicine OR negotiations", 2),
        ("sanctoins+OR+unicorn", "sanctions OR unicorn", 2),
        ("sanctoins+OR+mornau", "sanctions OR mornau", 2),
        ("govermnent", "government", 1),
    ],
)
def test_misspelt_word_is_offered_as_the_archive_spells_it(client, archive, query, spelling, count):
    assert offered(client, query) == {spelling: count}


@pytest.mark.parametrize(
    ("query", "whole", "count"),
    [
        ("nego", "negotiations", 1),
        ("sanc+medi", "sanctions medicine", 1),
        ('"medi+in+liby"', '"medicine in libya"', 1),
        ("speaker:laur", "speaker:laurow", 4),
    ],
)
def test_beginning_of_a_word_or_name_is_offered_whole(client, archive, query, whole, count):
    assert offered(client, query) == {whole: count}


def test_whole_word_is_likelier_than_a_slip(client, archive):
    make_interview([("In what mode?", "In none.")], date="2019-05-06")
    reindex()
    assert list(offered(client, "move")) == ["movement", "mode"]


def test_words_that_are_known_but_never_found_together_are_corrected_one_at_a_time(client, archive):
    make_interview([("What of medical sections?", "None.")], date="2019-05-06")
    make_interview([("And now?", "Lybia, not Libya.")])
    make_interview([("And then?", "Libya.")] * 200)
    reindex()
    assert offered(client, "negotiations+medical") == {}
    assert offered(client, "sections+stay") == {}
    assert offered(client, "wrong+lybia") == {"wrong libya": 1}


def test_other_word_is_no_slip_of_a_short_one_nor_of_a_more_frequent_one(client, archive):
    make_interview([("A union in uniform?", "Sections go.")])
    reindex()
    assert offered(client, "unicorn") == {}
    assert offered(client, "unicorn+OR+sanctions") == {}
    assert offered(client, "sanctions+uniform") == {}


def test_known_word_that_is_to_be_left_out_is_never_spelt_otherwise(client, archive):
    make_interview([("What of Lybia?", "A slip.")], date="2019-05-06")
    reindex()
    assert offered(client, "medicine+-libya") == {}
    assert offered(client, "(medicine+-(libya))+OR+medicine+-libya") == {}


@pytest.mark.parametrize("query", ["speaker:laurow", "sanct*", "medecin~", "title:interview", "laurow"])
def test_nothing_is_offered_for_names_beginnings_and_titles_that_are_known(client, archive, query):
    assert offered(client, query) == {}


@pytest.mark.parametrize("query", ["sanctions", "zzzzqqqq", "lyb", "2O17x", "stay", "medicine+stay", "s4nctions", ""])
def test_nothing_is_offered_for_what_is_found_or_too_far_or_too_short(client, archive, query):
    assert offered(client, query) == {}


def test_nothing_is_offered_that_would_find_nothing_under_the_same_filters(client, archive):
    assert offered(client, "sanctoins&year=2017") == {"sanctions": 2}
    assert offered(client, "sanctoins&year=2018") == {}
    assert offered(client, "sanctoins+unicorn") == {}
    assert offered(client, "unicorn+OR+sanctions") == {}


def test_spellings_that_find_the_same_are_offered_once(client, archive):
    make_interview([("What of sanction?", "No.")], date="2019-05-06")
    reindex()
    assert offered(client, "sanctins") == {"sanctions": 3}


def test_page_tells_whom_the_corrected_words_name(client, archive):
    page = words_of(client.get("/search/?q=lybia"))
    assert "Libya is a country: 1 answer about it" in page


@pytest.mark.parametrize(
    "query", ["a" * 1000, "sanctoins+" * 90, "%22lybia", "(lybia", "lybia:lybia", "<b>lybia</b>", "%00lybia"]
)
def test_whatever_is_typed_gives_a_page(client, archive, query):
    response = client.get(f"/search/?q={query}")
    assert response.status_code == 200
    assert "<b>lybia" not in response.content.decode()


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("libya", "libya", 0),
        ("ukriane", "ukraine", 1),
        ("lavrow", "lavrov", 1),
        ("lavro", "lavrov", 1),
        ("llavrov", "lavrov", 1),
        ("переговри", "переговоры", 2),
        ("abcd", "dcba", 3),
        ("ca", "abc", 3),
        ("abc", "", 3),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert slips_counter(one)(other) == slips


@given(st.text("abc", min_size=1, max_size=9), st.text("abcd", max_size=9))
def test_slips_are_those_of_the_plain_table(one, other):
    assert slips_counter(one)(other) == slips_by_table(one, other)


def slips_by_table(one, other):
    """The same by the definition, cell by cell."""
    cells = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, letter in enumerate(one, 1):
        for j, wanted in enumerate(other, 1):
            changed = cells[i - 1, j - 1] + (letter != wanted)
            cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, changed)
            if i > 1 < j and one[i - 2 : i] == other[j - 2 : j][::-1]:
                cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(one), len(other)]


def test_letters_that_changed_places_across_one_are_one_slip():
    assert {"libya", "ylbia", "lybi", "lybias"} <= one_slip_from("lybia")
    assert "lybia" not in one_slip_from("lybia")


def test_two_slips_are_only_thought_of_in_long_words():
    assert list(two_slips_from("iran", ["ivan", "irak"])) == []
    assert list(two_slips_from("unicorn", ["union", "unicorns"])) == []
    assert list(two_slips_from("cicilians", ["sicilian", "civilians", "sicily"])) == ["sicilian", "civilians"]
