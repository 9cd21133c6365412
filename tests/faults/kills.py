"""Kill an ingest at random moments, run it again, and compare the archive with one that nobody disturbed.

    python tests/faults/kills.py [FILES] [KILLS]      default: 500 20

On SQLite, or in databases of their own on the server of DATABASE_URL. Ends with status 1 at the first difference.
"""

import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.recombined import write_transcripts  # noqa: E402
from faults.separate_archive import duration, separate_archive  # noqa: E402


def main():
    files, kills = map(int, [*sys.argv[1:], *("500", "20")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        write_transcripts(texts, files)
        with separate_archive(Path(folder, "undisturbed")) as archive:
            seconds = duration(archive, "ingest", texts)
            expected = archive.contents()
        print(f"{files} files, undisturbed: {seconds:.1f} s, {expected['found']} documents found")
        for kill in range(kills):
            moment = random.uniform(0, seconds)  # noqa: S311 - not for secrets
            with separate_archive(Path(folder, f"killed-{kill}")) as archive:
                in_time = archive.kill_after(moment, "ingest", texts)
                duration(archive, "ingest", texts)
                same = archive.contents() == expected
            print(f"killed after {moment:5.1f} s{'' if in_time else ' (too late)'}: {'equal' if same else 'DIFFERENT'}")
            if not same:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
