"""Restore an archive from the folder that export wrote."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from interviews.bundle.checking import ImportRefusedError
from interviews.bundle.importing import bring_in
from interviews.wording import counted


class Command(BaseCommand):
    help = (
        "Restore an archive, on SQLite or PostgreSQL, from a bundle that manage.py export wrote. The archive must be "
        "empty. The bundle is looked at first; all of it comes in, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of the bundle")

    def handle(self, *args, folder, verbosity, **options):
        try:
            restored = bring_in(folder)
        except ImportRefusedError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}. Nothing was changed.") from error
        except DatabaseError as error:
            raise CommandError(f"The database: {str(error).strip()}. Nothing was changed.") from error
        if verbosity:
            self.stdout.write(
                f"{restored.archive}: {counted(restored.interviews, 'published interview')}, "
                f"{counted(restored.sources, 'source')}, {counted(restored.rows, 'row')} restored."
            )
