"""manage.py ingest PATH...: load transcripts into the archive."""

from collections import Counter
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, transaction
from rich.console import Console
from rich.progress import track

from interviews.addresses import interview_at
from interviews.ingest import report
from interviews.ingest.ahead import Readers, readers_that_pay
from interviews.ingest.arriving import arriving
from interviews.ingest.collect import CollectError, check_length, collect, left_out, printable, rights_for
from interviews.ingest.loading import StoppedError, load
from interviews.ingest.lock import alone
from interviews.ingest.reader import read_bytes
from interviews.ingest.received import Outcome, Received, Rights, Run, Stored
from interviews.models import Interview
from interviews.models.interview import EARLIEST, LATEST
from interviews.search.index.upkeep import paused
from interviews.tagging.establishing import load_authority
from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.names import remembered
from interviews.tagging.vouching import vouched_for

WIDE = 240
SOME_REFUSED = 3
MANY = 50  # texts; below it a process that reads ahead takes longer to start than it saves
STOPPED = "The run stopped there; what it loaded before is safe. Mend that, then run it again."
BY_HAND = "Stopped by hand. What was loaded before is safe; run it again to load the rest."
INTERRUPTED = 130  # what a shell expects of a program that Ctrl-C ended
NO_DATABASE = "Is it running, is there room on its disk, was it set up (manage.py migrate)?"
SAMPLES = Path(settings.BASE_DIR) / "fixtures"


def day(given):
    """Return the day that --date names, in words or as a date. Raises CommandError with the mend."""
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise CommandError(f"--date: {given} is no day; write year, month and day, as in 2019-03-05.") from None


class Command(BaseCommand):
    help = (
        "Load transcripts (.txt, .md, .html, .htm and .xml files, or folders of them) into the archive. "
        "One bad file never stops the others; "
        f"what is here already is not loaded twice. The exit status is 0 only if nothing was refused, "
        f"{SOME_REFUSED} if some files were, 1 if nothing could be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a text, or a folder of texts")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the date of one undated text")
        parser.add_argument(
            "--encoding",
            metavar="NAME",
            help="how the texts are encoded, where detection goes wrong; detect: no longer as named before",
        )
        parser.add_argument("--statements", action="store_true", help="store texts in which nobody asks, too")
        parser.add_argument("--licence", help="on what terms the texts may be used")
        parser.add_argument("--origin", metavar="URL", help="where the texts come from")
        parser.add_argument("--replaces", metavar="ADDRESS", help="the interview that one text is a new version of")
        parser.add_argument("--follow-links", action="store_true", help="follow links that lead out of a folder")
        parser.add_argument("--samples", action="store_true", help="load the invented samples, if nothing else is here")

    def handle(self, *args, **options):
        lines = []
        try:
            if options["samples"] and Interview.objects.filter(sample=False).exists():
                return
            self._check(options)
            with alone(on_wait=self._say_that_it_waits):
                self._run(options, lines)
        except StoppedError as error:
            self._print(lines, options)
            raise CommandError(f"{error} {STOPPED}") from error
        except GazetteerError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except KeyboardInterrupt as error:
            self._print(lines, options)
            raise CommandError(BY_HAND, returncode=INTERRUPTED) from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(f"The database cannot be used: {str(error).strip()}. {NO_DATABASE}") from error
        self._print(lines, options)
        if any(line.stored.outcome is Outcome.REFUSED for line in lines):
            raise SystemExit(SOME_REFUSED)

    def _check(self, options):
        if options["samples"]:
            options["paths"] = [SAMPLES]
        options["date"] = options["date"] and day(options["date"])
        paths, by_hand = options["paths"], options["date"]
        if not paths:
            raise CommandError("Name the texts or folders to load: manage.py ingest PATH...")
        if not options["samples"] and Interview.objects.filter(sample=True).exists():
            raise CommandError(
                "This archive holds the invented samples, and an archive that is cited never mixes them with real "
                "texts. Remove them first: manage.py remove_samples"
            )
        if (by_hand or options["replaces"]) and not (len(paths) == 1 and paths[0].is_file()):
            raise CommandError("--date and --replaces speak of one text: name one file.")
        if by_hand and not EARLIEST <= by_hand <= LATEST:
            raise CommandError(f"--date {by_hand}: is this year meant? It must lie between {EARLIEST} and {LATEST}.")
        try:
            for right in ("licence", "origin"):
                check_length(right, options[right] or "", where="command line")
        except CollectError as error:
            raise CommandError(str(error)) from error
        if options["encoding"] == "detect":
            options["encoding"] = ""
        if options["replaces"]:
            options["replaces"] = interview_at(options["replaces"]) or self._no_interview(options["replaces"])

    def _no_interview(self, address):
        raise CommandError(f"--replaces: no interview has the address {address}")

    def _say_that_it_waits(self):
        self.stderr.write("Another ingest is running; this one waits for it.")

    def _run(self, options, lines):
        """Load the texts and add what became of each to `lines`."""
        found = []
        for path in options["paths"]:
            try:
                found.extend(collect(path, follow_links=options["follow_links"]))
            except CollectError as error:
                lines.append(report.Line.of(str(path), Stored(Outcome.REFUSED, reason=str(error))))
        given = {"replaces": options["replaces"], "dry_run": options["dry_run"]}
        run = Run()
        with (
            paused(then_all=True),
            remembered(),
            transaction.atomic() if options["dry_run"] else nullcontext(),
            self._readers(found) as readers,
        ):
            receives = (partial(self._receive, text, options) for text in found)
            receives = arriving(receives, readers, keep=not options["dry_run"])
            for text, receive in zip(self._tracked(found), receives, strict=True):
                stored = load(receive, run, **given)
                lines.append(report.Line.of(text.name, stored))
            if options["dry_run"]:
                transaction.set_rollback(True)

    def _readers(self, found):
        """Make sure of the entities that everybody knows; return processes that read ahead, where they pay."""
        load_authority()
        count = readers_that_pay()
        return Readers(count, vouched_for()) if count and len(found) >= MANY else nullcontext()

    def _tracked(self, found):
        console = Console(file=self.stderr)
        return track(found, description="Reading", console=console) if self.stderr.isatty() else found

    def _receive(self, text, options):
        if text.refusal:
            raise CollectError(text.refusal)
        stated = rights_for(text)
        rights = Rights(
            licence=options["licence"] or stated.get("licence"),
            origin_url=options["origin"] or stated.get("origin"),
            redistribute=stated.get("redistribute"),
        )
        said = {name: options[name] for name in ("date", "encoding", "statements")}
        place = printable(text.path.resolve())
        return Received(text.name, read_bytes(text.path), rights, **said, sample=options["samples"], place=place)

    def _print(self, lines, options):
        if options["json"]:
            self.stdout.write(report.as_json(lines))
            return
        # Where nobody watches (a file, a log) lines are as long as they need to be.
        console = Console(file=self.stdout, highlight=False, width=None if self.stdout.isatty() else WIDE)
        for table in report.tables(lines):
            console.print(table)
        if options["dry_run"]:
            for line in report.differences(lines, colour=console.is_terminal):
                console.print(line, soft_wrap=True)
        would = "Nothing was changed (dry run). It would be: " if options["dry_run"] else ""
        console.print(f"{would}{report.summary(lines)}", markup=False)
        if others := report.others(sum(map(left_out, options["paths"]), Counter())):
            console.print(others, markup=False)
