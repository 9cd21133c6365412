"""Every match of a search on its own line: which lines there are, in which order, and what a line shows."""

import random
import re

import pytest

from interviews.models import Turn
from interviews.search.index.upkeep import reindex
from interviews.search.language.request import Request
from interviews.search.overviews import concordance as module
from interviews.search.overviews.concordance import PAGE_LINES, concordance_of

from archive_factory import make_interview
from pages_factory import links_of, words_of

pytestmark = pytest.mark.django_db
WORDS = ("gas", "oil", "pipeline", "pipelines", "sea", "ferry", "harbour", "grain", "talks", "old")
# Query -> the runs of words that it looks for, as a pattern over single words with a blank on either side.
SOUGHT = {
    "sea": "sea",
    "gas OR oil": "gas|oil",
    '"old ferry"': "old ferry",
    '"old ferry" OR ferry OR old': "old ferry|ferry|old",
    "pipe*": "pipelines?",
    "pipeline": "pipelines?",
    "grain -talks": "grain",
    "in:answer harbour": "harbour",
}


@pytest.fixture
def archive():
    """Twelve interviews of random words, two of a day, in an index."""
    chance = random.Random(7)  # noqa: S311 - the same words every time
    for number in range(12):
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(2, 24))) for _ in range(6)]
        make_interview(list(zip(texts[::2], texts[1::2], strict=True)), date=f"2019-01-{number // 2 + 1:02}")
    reindex()


def lines(query="", order="results", **fields):
    """All lines of a search, page after page."""
    found, page = [], concordance_of(Request(query, **fields), order)
    while len(found) < page.listed:
        found += page.lines
        page = concordance_of(Request(query, page=len(found) // PAGE_LINES + 1, **fields), order)
    return found


def texts_found(query):
    """(address, part, text) of every text that a query may have lines of, told from the rows."""
    without = re.compile(rf"\b{query.partition('-')[2]}\b") if "-" in query else None
    for answer in Turn.objects.filter(kind="answer").select_related("interview", "reply_to"):
        texts = {"question": answer.reply_to.text, "answer": answer.text}
        if without and any(map(without.search, texts.values())):
            continue
        for part, text in texts.items():
            if "in:answer" not in query or part == "answer":
                yield answer.get_absolute_url(), part, text


def parts_of(line):
    return line.url, line.kind, line.before.split()[-3:], line.match, line.after.split()[:3]


@pytest.mark.parametrize("query", SOUGHT)
def test_there_is_a_line_for_every_match_in_what_was_found(archive, query):
    expected = [
        (url, part, text[: match.start()].split()[-3:], match[0], text[match.end() :].split()[:3])
        for url, part, text in texts_found(query)
        for match in re.finditer(rf"\b(?:{SOUGHT[query]})\b", text)
    ]
    assert expected
    assert sorted(map(parts_of, lines(query))) == sorted(expected)


def test_of_words_near_each_other_those_that_are_near_have_lines():
    make_interview([(None, "Some gas near old oil. Far from all that gas there is more, and oil.")])
    reindex()
    assert [(line.before.split()[-1], line.match) for line in lines("gas NEAR/3 oil")] == [
        ("Some", "gas"),
        ("old", "oil"),
    ]


def test_words_that_only_the_title_has_are_no_lines_and_the_page_says_so(client):
    make_interview([("And Libya?", "It is near.")], title="Interview of Ana Roy")
    reindex()
    assert [line.match for line in lines("roy libya")] == ["Libya"]
    page = words_of(client.get("/search/concordance/?q=roy+libya"))
    assert "1 match in questions and answers" in page
    assert "1 answer, 1 match," in words_of(client.get("/search/frequency/?q=roy+libya"))


def test_lines_stand_in_the_order_of_the_results_and_of_the_text(archive, client):
    found = lines("sea", sort="oldest")
    hits = [
        hit["url"].removeprefix("http://testserver")
        for hit in client.get("/search/?q=sea&sort=oldest&format=json").json()["hits"]
    ]
    assert list(dict.fromkeys(line.url for line in found))[: len(hits)] == hits
    of_first = [line for line in found if line.url == found[0].url]
    assert [line.kind for line in of_first] == sorted((line.kind for line in of_first), key="question answer".index)


@pytest.mark.parametrize(
    ("order", "neighbours"),
    [("before", lambda line: line.before.split()[:-4:-1]), ("after", lambda line: line.after.split()[:3])],
)
def test_lines_are_sorted_by_three_words_before_or_after(archive, order, neighbours):
    found = lines("sea", order)
    assert sorted(map(parts_of, found)) == sorted(map(parts_of, lines("sea")))
    assert [neighbours(line) for line in found] == sorted(neighbours(line) for line in found)


def test_equal_neighbours_stand_newest_first():
    for date in ("2017-05-06", "2019-05-06", "2018-05-06"):
        make_interview([(None, "The sea is deep.")], date=date)
    reindex()
    assert [line.dated for line in lines("sea", "after")] == ["2019/05/06", "2018/05/06", "2017/05/06"]


def test_neighbours_are_sorted_without_case_and_accents():
    for word in ("Élan", "eland", "zebra", "elder"):
        make_interview([(None, f"{word} sea")])
    reindex()
    assert [line.before.strip() for line in lines("sea", "before")] == ["Élan", "eland", "elder", "zebra"]


def test_where_lines_are_too_many_the_newest_are_sorted_and_the_page_says_so(client, archive, monkeypatch):
    monkeypatch.setattr(module, "MOST_SORTED", 7)
    newest = lines("sea", sort="newest")
    page = words_of(client.get("/search/concordance/?q=sea&order=before"))
    assert f"Sorted are the newest 7 of {len(newest)} lines." in page
    assert sorted(map(parts_of, lines("sea", "before"))) == sorted(map(parts_of, newest[:7]))


def test_where_time_is_up_what_was_read_is_sorted(client, archive, monkeypatch):
    monkeypatch.setattr(module, "SORTING_LIMIT", -1)
    page = words_of(client.get("/search/concordance/?q=sea&order=after"))
    assert "Sorted are the newest 0 of" in page


def test_fifty_lines_a_page_and_past_the_last_page_the_last(client, archive):
    total = len(lines("gas OR oil"))
    pages = [client.get(f"/search/concordance/?q=gas+OR+oil&page={page}&format=json").json() for page in (1, 2, 999)]
    assert [page["start"] for page in pages] == [0, 50, (total - 1) // 50 * 50]
    assert [len(page["lines"]) for page in pages] == [50, min(50, total - 50), (total - 1) % 50 + 1]
    html = client.get("/search/concordance/?q=gas+OR+oil&order=after&page=2")
    assert f"51 to {min(100, total)} of {total}" in words_of(html)
    assert "/search/concordance/?q=gas+OR+oil&order=after" in links_of(html)


def test_line_names_part_speaker_and_date_and_leads_to_the_answer(client):
    talks = make_interview([("What of the sea?", "The sea is deep.")], date="2019-05-06")
    reindex()
    response = client.get("/search/concordance/?q=sea")
    assert "What of the sea ? 6 May 2019 Question to Ilan Moreau" in words_of(response)
    assert "The sea is deep. 6 May 2019 Ilan Moreau" in words_of(response)
    assert links_of(response).count(talks.turns.get(number="a1").get_absolute_url()) == 2


def test_words_are_cut_on_neither_side_and_lines_are_one_line(client):
    make_interview([(None, "Long winters. " * 30 + "The deep\n\nsea" + " is wide and cold." * 30)])
    reindex()
    (line,) = lines("sea")
    assert re.fullmatch(r"…(winters\. )?(Long winters\. )+The deep ", line.before)
    assert re.fullmatch(r"( is wide and cold\.)+( is( wide( and)?)?)?…", line.after)


def test_whole_text_on_a_side_has_no_ellipsis(client):
    make_interview([(None, "The deep sea is wide.")])
    reindex()
    (line,) = lines("sea")
    assert (line.before, line.after) == ("The deep ", " is wide.")


def test_what_texts_hold_is_escaped(client):
    make_interview([(None, "<script>alert(1)</script> & the sea <b>deep</b>")])
    reindex()
    html = client.get("/search/concordance/?q=sea").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; the " in html
    assert "<b>" not in html


def test_lines_have_the_language_and_direction_of_their_interview(client):
    make_interview([("ماذا عن البحر؟", "محادثات البحر تستمر.")], language="ar")
    reindex()
    html = client.get("/search/concordance/?q=البحر").content.decode()
    assert html.count('lang="ar" dir="rtl"') == 2


def test_filters_narrow_the_lines(archive, client):
    found = client.get("/search/concordance/?q=sea&from=2019-01-02&to=2019-01-03&format=json").json()["lines"]
    assert {line["date"] for line in found} == {"2019-01-02", "2019-01-03"}


def test_search_that_only_filters_says_that_a_word_is_needed(client, archive):
    for query in ("", "?speaker=ilan-moreau", "?q=speaker:moreau", "?q=-sea", "?q=title:interview"):
        assert "Search for a word above" in words_of(client.get(f"/search/concordance/{query}"))
        assert client.get(f"/search/concordance/{query or '?'}&format=json").json()["needs_words"]


def test_turns_withdrawn_since_are_passed_over(archive):
    line = lines("sea")[0]
    number = line.url.strip("/").rpartition("/")[2]
    Turn.objects.filter(interview__slug=line.url.split("/")[-3], number=number).update(status="withdrawn")
    assert line.url not in {line.url for line in lines("sea")}


def test_new_lines_are_there_once_the_index_has_them(archive):
    before = len(lines("sea", "after"))
    make_interview([(None, "One more sea.")])
    reindex()
    assert len(lines("sea", "after")) == before + 1


@pytest.mark.parametrize("view", ["concordance", "frequency", "speakers"])
def test_without_an_index_no_view_says_that_nothing_was_found(client, view):
    make_interview()
    for address in (f"/search/{view}/?q=talks", f"/search/{view}/?q=talks&format=json"):
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("query", ["q=sea&order=%00&page=-1", "q=sea&order=before&order=x&page=9e9", "q=%22%27%3C"])
def test_odd_parameters_are_understood_as_far_as_they_go(client, archive, query):
    assert client.get(f"/search/concordance/?{query}").status_code == 200
