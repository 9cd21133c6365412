"""The figures of the search benchmark as a table, and which of its targets they reach."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks.search_questions import FEW, KINDS, PHRASE

ENGINES = {"facade": "archive", "pages": "page", "stock": "stock", "fts5": "FTS5", "tantivy": "tantivy"}
ASKED_OF = 50_000  # the targets are those of this size
# What the targets are of; a word of few answers is told beside them.
MEASURED = [kind for kind in KINDS if kind != FEW]
COMPARED = {
    "stock ÷": ("stock", "facade"),
    "÷ FTS5": ("facade", "fts5"),
    "÷ tantivy": ("facade", "tantivy"),
    "page ÷": ("pages", "facade"),
}
BUILT = {"archive": "archive", "stock": "stock, Whoosh alone", "fts5": "FTS5", "tantivy": "tantivy"}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: at least or at most a limit; `where` says which kind of search is the worst."""

    name: str
    limit: float
    found: float
    where: str = ""
    is_least: bool = False
    unit: str = ""

    @property
    def is_reached(self) -> bool:
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    def __str__(self):
        bound = f"{'at least' if self.is_least else 'at most'} {self.limit:g}{self.unit}"
        verdict = "reached" if self.is_reached else "NOT REACHED"
        return f"  {self.name:<54}{bound:<17}{self.found:>8.2f}{self.unit:<4} {verdict:<12} {self.where}"


def report(figures: dict[int, dict]) -> Iterator[str]:
    """Yield the lines of the report on what each size gave."""
    for size, found in figures.items():
        yield f"\n{size:,} answers: milliseconds of a processor, the median and (p95)"
        yield "stock ÷, page ÷: their time divided by the archive’s; ÷ FTS5, ÷ tantivy: the archive’s divided by theirs"
        for part in ("first", "repeated"):
            yield from _table(found["ask"], part)
        yield from _further(found)
        yield f"\n  {'targets' if size == ASKED_OF else f'what is asked of {ASKED_OF:,} answers, here'}"
        yield from map(str, targets(found, smaller=figures.get(10_000) if size > 10_000 else None))


def targets(found: dict, *, smaller: dict | None) -> Iterator[Target]:
    """Yield every target with what was found; how time grows only where a smaller size was measured too."""
    asked, memory, build = found["ask"], found["memory"], found["build"]
    faster = _ratios(asked, "first", "stock", "facade")
    yield _worst("first requests: times as fast as stock, every kind", 6, faster, is_least=True)
    yield Target("  in the median of the kinds", 12, median(faster.values()), is_least=True)
    yield _worst(
        "repeated requests: times as fast as stock", 50, _ratios(asked, "repeated", "stock", "facade"), is_least=True
    )
    slower = _ratios(asked, "first", "facade", "fts5")
    phrase = slower.pop(PHRASE)
    yield _worst("first requests: times as long as FTS5", 2, slower)
    yield Target("  a phrase", 3, phrase)
    yield _worst("repeated requests: times as long as FTS5", 0.5, _ratios(asked, "repeated", "facade", "fts5"))
    yield _worst("repeated requests: times as long as tantivy", 4, _ratios(asked, "repeated", "facade", "tantivy"))
    for part in ("first", "repeated"):
        yield _worst(f"whole pages: times as long as the façade, {part}", 2.5, _ratios(asked, part, "pages", "facade"))
    yield Target("memory: more than Django alone", 150, memory["memory_after"] - memory["memory_django"], unit=" MB")
    if smaller:
        growth = _growth(smaller["ask"]["facade"], asked["facade"])
        yield _worst("repeated requests: times as long as with 10,000", found["size"] / 10_000, growth)
    changes = found["changes"]
    yield Target("one changed answer: written, by the clock", 50, median(changes["write_wall"]), unit=" ms")
    yield Target("  searchable, by the clock", 1_000, median(changes["searchable_wall"]), unit=" ms")
    name = f"{changes['bulk_size']:,} changed answers: searchable, by the clock"
    yield Target(name, 10, changes["bulk_wall"] / 1_000, unit=" s")
    archive, stock = build["archive"], build["stock"]
    yield Target("full build: times the processor time of Whoosh alone", 0.5, archive["cpu"] / stock["bare"])
    yield Target("  times the size of stock's", 1, archive["bytes"] / stock["bytes"])


def _table(asked, part):
    heads = "".join(f"{head:>15}" for head in ENGINES.values()) + "".join(f"{head:>11}" for head in COMPARED)
    yield f"\n  {part + ' requests':<22}{'hits':>8}{heads}"
    compared = {head: _ratios(asked, part, *pair, KINDS) for head, pair in COMPARED.items()}
    for kind in KINDS:
        cells = "".join(f"{_cell(asked[engine][part][kind]):>15}" for engine in ENGINES)
        ratios = "".join(f"{ratios[kind]:>11.1f}" for ratios in compared.values())
        yield f"  {kind:<22}{median(asked['facade']['found'][kind]):>8.0f}{cells}{ratios}"


def _further(found):
    asked, memory, changes = found["ask"], found["memory"], found["changes"]
    told = ", ".join(f"{head} {asked[engine]['first_of_process']:.0f}" for engine, head in ENGINES.items())
    yield f"\n  the first request of a fresh process: {told}"
    yield f"  hits: {_agreement(asked)}"
    yield (
        f"  memory: Django {memory['memory_django']:.0f} MB, after all kinds {memory['memory_after']:.0f} MB, "
        f"of that {memory['anonymous']:.0f} MB not from files"
    )
    yield (
        f"  one changed answer: written in {median(changes['write']):.0f} ms of a processor, searchable after "
        f"{median(changes['searchable']):.0f}; {changes['bulk_size']:,} after {changes['bulk']:.0f}"
    )
    yield f"  memory of our full build: {found['build']['archive']['memory_peak']:.0f} MB at the most"
    for engine, head in BUILT.items():
        built = found["build"][engine]
        when = f"  (measured {built['at']})" if "at" in built else ""
        spent = built.get("bare") or built["cpu"]
        yield f"  built: {head:<20}{spent:8.1f} s of a processor {built['bytes'] / 1e6:8.1f} MB{when}"


def _agreement(asked):
    """How the numbers of hits differ between the engines, which cut endings by other rules."""
    pairs = [
        (abs(ours - theirs) / max(theirs, 1), f"{kind}: {ours:,}, {ENGINES[engine]} {theirs:,}")
        for engine in ("stock", "fts5", "tantivy")
        for kind in KINDS
        for ours, theirs in zip(asked["facade"]["found"][kind], asked[engine]["found"][kind], strict=False)
    ]
    equal = sum(difference == 0 for difference, _ in pairs)
    difference, where = max(pairs)
    return f"{equal} of {len(pairs)} are those of another engine" + (f"; farthest apart: {where}" if difference else "")


def _ratios(asked, part, slower, faster, kinds=MEASURED):
    """Return kind -> how many times as long the one takes as the other, in the median."""
    return {kind: median(asked[slower][part][kind]) / median(asked[faster][part][kind]) for kind in kinds}


def _growth(smaller, larger):
    return {kind: median(larger["repeated"][kind]) / median(smaller["repeated"][kind]) for kind in MEASURED}


def _worst(name, limit, ratios, *, is_least=False):
    choose: Callable = min if is_least else max
    kind = choose(ratios, key=ratios.get)
    return Target(name, limit, ratios[kind], where=kind, is_least=is_least)


def _cell(values):
    high = sorted(values)[math.ceil(0.95 * len(values)) - 1]
    digits = 0 if high >= 1_000 else 1
    return f"{median(values):.{digits}f} ({high:.{digits}f})"
