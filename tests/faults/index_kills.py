"""Kill who writes the search index at random moments; it must stay readable, and the next run must mend it.

    python tests/faults/index_kills.py [FILES] [KILLS]      default: 50 20

Ends with status 1 at the first fault.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.recombined import write_transcripts  # noqa: E402
from faults.separate_archive import SeparateArchive, duration, separate_archive  # noqa: E402

WRITER = Path(__file__).with_name("index_writer.py")
JOBS = ("drain", "reindex")


def main():
    files, kills = map(int, [*sys.argv[1:], *("50", "20")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        write_transcripts(texts, files)
        with separate_archive(Path(folder, "archive")) as archive:
            duration(archive, "ingest", texts)
            seconds = {job: undisturbed(archive, job) for job in JOBS}
            for kill in range(kills):
                job = JOBS[kill % len(JOBS)]
                moment = random.uniform(0, seconds[job])  # noqa: S311 - not for secrets
                in_time = kill_and_mend(archive, job, moment)
                print(f"{job} killed after {moment:5.2f} s{'' if in_time else ' (too late)'}: whole, and mended")


def undisturbed(archive: SeparateArchive, job: str) -> float:
    """Return the seconds that a job of writing takes."""
    return json.loads(written(archive, job).stdout.splitlines()[-1])["seconds"]


def kill_and_mend(archive: SeparateArchive, job: str, moment: float) -> bool:
    """Kill a job after so many seconds -> whether it was still at work. Raises AssertionError for any harm."""
    told = written(archive, job, moment)
    texts = json.loads(told.stdout.splitlines()[0])
    mended = written(archive, "mend")
    assert not mended.returncode, mended.stderr
    after = json.loads(mended.stdout)
    before, found, expected = texts["before"], after["found"], texts["expected"]
    assert found.keys() == expected.keys()
    assert all(text in (before[turn], expected[turn]) for turn, text in found.items())
    assert after["mended"] == expected
    assert (after["waiting"], after["stray"]) == (0, [])
    return told.returncode != 0


def written(archive: SeparateArchive, *arguments) -> subprocess.CompletedProcess:
    """Run the writer to its end, or to its death -> what it said and its exit status."""
    process = writing(archive, *arguments)
    said, complained = process.communicate(timeout=600)
    return subprocess.CompletedProcess(arguments, process.returncode, said, complained)


def writing(archive: SeparateArchive, *arguments) -> subprocess.Popen:
    """Start the writer in a process of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, str(WRITER), *map(str, arguments)]
    return subprocess.Popen(command, env=archive.environment, cwd=ROOT, **pipes)


if __name__ == "__main__":
    main()
