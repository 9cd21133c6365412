"""What the settings keep for themselves."""

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
