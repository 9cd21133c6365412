"""Write what the archive vouches for into a table: entities with their other names, and rules."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from interviews.tagging.exporting import exported
from interviews.tagging.registry import COLUMNS
from interviews.tagging.sheets import RULE_COLUMNS, as_csv, as_json

MOST_TOLD = 20


class Command(BaseCommand):
    help = (
        "Write the entities that somebody vouches for, with their other names, into a CSV file in the form of the "
        "data files, or them and the rules of curators into a JSON file. Import of what was exported changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="its name ends in .csv or .json")
        parser.add_argument("--rules", action="store_true", help="write the rules into the CSV file, not the entities")

    def handle(self, *args, file, rules, **options):
        if file.suffix not in (".csv", ".json"):
            raise CommandError(f"{file}: the name must end in .csv or .json.")
        found = exported()
        if file.suffix == ".json":
            text = as_json(found.entities, found.rules)
        else:
            text = as_csv(RULE_COLUMNS, found.rules) if rules else as_csv(COLUMNS, found.entities)
        try:
            file.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        of_entities = file.suffix == ".json" or not rules
        self.stdout.write(f"{len(found.entities) if of_entities else len(found.rules)} rows.")
        for name in found.left_out[:MOST_TOLD]:
            self.stderr.write(f"Left out, for no table can hold it: {name}")
        if len(found.left_out) > MOST_TOLD:
            self.stderr.write(f"and {len(found.left_out) - MOST_TOLD} more.")
