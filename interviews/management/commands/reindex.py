"""Build the search index anew beside the current one, then exchange the two at once."""

import time

from django.core.management.base import BaseCommand

from interviews.search.index import drain, is_current, needs_reindex, reindex


class Command(BaseCommand):
    help = "Builds the search index anew beside the current one, then exchanges the two. Searches never see it empty."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only where the index is missing, damaged or of another version; else bring in waiting changes.",
        )

    def handle(self, *, if_needed=False, verbosity=1, **options):
        start = time.monotonic()
        if if_needed and is_current():
            message = "The search index is current."
        elif if_needed and not needs_reindex():
            message = f"{drain()} changes brought into the search index."
        else:
            message = f"{reindex()} documents indexed in {time.monotonic() - start:.1f} s."
        if verbosity:
            self.stdout.write(message)
