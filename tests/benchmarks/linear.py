"""Whether time grows no faster than the text: reading, tagging, aligning, and every regular expression.

    python tests/benchmarks/linear.py [NAME ...]     default: patterns readings tags alignments

Each input is made of one unit, once to a size and once to four times that size. Work that is linear takes
four times as long, work that is quadratic sixteen times; more than eight times is told, and the exit status is 1.
"""

import importlib
import os
import pkgutil
import re
import string
import sys
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from growing import NEIGHBOURS, OF_KIND, UNITS, grown  # noqa: E402

LEAST_SECONDS = 0.02  # what is faster than this cannot be measured, and hurts nobody
TIMES, MOST = 4, 8
SIZE, PATTERN_SIZE = 10_000, 1_000
FRAMED = "Talks with Viktor Hale\n\nQuestion: Why{0}not?\n\nViktor Hale: So{0}it is.\n"
SLOWEST = 5


def main():
    checks = {"patterns": patterns, "readings": readings, "tags": tags, "alignments": alignments}
    superlinear = 0
    for name in sys.argv[1:] or checks:
        found = sorted(checks[name](), reverse=True)
        bad = [each for each in found if each[0] > MOST]
        superlinear += len(bad)
        print(f"{name}: {len(found)} inputs, {len(bad)} superlinear")
        for ratio, seconds, what in bad or found[:SLOWEST]:
            print(f"  {ratio:5.1f} times as long for {TIMES} times as much ({seconds:.2f} s): {what}")
    sys.exit(superlinear > 0)


def growth(function, make, size):
    """Return (ratio, seconds for the larger input): 0 where both are too fast to be measured."""
    larger = least_seconds(function, make(size * TIMES), times=1)
    if larger < LEAST_SECONDS:
        return 0.0, larger
    larger = min(larger, least_seconds(function, make(size * TIMES)))
    return larger / max(least_seconds(function, make(size)), LEAST_SECONDS / TIMES), larger


def least_seconds(function, argument, times=2):
    """Return the processor time of a call, the least of a few: others use this machine too."""
    spent = []
    for _ in range(times):
        started = process_time()
        function(argument)
        spent.append(process_time() - started)
    return min(spent)


def readings():
    from interviews.ingest.read import read_transcript
    from interviews.ingest.transcript import UnreadableError

    def read(data):
        with suppress(UnreadableError):
            read_transcript(data)

    for unit in UNITS:
        yield *growth(read, lambda size, unit=unit: grown(unit, size).encode(), SIZE), repr(unit)
    for unit in OF_KIND["characters"]:
        yield *growth(read, lambda size, unit=unit: FRAMED.format(grown(unit, size)).encode(), SIZE), f"inside {unit!r}"


def tags():
    from interviews.tagging.tagger import default_tagger

    tag = default_tagger().tag
    for unit in UNITS:
        yield *growth(tag, lambda size, unit=unit: [grown(unit, size)], SIZE), repr(unit)


def alignments():
    from interviews.ingest.align import align

    for name, make in NEIGHBOURS.items():
        yield *growth(lambda pair: align(*pair), make, 200), name


def patterns():
    """Use every compiled pattern, as the modules do, on strings made of its own characters; yield its worst case."""
    for where, pattern in compiled_patterns():
        use = searching(pattern) if is_searched(where) else pattern.match
        worst = (0.0, 0.0, where)
        for unit in units_of(pattern):
            worst = max(worst, (*growth(use, partial(as_subject, pattern, unit), PATTERN_SIZE), f"{where} on {unit!r}"))
            if worst[0] > MOST:
                break
        yield worst


def is_searched(where):
    """Whether the module of a pattern, or one that imports it, looks for it anywhere, not only at one place."""
    module, _, name = where.rpartition(".")
    anywhere = re.compile(rf"\b{name}\.(?:search|sub|split|findall|finditer)\b")
    own = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    sources = ((path, path.read_text(encoding="utf-8")) for path in (ROOT / "interviews").rglob("*.py"))
    using = (text for path, text in sources if path == own or f"from {module} import" in text)
    return not own.exists() or any(map(anywhere.search, using))


def searching(pattern):
    return lambda subject: sum(1 for _ in pattern.finditer(subject))


def compiled_patterns():
    """Yield (module and name, pattern) of the patterns that modules of interviews/ hold, in containers too."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()
    seen = set()
    package = importlib.import_module("interviews")
    for found in pkgutil.walk_packages(package.__path__, "interviews."):
        if ".migrations" in found.name or ".management" in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for pattern in values_in(value):
                if isinstance(pattern, re.Pattern) and pattern not in seen:
                    seen.add(pattern)
                    yield f"{found.name}.{name}", pattern


def values_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    return value if isinstance(value, list | tuple | set | frozenset) else [value]


def units_of(pattern):
    """Return short strings made of the characters that a pattern names, and of one of each class."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    literal = sorted(set(re.sub(r"\\[A-Za-z]", "", source)) - set("?+*|^$"))
    some = [*"a A1.,:-([ \n", *(each for each in literal if each not in string.ascii_letters + string.digits)]
    some = list(dict.fromkeys(some))[:9]
    return [*some, *("".join(pair) for pair in product(some, repeat=2) if pair[0] != pair[1])]


def as_subject(pattern, unit, size):
    text = grown(unit, size)
    return text if isinstance(pattern.pattern, str) else text.encode()


if __name__ == "__main__":
    main()
