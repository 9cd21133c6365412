"""How long the whole archive takes as a bundle, out and in, beside a plain dump of the same database in SQL.

    python tests/benchmarks/bundle.py [INTERVIEWS]     default: 5000

The archive is made of a few hundred ingested texts, whose rows are copied until there are enough. Out of SQLite the
dump is that of the program sqlite3 where there is one, else of Python; out of the PostgreSQL of DATABASE_URL, in which
two databases are made, that of pg_dump. A bundle holds what a dump does not: the sources, tables for people, sums. The
dump holds what a bundle does not: the definitions of the tables. The index that follows an import is told apart. Each
step runs in a process of its own; its peak memory is the process's.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults.separate_archive import separate_archive  # noqa: E402

INGESTED = 250
MOST = 4.0  # times the dump and restore


def main():
    count = int(sys.argv[1]) if sys.argv[1:] else 5000
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        first, second, third = (
            stack.enter_context(separate_archive(folder / name)) for name in ("first", "second", "third")
        )
        made = step(first, "make", min(count, INGESTED), count, folder)
        steps = {
            "export": step(first, "export", folder / "bundle"),
            "import": step(second, "import", folder / "bundle"),
            "dump": dump(first, folder / "dump.sql"),
            "restore": restore(third, folder / "dump.sql"),
        }
        report(count, made, steps, folder)


def step(archive, name, *arguments):
    """Run a step of this file on an archive, in a process of its own -> what it found."""
    command = [sys.executable, __file__, "--step", name, *map(str, arguments)]
    told = subprocess.run(command, env=archive.environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(told.stdout.splitlines()[-1])


def timed(command, **options):
    """Run a program -> its seconds, by the clock and of a processor."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - started, "cpu": spent}


def dump(archive, path):
    with path.open("wb") as file:
        if archive.database_url:
            return timed(["pg_dump", "--no-owner", archive.database_url], stdout=file)
        return timed([*sqlite(archive), ".dump"], stdout=file)


def restore(archive, path):
    if archive.database_url:
        name = archive.database_url.rpartition("/")[2]
        reset = f'DROP SCHEMA public CASCADE; CREATE SCHEMA public; SELECT 1 AS "{name}"'
        subprocess.run(["psql", "-q", "-c", reset, archive.database_url], check=True, stdout=subprocess.DEVNULL)
        return timed(["psql", "-q", "-f", str(path), archive.database_url], stdout=subprocess.DEVNULL)
    for file in archive.folder.glob("archive.sqlite3*"):
        file.unlink()
    with path.open("rb") as file:
        return timed(sqlite(archive), stdin=file, stdout=subprocess.DEVNULL)


def sqlite(archive):
    """Return the command that reads SQL for the database of an archive."""
    path = str(archive.folder / "archive.sqlite3")
    if program := shutil.which("sqlite3"):
        return [program, path]
    return [sys.executable, __file__, "--sqlite", path]


def sqlite_of_python(path, *dot_dump):
    """Do what the program sqlite3 does with `.dump`, or with SQL on its standard input."""
    import sqlite3

    connection = sqlite3.connect(path)
    connection.create_function("regexp", 2, lambda pattern, text: __import__("re").search(pattern, text) is not None)
    if dot_dump:
        sys.stdout.writelines(f"{line}\n" for line in connection.iterdump())
    else:
        connection.executescript(sys.stdin.read())


def report(count, made, steps, folder):
    sizes = [size_of(folder / name) / 1e6 for name in ("bundle", "dump.sql")]
    print(f"{count} interviews, {made['rows']} rows in {made['database']}; load {os.getloadavg()[0]:.1f}")
    print(f"  bundle {sizes[0]:.0f} MB, dump {sizes[1]:.0f} MB ({made['dumped_by']})")
    for name, found in steps.items():
        memory = f"   peak memory {found['memory']:4.0f} MB, {found['before']:.0f} before" if "memory" in found else ""
        print(f"  {name:<8} {found['seconds']:6.1f} s   {found['cpu']:6.1f} s of a processor{memory}")
    print(f"  index    {steps['import']['index']:6.1f} s   after the import, not counted below")
    people = steps["export"]["people"]
    print(f"  people   {people['seconds']:6.1f} s   {people['cpu']:6.1f} s of it for CSV and TEI, which no dump holds")
    for unit, words in (("seconds", "by the clock"), ("cpu", "of a processor")):
        ours, theirs = (steps[a][unit] + steps[b][unit] for a, b in (("export", "import"), ("dump", "restore")))
        without = (ours - people[unit]) / theirs
        print(f"  ratio    {ours / theirs:6.1f}     out and in, {words}; {without:.1f} without those")
    print(f"  asked    {MOST:6.1f}     at the most")


def size_of(path):
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


# What the steps do, each in a process of its own.


def make(ingested, count, folder):
    """Ingest some texts, then copy their rows until there are so many interviews."""
    from django.core.management import call_command
    from django.db import connection

    from interviews.bundle.tables import TABLES

    from benchmarks.copied import copy_interviews
    from benchmarks.recombined import write_transcripts

    texts = Path(folder) / "texts"
    texts.mkdir()
    write_transcripts(texts, int(ingested))
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("ingest", texts, stdout=nowhere, stderr=nowhere)
    copy_interviews(int(count))
    rows = sum(table.model.objects.count() for table in TABLES)
    program = "pg_dump" if connection.vendor == "postgresql" else "sqlite3" if shutil.which("sqlite3") else "Python"
    return {"rows": rows, "database": connection.vendor, "dumped_by": program}


def export(folder):
    from interviews.bundle import exporting

    exporting.write_for_people, spent = clocked(exporting.write_for_people)
    return measured(lambda: exporting.export(Path(folder))) | {"people": spent}


def import_(folder):
    from interviews.bundle import importing
    from interviews.search.index import upkeep

    drain, upkeep.drain = upkeep.drain, lambda: 0
    found = measured(lambda: importing.bring_in(Path(folder)))
    started = time.perf_counter()
    drain()
    return found | {"index": time.perf_counter() - started}


def clocked(work):
    """Put a clock round a function -> it, and what it spends, filled then."""
    spent = {}

    def run(*args, **kwargs):
        started, cpu = time.perf_counter(), time.process_time()
        work(*args, **kwargs)
        spent.update(seconds=time.perf_counter() - started, cpu=time.process_time() - cpu)

    return run, spent


def measured(work):
    before, started, cpu = peak_memory(), time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return {"seconds": seconds, "cpu": cpu, "memory": peak_memory(), "before": before}


def peak_memory():
    """Megabytes that this process held at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS = {"make": make, "export": export, "import": import_}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        import django

        os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
        django.setup()
        print(json.dumps(STEPS[sys.argv[2]](*sys.argv[3:])))
    elif sys.argv[1:2] == ["--sqlite"]:
        sqlite_of_python(*sys.argv[2:])
    else:
        main()
