"""An index whose files were damaged, at any byte: it is not searched, it is said, and a new one mends it."""

import random
from contextlib import contextmanager

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from interviews.search.engine import snapshot
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.index.generations import current_generation
from interviews.search.index.merging import merge
from interviews.search.index.segment import Segment, read_list
from interviews.search.index.upkeep import drain, record_changes, reindex

from archive_factory import make_country, make_interview, mention

pytestmark = pytest.mark.django_db
PAIRS = [("Will the ferry sail to Ruritania?", "The ferry sails; ferries sail in winter."), ("And now?", "Peace.")]
SEARCHES = {
    "search": [
        "?q=ferry+sails",
        "?q=fer*+OR+pease~",
        '?q="the+ferry"&sort=newest',
        "?country=IT&format=json",
        "?q=fery",
    ],
    "concordance": ["?q=ferry"],
    "frequency": ["?q=ferry"],
    "search_speakers": ["?q=ferry"],
    "search-suggest": ["?q=fer"],
    "home": [""],
    "country-list": [""],
}
FLIPS = 12


@pytest.fixture
def index():
    """The folder of an index of three segments, one with deleted documents."""
    interview = make_interview(PAIRS)
    mention(interview.turns.get(number="q1"), make_country("IT", "Italy"))
    reindex()
    for date in ("2020-02-03", "2021-05-06"):
        added = make_interview(PAIRS, date=date)
        record_changes([*added.turns.values_list("pk", flat=True), interview.turns.get(number="a2").pk])
        drain()
    return current_generation()


@pytest.fixture
def restarted(monkeypatch):
    """A function: let searches open the index anew, as a new process does."""
    return lambda: monkeypatch.setattr(snapshot, "_newest", None)


def addresses():
    for name, queries in SEARCHES.items():
        yield from (reverse(f"interviews:{name}") + query for query in queries)
    yield reverse("interviews:search-facet", args=["speaker"])


def statuses(client):
    return {address: client.get(address).status_code for address in addresses()}


@contextmanager
def damaged(path, chance):
    """Change some bytes of a file, in one place, where it lies: who has it mapped sees it. Then they are as before."""
    content = path.read_bytes()
    at, size = chance.randrange(len(content)), chance.choice((1, 1, 4, 64))
    others = bytes(byte ^ chance.randrange(1, 256) for byte in content[at : at + size])
    overwrite(path, at, others)
    yield
    overwrite(path, at, content[at : at + size])


def overwrite(path, at, content):
    with path.open("r+b") as opened:
        opened.seek(at)
        opened.write(content)


def some_files(index, chance):
    """Files of the index by chance; all but its manifest, of which the numbers of answers tell nobody anything."""
    files = [path for path in index.iterdir() if path.stat().st_size and path.name != "manifest.json"]
    return chance.choices(sorted(files), k=FLIPS)


def is_said():
    return "interviews.W001" in [check.id for check in run_checks(tags=["database"], databases=["default"])]


@pytest.fixture
def chance():
    return random.Random()  # noqa: S311 - not for secrets


def test_damaged_byte_of_any_file_is_not_searched_and_said(client, index, restarted, chance):
    for path in some_files(index, chance):
        restarted()
        with damaged(path, chance):
            assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 503, path
            assert set(statuses(client).values()) == {200, 503}, path
            assert is_said(), path


def test_byte_damaged_after_it_was_read_is_not_searched_any_more(client, index, restarted, chance, monkeypatch):
    monkeypatch.setattr(snapshot, "BETWEEN_LOOKS", 0)
    for path in some_files(index, chance):
        if path.suffix == ".toc":  # read whole and done with
            continue
        restarted()
        current_snapshot()
        with damaged(path, chance):
            assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 503, path
            assert is_said(), path
        assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 200, path


def test_search_that_fails_in_damaged_files_is_no_mistake_of_ours(client, index, monkeypatch):
    monkeypatch.setattr(snapshot, "BETWEEN_LOOKS", float("inf"))
    current_snapshot()
    for path in index.glob("*.col"):
        overwrite(path, 0, bytes(path.stat().st_size))
    assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 503
    reindex()
    assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 200


def test_mistake_of_ours_is_none_of_the_index(client, index, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(Segment, "stored", lambda *_: 1 / 0)
    assert client.get(reverse("interviews:search"), {"q": "ferry"}).status_code == 500


def test_damaged_segment_is_never_merged_into_a_sound_one(index, chance):
    with (
        damaged(chance.choice(sorted(index.glob("*.pst"))), chance),
        pytest.raises(OSError, match="is not as it was written"),
    ):
        merge(index, read_list(index).segments)


def test_index_that_was_damaged_is_mended_by_building_anew(client, index, restarted, chance):
    def found():
        return client.get(reverse("interviews:search"), {"q": "ferry", "format": "json"}).json()

    before = found()
    (path, *_) = some_files(index, chance)
    with damaged(path, chance):
        restarted()
        reindex()
        assert not is_said()
        assert found() == before
