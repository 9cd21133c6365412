"""Haystack's update_index, made safe: it is `reindex --if-needed`."""

from . import reindex


class Command(reindex.Command):
    help = "Brings waiting changes into the search index; where it cannot be used, builds it anew beside."

    def add_arguments(self, parser):
        parser.add_argument("--noinput", action="store_true", help="Understood and not needed: nothing is asked.")

    def handle(self, **options):
        super().handle(**options | {"if_needed": True})
