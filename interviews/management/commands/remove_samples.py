"""manage.py remove_samples: take the invented samples out, so that real texts may come in."""

from django.core.management.base import BaseCommand
from django.db import transaction

from interviews.models import Entity, Interview, Source, Turn
from interviews.search.index.upkeep import record_changes


class Command(BaseCommand):
    help = "Remove the invented sample interviews, with their people and outlets. Nothing else is touched."

    @transaction.atomic
    def handle(self, *args, **options):
        samples = Interview.objects.filter(sample=True)
        count = samples.count()
        turns = list(Turn.objects.filter(interview__in=samples).values_list("pk", flat=True))
        sources = list(Source.objects.filter(readings__interview__in=samples).values_list("pk", flat=True))
        invented = set(samples.values_list("outlet", flat=True)) | set(samples.values_list("people", flat=True))
        invented |= set(samples.values_list("participations__outlet", flat=True))
        record_changes(turns, operation="remove")
        samples.delete()
        Source.objects.filter(pk__in=sources, readings=None).delete()
        unused = {"participations": None, "participations_of_outlet": None, "interviews_of_outlet": None}
        Entity.objects.filter(pk__in=invented, mentions=None, decisions=None, **unused).delete()
        self.stdout.write(f"Removed {count} sample interviews.")
