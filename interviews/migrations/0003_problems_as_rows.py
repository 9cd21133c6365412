"""Problems become rows, so that curators can filter and settle them; what is published has been so since it was read."""

from django.db import migrations
from django.db.models import F, Min


def forwards(apps, schema_editor):
    Reading = apps.get_model("interviews", "Reading")
    Problem = apps.get_model("interviews", "ReadingProblem")
    Interview = apps.get_model("interviews", "Interview")
    for reading in Reading.objects.exclude(problems_as_json=[]).defer("spans", "facts").iterator():
        Problem.objects.bulk_create(
            Problem(
                reading=reading,
                code=each["code"],
                line=each.get("line"),
                message=each["message"],
                severity=each.get("severity") or "note",
            )
            for each in reading.problems_as_json
        )
    for interview in Interview.objects.filter(status="published").annotate(first=Min("readings__read_at")).iterator():
        Interview.objects.filter(pk=interview.pk).update(published_at=interview.first or F("changed_at"))


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_problems_and_conflicts")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
