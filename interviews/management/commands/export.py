"""Write the whole archive into a folder of plain files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from interviews.bundle.exporting import ExportRefusedError, export
from interviews.bundle.folder import FolderError
from interviews.wording import counted


class Command(BaseCommand):
    help = (
        "Write the whole archive into a folder, to be deposited, and restored with import_bundle: the files as "
        "received, all tables as JSON Lines, tables for people as CSV, what each file holds, and its SHA-256. "
        "A bundle that is there already is replaced at the end, whole; of the same archive the bytes are the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or one that holds a bundle")
        parser.add_argument(
            "--public",
            action="store_true",
            help="only what may be passed on: no tables, drafts or users, no text whose publisher forbids it. "
            "No archive is restored from it",
        )

        parser.add_argument("--site", default="", metavar="URL", help="where the archive stands: addresses begin so")

    def handle(self, *args, folder, public, site, verbosity, **options):
        try:
            made = export(folder.absolute(), public=public, site=site.rstrip("/"))
        except (ExportRefusedError, FolderError) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}. Nothing was written.") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {str(error).strip()}. Nothing was written.") from error
        if verbosity:
            self.stdout.write(
                f"{counted(made.interviews, 'published interview')}, {counted(made.sources, 'source')}, "
                f"{counted(made.rows, 'row')}, {made.bytes / 1e6:.1f} MB in {folder}"
            )
