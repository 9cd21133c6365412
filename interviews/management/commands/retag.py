"""Run the tagger again over the whole archive."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from interviews.models import Entity, Interview, Mention, Retagging, Sought, Turn
from interviews.search.index.upkeep import paused, record_changes
from interviews.tagging.authority import find_or_make_all
from interviews.tagging.batches import in_batches
from interviews.tagging.establishing import load_authority
from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.link import Differences, differences, write
from interviews.tagging.names import forget, remembered
from interviews.tagging.tagger import COUNTS_FROM

BATCH = 10  # interviews a transaction: curators who decide meanwhile need not wait for more
DRY_BATCH = 100  # of a dry run, which learns all names anew for each, and perhaps brings in the data files
MOST_TOLD = 40


class Command(BaseCommand):
    help = (
        "Run the tagger again over all interviews and write what differs, for use after a change of its data files. "
        "Only automatic mentions are replaced: what curators decided stays, and their rules and merges hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be added and removed")

    def handle(self, *args, dry_run, **options):
        self.dry_run = dry_run
        self.added, self.removed, self.examples = Counter(), Counter(), {}
        self.turns, self.unknown = set(), set()
        keys = list(Interview.objects.order_by("pk").values_list("pk", flat=True))
        sought = list(Sought.objects.values_list("pk", flat=True))
        try:
            with remembered(), paused(then_all=not dry_run):
                self.keep_up_to_date()
                self.retag_all(keys)
                if not dry_run:
                    self.retag_all(self.met_since())
        except GazetteerError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if not dry_run:
            Sought.objects.filter(pk__in=sought).delete()
        self.tell(len(keys))

    def keep_up_to_date(self) -> None:
        """Read the data files, before anything is written; a dry run brings new ones in with each batch."""
        with transaction.atomic():
            self.files_are_new = load_authority()
            transaction.set_rollback(self.dry_run)

    def retag_all(self, keys: list[int]) -> None:
        batch = DRY_BATCH if self.dry_run else BATCH
        for start in range(0, len(keys), batch):
            self.retag(keys[start : start + batch])

    def met_since(self) -> list[int]:
        """Return the interviews where a doubtful name was left out that a later interview gave an entity."""
        known = {}
        for some in in_batches({(kind, name) for _, kind, name in self.unknown}):
            known |= find_or_make_all(dict.fromkeys(some, False))
        return sorted({interview for interview, kind, name in self.unknown if (kind, name) in known})

    @transaction.atomic
    def retag(self, keys: list[int]) -> None:
        """Retag some interviews in one transaction, which a dry run rolls back."""
        if self.dry_run:
            forget()
            if self.files_are_new:
                load_authority()
        turns = Turn.objects.current().filter(interview__in=keys).select_related("interview")
        changes = differences(turns)
        write(changes)
        Retagging.objects.filter(pk__in=keys).delete()
        self.count(changes)
        record_changes(changes.turn_ids)
        transaction.set_rollback(self.dry_run)

    def count(self, changes: Differences) -> None:
        """Count the changes by entity, and keep the first of each as an example."""
        mentions = [*changes.added, *changes.removed]
        names = names_of({mention.entity_id for mention in mentions})
        places = {turn.pk: turn for turn in Turn.objects.filter(pk__in=changes.turn_ids).select_related("interview")}
        for sign, counts, found in (("+", self.added, changes.added), ("-", self.removed, changes.removed)):
            for mention in found:
                name = names[mention.entity_id]
                counts[name] += 1
                self.examples.setdefault((sign, name), example(mention, places[mention.turn_id]))
        self.turns |= changes.turn_ids
        self.unknown |= changes.unknown

    def tell(self, interviews: int) -> None:
        changed = self.added + self.removed
        for name, _ in changed.most_common(MOST_TOLD):
            for sign, counts in (("+", self.added), ("-", self.removed)):
                if counts[name]:
                    self.stdout.write(f"{sign}{counts[name]} {name}: {self.examples[sign, name]}")
        if len(changed) > MOST_TOLD:
            self.stdout.write(f"and {len(changed) - MOST_TOLD} more entities")
        would = "would be " if self.dry_run else ""
        self.stdout.write(
            f"{interviews} interviews: {self.added.total()} mentions {would}added, "
            f"{self.removed.total()} {would}removed, in {len(self.turns)} turns. Decisions of curators stay."
        )


def names_of(keys: set[int]) -> dict[int, str]:
    """Return {key of an entity: its name and kind}."""
    entities = Entity.objects.in_bulk(keys)
    return {key: f"{entity.name} ({entity.get_kind_display().lower()})" for key, entity in entities.items()}


def example(mention: Mention, turn: Turn) -> str:
    proposed = "" if mention.confidence >= COUNTS_FROM else ", a proposal"
    return f"“{mention.surface}” in {turn}{proposed}"
