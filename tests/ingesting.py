"""The ingest command as tests run it, and an invented text for it."""

import json
from io import StringIO

from django.core.management import call_command

from interviews.models import Turn

TEXT = """Foreign Minister Runa Solberg's interview with the Italian newspaper Il Molo, 5 March 2019

Question: Minister, is the ferry to Libya running again?

Runa Solberg: It has been running since Monday. We agreed it with Libya and with Egypt in January.

The first sailing was full.

Question: Who pays for the second bridge?

Runa Solberg: Both banks pay, each for its own half, as they always did.

Question: Will there be a third bridge?

Runa Solberg: Ask me when the second one stands.
"""
UNDATED = TEXT.replace(", 5 March 2019", "")


def run(command, *paths, **options):
    """Run a command -> (what it printed, exit status)."""
    out = StringIO()
    try:
        call_command(command, *(str(path) for path in paths), stdout=out, **options)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def ingest(*paths, **options):
    """Run the command with --json and return its report."""
    printed, status = run("ingest", *paths, json=True, **options)
    return {"status": status} | json.loads(printed)


def inspected(*files, **options):
    """Run `inspect --json` and return the accounts."""
    return [json.loads(line) for line in run("inspect", *files, json=True, **options)[0].splitlines()]


def numbers_and_texts():
    return dict(Turn.objects.current().order_by("position").values_list("number", "text"))
