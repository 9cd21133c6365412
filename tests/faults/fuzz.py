"""Read mutated texts for some minutes: no crash, no hang, nothing lost.

    python tests/faults/fuzz.py [MINUTES] [SEED]     default: 5 minutes from a seed that the clock gives

The samples, the golden texts and the shared corpus, where it is there, are mutated, one text a seed. Of each failure
the seed is printed; naming it reads that text alone, with its traceback. The exit status is 1 if any failed.
"""

import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from interviews.ingest.transcript import UnreadableError  # noqa: E402

from accounting import assert_nothing_lost  # noqa: E402
from mutations import mutated, texts  # noqa: E402

CORPUS = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "corpus"
HANGS = 60  # seconds for one text, on a busy machine


class HangError(Exception):
    """Reading took too long."""


def main(minutes=5.0, only=None):
    originals = texts(CORPUS)
    signal.signal(signal.SIGALRM, _give_up)
    if only is not None:
        read(mutated(originals, only))
        return
    first = int(time.time() * 1000)
    until, tried, refused, size, failed = time.monotonic() + minutes * 60, 0, 0, 0, 0
    while time.monotonic() < until:
        data = mutated(originals, first + tried)
        try:
            refused += not read(data)
        except Exception as error:
            failed += 1
            print(f"seed {first + tried}: {type(error).__name__} {str(error)[:200]}", flush=True)
        tried, size = tried + 1, size + len(data)
    print(f"{tried} texts from {len(originals)} ({size / 1e6:.0f} MB): {refused} refused as no text, {failed} failed")
    sys.exit(failed > 0)


def read(data):
    """Return whether the bytes hold a text; raises where something of it is lost."""
    signal.alarm(HANGS)
    try:
        return bool(assert_nothing_lost(data))
    except UnreadableError:
        return False
    finally:
        signal.alarm(0)


def _give_up(*_):
    raise HangError(f"more than {HANGS} s")


if __name__ == "__main__":
    main(*(number(argument) for number, argument in zip((float, int), sys.argv[1:], strict=False)))
