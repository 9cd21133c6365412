"""Does the search index show the database as it is? Checked where a database is named (`check --database default`)."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from interviews.models import IndexChange, Turn

from .index import needs_reindex


@register(Tags.database)
def index_follows_database(app_configs, databases=None, **kwargs):
    """Warn of an index that must be built anew, or of changes that wait for it."""
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    problem = needs_reindex()
    if problem and Turn.objects.documents().exists():
        return [Warning(problem, hint="The index needs reindex: run `manage.py reindex`.", id="interviews.W001")]
    count = IndexChange.objects.count()
    if count and not problem:
        hint = "Run `manage.py reindex --if-needed`, or save anything: it takes the waiting changes along."
        return [Warning(f"The search index is {count} changes behind.", hint=hint, id="interviews.W002")]
    return []


def _is_migrated():
    tables = connections["default"].introspection.table_names()
    return {IndexChange._meta.db_table, Turn._meta.db_table} <= set(tables)
