"""How fast the archive finds, beside stock Haystack with Whoosh, SQLite FTS5 and tantivy over the same answers.

    python tests/benchmarks/search.py [SIZE ...]     default: 1000 10000 50000 answers

Every engine answers the same questions (search_questions.py) as a whole result page: twenty hits with their texts and
passages, six facets counted over all that was found; ours counts all facets of its page. Each runs in a process of its
own, on one core; times are milliseconds of a processor, since others may use the machine.

A *first* request asks for words that nobody asked this process for: no postings, no mask and no result of them is in
its memory (the operating system may hold the files). For the empty query, which has no words, a changed answer is
committed before, which drops all results, and another question asked, so that its own cost is all that is left.
A *repeated* request is the same one again, twice. The first request of a fresh process is told apart.

What is built of the answers takes long (stock's index of 50,000 some ten minutes), so it is kept in the folder
ARCHIVE_BENCH_DATA (default: archive-bench, where temporary files go) and used again, with the time that it took; our
own index is built anew every time. The figures are kept as JSON beside the archive's state, in benchmarks/.
"""

import json
import os
import pickle
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 50_000)
OTHERS = ("stock", "fts5", "tantivy")
TIMES_REPEATED = 2
TIMES_EMPTY = 3
QUESTIONS = "questions.pickle"


def main():
    from benchmarks.search_report import report

    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    started = datetime.now(UTC)
    figures = {size: measured(size) for size in sizes}
    kept = Path(os.environ.get("ARCHIVE_DATA") or ROOT / "var") / "benchmarks" / f"search-{started:%Y%m%d-%H%M%S}.json"
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.write_text(json.dumps({"started": started.isoformat(), "sizes": figures}, indent=1))
    for line in report(figures):
        print(line)
    print(f"\nAll figures: {kept}")


def measured(size):
    """Return what one size gives: {"build", "ask", "memory", "changes"}."""
    from benchmarks.search_answers import GENERATOR, SEED, made_answers
    from benchmarks.search_questions import SAMPLE, chosen_questions

    base = Path(os.environ.get("ARCHIVE_BENCH_DATA") or Path(tempfile.gettempdir()) / "archive-bench")
    kept = base / f"{size}-answers-seed-{SEED}-version-{GENERATOR}"
    build = {engine: built(kept, engine, size) for engine in ("rows", *OTHERS)}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(kept / "rows" / "archive.sqlite3", folder)
        Path(folder, QUESTIONS).write_bytes(pickle.dumps(chosen_questions(made_answers(min(size, SAMPLE)), size)))
        build["archive"] = child(folder, "index", size)
        memory = child(folder, "memory", size)
        asked = {engine: child(folder, "ask", size, engine) for engine in ("facade", "pages")}
        asked |= {engine: child(folder, "ask", size, engine, kept / engine) for engine in OTHERS}
        changes = child(folder, "changes", size)
    return {"size": size, "build": build, "ask": asked, "memory": memory, "changes": changes}


def built(kept, engine, size):
    """Build for an engine what is not there yet -> what it took, then or now."""
    record = kept / f"{engine}.json"
    if not record.exists():
        shutil.rmtree(kept / engine, ignore_errors=True)
        (kept / engine).mkdir(parents=True)
        with tempfile.TemporaryDirectory() as folder:
            found = child(kept / engine if engine == "rows" else folder, "build", size, engine, kept / engine)
        record.write_text(json.dumps(found | {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}"}))
    return json.loads(record.read_text())


def child(folder, task, size, *arguments):
    """Do a task in a process of its own, with this folder as the archive's state -> what it prints as JSON."""
    own = {"ARCHIVE_DATA": str(folder), "DATABASE_URL": "", "SEARCH_URL": "", "DEBUG": "0"}
    environment = os.environ | own | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, "--child", task, str(size), *map(str, arguments)]
    print(f"  {size} answers: {' '.join(map(str, (task, *arguments[:1])))}", file=sys.stderr, flush=True)
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(told.stdout.splitlines()[-1])


def run_child(task, size, *arguments):
    """Do one task and print what it gave."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    before = {"memory_python": resident()}
    django.setup()
    before["memory_django"] = resident()
    tasks = {"build": build, "index": index, "ask": ask, "memory": memory, "changes": changes}
    found = tasks[task](int(size), *arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found | before | {"memory_after": resident(), "memory_peak": peak}))


def build(size, engine, folder):
    """Write what an engine keeps of the answers, or the rows of our archive."""
    from benchmarks.search_answers import made_answers

    answers = made_answers(size)
    started, spent = perf_counter(), process_time()
    bare = module_of(engine).build(Path(folder), answers)
    found = {"cpu": process_time() - spent, "wall": perf_counter() - started, "bare": bare}
    return found | {"bytes": sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())}


def module_of(name):
    """The module that knows an engine, or our rows."""
    from importlib import import_module

    return import_module(f"benchmarks.search_{name}")


def index(size):
    """Bring the copied rows to the newest tables, gather the static files, and build our index."""
    from django.core.management import call_command

    from benchmarks.search_archive import build_index

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return build_index()


def ask(size, engine, folder=None):
    """Ask all questions -> {"first_of_process", "first": {kind: [ms]}, "repeated": ..., "found": {kind: [hits]}}."""
    from benchmarks.search_questions import WARMING

    search, forget = opened(engine, folder)
    told = {part: defaultdict(list) for part in ("first", "first_wall", "repeated", "repeated_wall", "found")}
    told["first_of_process"] = timed(search, WARMING)[0]
    for question in asked_questions():
        for _ in range(1 if question.words else TIMES_EMPTY):
            forget(search, question)
            cpu, wall, found = timed(search, question)
            told["first"][question.kind].append(cpu)
            told["first_wall"][question.kind].append(wall)
            told["found"][question.kind].append(found)
        for _ in range(TIMES_REPEATED):
            cpu, wall, _ = timed(search, question)
            told["repeated"][question.kind].append(cpu)
            told["repeated_wall"][question.kind].append(wall)
    return told


def opened(engine, folder):
    """Return the function that asks an engine, and the one that makes ours forget a question."""
    if engine in OTHERS:
        return module_of(engine).searcher(Path(folder)), lambda search, question: None
    from benchmarks import search_archive

    return getattr(search_archive, engine)(), search_archive.forget


def asked_questions():
    """The questions, as `measured` left them for this process."""
    return pickle.loads(Path(os.environ["ARCHIVE_DATA"], QUESTIONS).read_bytes())  # noqa: S301 - written by ourselves


def timed(search, question):
    """Return (milliseconds of a processor, of the clock, what the search returned)."""
    wall, cpu = perf_counter(), process_time()
    found = search(question)
    return (process_time() - cpu) * 1000, (perf_counter() - wall) * 1000, found


def memory(size):
    """Ask for the whole page of every question, in a process that does nothing else."""
    from benchmarks.search_archive import pages

    search = pages()
    for question in asked_questions():
        search(question)
    return {"anonymous": resident("RssAnon")}


def changes(size):
    from benchmarks.search_archive import changes as change

    return change()


def resident(line="VmRSS"):
    """Megabytes of this process that are in memory now, those of mapped files too; "RssAnon": without them."""
    return int(re.search(rf"{line}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1]) / 1024


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    if sys.argv[1:2] == ["--child"]:
        run_child(*sys.argv[2:])
    else:
        main()
