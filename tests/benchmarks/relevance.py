"""How well searches are answered: judged queries over the samples and the shared corpus, by relevance.

    python tests/benchmarks/relevance.py [SHARED]     default: ../shared beside the checkout

Each query is asked of our search, of stock Haystack with Whoosh and of SQLite FTS5, over the same documents. Stock and
FTS5 have what their users would give them: one text, the question and the answer. For each the first twenty answers
are graded by tests/relevance/judgements.json:

- nDCG@10: the gain of an answer is 2^grade - 1, its discount log2(rank + 1), and 1.0 is the best order there is.
  (K. Järvelin, J. Kekäläinen: Cumulated gain-based evaluation of IR techniques. ACM TOIS 20 (2002) 422-446; the gain
  in this form is that of C. Burges et al.: Learning to rank using gradient descent. ICML 2005.)
- RR: 1 / rank of the first answer of grade 2 or 3; 0 where the page has none.

Weights were chosen on the queries of even numbers; the odd ones are reported apart.
"""

import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[2]
JUDGEMENTS = ROOT / "tests" / "relevance" / "judgements.json"
ARCHIVES = ("samples", "corpus")
ENGINES = ("ours", "stock", "fts5")
DEPTH = 10
PAGE = 20
WORTH_READING = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grades of what answers it: "file of the source, number of the turn" -> 1, 2 or 3."""

    number: int
    archive: str
    query: str
    grades: Mapping[str, int]


def read_judgements() -> list[Judged]:
    """Return the judged queries in the order of their numbers."""
    entries = json.loads(JUDGEMENTS.read_text(encoding="utf-8"))
    return [
        Judged(
            entry["number"],
            entry["archive"],
            entry["query"],
            {address: int(grade) for grade, found in entry["grades"].items() for address in found},
        )
        for entry in entries
    ]


def ndcg(grades: Mapping[str, int], ranking: Sequence[str]) -> float:
    """Return the normalised discounted cumulated gain of the first DEPTH addresses of a ranking, 0.0 to 1.0."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain(grades.get(address, 0) for address in ranking) / best


def _gain(grades):
    first = list(grades)[:DEPTH]
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(first, start=1))


def reciprocal_rank(grades: Mapping[str, int], ranking: Sequence[str]) -> float:
    """Return 1 / rank of the first address worth reading, 0.0 where there is none."""
    ranks = (rank for rank, address in enumerate(ranking, start=1) if grades.get(address, 0) >= WORTH_READING)
    return 1 / next(ranks, math.inf)


def load_archive(name: str, shared: Path) -> None:
    """Take the texts of one archive into the empty database: the invented samples, or the real texts of the corpus.

    What curators would do to the real ones is done: drafts are dated by the names of their files and published,
    second copies left aside.
    """
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        if name == "samples":
            call_command("ingest", samples=True, stdout=nowhere)
        else:
            texts = [path for path in (shared / "corpus").glob("*.txt") if not path.name.startswith("made-")]
            call_command("ingest", *sorted(texts), statements=True, stdout=nowhere)
            _publish_drafts({path.name: path for path in texts}, nowhere)


def _publish_drafts(texts, nowhere):
    from django.core.management import call_command

    from interviews.admin.publishing import set_status
    from interviews.models import Interview

    drafts = Interview.objects.filter(status=Interview.Status.DRAFT)
    for interview in drafts.filter(date=None):
        path = texts[interview.readings.latest().source.name]
        day = re.search(r"\d{4}-\d\d-\d\d", path.name)[0]
        call_command("ingest", path, date=date.fromisoformat(day), stdout=nowhere)
    firsts = drafts.exclude(readings__problems__code="possible_duplicate")
    set_status(firsts, Interview.Status.PUBLISHED, by=None)


def addresses() -> dict[int, str]:
    """Return {key of a document's turn: "file of its source, number of the turn"} of the archive."""
    from interviews.models import Turn

    turns = Turn.objects.documents().select_related("interview").prefetch_related("interview__readings__source")
    return {turn.pk: f"{turn.interview.readings.all()[0].source.name} {turn.number}" for turn in turns}


class Ours:
    """What readers ask, before further hits of an interview are folded under its first."""

    def find(self, query: str) -> list[int]:
        """Return the keys of the turns, best first."""
        from interviews.search import Request
        from interviews.search.results.counting import found_by

        found = found_by(Request(query=query))
        return [found.snapshot.stored(int(document))["turn"] for document in found.page(PAGE).documents]


class Stock:
    """Haystack's own Whoosh backend in a folder of its own, asked as its documentation shows."""

    def __init__(self, folder: Path):
        from django.db.models import QuerySet
        from haystack import connections
        from haystack.indexes import CharField, Indexable, SearchIndex

        from interviews.models import Turn
        from interviews.search.index.documents import answer_of, question_of

        class StockIndex(SearchIndex, Indexable):
            text = CharField(document=True)

            def get_model(self):
                return Turn

            def prepare_text(self, turn):
                return f"{question_of(turn)}\n\n{answer_of(turn)}"

            def index_queryset(self, using=None) -> QuerySet:
                return Turn.objects.documents().for_reading()

        engine = "haystack.backends.whoosh_backend.WhooshEngine"
        connections.connections_info["stock"] = {"ENGINE": engine, "PATH": str(folder), "SILENTLY_FAIL": False}
        connections.reload("stock")
        index = StockIndex()
        connections["stock"].get_unified_index().build(indexes=[index])
        connections["stock"].get_backend().update(index, list(index.index_queryset()))

    def find(self, query: str) -> list[int]:
        from haystack.query import SearchQuerySet

        return [int(result.pk) for result in SearchQuerySet(using="stock").auto_query(query)[:PAGE]]


class FullText:
    """SQLite's FTS5 with its stemmer, accents left out, ranked by its bm25()."""

    def __init__(self):
        from interviews.models import Turn
        from interviews.search.index.documents import answer_of, question_of

        self.database = sqlite3.connect(":memory:")
        self.database.execute(
            "CREATE VIRTUAL TABLE documents USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        for turn in Turn.objects.documents().for_reading():
            text = f"{question_of(turn)}\n\n{answer_of(turn)}"
            self.database.execute("INSERT INTO documents (rowid, text) VALUES (?, ?)", (turn.pk, text))

    def find(self, query: str) -> list[int]:
        """All words, phrases as phrases: FTS5 reads each word as a string, so that no sign means anything."""
        strings = " ".join(f'"{phrase or word}"' for phrase, word in re.findall(r'"([^"]+)"|(\S+)', query))
        ranked = "SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY bm25(documents) LIMIT ?"
        return [key for (key,) in self.database.execute(ranked, (strings, PAGE))]


def rankings(judged: Iterable[Judged], folder: Path) -> dict[str, dict[int, list[str]]]:
    """Ask all engines of the archive that is loaded -> {engine: {number of the query: addresses, best first}}."""
    engines = dict(zip(ENGINES, (Ours(), Stock(folder), FullText()), strict=True))
    named = addresses()
    return {
        name: {each.number: [named[key] for key in engine.find(each.query)] for each in judged}
        for name, engine in engines.items()
    }


def measures(judged: Iterable[Judged], ranked: Mapping[int, Sequence[str]]) -> tuple[float, float]:
    """Return the means of nDCG@10 and of the reciprocal rank over these queries."""
    judged = list(judged)
    return (
        mean(ndcg(each.grades, ranked[each.number]) for each in judged),
        mean(reciprocal_rank(each.grades, ranked[each.number]) for each in judged),
    )


def report(judged: Sequence[Judged], ranked: Mapping[str, Mapping[int, Sequence[str]]]) -> None:
    """Print the measures of each query, and their means."""
    print(f"{'':44}{'nDCG@10':^21}{'reciprocal rank':^21}")
    print(f"{'query':44}" + 2 * "".join(f"{name:>7}" for name in ENGINES))
    for each in judged:
        _print_line(f"{each.number:2} {each.query}", [each], ranked)
    print()
    _print_line("all", judged, ranked)
    for archive in ARCHIVES:
        _print_line(archive, [each for each in judged if each.archive == archive], ranked)
    _print_line("even: the weights were chosen on these", [each for each in judged if each.number % 2 == 0], ranked)
    _print_line("odd: not used for that", [each for each in judged if each.number % 2], ranked)


def _print_line(label, judged, ranked):
    figures = [measures(judged, ranked[name]) for name in ENGINES]
    columns = [figure[kind] for kind in (0, 1) for figure in figures]
    print(f"{label[:43]:44}" + "".join(f"{column:7.3f}" for column in columns))


def main():
    shared = Path(sys.argv[1] if sys.argv[1:] else ROOT.parent / "shared").resolve()
    if not (shared / "corpus").is_dir():
        sys.exit(f"There is no shared corpus at {shared}. Say where it is: make relevance SHARED=/path/to/shared")
    found = [ask_in_own_process(archive, shared) for archive in ARCHIVES]
    report(read_judgements(), {name: found[0][name] | found[1][name] for name in ENGINES})


def ask_in_own_process(archive: str, shared: Path) -> dict[str, dict[int, list[str]]]:
    """Return the rankings of one archive, made in a folder of its own: samples and real texts never share one."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"ARCHIVE_DATA": folder, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "DEBUG": "0"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, "--ask", archive, str(shared)]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    ranked = json.loads(told.stdout.splitlines()[-1])
    return {name: {int(number): found for number, found in of_all.items()} for name, of_all in ranked.items()}


def ask(archive, shared):
    """Load one archive and print what the engines find in it, as JSON."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    load_archive(archive, shared)
    judged = [each for each in read_judgements() if each.archive == archive]
    if unknown := {address for each in judged for address in each.grades} - set(addresses().values()):
        sys.exit(f"Judged, but not in the archive: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(rankings(judged, Path(folder))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        ask(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
