"""What the settings keep for themselves."""

import os
import subprocess
import sys

import pytest

from archive.settings import kept_secret


def test_secret_stays_the_same(tmp_path):
    path = tmp_path / "secret-key"
    assert kept_secret(path) == kept_secret(path)
    assert len(path.read_text()) > 50
    assert path.stat().st_mode & 0o077 == 0


def test_secret_that_was_cut_off_before_it_was_written_is_made_anew(tmp_path):
    path = tmp_path / "secret-key"
    path.touch()
    assert kept_secret(path) == kept_secret(path) != ""


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_archive_data_that_cannot_be_a_folder_is_told_with_the_mend(tmp_path, place):
    (tmp_path / "file").touch()
    given = os.environ | {"ARCHIVE_DATA": str(tmp_path / place)}
    command = [sys.executable, "manage.py", "ingest", str(tmp_path)]
    ran = subprocess.run(command, env=given, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "Name a folder that you may read and write." in ran.stderr
    assert "Traceback" not in ran.stderr


def test_gunicorn_answers_several_searches_at_once():
    command = [sys.executable, "-m", "gunicorn", "-c", "archive/serving.py", "--print-config", "archive.wsgi"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    told = {name: value.strip() for name, _, value in (line.partition("=") for line in ran.stdout.splitlines())}
    told = {name.strip(): value for name, value in told.items()}
    assert (told["workers"], told["threads"], told["limit_request_line"]) == ("2", "8", "8190")
