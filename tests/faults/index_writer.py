"""Write the search index in a process of its own, which can kill itself amid it; print JSON of what it should hold.

python tests/faults/index_writer.py drain|reindex [SECONDS]   change all texts, then write, for so many seconds
python tests/faults/index_writer.py edit TIMES SHARE SHARES   change some texts, each in a transaction of its own
python tests/faults/index_writer.py mend                      what the index holds; then, brought up to date
"""

import json
import os
import signal
import sys
import threading
import time
from unittest.mock import patch
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
django.setup()

from django.db import transaction  # noqa: E402

from interviews.models import IndexChange, Turn  # noqa: E402
from interviews.search.index import upkeep  # noqa: E402
from interviews.search.index.generations import open_current  # noqa: E402

# Small, so that even few documents need many commits and merges.
upkeep.BATCH = 10


def write_for(job, seconds=0.0):
    """Change all texts, say what the index held and shall hold, then write it; be killed after so many seconds."""
    before = stored()
    with patch.object(upkeep, "drain_own", lambda noted: 0), transaction.atomic():
        expected = {turn.pk: changed(turn) for turn in Turn.objects.documents()}
        upkeep.record_changes(expected)
    say(before=before, expected=expected)
    if seconds:
        threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
    started = time.perf_counter()
    {"drain": upkeep.drain, "reindex": upkeep.reindex}[job]()
    say(seconds=time.perf_counter() - started)


def edit(times, share, shares):
    """Change texts as web requests do; only of the turns of one share, so that several can do so at once."""
    turns = [turn for turn in Turn.objects.documents() if turn.pk % shares == share]
    expected = {}
    for number in range(times):
        with transaction.atomic():
            turn = turns[number % len(turns)]
            expected[turn.pk] = changed(turn)
            upkeep.record_changes([turn.pk])
    say(expected=expected)


def mend():
    """Say what the index holds, bring it up to date, and say it again."""
    found = stored()
    upkeep.drain()
    generation, state = open_current()
    known = {f"_MAIN_{state.commit}", "manifest", *(segment.key[1] for segment in state.segments)}
    stray = [path.name for path in generation.iterdir() if path.name.partition(".")[0] not in known]
    say(found=found, mended=stored(), waiting=IndexChange.objects.count(), stray=stray)


def changed(turn):
    turn.text = f"{turn.text.partition(' plum')[0]} plum{uuid4().hex}"
    turn.save()
    return turn.text


def stored():
    """Return {key of the turn: text} of all live documents in the index."""
    _, state = open_current()
    documents = (
        segment.stored(document)
        for segment, live in zip(state.segments, state.live, strict=True)
        for document in live.nonzero()[0].tolist()
    )
    return {document["turn"]: document["answer"] or document["question"] for document in documents}


def say(**told):
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    job, *arguments = sys.argv[1:]
    if job == "mend":
        mend()
    elif job == "edit":
        edit(*map(int, arguments))
    else:
        write_for(job, *map(float, arguments))
