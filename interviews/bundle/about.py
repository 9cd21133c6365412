"""What a bundle says of itself: bundle.json."""

import json
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max

from interviews.models import Interview

from .folder import SUMS

FORMAT = 1
MARK = "interview-archive"
ABOUT = "bundle.json"


def said_of_archive(*, public: bool, site: str) -> dict:
    """Return what a bundle says of itself. No time of the export: of the same archive the bytes are the same."""
    published = Interview.objects.published()
    last = Interview.objects.aggregate(last=Max("changed_at"))["last"]
    return {
        "bundle": MARK,
        "format": FORMAT,
        "kind": "public" if public else "whole",
        "archive": settings.ARCHIVE_NAME,
        "site": site or None,
        "schema": migrations()[-1],
        "interviews": published.count(),
        "last_change": last and last.isoformat(),
    }


def migrations() -> list[str]:
    """Return the names of the steps by which the tables became what they are, the first first."""
    return sorted(name for app, name in MigrationLoader(None).disk_migrations if app == Interview._meta.app_label)


def is_bundle(folder: Path) -> bool:
    """Whether a folder holds a bundle of this software, of whatever version, written to its end."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return (folder / SUMS).is_file() and about["bundle"] == MARK
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return False
