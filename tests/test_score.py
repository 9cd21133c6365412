"""`make score` compares with facts that lie outside the repository."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "archive" / "score.sh"


def test_score_without_the_shared_facts_says_where_they_should_be(tmp_path):
    environment = os.environ | {"SHARED": str(tmp_path / "absent"), "PYTHON": sys.executable}
    run = subprocess.run(["sh", SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"no hand-counted facts at {tmp_path / 'absent'}" in run.stdout
    assert "make score SHARED=" in run.stdout
