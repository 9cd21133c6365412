"""manage.py inspect FILE...: read transcripts and say what is in them, without touching the database."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand
from rich.console import Console

from interviews.ingest.account import as_object, for_people, problem_line, unreadable_object
from interviews.ingest.read import read_transcript
from interviews.ingest.reader import read_bytes
from interviews.ingest.transcript import Problem, Severity, UnreadableError


class Command(BaseCommand):
    help = (
        "Read transcripts and print what the parser makes of them; nothing is stored and no database is needed. "
        "The exit status is 0 unless a file could not be opened at all."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a text")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line, one for each file")
        parser.add_argument("--encoding", metavar="NAME", help="how the files are encoded, where detection goes wrong")

    def handle(self, *args, **options):
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
            self._print_json(as_object(transcript, name))
        else:
            Console(file=self.stdout, highlight=False).print(for_people(transcript, name))
        return True

    def _print_problem(self, problem, name, options):
        if options["json"]:
            self._print_json(unreadable_object(problem, name))
        else:
            Console(file=self.stdout, highlight=False).print(name, problem_line(problem), "", sep="\n", markup=False)

    def _print_json(self, value):
        self.stdout.write(json.dumps(value, ensure_ascii=False))


def _problem(error):
    if isinstance(error, UnreadableError):
        return error.problem
    return Problem("cannot_open", None, f"It cannot be opened: {error.strerror}.", Severity.REFUSE)
