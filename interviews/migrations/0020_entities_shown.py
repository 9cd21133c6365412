"""What published interviews speak of, or spoke of before they were withdrawn, has been shown to readers."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

COUNTS_FROM = 70


def know_shown(apps, schema_editor):
    entities, mentions, participations, interviews = (
        apps.get_model("interviews", name) for name in ("Entity", "Mention", "Participation", "Interview")
    )
    seen = interviews.objects.exclude(published_at=None).order_by()
    counting = mentions.objects.filter(confidence__gte=COUNTS_FROM, turn__interview__in=seen).order_by()
    heard = participations.objects.filter(interview__in=seen).order_by()
    entities.objects.filter(
        Q(pk__in=counting.values("entity"))
        | Q(pk__in=heard.exclude(person=None).values("person"))
        | Q(pk__in=heard.exclude(outlet=None).values("outlet"))
        | Q(pk__in=seen.exclude(outlet=None).values("outlet"))
    ).update(shown_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("interviews", "0019_identifiers_are_unique")]

    operations = [
        migrations.AddField(
            "entity",
            "shown_since",
            models.DateTimeField(
                editable=False,
                help_text="When readers could first come to its page; empty where they never could.",
                null=True,
            ),
        ),
        migrations.RunPython(know_shown, migrations.RunPython.noop),
    ]
