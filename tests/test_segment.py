"""What was written into the index is read from it, whatever was changed and merged in between."""

import gc
import random
import shutil
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_documents import make_document
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Phrase, Prefix, Term

from interviews.search.index import inversion, writing
from interviews.search.index.schema import ANSWER_AT, archive_schema
from interviews.search.index.segment import latest_commit, read_state
from interviews.search.index.writing import STEP, build, write
from interviews.search.text.analysis import exact, forms, stems, words

WORDS = [
    "Minister",
    "ministers",
    "the",
    "to",
    "be",
    "U.S.",
    "O’Brien",
    "élections",
    "переговорам",
    "制裁",
    "S-300",
    "\x1f",
]
PLACES = ["Korea, Republic of", "Bosnia and Herzegovina", "a\tb", "CI"]

texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
documents = st.builds(
    lambda **fields: fields,
    question=texts,
    answer=texts,
    title=texts,
    language=st.sampled_from(["en", "ru", "fr", ""]),
    country=st.lists(st.sampled_from(PLACES), unique=True),
)
# Keys of turns whose documents are replaced, or removed where there is none for them.
commits = st.lists(st.dictionaries(st.integers(1, 12), st.none() | documents, max_size=6), max_size=STEP * 2)


@pytest.fixture
def folder(tmp_path):
    """An empty index."""
    build(tmp_path, [])
    return tmp_path


def read(state):
    """Return {(key of the turn, field, form): positions} and {(key, facet, value)} of all live documents."""
    positions, carried = {}, set()
    for segment, live in zip(state.segments, state.live, strict=True):
        turns = segment.numbers("turn").tolist()
        for field in ("text", "title"):
            for form in segment.forms_from(field, ""):
                postings = segment.postings(field, form)
                of_each = np.split(postings.positions, np.cumsum(postings.counts)[:-1])
                for document, places in zip(postings.documents.tolist(), of_each, strict=True):
                    if live[document]:
                        positions[turns[document], field, form] = places.tolist()
        column = segment.facet("country")
        for document, ordinal in zip(column.documents.tolist(), column.ordinals.tolist(), strict=True):
            if live[document]:
                carried.add((turns[document], "country", column.values[ordinal]))
    return positions, carried


def expected(archive):
    positions, carried = defaultdict(list), set()
    for turn, fields in archive.items():
        for field, text, first in (("text", "question", 0), ("text", "answer", ANSWER_AT), ("title", "title", 0)):
            for place, word in enumerate(words(fields[text]), start=first):
                for form in forms(word):
                    positions[turn, field, form].append(place)
        carried |= {(turn, "country", value) for value in fields["country"]}
    return dict(positions), carried


@settings(max_examples=25)
@given(commits)
def test_index_holds_what_was_written_last(tmp_path_factory, commits):
    folder, archive = tmp_path_factory.mktemp("index"), {}
    build(folder, [])
    for changes in commits:
        new = [make_document(turn, **fields) for turn, fields in changes.items() if fields]
        assert write(folder, removed=changes, documents=new) == len(new)
        archive = {turn: fields for turn, fields in (archive | changes).items() if fields}
        state = read_state(folder)
        assert sum(int(live.sum()) for live in state.live) == len(archive)
    assert read(read_state(folder)) == expected(archive)
    assert_numbers_and_stored(read_state(folder), archive)
    shutil.rmtree(folder)


def assert_numbers_and_stored(state, archive):
    for segment, live in zip(state.segments, state.live, strict=True):
        for document in np.flatnonzero(live).tolist():
            turn = int(segment.numbers("turn")[document])
            fields = archive[turn]
            assert segment.stored(document)["answer"] == fields["answer"]
            assert segment.numbers("date")[document] == 737_000 + turn
            for text in ("question", "answer", "title"):
                assert segment.numbers(f"{text}_words")[document] == len(words(fields[text]))


def test_merged_segment_holds_what_its_parts_held(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "FULL", 40)
    chance = random.Random(1)  # noqa: S311 - not for secrets
    archive = {
        turn: {
            "question": " ".join(chance.choices(WORDS, k=5)),
            "answer": " ".join(chance.choices(WORDS, k=9)),
            "title": "Talks",
            "language": chance.choice(["en", "ru"]),
            "country": chance.sample(PLACES, 2),
        }
        for turn in range(1, 60)
    }
    assert build(tmp_path, [make_document(turn, **fields) for turn, fields in archive.items()]) == 59
    (segment,) = read_state(tmp_path).segments
    assert read(read_state(tmp_path)) == expected(archive)
    assert segment.forms_of("en", "minist") == ("minister", "ministers")


def test_length_of_an_answer_is_a_facet(folder):
    answers = ["word " * count for count in (0, 99, 100, 299, 300, 999, 1000)]
    write(folder, removed=[], documents=[make_document(turn, answer=text) for turn, text in enumerate(answers)])
    (segment,) = read_state(folder).segments
    found = {length: segment.carriers("length", length).tolist() for length in ("short", "medium", "long", "very-long")}
    assert found == {"short": [1], "medium": [2, 3], "long": [4, 5], "very-long": [6]}


def test_forms_of_a_language_are_found_by_each_of_their_stems(folder):
    told = {"fr": "négociations négocier", "ru": "переговоры переговорам", "en": "sanctions Sanctioned", "": "talks"}
    new = [make_document(turn, answer=text, language=code) for turn, (code, text) in enumerate(told.items())]
    write(folder, removed=[], documents=new)
    (segment,) = read_state(folder).segments
    assert segment.languages() == ("", "en", "fr", "ru")
    for language, text in told.items():
        for word in words(text):
            for stem in stems(word, language):
                assert exact(word) in segment.forms_of(language, stem)
    assert segment.forms_of("en", "negoci") == segment.forms_of("en", "sanct") == segment.forms_of("de", "talk") == ()


def test_forms_come_in_order_from_a_prefix(folder):
    write(folder, removed=[], documents=[make_document(1, answer="war wars ward warn way 制裁", title="warrior")])
    (segment,) = read_state(folder).segments
    assert list(segment.forms_from("text", "war")) == ["war", "ward", "warn", "wars"]
    assert list(segment.forms_from("text", "wari")) == list(segment.forms_from("text", "zz")) == []
    assert segment.has_form("title", "warrior")
    assert not segment.has_form("text", "warrior")


def test_whoosh_itself_reads_the_index(folder):
    """Its terms, phrases and prefixes: the files are Whoosh's but for the postings, which our codec gives it."""
    told = ["to be or not to be", "be to", "beam"]
    write(folder, removed=[], documents=[make_document(turn, answer=text) for turn, text in enumerate(told)])
    opened = FileStorage(str(folder)).open_index(schema=archive_schema())
    with opened.searcher() as searcher:
        asked = [Term("text", "be"), Phrase("text", ["to", "be"]), Prefix("text", "be"), Term("text", "us")]
        assert [list(searcher.docs_for_query(query)) for query in asked] == [[0, 1], [0], [0, 1, 2], []]
        assert searcher.stored_fields(2)["answer"] == "beam"


def test_segments_do_not_pile_up_and_a_large_one_is_left_alone(folder):
    write(folder, removed=[], documents=[make_document(turn, answer="large") for turn in range(1000)])
    (large,) = read_state(folder).segments
    for turn in range(1000, 1100):
        write(folder, removed=[turn - 1000], documents=[make_document(turn, answer="small")])
        state = read_state(folder)
        assert len(state.segments) <= 12
        assert large.key in {segment.key for segment in state.segments}
    assert sum(int(live.sum()) for live in state.live) == 1000


def test_known_segments_are_not_opened_again(folder):
    write(folder, removed=[], documents=[make_document(1), make_document(2)])
    former = read_state(folder)
    write(folder, removed=[2], documents=[make_document(3)])
    state = read_state(folder, former.segments)
    assert state.segments[0] is former.segments[0]
    assert (state.live[0].tolist(), former.live[0].tolist()) == ([True, False], [True, True])
    assert state.commit == latest_commit(folder) == former.commit + 1


def test_segment_answers_after_its_files_were_taken_away(folder):
    write(folder, removed=[], documents=[make_document(1, answer="to be", country=["FR"])])
    (segment,) = read_state(folder).segments
    shutil.rmtree(folder)
    assert segment.postings("text", "be").positions.tolist() == [ANSWER_AT + 1]
    assert segment.carriers("country", "FR").tolist() == [0]
    assert segment.stored(0)["answer"] == "to be"
    assert segment.forms_of("en", "be") == ("be",)


def test_files_of_a_segment_are_closed_with_it(folder):
    write(folder, removed=[], documents=[make_document(1)])
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        assert read_state(folder).segments[0].stored(0)["turn"] == 1
        gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


@given(st.lists(st.lists(st.sampled_from(PLACES), unique=True), min_size=40, max_size=40), st.data())
@settings(max_examples=20)
def test_values_of_few_documents_are_those_of_looking_at_all(tmp_path_factory, carried, data):
    folder = tmp_path_factory.mktemp("index")
    build(folder, [make_document(turn, country=values) for turn, values in enumerate(carried)])
    (segment,) = read_state(folder).segments
    wanted = data.draw(st.lists(st.integers(0, 39), unique=True))
    mask = np.isin(np.arange(40), wanted)
    column = segment.facet("country")
    turns = segment.numbers("turn")
    expected = Counter(value for turn in turns[mask].tolist() for value in carried[turn])
    assert Counter(column.values[ordinal] for ordinal in column.of(mask).tolist()) == expected


def test_threads_share_one_segment(folder):
    """Whoosh's own readers share a place in the file, and threads read what others looked for."""
    told = {turn: f"common word{turn} word{turn % 7}" for turn in range(300)}
    write(folder, removed=[], documents=[make_document(turn, answer=text) for turn, text in told.items()])
    (segment,) = read_state(folder).segments

    def looked_up(turn):
        return (
            segment.postings("text", f"word{turn}").documents[-1] if turn > 6 else turn,
            segment.stored(turn)["answer"],
            len(segment.postings("text", "common").documents),
            segment.forms_of("en", stems(f"word{turn}", "en")[0]),
        )

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(looked_up, [*told] * 5))
    assert found == [(turn, told[turn], 300, (f"word{turn}",)) for turn in [*told] * 5]


def test_arrays_are_views_that_nobody_can_change(folder):
    write(folder, removed=[], documents=[make_document(1, answer="to be to be")])
    (segment,) = read_state(folder).segments
    postings = segment.postings("text", "be")
    for array in (postings.documents, postings.counts, postings.positions, segment.numbers("date")):
        assert not array.flags.writeable
    assert not postings.positions.flags.owndata


def test_merging_leaves_out_what_was_deleted(folder):
    for turn in range(STEP):
        two = [make_document(key, answer=f"be word{key}", country=["FR"]) for key in (turn, turn + 100)]
        write(folder, removed=[0] if turn == STEP - 1 else [], documents=two)
    (segment,) = read_state(folder).segments
    assert segment.size == 2 * STEP - 1
    assert not segment.has_form("text", "word0")
    assert len(segment.postings("text", "be").documents) == len(segment.carriers("country", "FR")) == 2 * STEP - 1


def test_segments_are_kept_within_what_whoosh_can_store(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "FULL", 10)
    monkeypatch.setattr(writing, "MOST", 30)
    assert build(tmp_path, [make_document(turn, answer="to be") for turn in range(100)]) == 100
    assert [segment.size <= 30 for segment in read_state(tmp_path).segments] == [True] * 4
