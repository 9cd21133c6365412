"""How fast the tagger reads, and how much memory it takes beside Django alone.

    python tests/benchmarks/tagging.py

The texts are recombined from the samples; each measure stands in a process of its own. That of the whole command
counts its start and the making of the lexicon too, as somebody finds it who tags a file.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
TIMES = 20
LANGUAGES = ("en", "ru", "fr", "de", "es", "ar", "zh")
LEAST_SPEED, MOST_MEMORY = 20_000, 60


def main():
    alone = float(measured("django"))
    print(f"tagger: {float(measured('speed')):,.0f} words a second of one processor, after the lexicon is made")
    texts = TIMES * samples()
    turns = ({"document": str(count), "turn": "1", "text": text} for count, text in enumerate(texts))
    spent, english = tagged(map(json.dumps, turns))
    words = sum(len(text.split()) for text in texts)
    print(f"manage.py tag, {words:,} words: {words / spent:,.0f} a second (at least {LEAST_SPEED:,})")
    each = [{"document": code, "turn": "1", "text": "1", "language": code} for code in LANGUAGES]
    _, seven = tagged(map(json.dumps, each))
    print(
        f"memory: {alone:.0f} MB Django alone, {english - alone:.0f} MB more in English (with its texts), "
        f"{seven - alone:.0f} MB more in {len(LANGUAGES)} languages (at most {MOST_MEMORY})"
    )


def samples():
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").rglob("*.txt"))]


def tagged(lines):
    """Give lines to the command -> (seconds of a processor, megabytes of memory at its highest)."""
    command = [sys.executable, "manage.py", "tag"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=ROOT)
    child.stdin.writelines(f"{line}\n" for line in lines)
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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


def measure_speed():
    from interviews.tagging.tagger import default_tagger

    turns = samples()
    tag = default_tagger().tag
    tag(["Norway"])
    started = process_time()
    for _ in range(TIMES):
        tag(turns)
    return TIMES * sum(len(turn.split()) for turn in turns) / (process_time() - started)


if __name__ == "__main__":
    if sys.argv[1:]:
        print({"django": measure_django, "speed": measure_speed}[sys.argv[1]]())
    else:
        main()
