"""A real Chromium (Debian's, else Playwright's own) before a server of this process."""

import shutil
from pathlib import Path

import pytest
from conftest import missing
from django.db import connections

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright(playwright):
    """Playwright's own, and no connection to the database left when it ends.

    While its event loop runs, Django keeps other connections for this thread, which nobody would close.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    chromium = shutil.which("chromium") or playwright.chromium.executable_path
    if not Path(chromium).exists():
        missing("no Chromium here (on Debian: apt-get install chromium)")
    return browser_type_launch_args | {"executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def base_url():
    """Instead of the fixture of pytest-base-url 2.1, whose form pytest 9 warns of. Tests use `site`."""


@pytest.fixture
def site(live_server):
    """The address of the running archive, without a slash at its end."""
    return live_server.url


@pytest.fixture
def curator(transactional_db, admin_client, context, site, page):
    """A browser in which a curator has signed in."""
    context.add_cookies([{"name": "sessionid", "value": admin_client.cookies["sessionid"].value, "url": site}])
    return page
