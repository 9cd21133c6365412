"""Bring a table of entities with their other names, or of rules, into the archive."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from interviews.tagging.establishing import load_authority
from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.importing import ImportRefusedError, bring_in
from interviews.tagging.planning import Plan, plan
from interviews.tagging.sheets import Sheet, SheetError, read_sheet
from interviews.wording import counted

MOST_TOLD = 50


class Command(BaseCommand):
    help = (
        "Bring entities with their other names, or rules, into the archive from a file as export_entities writes it. "
        "All rows are brought in, or where one has a problem none. Nothing is taken away; what is there stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or JSON")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be added and changed")
        parser.add_argument("--by", metavar="NAME", help="the user in whose name it is done, as the history tells it")

    def handle(self, *args, file, dry_run, by, **options):
        try:
            sheet = self.read(file)
            planned = self.planned(sheet, dry_run=dry_run)
            self.refuse(file, planned)
            if not dry_run:
                planned = bring_in(sheet, by=self.user(by), reason=f"imported from {file.name}", later=False)
        except ImportRefusedError as error:
            self.refuse(file, error.plan)
            raise CommandError(f"{file}: {error}") from error
        except (SheetError, GazetteerError) as error:
            raise CommandError(f"{file}: {error} Nothing was changed.") from error
        self.tell(planned, dry_run=dry_run)

    @transaction.atomic
    def planned(self, sheet: Sheet, *, dry_run: bool) -> Plan:
        """Return what a table would change after the data files were read; a dry run brings nothing of them in."""
        load_authority()
        planned = plan(sheet)
        transaction.set_rollback(dry_run)
        return planned

    def read(self, file: Path):
        try:
            with file.open("rb") as opened:
                return read_sheet(opened)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error

    def user(self, name: str | None):
        if name is None:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(name)
        except get_user_model().DoesNotExist:
            raise CommandError(f"--by {name}: there is no such user.") from None

    def refuse(self, file: Path, planned: Plan) -> None:
        """Raise CommandError with the problems of a table, if it has any."""
        if not planned.problems:
            return
        lines = [f"{file}, {place}: {mend}" for place, mend in planned.problems[:MOST_TOLD]]
        more = len(planned.problems) - len(lines)
        lines += [f"and {more} more."] if more else []
        raise CommandError("\n".join([*lines, "Nothing was changed."]))

    def tell(self, planned: Plan, *, dry_run: bool) -> None:
        for sign, changes in (("+", planned.new), ("~", planned.changed)):
            for change in changes[:MOST_TOLD]:
                self.stdout.write(f"{sign} {change.entity.kind} {change.entity}: {change}".rstrip(": "))
        for _, rule in planned.rules[:MOST_TOLD]:
            self.stdout.write(f"+ rule {rule}")
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{counted(planned.rows, 'row')}: {len(planned.new)} {would}added, {len(planned.changed)} {would}changed, "
            f"{counted(len(planned.rules), 'rule')} {would}made, {planned.left} already so."
        )
