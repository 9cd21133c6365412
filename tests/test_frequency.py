"""Searches through time: what is counted in which year or month, against a count of the rows, and how it is shown."""

import random
import re
from collections import Counter

import pytest

from interviews.models import Interview, Turn
from interviews.search import frequency_of
from interviews.search.engine import patience
from interviews.search.engine.snapshot import Snapshot
from interviews.search.index.upkeep import reindex
from interviews.search.language.request import Request

from archive_factory import make_country, make_interview, mention
from pages_factory import links_of, total_of, words_of

pytestmark = pytest.mark.django_db
WORDS = ("gas", "oil", "sea", "ferry", "harbour", "grain")
SPEAKERS = ("Ilan Moreau", "Anna Ek")


@pytest.fixture
def archive():
    """Interviews of random words from 2009 to 2019, none in 2012, in an index."""
    chance = random.Random(11)  # noqa: S311 - the same words every time
    for number in range(24):
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(2, 9))) for _ in range(4)]
        year = chance.choice([year for year in range(2009, 2020) if year != 2012])
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
        make_interview(pairs, date=f"{year}-{chance.randint(1, 12):02}-05", speaker=SPEAKERS[number % 2])
    reindex()


def texts_by(period, **fields):
    """{period: [words of one answer and its question, ...]}, told from the rows."""
    texts = {}
    for answer in Turn.objects.filter(kind="answer", **fields).select_related("interview", "reply_to"):
        words = f"{answer.reply_to.text} {answer.text}".split()
        texts.setdefault(answer.interview.date.strftime(period), []).append(words)
    return texts


def counts_of(series):
    return {point.period: (point.answers, point.matches, point.words) for point in series.points if point.words}


def expected(texts, word):
    return {
        period: (sum(word in words for words in found), sum(words.count(word) for words in found), sum(map(len, found)))
        for period, found in texts.items()
    }


@pytest.mark.parametrize("word", WORDS)
def test_answers_matches_and_words_of_every_year_are_counted(archive, word):
    (series,) = frequency_of(Request(word)).series
    assert counts_of(series) == expected(texts_by("%Y"), word)


def test_rate_is_of_all_words_under_the_filters_not_of_what_was_found(archive):
    texts = texts_by("%Y", participation__person__slug="anna-ek")
    for request in (Request("gas", {"speaker": "anna-ek"}), Request("gas speaker:ek")):
        (series,) = frequency_of(request).series
        assert counts_of(series) == expected(texts, "gas")
        of_2009 = next(point for point in series.points if point.matches)
        assert of_2009.rate == pytest.approx(100_000 * of_2009.matches / of_2009.words)


def test_years_without_a_text_are_gaps_and_years_without_a_match_are_zeros(client):
    for year, said in ((2009, "Gas."), (2010, "Oil."), (2011, "Gas."), (2013, "Gas.")):
        make_interview([(None, said)], date=f"{year}-05-06")
    reindex()
    html = client.get("/search/frequency/?q=gas").content.decode()
    assert html.count("<polyline") == 1  # 2009 to 2011; 2013 stands alone
    assert len(re.findall('<polyline points="([^"]*)"', html)[0].split()) == 3
    assert html.count('<circle class="reach"') == 3
    rows = words_of(client.get("/search/frequency/?q=gas"))
    assert " 2010 0 0 1 0 " in rows
    assert " 2012 0 " not in rows


def test_every_point_leads_to_as_many_hits(archive, client):
    for address in ("q=gas&q2=oil+OR+sea", "q=gas&speaker=anna-ek&year=2009&year=2010&year=2011&by=year"):
        html = client.get(f"/search/frequency/?{address}").content.decode()
        points = re.findall(r'<a href="([^"]*)" aria-label="[^"]*?: (\d+) answers?', html)
        assert len(points) >= 2
        for url, count in points:
            assert total_of(client, url) == int(count)


def test_short_times_are_shown_by_month_unless_years_are_asked_for(archive, client):
    found = client.get("/search/frequency/?q=gas&from=2017&to=2019&format=json").json()
    assert found["by"] == "month"
    points = {p["period"]: (p["answers"], p["matches"], p["words"]) for p in found["series"][0]["points"] if p["words"]}
    recent = {period: texts for period, texts in texts_by("%Y-%m").items() if period > "2017"}
    assert points == expected(recent, "gas")
    assert client.get("/search/frequency/?q=gas&from=2017&by=year&format=json").json()["by"] == "year"
    page = words_of(client.get("/search/frequency/?q=gas&by=month"))
    assert "Months are shown for three years at most" in page


def test_answers_of_which_only_the_year_is_known_are_in_no_month_and_the_page_says_so(client):
    make_interview([(None, "Gas.")], date="2019-05-06")
    make_interview([(None, "Gas.")], date="2019-01-01", date_precision=Interview.Precision.YEAR)
    make_interview([(None, "Gas.")], date="2019-12-01", date_precision=Interview.Precision.MONTH)
    reindex()
    (series,) = frequency_of(Request("gas")).series
    assert {point.period: point.answers for point in series.points if point.answers} == {"2019-05": 1, "2019-12": 1}
    assert "Of some answers only the year is known" in words_of(client.get("/search/frequency/?q=gas"))


def test_up_to_four_queries_stand_beside_each_other_each_once(archive, client):
    found = client.get("/search/frequency/?q=gas&q2=oil&q3=gas&q4=sea&format=json").json()
    assert [series["query"] for series in found["series"]] == ["gas", "oil", "sea"]
    assert len({len(series["points"]) for series in found["series"]}) == 1
    found = client.get("/search/frequency/?q=&q2=oil&q3=sea&q4=ferry&q5=gas&format=json").json()
    assert [series["query"] for series in found["series"]] == ["oil", "sea", "ferry"]


def test_series_are_told_apart_by_mark_and_name(archive, client):
    html = client.get("/search/frequency/?q=gas&q2=oil&q3=sea&q4=ferry").content.decode()
    marks = re.findall(r'<svg class="key curve-\d".*?<path class="mark" d="([^"]*)"', html)
    assert len(set(marks)) == 4
    assert all(f">{query}</a>" in html for query in ("gas", "oil", "sea", "ferry"))


def test_table_says_all_that_the_chart_shows(archive, client):
    page = words_of(client.get("/search/frequency/?q=gas"))
    for year, (answers, matches, words) in expected(texts_by("%Y"), "gas").items():
        assert f" {year} {answers} {matches} {words} " in page


def test_search_that_only_filters_has_answers_but_no_rate(archive, client):
    (series,) = frequency_of(Request("speaker:ek")).series
    assert sum(point.answers for point in series.points) == 24
    assert {point.rate for point in series.points} == {None}
    assert "looks for no words" in words_of(client.get("/search/frequency/?q=speaker:ek&per=words"))


def test_rates_are_shown_with_their_answers_and_matches(client):
    make_interview([("Why gas?", "Gas is gas.")])
    reindex()
    html = client.get("/search/frequency/?q=gas&per=words").content.decode()
    assert "1 answer, 3 matches, 60,000 per 100,000 words" in html


def test_filters_and_other_queries_stay_while_choosing(archive, client):
    response = client.get("/search/frequency/?q=gas&q2=oil&from=2017&speaker=anna-ek")
    assert "/search/frequency/?q=gas&speaker=anna-ek&from=2017-01-01&q2=oil&per=words" in links_of(response)
    assert '<input type="hidden" name="q2" value="oil">' in response.content.decode()
    assert '<input type="hidden" name="from" value="2017-01-01">' in response.content.decode()


def test_country_narrows_what_is_counted(client):
    talks = make_interview([("Gas?", "Gas."), ("Gas?", "No.")], date="2019-05-06")
    mention(talks.turns.get(number="a1"), make_country("LY", "Libya"))
    reindex()
    (series,) = frequency_of(Request("gas", {"country": "LY"})).series
    assert [(point.answers, point.matches, point.words) for point in series.points] == [(1, 2, 2)]


def test_empty_archive_and_nothing_found_have_no_chart(client, archive):
    page = client.get("/search/frequency/?q=gas&from=2031")
    assert "There is nothing to show" in words_of(page)
    Turn.objects.all().delete()
    reindex()
    assert "There is nothing to show" in words_of(client.get("/search/frequency/"))


@pytest.mark.parametrize("query", ["q2=%00&by=x&per=%FF", "q=gas&q2=" + "(" * 2000, "q=%22&q2=-&q3=OR&q4=*&by=month"])
def test_odd_parameters_are_understood_as_far_as_they_go(client, archive, query):
    assert client.get(f"/search/frequency/?{query}").status_code == 200


def test_everything_is_one_series_where_nothing_is_asked(archive):
    (series,) = frequency_of(Request()).series
    assert Counter({point.period: point.answers for point in series.points if point.answers}) == {
        year: len(texts) for year, texts in texts_by("%Y").items()
    }


def test_four_slow_searches_take_the_time_of_one(archive, monkeypatch):
    find, now = Snapshot.find, [0.0]

    def slowly(snapshot, asked, *, seconds=0):
        found = find(snapshot, asked)
        now[0] += seconds
        return found

    monkeypatch.setattr(Snapshot, "find", slowly)
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    assert len(frequency_of(Request("gas"), ["oil", "sea", "ferry"]).series) == 4
    assert 0 < now[0] < patience.TIME_LIMIT
