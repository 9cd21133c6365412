"""All that is offered beside any search: every count is what its own search finds."""

import random
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from interviews.search import Help, Request, help_with, search, suggestions
from interviews.search.engine import patience
from interviews.search.engine.snapshot import Snapshot
from interviews.search.help import helping, suggesting
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention

WORDS = [
    "gas",
    "sanctions",
    "medicine",
    "ceasefire",
    "pipeline",
    "corridor",
    "talks",
    "moreau",
    "libya",
    "egypt",
    "the",
]
SIGNS = ("{}", "{}", "{}", "-{}", '"{} talks"', "{}*", "in:answer {}", "{} OR gas", "speaker:{}", "({}")
FILTERS = ("", "", "country=LY", "country=LY&country=EG", "year=2018&from=2017", "speaker=-ilan-moreau", "to=2018")


@pytest.fixture
def archive(db):
    chance = random.Random(4)  # noqa: S311 - not for secrets
    countries = [make_country("LY", "Libya"), make_country("EG", "Egypt")]
    for number in range(12):
        exchanges = [(f"And the {chance.choice(WORDS)}?", " ".join(chance.choices(WORDS, k=8))) for _ in range(3)]
        speaker, outlet = chance.choice(["Ilan Moreau", "Livia Gast"]), chance.choice(["Harbour Post", "Gasette"])
        talks = make_interview(exchanges, date=f"{2015 + number % 4}-05-06", speaker=speaker, outlet=outlet)
        mention(talks.turns.get(number="q1"), chance.choice(countries))
    reindex()


def misspelt(word, chance):
    place = chance.randrange(len(word))
    return word[:place] + chance.choice(["", "x", word[place] * 2]) + word[place + 1 :]


def total_behind(address):
    return search(Request.from_query(QueryDict(address))).total


def test_every_count_is_what_its_search_finds(archive):
    chance, offered = random.Random(7), 0  # noqa: S311 - not for secrets
    for _ in range(60):
        words = chance.choices(WORDS, k=chance.randint(1, 3))
        words = [misspelt(word, chance) if chance.random() < 0.3 else word for word in words]
        query = " ".join(chance.choice(SIGNS).format(word) for word in words)
        parameters = QueryDict(chance.choice(FILTERS), mutable=True)
        parameters["q"] = query
        request = Request.from_query(parameters)
        found = help_with(search(request))
        ways = [*found.named, *found.corrections, *found.relaxations, *suggestions(request)]
        assert [way for way in ways if not way.count] == []
        for way in [*ways, *found.apart]:
            assert (way.count, way) == (total_behind(way.request.query_string()), way), query
        offered += len(ways)
    assert offered > 60


@pytest.mark.parametrize("ask", [lambda request: help_with(search(request)), suggestions])
def test_many_searches_look_once_what_the_state_of_the_index_is(archive, monkeypatch, ask):
    looks, is_newest_of = [], Snapshot.is_newest_of
    monkeypatch.setattr(Snapshot, "is_newest_of", lambda *given: looks.append(given) or is_newest_of(*given))
    ask(Request("fishin poort unicorn"))
    assert 1 <= len(looks) < 5


def test_what_takes_long_is_not_waited_for_and_no_count_is_shown_that_is_too_small(archive, monkeypatch):
    request = Request("fishin poort unicorn")
    page = search(request)
    for module in (helping, suggesting):
        monkeypatch.setattr(module, "TIME_LIMIT", 0)
    assert help_with(page) == Help()
    assert suggestions(Request("fishin")) == ()


def test_name_behind_a_field_is_looked_up_once_for_all_help(archive, django_assert_max_num_queries):
    page = search(Request("speaker:moreau fishin poort unicorn"))
    help_with(page)
    with django_assert_max_num_queries(12):
        help_with(page)


@pytest.mark.parametrize("seconds", [[0, 2.0], [0, 1.9, 1.9, 2.1]])
def test_help_has_only_the_time_that_its_search_leaves_for_the_page(client, archive, monkeypatch, seconds):
    assert "Did you mean" in client.get("/search/?q=pipelime").content.decode()
    clock = iter(seconds)
    monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda: next(clock, seconds[-1])))
    assert "Did you mean" not in client.get("/search/?q=pipelime").content.decode()
