"""How fast the tagger reads, and how much memory it takes beside Django alone.

    python tests/benchmarks/tagging.py

The texts are recombined from the samples; each measure stands in a process of its own.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
TIMES = 20


def main():
    alone, tagging = (float(measured(name)) for name in ("django", "tagger"))
    print(f"tagger: {float(measured('speed')):,.0f} words a second of one processor, after the lexicon is made")
    print(
        f"memory: {alone:.0f} MB Django alone, {tagging:.0f} MB with the English lexicon: {tagging - alone:.0f} MB more"
    )


def measured(name):
    command = [sys.executable, __file__, name]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def start_django():
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    django.setup()


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_django():
    start_django()
    return peak_memory()


def measure_tagger():
    start_django()
    from interviews.tagging.tagger import default_tagger

    default_tagger().tag(["Norway"])
    return peak_memory()


def measure_speed():
    from interviews.tagging.tagger import default_tagger

    turns = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").rglob("*.txt"))]
    tag = default_tagger().tag
    tag(["Norway"])
    started = process_time()
    for _ in range(TIMES):
        tag(turns)
    return TIMES * sum(len(turn.split()) for turn in turns) / (process_time() - started)


if __name__ == "__main__":
    if sys.argv[1:]:
        print({"django": measure_django, "tagger": measure_tagger, "speed": measure_speed}[sys.argv[1]]())
    else:
        main()
