"""The stylesheet of the readers' pages, joined from small files: a page on a slow line asks once and not ten times.

It is found as any static file is, by runserver, by collectstatic and in tests, and joined anew when a part changed.
"""

import os
from pathlib import Path
from threading import get_ident

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

JOINED = "css/archive.css"
# What is general first: of two rules that weigh the same the later one holds.
PARTS = (
    *("fonts", "tokens", "layout", "components", "keys"),
    *("dialogue", "names", "lists", "interview", "answer", "versions", "source"),
    *("results", "charts", "overviews", "facets"),
    *("cite", "passages", "help"),
)


class StylesheetFinder(BaseFinder):
    """Finds css/archive.css, which it keeps in ARCHIVE_DATA/joined."""

    def check(self, **kwargs):
        """Return no warnings: there is nothing to set."""
        return []

    def find(self, path, find_all=False, **kwargs):  # noqa: FBT002 - as Django calls it
        """Return the file's place on the disk, of another path nothing; in a list where all are wanted."""
        found = [str(joined())] if path == JOINED else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns):
        """Yield its path and the storage that holds it."""
        joined()
        yield JOINED, FileSystemStorage(_folder())


def joined() -> Path:
    """Write the stylesheet where it is not written yet or a part has changed; return its place."""
    path = _folder() / JOINED
    parts = settings.BASE_DIR / "static" / "css"
    text = "\n".join((parts / f"{name}.css").read_text() for name in PARTS)
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_suffix(f".{os.getpid()}-{get_ident()}")  # nobody reads half of it
        whole.write_text(text)
        whole.replace(path)
    return path


def _folder():
    return settings.ARCHIVE_DATA / "joined"
