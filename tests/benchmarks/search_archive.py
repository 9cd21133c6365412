"""Our own archive: its index by `reindex`, its searches by the façade and as whole pages, and its changes."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from interviews import models
from interviews.search import Request, search
from interviews.search.index.upkeep import record_changes

from benchmarks.search_questions import EVERYTHING, WARMING, Question

SINGLE, BULK = 10, 1_000
_serial = count(1)


def build_index() -> dict:
    """Build the index anew -> {"cpu", "wall": seconds, "bytes"}."""
    before, started = _cpu_with_children(), perf_counter()
    call_command("reindex", verbosity=0)
    spent = {"cpu": _cpu_with_children() - before, "wall": perf_counter() - started}
    folder = Path(os.environ["ARCHIVE_DATA"]) / "index"
    return spent | {"bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())}


def facade() -> Callable[[Question], int]:
    """Return a function that asks the façade and tells how many answers were found."""

    def ask(question):
        page = search(Request.from_query(QueryDict(question.address)))
        assert page.is_available
        return page.total

    return ask


def pages() -> Callable[[Question], int]:
    """Return a function that asks for the whole page of a search, as a browser does, and tells its size in bytes."""
    client, address = Client(SERVER_NAME="localhost"), reverse("interviews:search")

    def ask(question):
        response = client.get(f"{address}?{question.address}")
        assert response.status_code == 200
        return len(response.content)

    return ask


def forget(ask: Callable[[Question], int], question: Question) -> None:
    """Leave nothing of the question in memory: a change drops the results of what was asked before it.

    Only of the empty query is there more to drop than its words, which no other question has.
    """
    if question.kind == EVERYTHING:
        _change(models.Turn.objects.documents()[:1], f"forgetting{next(_serial)}")
        ask(WARMING)


def changes() -> dict:
    """Change one answer ten times, then a thousand at once.

    -> {"write": [...], "searchable": [...], "bulk": ..., "bulk_wall": ...}: milliseconds of a processor from the
    end of the transaction to the end of the writing, and until the new word was found. The `_wall` are by the clock.
    """
    ask = facade()
    ask(WARMING)
    some = list(models.Turn.objects.documents().order_by("pk").values_list("pk", flat=True)[: BULK + SINGLE])
    measured = {"write": [], "write_wall": [], "searchable": [], "searchable_wall": []}
    for key in some[:SINGLE]:
        for name, milliseconds in _changed_and_found(ask, [key]).items():
            measured[name].append(milliseconds)
    many = some[SINGLE:]
    bulk = _changed_and_found(ask, many)
    return measured | {"bulk": bulk["searchable"], "bulk_wall": bulk["searchable_wall"], "bulk_size": len(many)}


def _changed_and_found(ask, keys):
    word = f"changed{next(_serial)}"
    started = _change(models.Turn.objects.filter(pk__in=keys), word)
    written = process_time(), perf_counter()
    found = ask(Question("changed", (word,)))
    assert found == len(keys), f"{found} of {len(keys)} changed answers were found"
    now = process_time(), perf_counter()
    return {
        "write": (written[0] - started[0]) * 1000,
        "write_wall": (written[1] - started[1]) * 1000,
        "searchable": (now[0] - started[0]) * 1000,
        "searchable_wall": (now[1] - started[1]) * 1000,
    }


def _change(turns, word):
    """Add a word to the turns, as the desk would -> (processor time, time) when the transaction was about to end."""
    with transaction.atomic():
        turns = list(turns)
        for turn in turns:
            turn.text += f" {word}."
        models.Turn.objects.bulk_update(turns, ["text"], batch_size=100)
        record_changes([turn.pk for turn in turns])
        return process_time(), perf_counter()


def _cpu_with_children():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
