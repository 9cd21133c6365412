"""Rules of the house that no linter knows."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_reading_and_tagging_know_no_django():
    code = """
import sys
import interviews.ingest.account, interviews.ingest.ahead, interviews.ingest.read, interviews.tagging.tagger
import interviews.ingest.differences, interviews.ingest.facts, interviews.ingest.numbers, interviews.ingest.resemblance
sys.exit(" ".join(name for name in sys.modules if name.split(".")[0] in {"django", "haystack", "whoosh"}) or 0)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_no_address_of_a_package_index_is_in_the_lock():
    for lock in (ROOT / "archive" / "requirements").glob("*.txt"):
        assert "--hash=sha256:" in lock.read_text()
        assert "://" not in lock.read_text()
