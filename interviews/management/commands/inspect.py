"""manage.py inspect FILE...: read transcripts and say what is in them, without touching the database."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from interviews.ingest.account import as_object, for_people, problem_line, unreadable_object
from interviews.ingest.collect import cannot_be_read, printable
from interviews.ingest.ledger_account import ledger_for_people, ledger_object
from interviews.ingest.read import read_transcript
from interviews.ingest.reader import read_bytes
from interviews.ingest.transcript import Problem, Severity, UnreadableError

WIDE = 200


class Command(BaseCommand):
    help = (
        "Read transcripts and print what the parser makes of them; nothing is stored and no database is needed. "
        "The exit status is 0 unless a file could not be opened at all."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a text")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line, one for each file")
        parser.add_argument("--ledger", action="store_true", help="print what became of every character of the text")
        parser.add_argument("--full", action="store_true", help="with --ledger: print every stretch in full")
        parser.add_argument("--encoding", metavar="NAME", help="how the files are encoded, where detection goes wrong")

    def handle(self, *args, **options):
        if options["full"] and not options["ledger"]:
            raise CommandError("--full goes with --ledger: manage.py inspect --ledger --full FILE")
        opened = [self._inspect(path, options) for path in options["files"]]
        if not all(opened):
            raise SystemExit(1)

    def _inspect(self, path, options):
        """Print the account of one file. Return whether it could be opened."""
        name = os.fsencode(path).decode("utf-8", "replace")
        try:
            transcript = read_transcript(read_bytes(path), encoding=options["encoding"])
        except (OSError, UnreadableError) as error:
            self._print_problem(_problem(error), name, options)
            return isinstance(error, UnreadableError)
        if options["json"]:
            self._print_json((ledger_object if options["ledger"] else as_object)(transcript, name))
        elif options["ledger"]:
            self._print(ledger_for_people(transcript, printable(name), full=options["full"]))
        else:
            self._print(for_people(transcript, printable(name)))
        return True

    def _print(self, *told):
        # Where nobody watches (a file, a log) lines are as long as they need to be.
        width = None if self.stdout.isatty() else WIDE
        Console(file=self.stdout, highlight=False, width=width).print(*told, sep="\n", markup=False)

    def _print_problem(self, problem, name, options):
        if options["json"]:
            self._print_json(unreadable_object(problem, name))
        else:
            self._print(printable(name), problem_line(problem), "")

    def _print_json(self, value):
        self.stdout.write(json.dumps(value, ensure_ascii=False))


def _problem(error):
    if isinstance(error, UnreadableError):
        return error.problem
    return Problem("cannot_open", None, cannot_be_read(error), Severity.REFUSE)
