"""How fast a list of all answers is taken away, and with how much memory, beside a bare dump of the same rows.

    python tests/benchmarks/lists.py [SIZE]     default: 100000 answers

Each form is read to its end over the view that serves it, in a process of its own, which has searched once before. The
floor writes the columns of turns, interviews and speakers as CSV, straight from the database, without tags, citations
or rights. Rates are of the processor's time; memory is the peak of the process beyond what it had before the list.
"""

import csv
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
FORMS = ("csv", "jsonl", "bib", "ris")
SIZE = 100_000


def main():
    from benchmarks.search import built, child
    from benchmarks.search_answers import GENERATOR, SEED

    size = int(sys.argv[1]) if sys.argv[1:] else SIZE
    base = Path(os.environ.get("ARCHIVE_BENCH_DATA") or Path(tempfile.gettempdir()) / "archive-bench")
    kept = base / f"{size}-answers-seed-{SEED}-version-{GENERATOR}"
    built(kept, "rows", size)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(kept / "rows" / "archive.sqlite3", folder)
        child(folder, "index", size)
        floor = taken(folder, "floor")
        print(f"{'list of ' + format(floor['rows'], ','):<20}{'rows/s':>10}{'× floor':>9}{'MB':>8}{'memory, MB':>12}")
        for form in ("floor", *FORMS):
            told = floor if form == "floor" else taken(folder, form)
            rate, slower = told["rows"] / told["seconds"], told["seconds"] / floor["seconds"]
            told = f"{rate:>10,.0f}{slower:>9.1f}{told['bytes'] / 1e6:>8.1f}{told['memory']:>12.0f}"
            print(f"{form:<20}{told}", flush=True)


def taken(folder, form):
    """Take a list in a process of its own -> {rows, bytes, seconds, memory}."""
    environment = os.environ | {"ARCHIVE_DATA": str(folder), "DATABASE_URL": "", "DEBUG": "0"}
    command = [sys.executable, __file__, "--take", form]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(told.stdout)


def take(form):
    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    import django

    django.setup()
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.get("/search/", {"format": "json"})
    before, started, rows, size = memory(), time.process_time(), 0, 0
    pieces = floor() if form == "floor" else client.get("/search/", {"format": form}).streaming_content
    for piece in pieces:
        rows, size = rows + 1, size + len(piece)
    seconds = time.process_time() - started
    heading = 1 if form != "floor" else 0
    print(json.dumps({"rows": rows - heading, "bytes": size, "seconds": seconds, "memory": memory() - before}))


def floor():
    from interviews.models import Turn

    columns = ("interview__title", "interview__date", "number", "participation__person__name", "reply_to__text", "text")
    written = io.StringIO()
    for row in Turn.objects.documents().values_list(*columns).iterator():
        csv.writer(written).writerow(row)
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()


def memory():
    """The peak of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    take(sys.argv[2]) if sys.argv[1:2] == ["--take"] else main()
