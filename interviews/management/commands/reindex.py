"""Build the search index anew beside the current one, then exchange the two at once."""

import time

from django.core.management.base import BaseCommand, CommandError

from interviews.search.index.upkeep import drain, is_current, needs_reindex, reindex


class Command(BaseCommand):
    help = "Builds the search index anew beside the current one, then exchanges the two. Searches never see it empty."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only where the index is missing, damaged or of another version; else bring in waiting changes.",
        )

    def handle(self, *, if_needed=False, verbosity=1, **options):
        try:
            message = self._bring_in() if if_needed and not needs_reindex() else self._build()
        except OSError as error:
            raise CommandError(
                f"The search index cannot be written: {error}. Searches go on in what there is."
            ) from error
        if verbosity:
            self.stdout.write(message)

    def _build(self):
        start = time.monotonic()
        return f"{reindex()} documents indexed in {time.monotonic() - start:.1f} s."

    def _bring_in(self):
        return "The search index is current." if is_current() else f"{drain()} changes brought into the search index."
