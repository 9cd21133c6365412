"""Run the tagger again over the whole archive."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from interviews.models import Interview, Mention, Turn
from interviews.search.index.upkeep import record_changes
from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.link import Differences, differences, load_authority, write

BATCH = 50
EXAMPLES = 10


class Command(BaseCommand):
    help = (
        "Run the tagger again over all interviews and write what differs, for use after a change of its data files. "
        "Only automatic mentions are replaced; what curators decided stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be added and removed")

    def handle(self, *args, dry_run, **options):
        self.dry_run = dry_run
        self.added = self.removed = self.turns = 0
        keys = list(Interview.objects.order_by("pk").values_list("pk", flat=True))
        try:
            for start in range(0, len(keys), BATCH):
                self.retag(keys[start : start + BATCH])
        except GazetteerError as error:
            raise CommandError(str(error)) from error
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{len(keys)} interviews: {self.added} mentions {would}added, {self.removed} {would}removed, "
            f"in {self.turns} turns. Decisions of curators stay."
        )

    @transaction.atomic
    def retag(self, keys: list[int]) -> None:
        """Retag some interviews in one transaction, which a dry run rolls back."""
        load_authority()
        turns = Turn.objects.current().filter(interview__in=keys).select_related("interview")
        changes = differences(turns)
        self.show(changes)
        write(changes)
        if self.dry_run:
            transaction.set_rollback(True)
        else:
            record_changes(changes.turn_ids)

    def show(self, changes: Differences) -> None:
        """Count the changes, and print the first few of each kind."""
        self.print_examples("+", changes.added, EXAMPLES - self.added)
        self.print_examples("-", changes.removed, EXAMPLES - self.removed)
        self.added += len(changes.added)
        self.removed += len(changes.removed)
        self.turns += len(changes.turn_ids)

    def print_examples(self, sign: str, mentions: list[Mention], count: int) -> None:
        for mention in mentions[: max(count, 0)]:
            self.stdout.write(f"{sign} {mention.entity}: “{mention.surface}” in {mention.turn}")
