"""Who says what a search finds: counts by speaker against a count of the rows, and how they are shown."""

import random
import re

import pytest

from interviews.models import Turn
from interviews.search import speakers_of
from interviews.search.index.upkeep import reindex
from interviews.search.language.request import Request
from interviews.search.overviews import who_says

from archive_factory import make_interview
from pages_factory import links_of, total_of, words_of

pytestmark = pytest.mark.django_db
WORDS = ("gas", "oil", "sea", "ferry", "harbour", "grain")
SPEAKERS = ("Ilan Moreau", "Anna Ek", "Mara Vidal", None)


@pytest.fixture
def archive():
    """Interviews of random words by three speakers and by one whom nobody names, in an index."""
    chance = random.Random(13)  # noqa: S311 - the same words every time
    for number in range(24):
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(2, 9))) for _ in range(4)]
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
        make_interview(pairs, speaker=SPEAKERS[number % 4], date=f"{2016 + number % 3}-05-06")
    reindex()


def expected(word, **fields):
    """{slug: (answers that hold the word or whose question does, the word in the answers, words of the answers)}."""
    counts = {}
    for answer in Turn.objects.filter(kind="answer", **fields).select_related("reply_to", "participation__person"):
        slug = answer.participation.person.slug if answer.participation.person else ""
        said, asked = answer.text.split(), answer.reply_to.text.split()
        found, times, words = counts.get(slug, (0, 0, 0))
        counts[slug] = found + (word in said + asked), times + said.count(word), words + len(said)
    return counts


@pytest.mark.parametrize("word", WORDS)
def test_answers_of_every_speaker_and_what_they_say_themselves_are_counted(archive, word):
    page, counts = speakers_of(Request(word)), expected(word)
    assert page.unnamed == counts.pop("")[0]
    assert {each.value: (each.answers, each.matches, each.words) for each in page.speakers} == counts
    assert page.total == page.unnamed + sum(each.answers for each in page.speakers)


def test_words_are_those_under_the_same_filters(archive):
    counts = expected("gas", interview__date__year=2017)
    for request in (Request("gas", {"year": "2017"}), Request("gas year:2017")):
        found = {each.value: (each.answers, each.matches, each.words) for each in speakers_of(request).speakers}
        assert found == {slug: count for slug, count in counts.items() if slug and count[0]}


def test_words_in_questions_are_not_those_of_the_speaker():
    make_interview([("And the gas?", "It flows.")])
    reindex()
    (speaker,) = speakers_of(Request("gas")).speakers
    assert (speaker.answers, speaker.matches, speaker.rate) == (1, 0, 0)


def test_every_speaker_leads_to_as_many_answers(archive, client):
    for address in ("q=gas", "q=gas&speaker=anna-ek&speaker=mara-vidal"):
        html = client.get(f"/search/speakers/?{address}").content.decode()
        rows = re.findall(r'<th scope="row"><a href="([^"]*)">.*?<td data-label="Answers">(\d+)</td>', html, re.DOTALL)
        assert len(rows) >= 2
        for url, count in rows:
            assert total_of(client, url) == int(count)


def test_most_answers_stand_first_or_the_highest_rate_with_few_words_last(client):
    for name, answers in (
        ("Ilan Moreau", ["gas"] * 3),
        ("Anna Ek", ["gas and oil"]),
        ("Mara Vidal", ["gas gas " + "sea " * 2_500]),
    ):
        make_interview([(None, answer) for answer in answers], speaker=name)
    reindex()
    assert [each.label for each in speakers_of(Request("gas")).speakers] == ["Ilan Moreau", "Anna Ek", "Mara Vidal"]
    by_rate = [each.label for each in speakers_of(Request("gas"), "rate").speakers]
    assert by_rate == ["Mara Vidal", "Ilan Moreau", "Anna Ek"]
    assert "fewer than 2,000 words stand last" in words_of(client.get("/search/speakers/?q=gas&order=rate"))


def test_row_names_the_speaker_with_all_counts(client):
    make_interview([("Why gas?", "Gas is gas.")])
    reindex()
    page = words_of(client.get("/search/speakers/?q=gas"))
    assert "1 speaker." in page
    assert "Ilan Moreau 1 2 3 66,667" in page


def test_search_that_only_filters_has_answers_but_no_matches(archive, client):
    found = client.get("/search/speakers/?year=2017&format=json").json()["speakers"]
    assert {speaker["matches"] for speaker in found} == {None}
    assert {speaker["speaker"] for speaker in found} == {"ilan-moreau", "anna-ek", "mara-vidal"}


def test_many_speakers_stand_on_several_pages(client, archive, monkeypatch):
    monkeypatch.setattr(who_says, "PAGE_SPEAKERS", 2)
    pages = [client.get(f"/search/speakers/?q=gas&page={page}&format=json").json() for page in (1, 2, 99)]
    assert [page["start"] for page in pages] == [0, 2, 2]
    assert len({speaker["speaker"] for page in pages for speaker in page["speakers"]}) == 3


def test_filters_stay_and_other_views_are_a_step_away(archive, client):
    links = links_of(client.get("/search/speakers/?q=gas&from=2017"))
    for address in ("/search/", "/search/concordance/", "/search/frequency/", "/search/speakers/"):
        assert f"{address}?q=gas&from=2017-01-01" in links


def test_search_without_a_known_speaker_says_so(client):
    make_interview(speaker=None)
    reindex()
    assert "No answer here has a speaker whom the archive knows" in words_of(client.get("/search/speakers/"))


@pytest.mark.parametrize("query", ["order=%00&page=-1", "q=gas&order=rate&page=9e9", "q=%22%27%3C&order=answers"])
def test_odd_parameters_are_understood_as_far_as_they_go(client, archive, query):
    assert client.get(f"/search/speakers/?{query}").status_code == 200
