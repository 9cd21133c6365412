"""Haystack's rebuild_index, made safe: it is `reindex`."""

from . import reindex


class Command(reindex.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--noinput", action="store_true", help="Understood and not needed: nothing is asked.")
