"""In a transaction of its own: PostgreSQL changes no table whose rows were just written."""

import uuid

from django.db import migrations, models


def unique():
    words = "Its name for programs: addresses may change, this not."
    return models.UUIDField(default=uuid.uuid4, editable=False, help_text=words, unique=True)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0018_identifiers")]

    operations = [
        migrations.AlterField("interview", "identifier", unique()),
        migrations.AlterField("entity", "identifier", unique()),
    ]
