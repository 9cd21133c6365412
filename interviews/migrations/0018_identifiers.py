"""Every interview and every entity gets a name for programs, which no correction changes."""

import uuid

from django.db import migrations, models

HELP = "Its name for programs: addresses may change, this not."


def name_all(apps, schema_editor):
    for name in ("Interview", "Entity"):
        model = apps.get_model("interviews", name)
        rows = []
        for row in model.objects.order_by().only("pk").iterator():
            row.identifier = uuid.uuid4()
            rows.append(row)
        model.objects.bulk_update(rows, ["identifier"], batch_size=500)


def unfilled():
    return models.UUIDField(default=uuid.uuid4, editable=False, help_text=HELP, null=True)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0017_acts_of_curators")]

    operations = [
        migrations.AddField("interview", "identifier", unfilled()),
        migrations.AddField("entity", "identifier", unfilled()),
        migrations.RunPython(name_all, migrations.RunPython.noop),
    ]
