"""The index follows the database: outbox, draining, building anew."""

import contextlib
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command, get_commands
from django.db import transaction
from indexed import indexed

from interviews.models import Entity, IndexChange, Interview, Mention
from interviews.search import Request, search
from interviews.search.index import generations, upkeep
from interviews.search.index.generations import (
    IndexBusyError,
    current_generation,
    index_folder,
    open_current,
    write_lock,
)
from interviews.search.index.upkeep import drain, drain_own, is_current, needs_reindex, paused, record_changes, reindex

from archive_factory import make_country, make_interview, mention
from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db


def change_text(interview, number, text):
    turn = interview.turns.get(number=number)
    interview.turns.filter(pk=turn.pk).update(text=text)
    record_changes([turn.pk])
    return turn


def noted():
    return list(IndexChange.objects.values_list("pk", flat=True))


@pytest.fixture
def interview():
    """One indexed interview: two answered questions and one unanswered."""
    made = make_interview([("First?", "Apples."), ("Second?", "Pears."), ("Third?", None)])
    reindex()
    return made


def test_change_is_found_after_the_commit(interview, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change_text(interview, "a1", "Plums.")
        assert indexed("plums") == []
    assert indexed("plums") == ["a1"]
    assert indexed("apples") == []
    assert is_current()


def test_change_that_is_rolled_back_leaves_no_note(interview):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        change_text(interview, "a1", "Plums.")
        raise ZeroDivisionError
    assert is_current()


def test_changed_question_changes_the_documents_of_its_answers(interview):
    change_text(interview, "q2", "Plums?")
    drain()
    assert indexed("plums") == ["a2"]


def test_question_that_gets_an_answer_is_no_document_any_more(interview):
    answer = interview.turns.get(number="a2")
    interview.turns.filter(pk=answer.pk).update(reply_to=interview.turns.get(number="q3"))
    record_changes([answer.pk, answer.reply_to_id])
    drain()
    assert indexed() == ["a1", "q2", "a2"]


def test_question_that_keeps_only_a_courtesy_becomes_a_document_again(interview):
    answer = interview.turns.get(number="a1")
    interview.turns.filter(pk=answer.pk).update(courtesy=True)
    record_changes([answer.pk])
    drain()
    assert indexed() == ["q1", "a2", "q3"]


def test_new_mention_changes_the_countries(interview):
    mention(interview.turns.get(number="q1"), make_country("IT", "Italy"))
    record_changes([interview.turns.get(number="q1").pk])
    drain()
    assert indexed(country="IT") == ["a1"]


def test_withdrawn_interview_leaves_the_index_and_comes_back(interview):
    turns = list(interview.turns.values_list("pk", flat=True))
    for status, expected in (("withdrawn", []), ("published", ["a1", "a2", "q3"])):
        Interview.objects.filter(pk=interview.pk).update(status=status)
        record_changes(turns)
        drain()
        assert indexed() == expected
        assert len(indexed()) == len(expected)


def test_removed_interview_leaves_the_index(interview):
    make_interview([("And?", "Plums.")])
    record_changes(interview.turns.values_list("pk", flat=True), operation="remove")
    interview.turns.update(reply_to=None)
    interview.turns.all().delete()
    interview.delete()
    drain()
    assert len(indexed()) == 0
    reindex()
    assert len(indexed()) == 1


def test_draining_twice_changes_nothing(interview):
    turn = change_text(interview, "a1", "Plums.")
    for _ in range(2):
        drain()
        record_changes([turn.pk, turn.pk])
    drain()
    assert indexed() == ["a1", "a2", "q3"]


def test_turn_that_was_changed_many_times_is_written_once(interview, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    record_changes([interview.turns.get(number="a1").pk] * 9)
    before = open_current()[1].commit
    assert drain() == 9
    assert open_current()[1].commit == before + 1


def test_many_changes_are_drained_in_batches(interview, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    record_changes(interview.turns.values_list("pk", flat=True))
    assert drain() == 5
    assert is_current()
    assert len(indexed()) == 3


def test_first_change_of_an_archive_builds_its_index():
    interview = make_interview()
    record_changes(interview.turns.values_list("pk", flat=True))
    drain()
    assert indexed() == ["a1"]


def test_whoever_does_not_get_the_lock_leaves_the_changes_to_the_holder(interview):
    change_text(interview, "a1", "Plums.")
    with write_lock(wait=True):
        assert drain_own(noted()) == 0
    assert IndexChange.objects.count() == 1
    assert drain_own([]) == 1


def test_changes_that_nobody_waits_for_wait_for_the_holder(interview, monkeypatch, django_capture_on_commit_callbacks):
    """They may be more than a holder takes over, so none would be left to bring in the others."""
    asked = []

    def lock_asked_for(*, wait):
        asked.append(wait)
        return write_lock(wait=wait)

    monkeypatch.setattr(upkeep, "write_lock", lock_asked_for)
    monkeypatch.setattr(upkeep, "beside", lambda work, *given: work(*given))
    with django_capture_on_commit_callbacks(execute=True):
        record_changes(list(interview.turns.values_list("pk", flat=True)), later=True)
    assert asked == [True]
    assert not IndexChange.objects.exists()


def test_who_waits_is_next_though_others_never_pause(interview):
    is_over = Event()

    def write_without_pause():
        while not is_over.is_set():
            with write_lock(wait=False) as is_held:
                is_over.wait(0.002 * is_held)

    with ThreadPoolExecutor(4) as writers:
        for _ in range(4):
            writers.submit(write_without_pause)
        started = monotonic()
        for _ in range(5):
            with write_lock(wait=True) as is_held:
                assert is_held
        waited = monotonic() - started
        is_over.set()
    assert waited < 3


def test_who_waits_too_long_is_told_who_writes(interview, monkeypatch, capsys):
    monkeypatch.setattr(generations, "LONGEST_WAIT", 0.1)
    with write_lock(wait=True):
        with pytest.raises(
            CommandError, match=rf"cannot be written: process {os.getpid()} on .+, since \d{{4}}-.* UTC"
        ):
            call_command("reindex")
        change_text(interview, "a1", "Plums.")
        with pytest.raises(IndexBusyError):
            drain()
    assert drain() == 1


def test_build_that_fails_leaves_nothing_behind(interview, monkeypatch):
    def full(generation, documents):
        (generation / "half").write_text("half")
        raise OSError(28, "No space left on device")

    before = sorted(index_folder().iterdir())
    monkeypatch.setattr(upkeep, "build", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("reindex")
    assert sorted(index_folder().iterdir()) == before


def test_next_build_takes_away_what_a_killed_one_left(interview, monkeypatch):
    killed = generations.new_generation()
    (killed / "half").write_text("half")
    build = upkeep.build

    def build_apart(generation, documents):
        assert not killed.exists()
        assert generation != killed
        return build(generation, documents)

    monkeypatch.setattr(upkeep, "build", build_apart)
    reindex()
    assert is_current()


def test_folder_of_the_index_is_its_owner_s_alone(interview):
    """Its files are pickles: whoever can write them runs code in the web process."""
    assert stat.S_IMODE(index_folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(current_generation().stat().st_mode) == 0o700


def test_segments_are_on_the_disk_before_they_are_listed(interview, monkeypatch):
    synced, listed = [], []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor, sync=os.fsync: synced.append(opened(descriptor)) or sync(descriptor)
    )
    monkeypatch.setattr(os, "rename", lambda *names, rename=os.rename: listed.append(list(synced)) or rename(*names))
    change_text(interview, "a1", "Plums.")
    drain()
    ((before, *_),) = [listed]
    new = open_current()[1].segments[-1].key[1]
    assert {name for name in before if name.startswith(new)} == {
        path.name for path in current_generation().glob(f"{new}.*")
    }
    assert synced[-2].endswith(".toc")


def opened(descriptor):
    return Path(f"/proc/self/fd/{descriptor}").readlink().name


def test_very_many_changes_are_brought_in_by_building_anew(interview, monkeypatch):
    monkeypatch.setattr(upkeep, "MANY", 2)
    turns, generation = list(interview.turns.values_list("pk", flat=True)), current_generation()
    record_changes(turns)
    assert drain() == len(turns)
    assert current_generation() != generation
    assert is_current()


def test_many_changes_of_a_much_larger_archive_are_brought_in_one_by_one(interview, monkeypatch):
    make_interview([("And?", "Yes.")] * 9)
    reindex()
    monkeypatch.setattr(upkeep, "MANY", 2)
    generation = current_generation()
    record_changes(interview.turns.values_list("pk", flat=True))
    assert drain() == 5
    assert current_generation() == generation


def test_holder_looks_again_after_letting_go(interview, monkeypatch):
    late = [interview.turns.get(number="a2")]

    @contextlib.contextmanager
    def write_lock_that_turns_somebody_away(*, wait):
        with write_lock(wait=wait) as is_held:
            yield is_held
            while late:
                change_text(interview, late.pop().number, "Late plums.")

    monkeypatch.setattr(upkeep, "write_lock", write_lock_that_turns_somebody_away)
    change_text(interview, "a1", "Plums.")
    assert drain_own(noted()) == 2
    assert set(indexed("plums")) == {"a1", "a2"}


def test_failing_index_never_fails_the_change(interview, monkeypatch, django_capture_on_commit_callbacks, caplog):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(upkeep, "write", fail)
    with django_capture_on_commit_callbacks(execute=True):
        change_text(interview, "a1", "Plums.")
    assert "The search index cannot be written: disk full. Mend that" in caplog.text
    assert "Traceback" not in caplog.text
    assert IndexChange.objects.count() == 1
    monkeypatch.undo()
    drain()
    assert indexed("plums") == ["a1"]


def test_writing_that_fails_halfway_leaves_the_index_as_it_was(interview, monkeypatch):
    def fail(turn):
        raise ValueError("no document")

    change_text(interview, "a1", "Plums.")
    monkeypatch.setattr(upkeep, "document_of", fail)
    with pytest.raises(ValueError, match="no document"):
        drain()
    assert indexed() == ["a1", "a2", "q3"]
    monkeypatch.undo()
    assert drain() == 1
    assert indexed("plums") == ["a1"]


def test_paused_changes_are_drained_once_at_the_end(interview, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, paused():
        change_text(interview, "a1", "Plums.")
        change_text(interview, "a2", "More plums.")
    assert len(callbacks) == 1
    assert set(indexed("plums")) == {"a1", "a2"}


def test_who_changes_one_turn_during_an_ingest_writes_it_and_few_others(
    interview, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    turns = list(interview.turns.values_list("pk", flat=True))
    ingested = list(make_interview([("And?", "Yes.")] * 4).turns.values_list("pk", flat=True))
    record_changes(ingested)
    with django_capture_on_commit_callbacks(execute=True):
        change_text(interview, "a1", "Plums.")
        record_changes(turns)
    assert indexed("plums") == ["a1"]
    assert IndexChange.objects.count() == len(ingested) - 2
    drain()
    assert is_current()


def test_who_drains_all_waits_for_who_writes_a_little(interview, monkeypatch):
    asked = []
    monkeypatch.setattr(upkeep, "write_lock", lambda *, wait: asked.append(wait) or write_lock(wait=wait))
    change_text(interview, "a1", "Plums.")
    drain()
    assert asked
    assert all(asked)


def test_answers_that_name_more_entities_than_one_statement_may_ask_for_are_indexed(interview):
    named = [Entity(kind="organisation", name=f"Council {number}", slug=f"council-{number}") for number in range(1_100)]
    Entity.objects.bulk_create(named)
    turn = interview.turns.get(number="a1")
    of_turn = {"turn": turn, "start": 0, "end": 6, "surface": "Apples", "tagger_version": "test"}
    Mention.objects.bulk_create(Mention(entity=entity, **of_turn) for entity in named)
    assert reindex() == 3


def test_searches_see_the_former_index_while_a_new_one_is_built(interview, monkeypatch):
    seen = []

    def build_while_somebody_searches(*args, build=upkeep.build):
        seen.append(len(indexed()))
        count = build(*args)
        seen.append(len(indexed()))
        return count

    make_interview()
    monkeypatch.setattr(upkeep, "build", build_while_somebody_searches)
    assert reindex() == 4
    assert seen == [3, 3]
    assert len(indexed()) == 4


def test_readers_never_see_an_empty_or_half_index(interview):
    """While others commit, merge and exchange generations."""
    is_over, seen = Event(), set()

    def read():
        while not is_over.is_set():
            seen.add(len(indexed()))

    with ThreadPoolExecutor(2) as threads:
        readers = [threads.submit(read) for _ in range(2)]
        try:
            for number in range(12):
                change_text(interview, "a1", f"Plums {number}.")
                drain()
                if number % 4 == 3:
                    reindex()
        finally:
            is_over.set()
        for reader in readers:
            reader.result()
    assert seen == {3}


def test_reader_of_a_former_generation_reads_on(interview):
    _, former = open_current()
    for _ in range(3):
        change_text(interview, "a1", "Plums.")
        reindex()
    assert not [path for path in index_folder().glob("gen-*") if path.name in former.segments[0].key[0]]
    (segment,) = former.segments
    assert {segment.stored(document)["answer"] for document in range(segment.size)} == {"Apples.", "Pears.", ""}
    assert segment.has_form("text", "apples")


def test_change_during_a_build_is_not_lost(interview, monkeypatch):
    late = [interview.turns.get(number="a1")]

    def build_while_somebody_edits(*args, build=upkeep.build):
        count = build(*args)
        while late:
            change_text(interview, late.pop().number, "Plums.")
        return count

    monkeypatch.setattr(upkeep, "build", build_while_somebody_edits)
    reindex()
    assert indexed("plums") == ["a1"]
    assert is_current()


def test_change_during_a_build_is_found_at_once_and_in_the_new_index(interview, monkeypatch):
    found = []

    def build_while_somebody_edits(generation, documents, build=upkeep.build):
        documents = list(documents)
        change_text(interview, "a1", "Plums.")
        assert drain_own(noted()) == 1
        found.extend(indexed("plums"))
        return build(generation, documents)

    former = current_generation()
    monkeypatch.setattr(upkeep, "build", build_while_somebody_edits)
    reindex()
    assert found == ["a1"]
    assert current_generation() != former
    assert (indexed("plums"), indexed("apples")) == (["a1"], [])
    assert not (current_generation() / "changed").exists()


def test_building_anew_ends_though_changes_never_do(interview, monkeypatch):
    turns = list(interview.turns.values_list("pk", flat=True))

    def document_while_others_edit(turn, document_of=upkeep.document_of):
        record_changes(turns)
        return document_of(turn)

    monkeypatch.setattr(upkeep, "BATCH", 2)
    monkeypatch.setattr(upkeep, "MANY", 1)
    monkeypatch.setattr(upkeep, "document_of", document_while_others_edit)
    assert reindex() == 3
    drain()
    monkeypatch.undo()
    drain()
    assert is_current()


def test_one_former_generation_stays(interview, settings):
    first = current_generation()
    reindex()
    second = current_generation()
    reindex()
    assert not first.exists()
    assert second.exists()
    assert len(list((settings.ARCHIVE_DATA / "index").glob("gen-*"))) == 2


def test_left_overs_of_a_build_that_was_killed_are_cleared(interview, settings):
    (settings.ARCHIVE_DATA / "index" / "gen-7").mkdir()
    assert is_current()
    reindex()
    assert current_generation().name == "gen-8"
    assert not (settings.ARCHIVE_DATA / "index" / "gen-7").exists()


def torn_list(generation):
    (toc,) = generation.glob("*.toc")
    toc.write_bytes(toc.read_bytes()[:20])


def torn_terms(generation):
    tear(generation, "*.trm")


def torn_postings(generation):
    tear(generation, "*.pst")


def torn_numbers(generation):
    tear(generation, "*.num")


def tear(generation, pattern):
    (path,) = generation.glob(pattern)
    path.write_bytes(path.read_bytes()[:-3])


def other_version(generation):
    manifest = json.loads((generation / "manifest.json").read_text())
    manifest["built_with"]["analysis"] = 0
    (generation / "manifest.json").write_text(json.dumps(manifest))


def foreign_manifest(generation):
    (generation / "manifest.json").write_text("[]")


def missing_files(generation):
    for path in generation.iterdir():
        path.unlink()


# Whoosh leaves a torn file open until its error is forgotten.
@pytest.mark.filterwarnings("ignore:Exception ignored in.*_io.FileIO:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "harm", [torn_list, torn_terms, torn_postings, torn_numbers, other_version, foreign_manifest, missing_files]
)
def test_unusable_index_gives_a_page_that_says_so_and_is_mended(interview, harm):
    harm(current_generation())
    page = search(Request(query="apples"))
    assert (page.is_available, page.total) == (False, 0)
    assert "search index" in page.notices[0]
    assert needs_reindex()
    change_text(interview, "a1", "Plums.")
    assert drain() == 0
    call_command("reindex", "--if-needed", stdout=StringIO())
    assert is_current()
    assert indexed("plums") == ["a1"]


def test_reindex_if_needed_does_only_what_is_needed(interview):
    def says():
        out = StringIO()
        call_command("reindex", "--if-needed", stdout=out)
        return out.getvalue()

    generation = current_generation()
    assert says() == "The search index is current.\n"
    change_text(interview, "a1", "Plums.")
    assert says() == "1 changes brought into the search index.\n"
    assert current_generation() == generation
    other_version(generation)
    assert says().startswith("3 documents indexed in ")


def test_manifest_counts_the_documents(interview):
    manifest = json.loads((current_generation() / "manifest.json").read_text())
    assert manifest["documents"] == 3


@pytest.mark.parametrize("name", ["rebuild_index", "update_index", "clear_index"])
def test_commands_of_haystack_are_ours(name):
    assert get_commands()[name] == "interviews"


def test_rebuild_index_builds_beside(interview):
    generation = current_generation()
    call_command("rebuild_index", "--noinput", stdout=StringIO())
    assert current_generation() != generation
    assert len(indexed()) == 3


def test_update_index_brings_in_what_waits(interview):
    generation = current_generation()
    change_text(interview, "a1", "Plums.")
    call_command("update_index", "--noinput", stdout=StringIO())
    assert current_generation() == generation
    assert indexed("plums") == ["a1"]


def test_clear_index_refuses(interview):
    with pytest.raises(CommandError, match="never emptied"):
        call_command("clear_index", "--noinput")
    assert len(indexed()) == 3


def problems():
    return [(check.id, check.msg) for check in run_checks(tags=["database"], databases=["default"])]


def test_check_is_silent_for_a_current_or_an_empty_archive():
    assert problems() == []
    make_interview()
    reindex()
    assert problems() == []


def test_check_says_how_many_changes_wait(interview):
    record_changes(interview.turns.values_list("pk", flat=True))
    assert problems() == [("interviews.W002", "The search index is 5 changes behind.")]


def test_check_says_that_the_index_must_be_built_anew(interview):
    other_version(current_generation())
    ((identifier, message),) = problems()
    assert identifier == "interviews.W001"
    assert "another version" in message


def test_check_says_that_others_may_write_the_index(interview):
    index_folder().chmod(0o770)
    ((identifier, message),) = problems()
    assert identifier == "interviews.W003"
    assert "Others may write" in message


def test_check_asks_nothing_where_no_database_is_named(interview, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert run_checks(tags=["database"]) == []


def test_ingest_says_once_that_the_index_cannot_be_written(
    interview, tmp_path, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    (tmp_path / "ferry.txt").write_text(TEXT)
    monkeypatch.setattr(upkeep, "write", fail)
    with django_capture_on_commit_callbacks(execute=True):
        assert ingest(tmp_path / "ferry.txt")["created"] == 1
    assert caplog.text.count("The search index cannot be written: disk full.") == 1
    monkeypatch.undo()
    drain()
    assert indexed("ferry")
