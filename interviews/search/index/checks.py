"""Does the search index show the database as it is, and is it its owner's? For `check --database default`."""

import stat

from django.core.checks import Tags, Warning, register
from django.db import connections

from interviews.models import IndexChange, Turn

from .generations import IndexUnavailableError, index_folder, open_current


@register(Tags.database)
def index_follows_database(app_configs, databases=None, **kwargs):
    """Warn of an index that must be built anew, of changes that wait for it, and of one that others may write."""
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    return [*_of_content(), *_of_folder()]


def _of_content():
    problem = _problem()
    if problem and Turn.objects.documents().exists():
        return [Warning(problem, hint="The index needs reindex: run `manage.py reindex`.", id="interviews.W001")]
    count = IndexChange.objects.count()
    if count and not problem:
        hint = "Run `manage.py reindex --if-needed`, or save anything: it takes the waiting changes along."
        return [Warning(f"The search index is {count} changes behind.", hint=hint, id="interviews.W002")]
    return []


def _problem():
    """Every file is opened anew: what this process has open may have been damaged since."""
    try:
        open_current()
    except IndexUnavailableError as error:
        return str(error)
    return ""


def _of_folder():
    folder = index_folder()
    if not folder.exists() or not folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return []
    problem = "Others may write into the folder of the search index: whoever can runs code in the web process."
    return [Warning(problem, hint=f"Leave it to its owner: `chmod 700 {folder}`.", id="interviews.W003")]


def _is_migrated():
    tables = connections["default"].introspection.table_names()
    return {IndexChange._meta.db_table, Turn._meta.db_table} <= set(tables)
