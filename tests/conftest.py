"""Every test gets state folders of its own; the shared corpus, a browser and PostgreSQL are used where they are."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from ingesting import TEXT

# Playwright's own event loop is no reason for Django to refuse the database to a browser test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# No test times anything: a busy machine finds no fault.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

IN_CI = os.environ.get("CI") == "true"
USING_A_DATABASE = {"db", "transactional_db", "live_server"}
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_collection_modifyitems(items):
    """Mark the tests that use the database; to all others it is closed, so that any database is the same to them."""
    for item in items:
        if item.get_closest_marker("django_db") or USING_A_DATABASE.intersection(item.fixturenames):
            item.add_marker(pytest.mark.database)


def missing(what):
    """Skip, with one clear line, what this machine lacks; where CI promises to have it, fail."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared():
    """The shared folder beside the checkout, with the corpus and the gold facts."""
    if not (SHARED / "corpus").is_dir():
        missing(f"the shared corpus is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins with the countries, persons, treaties … of the data files, which take seconds to bring in."""
    from interviews.tagging.establishing import load_authority

    with django_db_blocker.unblock():
        load_authority()


@pytest.fixture(autouse=True)
def archive_data(settings, tmp_path):
    """An empty ARCHIVE_DATA, with a search index of its own."""
    settings.ARCHIVE_DATA = tmp_path / "archive-data"
    settings.ARCHIVE_DATA.mkdir()
    settings.STATIC_ROOT = settings.ARCHIVE_DATA / "static"
    settings.STATIC_ROOT.mkdir()
    # Manifest storage wants collectstatic first; without it pages would come unstyled and browser tests see nothing.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = True
    # The real one is slow by design.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HAYSTACK_CONNECTIONS = {
        "default": settings.HAYSTACK_CONNECTIONS["default"] | {"PATH": str(settings.ARCHIVE_DATA / "index")}
    }
    return settings.ARCHIVE_DATA


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Help with a search comes however busy the machine is."""
    for module in ("helping", "suggesting"):
        monkeypatch.setattr(f"interviews.search.help.{module}.TIME_LIMIT", 60)


@pytest.fixture
def nothing_known(db):
    """An archive into which no data file was brought yet."""
    from archive_factory import forget_the_data_files

    forget_the_data_files()


@pytest.fixture
def texts(tmp_path):
    """A folder for texts, and a function that writes one into it."""
    folder = tmp_path / "texts"
    folder.mkdir()

    def write(name, text=TEXT):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    write.folder = folder
    return write
