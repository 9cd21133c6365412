"""How fast texts come into the archive, beside the least that any program must do: insert the same rows, index them.

    python tests/benchmarks/ingest.py [FILES ...]     default: 1000 5000

Every run has an empty archive of its own (SQLite in a temporary folder, or the database of DATABASE_URL, which is
emptied) in a process of its own, so that its peak memory is its own. The countries are there before the clock starts,
of the floors too. The first floor writes the rows to the database; ingest also syncs the bytes of each file to the
disk. The second writes the same documents with a bare Whoosh writer, by the schema that stock Haystack gives them.
The search index is written after the rows: what it takes is told apart.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
SOME = 300


def main():
    counts = [int(argument) for argument in sys.argv[1:]] or [1000, 5000]
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"ARCHIVE_DATA": folder, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "DEBUG": "0"}
            command = [sys.executable, __file__, "--measure", str(count)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            report(count, json.loads(told.stdout.splitlines()[-1]))


def report(count, found):
    """Print what one run gave, as figures and as ratios to its own floor."""
    megabytes, floor, bare = found["bytes"] / 1e6, found["floor"], found["floor_index"]
    total, indexed = found["total"] - found["index"], found["total"]
    work, readers, least = found["cpu"], found["cpu_readers"], found["cpu_floor"]
    print(f"{count} transcripts, {megabytes:.1f} MB, {found['rows']} rows ({found['database']})")
    print(f"  end to end        {total:6.1f} s   {count / total:6.0f} files/s   {megabytes / total:5.2f} MB/s")
    for stage in ("read", "wait", "store"):
        print(f"    {stage:<7}         {found[stage]:6.1f} s   {found[stage] / total:6.0%} of it")
    print(f"  floor             {floor:6.1f} s   the same rows, one bulk insert a table and file, one commit a file")
    print(f"  ratio             {total / floor:6.1f}     end to end; store alone {found['store'] / floor:.1f}")
    print(
        f"  with the index    {indexed:6.1f} s   {found['index']:.1f} s for {found['documents']} documents at the end"
    )
    print(
        f"  floor of that     {floor + bare:6.1f} s   {bare:.1f} s for a bare Whoosh writer, by stock Haystack's schema"
    )
    print(f"  ratio             {indexed / (floor + bare):6.1f}     both, to both floors")
    print(f"  index             {found['cpu_index']:6.1f} s of a processor; what follows is without it")
    print(f"  processor time    {work + readers:6.1f} s   {work / least:.1f} times the floor's where it is stored,")
    print(f"                               or read, not to wait; {readers / least:.1f} times in the readers beside it")
    parse, tag = found["parse"] * megabytes, found["tag"] * megabytes
    print(f"    parse           {parse:6.1f} s   measured again on some of the texts, in one process")
    print(f"    tag             {tag:6.1f} s")
    print(f"  parse and tag     {megabytes / (parse + tag):6.2f} MB/s on one core, by its own clock")
    print(f"  peak memory       {found['memory']:6.0f} MB  ({found['memory_before']:.0f} MB before the first file)")
    print(f"  of a reader       {found['memory_reader']:6.0f} MB")


def measure(count):
    """Ingest made texts, then insert the rows that this gave once more; print the figures as JSON."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from interviews.tagging.establishing import load_authority

    from benchmarks.recombined import write_transcripts

    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    load_authority()
    with tempfile.TemporaryDirectory() as texts:
        size = write_transcripts(Path(texts), count)
        before, spent, readers_held = peak_memory(), timed_stages(), peaks_of_readers()
        started, cpu_before = perf_counter(), process_time()
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            call_command("ingest", texts, stdout=nowhere, stderr=nowhere)
        total, cpu = perf_counter() - started, process_time() - cpu_before
        rates = stage_rates(texts)
    spent["store"] = total - sum(spent.values())
    cpu_index = spent.pop("index_cpu")
    cpu -= cpu_index
    bare, documents = index_bare()
    memory = {"memory": peak_memory(), "memory_reader": max(readers_held, default=0), "memory_before": before}
    readers = os.times()
    cpu = {"cpu": cpu, "cpu_readers": readers.children_user + readers.children_system}
    floor, cpu["cpu_floor"], rows = insert_again()
    rates |= {"cpu_index": cpu_index, "floor_index": bare, "documents": documents}
    figures = {"total": total, **rates, "bytes": size, "floor": floor, "rows": rows, "database": connection.vendor}
    print(json.dumps(figures | spent | cpu | memory))


def peak_memory():
    """Megabytes that this process held at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peaks_of_readers():
    """Note when the readers end what each held at the most -> [megabytes], filled then.

    What the system says of a child that ended counts the memory of its parent from before it began.
    """
    from interviews.ingest.ahead import Readers

    peaks, end = [], Readers.__exit__

    def noting(self, *error):
        for process in self.processes:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            peaks.append(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024)
        end(self, *error)

    Readers.__exit__ = noting
    return peaks


def timed_stages():
    """Put a clock round what is not storing -> {stage: seconds}, filled meanwhile."""
    from interviews.ingest import loading
    from interviews.management.commands import ingest
    from interviews.search.index import upkeep

    spent = defaultdict(float)

    def clocked(stage, function):
        def run(*args, **kwargs):
            started = perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[stage] += perf_counter() - started

        return run

    def drain(drain=upkeep.drain):
        before = process_time()
        count = clocked("index", drain)()
        spent["index_cpu"] += process_time() - before
        return count

    upkeep.drain = drain
    ingest.read_bytes = clocked("read", ingest.read_bytes)
    loading.read_or_wait = clocked("wait", loading.read_or_wait)
    return spent


def stage_rates(folder):
    """Parse and tag the first of the texts once more, in this process -> {stage: seconds of a processor a megabyte}."""
    from interviews.ingest.prepared import Prepared
    from interviews.ingest.read import read_transcript

    texts = [path.read_bytes() for path in sorted(Path(folder).iterdir())[:SOME]]
    megabytes, started = sum(map(len, texts)) / 1e6, process_time()
    transcripts = [read_transcript(text) for text in texts]
    parsed = process_time()
    for transcript in transcripts:
        Prepared.of(transcript)
    return {"parse": (parsed - started) / megabytes, "tag": (process_time() - parsed) / megabytes}


def index_bare():
    """Write the documents of the archive with a bare Whoosh writer -> (seconds, documents)."""
    from haystack import connections
    from haystack.backends.whoosh_backend import WhooshSearchBackend
    from whoosh.filedb.filestore import FileStorage

    from interviews.models import Turn

    backend, unified = connections["default"].get_backend(), connections["default"].get_unified_index()
    index, fields = unified.get_index(Turn), unified.all_searchfields()
    prepared = [
        {name: backend._from_python(value) for name, value in index.full_prepare(turn).items() if name in fields}
        for turn in index.index_queryset().iterator(SOME)
    ]
    _, schema = WhooshSearchBackend.build_schema(backend, fields)
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter()
        writer = FileStorage(folder).create_index(schema).writer()
        for document in prepared:
            writer.add_document(**document)
        writer.commit()
        return perf_counter() - started, len(prepared)


def insert_again():
    """Insert the rows of the archive into its own emptied tables -> (seconds, seconds of a processor, rows)."""
    from django.core.management import call_command
    from django.db import transaction

    from interviews import models

    shared = [list(model.objects.all()) for model in (models.Entity, models.Alias)]
    files = rows_by_file()
    call_command("flush", verbosity=0, interactive=False)
    for rows in shared:
        type(rows[0]).objects.bulk_create(rows)
    started, cpu_before = perf_counter(), process_time()
    for tables in files:
        with transaction.atomic():
            for rows in tables:
                type(rows[0]).objects.bulk_create(rows)
    seconds, cpu = perf_counter() - started, process_time() - cpu_before
    return seconds, cpu, sum(len(rows) for tables in files for rows in tables)


def rows_by_file():
    """Return for each interview its rows, a list a table, in the order in which they can be inserted."""
    from interviews import models

    of_interview = (
        (models.Source, "readings__interview"),
        (models.Interview, "pk"),
        (models.Reading, "interview"),
        (models.ReadingProblem, "reading__interview"),
        (models.Participation, "interview"),
        (models.Turn, "interview"),
        (models.Mention, "turn__interview"),
    )
    files = []
    for key in models.Interview.objects.values_list("pk", flat=True):
        tables = [list(model.objects.filter(**{path: key})) for model, path in of_interview]
        turns = tables[5]
        turns.sort(key=lambda turn: turn.reply_to_id is not None)
        tables.append(list(models.IndexChange.objects.filter(turn_id__in=[turn.pk for turn in turns])))
        files.append([rows for rows in tables if rows])
    return files


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]))
    else:
        main()
