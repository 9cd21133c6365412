"""What waits to be tagged anew."""

from django.db import models


class Retagging(models.Model):
    """An interview whose texts wait to be tagged anew, written in the transaction that made it so."""

    interview = models.OneToOneField("Interview", models.CASCADE, primary_key=True, related_name="+")

    def __str__(self):
        return f"interview {self.interview_id}"
