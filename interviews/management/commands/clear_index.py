"""Haystack's clear_index, made safe: it refuses."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refuses: the live search index is never emptied."

    def add_arguments(self, parser):
        parser.add_argument("--noinput", action="store_true")

    def handle(self, **options):
        raise CommandError("The live search index is never emptied. To build it anew, run: manage.py reindex")
